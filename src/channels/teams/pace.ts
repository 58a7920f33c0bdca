/**
 * Keeps to what Teams allows a bot per thread and in all, so that it need not refuse. Counted per process; what several
 * processes send together is refused by Teams now and then (429), and waits then.
 * Source: "Optimize your bot with rate limiting in Teams".
 */

interface Limit {
  count: number;
  withinMs: number;
}

/** Requests do not all take equally long on their way, so what leaves evenly may arrive in a bunch. */
const marginMs = 150;

const perThread: readonly Limit[] = [
  { count: 7, withinMs: 1_000 + marginMs },
  { count: 8, withinMs: 2_000 + marginMs },
  { count: 60, withinMs: 30_000 + marginMs },
  { count: 1_800, withinMs: 3_600_000 + marginMs },
];
const inAll: readonly Limit[] = [{ count: 30, withinMs: 1_000 + marginMs }];

const firstWaitMs = 1_000;
const maxWaitMs = 30_000;
const maxThreads = 5_000;

export interface Pace {
  /** Milliseconds until this thread may be written to; 0 counts as written. */
  take(thread: string): number;
  /** Teams asked to wait, or fell over: how long to wait, longer each time, never the same for two. */
  backOff(thread: string, askedMs: number | null): number;
  /** A request of this thread went through. */
  eased(thread: string): void;
}

export function createPace(now: () => Temporal.Instant, random: () => number): Pace {
  const sent = new Map<string, number[]>();
  const together: number[] = [];
  const refusals = new Map<string, number>();
  return {
    take(thread) {
      const at = now().epochMilliseconds;
      const times = sent.get(thread) ?? [];
      prune(times, at, perThread);
      prune(together, at, inAll);
      const waitMs = Math.max(waitFor(times, at, perThread), waitFor(together, at, inAll));
      if (waitMs === 0) {
        times.push(at);
        together.push(at);
        forgetQuiet(sent, at);
        sent.set(thread, times);
      }
      return waitMs;
    },
    backOff(thread, askedMs) {
      const times = refusals.get(thread) ?? 0;
      refusals.set(thread, times + 1);
      const grownMs = Math.min(maxWaitMs, firstWaitMs * 2 ** times);
      return Math.ceil(Math.max(askedMs ?? 0, grownMs / 2) + (random() * grownMs) / 2);
    },
    eased(thread) {
      refusals.delete(thread);
    },
  };
}

function prune(times: number[], at: number, limits: readonly Limit[]): void {
  const longestMs = Math.max(...limits.map((limit) => limit.withinMs));
  const firstKept = times.findIndex((time) => time > at - longestMs);
  times.splice(0, firstKept < 0 ? times.length : firstKept);
}

function waitFor(times: readonly number[], at: number, limits: readonly Limit[]): number {
  const waits = limits.map(({ count, withinMs }) => {
    const oldest = times.at(-count);
    return oldest === undefined ? 0 : Math.max(0, oldest + withinMs - at);
  });
  return Math.max(...waits);
}

function forgetQuiet(sent: Map<string, number[]>, at: number): void {
  if (sent.size < maxThreads) {
    return;
  }
  for (const [thread, times] of sent) {
    if ((times.at(-1) ?? 0) < at - 3_600_000) {
      sent.delete(thread);
    }
  }
}
