/** Looks for something to do whenever it is called: never twice at a time, and no call is lost. */
export interface Looker {
  wake(): void;
  stopped(): boolean;
  /** Resolves when the look in progress has ended; none follows. */
  stop(): Promise<void>;
}

/** @param failed Told why a look failed; the next call looks again. */
export function createLooker(look: () => Promise<void>, failed: (error: unknown) => void): Looker {
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;
  let called = false;

  async function run(): Promise<void> {
    try {
      while (called && !stopping.signal.aborted) {
        called = false;
        await look();
      }
    } catch (error) {
      failed(error);
    }
    // In the same turn as the last question whether somebody called, so that no call falls in between.
    looking = null;
  }

  return {
    wake() {
      called = true;
      if (!stopping.signal.aborted) {
        looking ??= run();
      }
    },
    stopped: () => stopping.signal.aborted,
    async stop() {
      stopping.abort();
      await looking;
    },
  };
}
