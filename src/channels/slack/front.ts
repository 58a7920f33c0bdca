/** What both ways in, the route and the socket, have in common: Bolt behind them, what was answered, what is under way. */
import type { SlackOptions } from './deps.ts';
import { type InFlight, within } from './in-flight.ts';
import type { Replays } from './replay.ts';
import type { Answer, Router } from './router.ts';

export interface Front {
  options: SlackOptions;
  inFlight: InFlight;
  replays: Replays<Answer>;
  /** Bolt, as soon as it is loaded. */
  router: () => Promise<Router>;
}

/** Slack gives up after three seconds. */
const loadingMs = 2_000;

/** Null when nothing can be taken: nothing new is, at the end, and Bolt may not be there in time, at the beginning. */
export function routerNow({ inFlight, router }: Front): Promise<Router | null> {
  return inFlight.isDraining()
    ? Promise.resolve(null)
    : within(
        loadingMs,
        router().catch(() => null),
      );
}

/** What Slack is to send again is looked at again. */
export function isFinal({ kind }: Answer): boolean {
  return kind !== 'again';
}
