/** Reads the arguments and the token of a call to the Web API: JSON, a form, or the query. */
import type { SimRequest } from '../server.ts';
import { refusal, type Refused } from './answers.ts';
import { isJson } from './blocks/check.ts';
import type { Json } from './records.ts';

export interface Call {
  args: Json;
  token: string | null;
  /** Things that Slack took and does not like, such as `missing_charset`. */
  warnings: string[];
}

/**
 * @param takesJson methods that only read take a form; arguments in JSON do not reach them
 * @throws {Refused} when the body is not what its content type says
 */
export function readCall(request: SimRequest, takesJson: boolean): Call {
  const [mediaType = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(/;\s*/);
  const query: Json = Object.fromEntries(request.query);
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? null;
  if (request.body.length === 0) {
    return withToken(query, bearer, []);
  }
  if (mediaType === 'application/json') {
    const warnings = parameters.some((parameter) => parameter.startsWith('charset=')) ? [] : ['missing_charset'];
    const body = readJson(request);
    return withToken(takesJson ? { ...query, ...body } : query, bearer, warnings);
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    const form = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
    return withToken({ ...query, ...form }, bearer, []);
  }
  throw refusal('invalid_post_type');
}

function readJson(request: SimRequest): Json {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw refusal('invalid_json');
  }
  if (!isJson(body)) {
    throw refusal('json_not_object');
  }
  return body;
}

/** A token among the arguments counts only where none stands in the header. */
function withToken(args: Json, bearer: string | null, warnings: string[]): Call {
  const { token, ...rest } = args;
  return { args: rest, token: bearer ?? (typeof token === 'string' ? token : null), warnings };
}

/** A member that may come as JSON or as a text of JSON, as in a form. Undefined when it is not there. */
export function structured(args: Json, name: string, error: string): unknown {
  const value = args[name];
  if (value === '' || value === null || typeof value !== 'string') {
    return value === '' || value === null ? undefined : value;
  }
  try {
    return JSON.parse(value);
  } catch {
    throw refusal(error);
  }
}

export function text(args: Json, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : asText(value, name);
}

function asText(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw refusal('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] must provide a string [json-pointer:/${name}]`] },
    });
  }
  return value;
}

export function required(args: Json, name: string): string {
  const value = text(args, name);
  if (value === undefined) {
    throw missing(name);
  }
  return value;
}

export function missing(name: string): Refused {
  return refusal('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

/** Forms have no booleans: `1` and `true` stand for yes. */
export function flag(args: Json, name: string): boolean {
  return [true, 'true', '1', 1].includes(args[name] as string);
}

export function count(args: Json, name: string, fallback: number, most: number): number {
  const value = Number(text(args, name) ?? fallback);
  if (!Number.isInteger(value) || value < 1) {
    throw refusal('invalid_limit');
  }
  return Math.min(value, most);
}
