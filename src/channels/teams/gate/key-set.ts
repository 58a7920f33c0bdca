/** The published keys as they were last fetched, with their age. When to fetch is decided by who uses it. */
import { type Fetch, fetchKeys, type SigningKey } from './fetch-keys.ts';

export interface KeySetOptions {
  metadataUrl: string;
  fetch: Fetch;
  now: () => Temporal.Instant;
  log: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

export interface KeySet {
  /** The keys; null when there are none yet or they are older than a day. */
  usable(): ReadonlyMap<string, SigningKey> | null;
  isOlderThan(ms: number): boolean;
  /** Whether a fetch began within the last `ms`, however it ended. */
  triedWithin(ms: number): boolean;
  isLoading(): boolean;
  /** True when the keys are new now. Whoever comes while a fetch runs waits for that one. */
  load(): Promise<boolean>;
}

const maxAgeMs = 24 * 3_600_000;

export function openKeySet({ metadataUrl, fetch, now, log }: KeySetOptions): KeySet {
  let loaded: { keys: ReadonlyMap<string, SigningKey>; at: Temporal.Instant } | null = null;
  let running: Promise<boolean> | null = null;
  let triedAt: Temporal.Instant | null = null;

  async function fetchNow(): Promise<boolean> {
    const at = now();
    triedAt = at;
    try {
      loaded = { keys: await fetchKeys(metadataUrl, fetch), at };
      return true;
    } catch (error) {
      log('Fetching the keys with which Teams signs; until it works, only keys known already are accepted', {
        metadataUrl,
        reason: error instanceof Error ? error.message : String(error),
      });
      return false;
    }
  }

  return {
    usable: () => (loaded !== null && isWithin(now(), loaded.at, maxAgeMs) ? loaded.keys : null),
    isOlderThan: (ms) => loaded === null || !isWithin(now(), loaded.at, ms),
    triedWithin: (ms) => triedAt !== null && isWithin(now(), triedAt, ms),
    isLoading: () => running !== null,
    load() {
      running ??= fetchNow().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

/** False also when the clock was set back before `since`: then nothing is known about the age. */
function isWithin(at: Temporal.Instant, since: Temporal.Instant, ms: number): boolean {
  const age = at.epochMilliseconds - since.epochMilliseconds;
  return age >= 0 && age < ms;
}
