/**
 * The local page has no sign-in, so it answers to this machine only: the Host must be a loopback name (a foreign name
 * that resolves here is an attack), and a page of another origin may not call it. A script sends no Origin and is served.
 */
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../body.ts';

const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

export function onlyThisMachine(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const host = URL.parse(`http://${c.req.header('host') ?? ''}`);
    if (host === null || !loopbackNames.has(host.hostname)) {
      return c.json(
        { because: 'The local page answers on this machine only. Open it under http://127.0.0.1 or http://localhost.' },
        403,
      );
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && !isSamePlace(origin, host)) {
      return c.json({ because: 'A page of another origin may not use the local page.' }, 403);
    }
    return next();
  };
}

/** The names of this machine are one place; another port is another place. */
function isSamePlace(origin: string, host: URL): boolean {
  const from = URL.parse(origin);
  return from !== null && from.protocol === 'http:' && loopbackNames.has(from.hostname) && from.port === host.port;
}
