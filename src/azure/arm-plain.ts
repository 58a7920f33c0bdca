/**
 * Calls whose bodies go and come just as they are. The SDK's models leave out what they do not know: a body that was
 * approved must be sent whole, and a resource of which one property is changed must lose none of the others. Sent
 * through the SDK's own pipeline, so that token, retries and the fixed host are the same.
 */
import { createPipelineRequest, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { Json } from '../plan/plan.ts';
import { isPublicEndpoint, publicEndpoint } from './arm-transport.ts';
import { ArmAnswerError, OddAnswerError } from './errors.ts';
import type { LongOperation } from './long-operation.ts';

export type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

export interface Written {
  body: Json;
  /** Null: written whatever stands there. */
  etag: string | null;
}

interface Answer {
  status: number;
  body: unknown;
  /** URL at which an operation tells how far it is; null when the work is done. */
  operation: string | null;
  /** Where the answer to a long question will be; null when it is here. */
  location: string | null;
}

/** A question that takes long to answer. */
export interface LongQuestion {
  /** Null: not answered yet. */
  poll(): Promise<{ body: unknown } | null>;
}

/** What `Arm` says of each; `path` holds the version. */
export interface PlainCalls {
  list(path: string): Promise<unknown[]>;
  read(path: string): Promise<unknown>;
  ask(path: string, question: Json): Promise<unknown>;
  begin(path: string, question: Json): Promise<LongQuestion>;
  put(path: string, written: Written): Promise<LongOperation | null>;
  remove(path: string): Promise<LongOperation | null>;
}

export function plainCalls(send: Send): PlainCalls {
  return {
    list: (path) => listPlain(send, path),
    read: (path) => readPlain(send, path),
    ask: (path, question) => askPlain(send, path, question),
    begin: (path, question) => beginPlain(send, path, question),
    put: (path, written) => putPlain(send, path, written),
    remove: (path) => deletePlain(send, path),
  };
}

/** Null when there is no such resource. */
async function readPlain(send: Send, path: string): Promise<unknown> {
  const { status, body } = await ask(send, 'GET', path, null);
  return status === 404 ? null : body;
}

/** All pages of a list. */
async function listPlain(send: Send, path: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let next: string | null = path;
  while (next !== null) {
    const answer = await ask(send, 'GET', next, null);
    if (answer.status === 404) {
      throw answerError('GET', path, answer);
    }
    const { value, nextLink } = answer.body as { value?: unknown[]; nextLink?: unknown };
    items.push(...(value ?? []));
    next = typeof nextLink === 'string' && nextLink !== '' ? nextLink : null;
  }
  return items;
}

async function putPlain(send: Send, path: string, written: Written): Promise<LongOperation | null> {
  const { operation } = await ask(send, 'PUT', path, written);
  return operation === null ? null : operationAt(send, operation);
}

/** A question that takes a body and changes nothing. */
async function askPlain(send: Send, path: string, body: Json): Promise<unknown> {
  return (await ask(send, 'POST', path, { body, etag: null })).body;
}

/** The same for a question whose answer comes later, at another URL of Azure's. */
async function beginPlain(send: Send, path: string, body: Json): Promise<LongQuestion> {
  const first = await ask(send, 'POST', path, { body, etag: null });
  const { location } = first;
  if (location === null) {
    return { poll: () => Promise.resolve({ body: first.body }) };
  }
  return {
    async poll() {
      const answer = await ask(send, 'GET', location, null);
      if (answer.status === 404) {
        throw answerError('GET', location, answer);
      }
      return answer.status === 202 ? null : { body: answer.body };
    },
  };
}

/** Nothing there is as good as deleted. */
async function deletePlain(send: Send, path: string): Promise<LongOperation | null> {
  const { operation } = await ask(send, 'DELETE', path, null);
  return operation === null ? null : operationAt(send, operation);
}

/** What `serialize` of an operation of this file gave; null for any other text. */
export function resumePlain(send: Send, serialized: string): LongOperation | null {
  const { operation } = (parseBody(serialized) ?? {}) as { operation?: unknown };
  return typeof operation === 'string' && isPublicEndpoint(operation) ? operationAt(send, operation) : null;
}

/** A failed operation is thrown by the pipeline, with its code. */
function operationAt(send: Send, url: string): LongOperation {
  let isDone = false;
  return {
    get isDone() {
      return isDone;
    },
    async poll() {
      const answer = await ask(send, 'GET', url, null);
      if (answer.status === 404) {
        throw answerError('GET', url, answer);
      }
      const { status } = (answer.body ?? {}) as { status?: unknown };
      isDone = typeof status === 'string' ? /^succeeded$/i.test(status) : answer.status !== 202;
    },
    serialize: () => Promise.resolve(JSON.stringify({ operation: url })),
  };
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

async function ask(send: Send, method: Method, path: string, written: Written | null) {
  const request = createPipelineRequest({ url: path.startsWith('/') ? `${publicEndpoint}${path}` : path, method });
  request.headers.set('Accept', 'application/json');
  if (written !== null) {
    request.headers.set('Content-Type', 'application/json');
    request.body = JSON.stringify(written.body);
    if (written.etag !== null) {
      request.headers.set('If-Match', written.etag);
    }
  }
  const answer = answerOf(await send(request));
  const absent = answer.status === 404 && (method === 'GET' || method === 'DELETE');
  if (answer.status >= 300 && !absent) {
    throw answerError(method, path, answer);
  }
  if (
    answer.status === 200 &&
    (method === 'GET' || method === 'POST') &&
    (typeof answer.body !== 'object' || answer.body === null)
  ) {
    throw new OddAnswerError(
      `Reading ${shortPath(path)}: the answer is no JSON. Try again; if it stays, look for a proxy that answers in Azure’s place.`,
    );
  }
  return answer;
}

function answerOf({ status, bodyAsText, headers }: PipelineResponse): Answer {
  const ownUrl = headers.get('Azure-AsyncOperation') ?? null;
  const location = status === 202 ? (headers.get('Location') ?? null) : null;
  return { status, body: parseBody(bodyAsText), operation: ownUrl ?? location, location };
}

const doing: Record<Method, string> = { GET: 'Reading', PUT: 'Writing', POST: 'Asking', DELETE: 'Deleting' };

function answerError(method: Method, path: string, { status, body }: Answer): ArmAnswerError {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const said = typeof error?.message === 'string' ? error.message : `Azure answered ${status}.`;
  const code = typeof error?.code === 'string' ? error.code : undefined;
  return new ArmAnswerError(`${doing[method]} ${shortPath(path)}: ${said}`, status, code);
}

/** Type and name, without what people do not read. */
function shortPath(path: string): string {
  return path.split('?')[0]?.split('/').slice(-2).join('/') ?? path;
}

export function parseBody(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
