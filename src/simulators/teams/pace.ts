/** The limits that Teams sets per bot and thread (docs: “rate limit”). */
import { failure } from './answers.ts';

/** Calls within seconds. */
type Window = readonly [calls: number, seconds: number];

const limits = {
  send: [
    [7, 1],
    [8, 2],
    [60, 30],
    [1800, 3600],
  ],
  members: [
    [14, 1],
    [120, 30],
  ],
} as const satisfies Record<string, readonly Window[]>;

export interface Pace {
  /** @throws {Refused} with 429 when there were too many. */
  count(kind: keyof typeof limits, conversationId: string): void;
}

export function openPace(now: () => Temporal.Instant, enforced: boolean): Pace {
  /** Instants in milliseconds of the calls that went through, oldest first, per kind and thread. */
  const calls = new Map<string, number[]>();
  return {
    count(kind, conversationId) {
      if (!enforced) {
        return;
      }
      const time = now().epochMilliseconds;
      const key = `${kind} ${conversationId}`;
      const past = (calls.get(key) ?? []).filter((at) => time - at < 3_600_000);
      for (const [most, seconds] of limits[kind]) {
        const inside = past.filter((at) => time - at < seconds * 1000);
        if (inside.length >= most) {
          const waitSeconds = Math.ceil(seconds - (time - (inside[0] ?? time)) / 1000);
          throw failure(429, 'TooManyRequests', 'API calls quota exceeded.', { 'Retry-After': String(waitSeconds) });
        }
      }
      calls.set(key, [...past, time]);
    },
  };
}
