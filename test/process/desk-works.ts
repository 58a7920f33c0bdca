/** What a case asks of its desk, done as the engine does it, with a clock that goes on to whatever is due next. */
import { expect } from 'vitest';
import { effectWorkflows, workflowName } from '../../src/conversation/run-work.ts';
import type { Durable, Outcome } from '../../src/engine/engine.ts';
import { type HandlerDeps, workHandlers } from '../../src/process/handlers.ts';
import { openWork } from '../../src/store/effect-work.ts';
import { type Rig, soon } from './desk-rig.ts';

export interface Works {
  /** Begins what is open, and goes on with what waits, until this much time is over. */
  pass(duration: Temporal.DurationLike): Promise<void>;
}

interface Sleeper {
  until: Temporal.Instant;
  wake: () => void;
}

export function openWorks({ desk, inbox, office, store }: Rig): Works {
  const { clock } = office;
  const sleeping: Sleeper[] = [];
  const begun = new Set<string>();
  let busy = 0;
  const { [workflowName]: workflow } = effectWorkflows({
    store,
    work: workHandlers({ store, desk } as HandlerDeps),
    inbox,
    now: clock.now,
    log: () => undefined,
  });

  function sleepUntil(until: Temporal.Instant): Promise<void> {
    busy -= 1;
    return new Promise((resolve) => {
      sleeping.push({
        until,
        wake() {
          busy += 1;
          resolve();
        },
      });
    });
  }

  async function beginOpen(): Promise<void> {
    const open = await openWork(store.read, clock.now().toString(), 50);
    for (const { effect, id } of open) {
      if (effect.type !== 'timer' && effect.type !== 'open-ticket' && !begun.has(id)) {
        begun.add(id);
        busy += 1;
        void workflow?.(
          durableOf(id, (seconds) => sleepUntil(clock.now().add({ milliseconds: seconds * 1000 }))),
          id,
        ).finally(() => {
          busy -= 1;
        });
      }
    }
  }

  return {
    async pass(duration) {
      const end = clock.now().add(duration);
      for (;;) {
        await beginOpen();
        await expect.poll(() => busy, soon).toBe(0);
        sleeping.sort((one, other) => Temporal.Instant.compare(one.until, other.until));
        const next = sleeping[0];
        if (next === undefined || Temporal.Instant.compare(next.until, end) > 0) {
          break;
        }
        sleeping.shift();
        passTo(next.until);
        next.wake();
      }
      passTo(end);
    },
  };

  function passTo(instant: Temporal.Instant): void {
    const ahead = instant.since(clock.now());
    if (ahead.sign > 0) {
      clock.pass(ahead);
    }
  }
}

function durableOf(runId: string, sleep: (seconds: number) => Promise<void>): Durable {
  async function once(_name: string, run: () => Promise<unknown>): Promise<Outcome<unknown>> {
    try {
      return { ok: true, value: await run() };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  }
  return {
    runId,
    once: once as Durable['once'],
    gate: () => Promise.reject(new Error('nothing here waits for a decision')),
    wake: () => Promise.resolve(),
    sleep: (_name, seconds) => sleep(seconds),
  };
}
