/** Bodies of requests: JSON, and for records wrapped in the record's name. */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { badRequest } from './answers.ts';

/**
 * Reads a body such as `{"ticket":{…}}`; nearly every request of this API wraps its record in the record's name.
 * @throws {Refused} with 400 when it is no JSON or a value has the wrong type.
 */
export function readBody<Body>(request: SimRequest, wrapper: string, schema: z.ZodType<Body>): Body {
  const parsed = z.looseObject({ [wrapper]: schema }).safeParse(readJson(request));
  const body = parsed.data?.[wrapper];
  if (body === undefined) {
    const name = parsed.error?.issues[0]?.path.join('.') || wrapper;
    throw badRequest('Invalid attribute', `You passed an invalid value for the ${name} attribute.`);
  }
  return body;
}

/** @throws {Refused} with 400 when it is no JSON. */
export function readJson(request: SimRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw badRequest('Invalid JSON', 'The body of the request is not JSON.');
  }
}
