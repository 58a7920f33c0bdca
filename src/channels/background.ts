/** What goes on after an answer went out: small notes that nobody waits for, and that a stop lets finish. */
import { Throttled } from './channel.ts';

export interface Background {
  /** Never throws; what goes wrong is logged as `what`. */
  run(what: string, work: () => Promise<unknown>): void;
  /** Waits for what is under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const maxTries = 3;
/** A note that has to wait longer is not worth it. */
const maxWaitMs = 10_000;

export function createBackground(log: (message: string, details: Record<string, unknown>) => void): Background {
  const running = new Set<Promise<void>>();
  return {
    run(what, work) {
      const note = persistently(work)
        .catch((error: unknown) => log(what, { reason: error instanceof Error ? error.message : String(error) }))
        .finally(() => running.delete(note));
      running.add(note);
    },
    async stop(graceMs) {
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, graceMs);
      await Promise.race([Promise.all(running), over]);
      clearTimeout(timer);
    },
  };
}

/** Outside the outbox nobody tries again, so a short wait is sat through here. */
async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Throttled) || tries === maxTries || error.retryAfterMs > maxWaitMs) {
        throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, error.retryAfterMs);
      });
    }
  }
}
