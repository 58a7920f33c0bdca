/**
 * Steps that wait for resources of one list, such as the links of a zone, look together: one reading of the list tells
 * each of them how far it is.
 */
import type { Arm } from './arm.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { Standing, StepWriter } from './steps/step-writer.ts';

export interface Siblings {
  /** Counts the step among those that look until `leave` is called. */
  join(
    step: PlanStep,
    writer: StepWriter,
  ): { look(arm: Arm, freshMs: number): Promise<Standing | null>; leave(): void };
}

interface Group {
  waiting: number;
  readAtMs: number;
  reading: Promise<ReadonlyMap<string, unknown>> | null;
}

export function openSiblings(): Siblings {
  const groups = new Map<string, Group>();
  return {
    join(step, writer) {
      const { list } = writer;
      if (list === undefined) {
        return { look: (arm) => writer.read(arm, step), leave: () => undefined };
      }
      const key = list.of(step).toLowerCase();
      const group = groups.get(key) ?? { waiting: 0, readAtMs: 0, reading: null };
      groups.set(key, group);
      group.waiting += 1;
      return {
        async look(arm, freshMs) {
          if (group.waiting < 2) {
            return writer.read(arm, step);
          }
          const now = performance.now();
          if (group.reading === null || now - group.readAtMs > freshMs) {
            group.readAtMs = now;
            group.reading = list.read(arm, step);
          }
          const found = (await group.reading).get(step.resource.toLowerCase());
          return found === undefined ? null : list.standingOf(found, step);
        },
        leave() {
          group.waiting -= 1;
        },
      };
    },
  };
}
