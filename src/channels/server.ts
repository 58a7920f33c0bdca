/**
 * The HTTP ground that every room stands on: limits, health, errors as JSON, and a stop that lets running requests
 * finish. What is served is mounted by others.
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { BadRequest, type HttpEnv, readBodies } from './body.ts';

export type App = Hono<HttpEnv>;

/**
 * For a route whose answer somebody else has written. Made here, before any server is: each of them puts a class of its
 * own in the place of Node's responses, and of that class this one would be written once more.
 */
export const alreadyAnswered: Response = RESPONSE_ALREADY_SENT;

/** `closing` tells streams that stay open to end, because the server wants to stop. */
export type Mount = (app: App, closing: AbortSignal) => void;

export interface Readiness {
  ok: boolean;
  /** Each part by name, such as `database`, with its state. */
  parts: Readonly<Record<string, boolean | string>>;
}

export interface HttpOptions {
  ready: () => Readiness | Promise<Readiness>;
  /** Adds the routes of one room each, in this order. */
  mounts: readonly Mount[];
  /** Paths that take plain bytes instead of JSON or a form, with their limit in bytes. */
  rawRoutes?: ReadonlyMap<string, number>;
  /** An error that nobody expected; the caller of the route sees none of it. */
  log: (message: string, details: Record<string, unknown>) => void;
}

export interface HttpServer {
  /** The port that was taken, when port 0 was asked for. */
  port: number;
  /** Stops listening, waits for what runs, and cuts what is still open after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** As long as a handler of a chat platform may take at most. */
const defaultGraceMs = 10_000;

function createHttpApp({ ready, mounts, rawRoutes = new Map(), log }: HttpOptions, closing: AbortSignal): App {
  const app: App = new Hono<HttpEnv>();
  app.use('*', readBodies(rawRoutes));
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const readiness = await ready();
    return c.json(readiness, readiness.ok ? 200 : 503);
  });
  for (const mount of mounts) {
    mount(app, closing);
  }
  app.notFound((c) => c.json({ because: `There is nothing at ${c.req.method} ${c.req.path}.` }, 404));
  app.onError((error, c) => {
    if (error instanceof BadRequest) {
      return c.json({ because: error.message }, 400);
    }
    if (error.name === 'Busy') {
      c.header('Retry-After', '1');
      return c.json({ because: 'I am busy with this case right now. Send it again in a moment.' }, 503);
    }
    log('A request failed', { method: c.req.method, path: c.req.path, error: error.stack ?? error.message });
    return c.json({ because: 'Something went wrong on our side, and it is recorded. Try again in a moment.' }, 500);
  });
  return app;
}

/** @throws {Error} which names the address, when it cannot be taken */
export async function startHttpServer(options: HttpOptions & { host: string; port: number }): Promise<HttpServer> {
  const closing = new AbortController();
  const app = createHttpApp(options, closing.signal);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const port = await listen(server, options.host, options.port);
  return {
    port,
    close: (graceMs = defaultGraceMs) => {
      closing.abort();
      return stop(server, graceMs);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(unavailable(host, port, cause)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function unavailable(host: string, port: number, cause: NodeJS.ErrnoException): Error {
  const why = cause.code === 'EADDRINUSE' ? 'another process listens there' : (cause.code ?? cause.message);
  return new Error(`Listening on ${host}:${port}: ${why}. Stop it, or set HOST and PORT to a free address.`, { cause });
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection that answers its last request stays open for the next one, unless somebody closes it then.
    const closeIdle = setInterval(() => server.closeIdleConnections(), 20);
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(closeIdle);
      clearTimeout(cut);
      resolve();
    });
  });
}
