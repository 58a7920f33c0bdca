/** `Idempotency-Key` on the creation of a ticket: the same answer for two hours, and an error for another body. */
import type { SimResponse } from '../server.ts';
import { Refused } from './answers.ts';

const memoryHours = 2;
const maxKeyLength = 255;

export interface RememberedAnswers {
  byKey: Map<string, { request: string; response: SimResponse; until: Temporal.Instant }>;
}

/**
 * Answers from memory or does the work. Only a creation that worked is remembered.
 * @throws {Refused} with 400 for a key that came with another body before.
 */
export function onceByKey(
  memory: RememberedAnswers,
  key: string | undefined,
  request: string,
  now: Temporal.Instant,
  work: () => SimResponse,
): SimResponse {
  if (key === undefined) {
    return work();
  }
  if (key.length > maxKeyLength) {
    throw keyRefused(`An idempotency key has at most ${maxKeyLength} characters.`);
  }
  const remembered = memory.byKey.get(key);
  if (remembered !== undefined && Temporal.Instant.compare(now, remembered.until) < 0) {
    if (remembered.request !== request) {
      throw otherBody();
    }
    return withLookup(remembered.response, 'hit');
  }
  const response = work();
  memory.byKey.set(key, { request, response, until: now.add({ hours: memoryHours }) });
  return withLookup(response, 'miss');
}

export function otherBody(): Refused {
  return keyRefused("Request parameters don't match the given idempotency key");
}

function keyRefused(description: string): Refused {
  return new Refused({ status: 400, body: { error: 'IdempotentRequestError', description } });
}

function withLookup(response: SimResponse, lookup: 'hit' | 'miss'): SimResponse {
  return { ...response, headers: { ...response.headers, 'x-idempotency-lookup': lookup } };
}
