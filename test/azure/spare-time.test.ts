import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spareTimes } from '../../src/azure/spare-time.ts';
import type { PlanStep } from '../../src/plan/plan.ts';
import { stepOf } from './one-step.ts';

function step(name: string, after: string[] = [], more: Partial<PlanStep> = {}): PlanStep {
  return { ...stepOf('peering', name, { after, ...more }), id: name };
}

/** The whole plan's time when every step starts as soon as it may. */
function wholeMs(steps: readonly PlanStep[], took: ReadonlyMap<string, number>): number {
  const ends = new Map<string, number>();
  for (const { after, id } of steps) {
    ends.set(id, Math.max(0, ...after.map((earlier) => ends.get(earlier) ?? 0)) + (took.get(id) ?? 0));
  }
  return Math.max(0, ...ends.values());
}

const graphs = fc
  .array(fc.record({ ms: fc.nat(100), after: fc.array(fc.nat(20), { maxLength: 3 }) }), { minLength: 1, maxLength: 12 })
  .map((nodes) => ({
    steps: nodes.map(({ after }, index) =>
      step(`s${index}`, index === 0 ? [] : [...new Set(after.map((earlier) => `s${earlier % index}`))]),
    ),
    took: new Map(nodes.map(({ ms }, index) => [`s${index}`, ms])),
  }));

describe('the time that a step has to spare', () => {
  it('is what the plan waits for elsewhere', () => {
    const steps = [step('service'), step('endpoint', ['service']), step('zone'), step('link', ['zone'])];
    const took = new Map([
      ['service', 30],
      ['endpoint', 45],
      ['zone', 30],
      ['link', 30],
    ]);

    const spare = spareTimes(steps, ({ id }) => took.get(id) ?? null);

    expect(Object.fromEntries(spare)).toEqual({ service: 0, endpoint: 0, zone: 15, link: 15 });
  });

  it('is nothing for anybody while one duration is not known', () => {
    const steps = [step('service'), step('zone')];

    expect(spareTimes(steps, ({ id }) => (id === 'zone' ? 30 : null)).size).toBe(0);
  });

  it('does not count what is left as it is', () => {
    const steps = [step('zone', [], { change: 'keep' }), step('link', ['zone']), step('peering')];
    const took = new Map([
      ['link', 30],
      ['peering', 10],
    ]);

    expect(spareTimes(steps, ({ id }) => took.get(id) ?? null).get('peering')).toBe(20);
  });

  it('can be used up without the plan ending later, and not a moment more', () => {
    fc.assert(
      fc.property(graphs, fc.nat(11), ({ steps, took }, which) => {
        const id = `s${which % steps.length}`;
        const spare = spareTimes(steps, (each) => took.get(each.id) ?? null).get(id) ?? 0;
        const [used, over] = [spare, spare + 1].map((by) => new Map([...took, [id, (took.get(id) ?? 0) + by]]));

        expect(used && wholeMs(steps, used)).toBe(wholeMs(steps, took));
        expect(over && wholeMs(steps, over)).toBe(wholeMs(steps, took) + 1);
      }),
    );
  });
});
