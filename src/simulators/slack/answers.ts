/** Answers of the Web API: HTTP 200 with `ok`, whatever happened; only a rate limit has a status of its own. */
import type { SimResponse } from '../server.ts';
import type { Json } from './records.ts';

/** Thrown where a call cannot go on; caught where it is answered. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly response: SimResponse;
  constructor(response: SimResponse) {
    super(`Refused with ${JSON.stringify(response.body)}`);
    this.response = response;
  }
}

export function refusal(error: string, more: Json = {}): Refused {
  return new Refused({ status: 200, body: { ok: false, error, ...more } });
}

/** The shape in which Slack tells what is wrong with blocks or arguments: twice, once with a prefix. */
export function refusalWithProblems(error: string, problems: readonly string[]): Refused {
  return refusal(error, {
    ...(error === 'invalid_arguments' ? {} : { errors: problems }),
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}

export function rateLimited(retryAfterSeconds: number): Refused {
  return new Refused({
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    body: { ok: false, error: 'ratelimited' },
  });
}
