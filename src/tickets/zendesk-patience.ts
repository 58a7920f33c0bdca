/**
 * When a request that failed is sent again. What may be repeated without harm is repeated after trouble on the way;
 * what is not (a comment would stand there twice) only after 429, where Zendesk says that it did nothing.
 */
import { ZendeskError } from './zendesk-error.ts';
import type { Wire } from './zendesk-exchange.ts';

const maxAttempts = 3;
const firstPauseMs = 500;
/** Zendesk's minute of a rate limit is too long to hold a caller: beyond this the caller gets the error and its time. */
const maxPauseMs = 20_000;

/** @param repeatable GET, or a POST that carries an idempotency key. */
export async function withPatience<Answer>(
  wire: Wire,
  repeatable: boolean,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  for (let failures = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      failures += 1;
      const pauseMs = error instanceof ZendeskError ? pauseBeforeRepeat(error, repeatable, failures) : null;
      if (pauseMs === null) {
        throw error;
      }
      await wire.wait(pauseMs);
    }
  }
}

function pauseBeforeRepeat(error: ZendeskError, repeatable: boolean, failures: number): number | null {
  const worthIt = error.status === 429 || (repeatable && error.mayPass());
  const pauseMs = error.retryAfterMs ?? firstPauseMs * 2 ** (failures - 1);
  return worthIt && failures < maxAttempts && pauseMs <= maxPauseMs ? pauseMs : null;
}
