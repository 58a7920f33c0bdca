/**
 * Reads every request body once, within the limits of CONTRACTS.md section 6, before any route sees it. Routes get the
 * raw bytes, which a webhook verifies first; only then `jsonBody` or `formBody` reads what they say.
 */
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { nestsDeeper } from './nesting.ts';

export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: { rawBody: Uint8Array; text: string };
}

/** The request cannot be taken as it is; its message is what the caller reads, with status 400. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

const maxBytes = 256 * 1024;
const maxLevels = 32;
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** @param rawRoutes paths that take plain bytes, with their own limit in bytes */
export function readBodies(rawRoutes: ReadonlyMap<string, number>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (!methodsWithBody.has(c.req.method)) {
      return next();
    }
    const ownLimit = rawRoutes.get(c.req.path);
    const bytes = await readBytes(c, ownLimit ?? maxBytes);
    if (bytes === null) {
      c.header('Connection', 'close');
      return c.json(
        { because: `The body is larger than ${(ownLimit ?? maxBytes) / 1024} KB. Send less at once.` },
        413,
      );
    }
    c.set('rawBody', bytes);
    const problem = ownLimit === undefined ? keepText(c, bytes) : null;
    return problem === null ? next() : c.json({ because: problem }, 400);
  };
}

/** Null when there is more than the limit; the rest is not read. */
async function readBytes(c: Context<HttpEnv>, limit: number): Promise<Uint8Array | null> {
  const announced = c.req.header('content-length');
  if (announced !== undefined) {
    return Number(announced) > limit ? null : new Uint8Array(await c.req.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) {
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What the body says. @throws {BadRequest} */
export function jsonBody(c: Context<HttpEnv>): unknown {
  if (!isJson(c)) {
    throw new BadRequest('Send JSON, with the header “Content-Type: application/json”.');
  }
  try {
    return JSON.parse(c.var.text);
  } catch {
    throw new BadRequest('The body is not valid JSON.');
  }
}

/** The fields of a form. @throws {BadRequest} */
export function formBody(c: Context<HttpEnv>): URLSearchParams {
  if (!isForm(c)) {
    throw new BadRequest('Send a form, with the header “Content-Type: application/x-www-form-urlencoded”.');
  }
  return new URLSearchParams(c.var.text);
}

/** Why the body cannot be taken; null when it can. */
function keepText(c: Context<HttpEnv>, bytes: Uint8Array): string | null {
  const text = decode(bytes);
  if (text === null) {
    return 'The body is not UTF-8 text.';
  }
  if (!isJson(c) && !isForm(c)) {
    return 'Send JSON, with the header “Content-Type: application/json”.';
  }
  // A form may carry JSON in a field, as Slack's `payload` does.
  const parts = isForm(c) ? [...new URLSearchParams(text).values()] : [text];
  if (parts.some((part) => nestsDeeper(part, maxLevels))) {
    return `The body is nested deeper than ${maxLevels} levels.`;
  }
  c.set('text', text);
  return null;
}

function isJson(c: Context<HttpEnv>): boolean {
  const type = mediaType(c);
  return type === 'application/json' || type.endsWith('+json');
}

function isForm(c: Context<HttpEnv>): boolean {
  return mediaType(c) === 'application/x-www-form-urlencoded';
}

function mediaType(c: Context<HttpEnv>): string {
  return (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
