/** What is under way, so that a stop can let it finish. */
export interface InFlight {
  /** Counts this work until it ends, however it ends. */
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Nothing new is taken from now on. */
  isDraining(): boolean;
  /** Waits for everything that is under way, at most `graceMs`. */
  drain(graceMs: number): Promise<void>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  let draining = false;

  async function allDone(): Promise<void> {
    // What ends may begin something else.
    while (running.size > 0) {
      await Promise.allSettled(running);
    }
  }

  return {
    track(work) {
      running.add(work);
      work.then(
        () => running.delete(work),
        () => running.delete(work),
      );
      return work;
    },
    isDraining: () => draining,
    async drain(graceMs) {
      draining = true;
      await within(graceMs, allDone());
    },
  };
}

/** Null when it takes longer; it goes on all the same. */
export async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
