/** The JSON object that a request carries. */
import type { SimRequest } from '../server.ts';
import { type ArmError, badRequest } from './arm-error.ts';
import type { Json } from './world.ts';

export function readBody(request: SimRequest): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : 'not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw unreadable('an object is required');
  }
  return parsed as Json;
}

function unreadable(because: string): ArmError {
  return badRequest(
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${because}'.`,
  );
}
