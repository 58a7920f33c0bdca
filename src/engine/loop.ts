/**
 * The loop that looks for work. The library's own loop backs off up to a second with jitter, which makes a run start
 * after 150 to 850 ms; this one is woken by whoever made work, and starts it after 5 to 12 ms.
 */

const idleMs = 1000;
const staleMs = 15_000;

export interface Loop {
  /** Look at once. Never lost: a call during a look leads to another look. */
  nudge(): void;
  /** Whether a look succeeded within the last 15 seconds. */
  isFresh(): boolean;
  /** Resolves when the look in progress has ended; none follows. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** Takes what is to be done, up to the free slots; returns how much it took. */
  look(): Promise<number>;
  now(): Temporal.Instant;
  /** Called when looking begins to fail and when it works again, not each time. */
  onChange(failure: unknown): void;
}

export function startLoop(options: LoopOptions): Loop {
  const bell = createBell();
  const stopping = new AbortController();
  let freshUntil: Temporal.Instant | null = null;
  let failing = false;

  async function lookOnce(): Promise<number> {
    try {
      const taken = await options.look();
      freshUntil = options.now().add({ milliseconds: staleMs });
      if (failing) options.onChange(null);
      failing = false;
      return taken;
    } catch (error) {
      freshUntil = null;
      if (!failing) options.onChange(error);
      failing = true;
      return 0;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const taken = await lookOnce();
      if (taken === 0) await bell.wait(idleMs);
    }
  }

  const ended = run();
  return {
    nudge: () => bell.ring(),
    isFresh: () =>
      !stopping.signal.aborted && freshUntil !== null && Temporal.Instant.compare(options.now(), freshUntil) < 0,
    stop() {
      stopping.abort();
      bell.ring();
      return ended;
    },
  };
}

interface Bell {
  ring(): void;
  /** Returns when the bell rings, at once when it rang since the last wait, and after `ms` at the latest. */
  wait(ms: number): Promise<void>;
}

function createBell(): Bell {
  let rung = false;
  let answer: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      answer?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          answer = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      answer = null;
    },
  };
}
