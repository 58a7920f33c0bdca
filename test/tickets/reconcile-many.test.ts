/** Hundreds of open tickets are looked at again within what the desk allows to be asked. */
import { describe, expect, it } from 'vitest';
import { numbers, openBench } from './reconcile-bench.ts';

describe('500 tickets open at start', () => {
  it('cost an agent five requests when nothing has changed, and never more than the budget', async () => {
    const bench = await openBench('agent', 500);
    bench.office.clock.pass({ minutes: 10 });
    let passes = 0;
    for (; passes < 100; passes += 1) {
      await bench.pass();
      expect(bench.asked().length).toBeLessThanOrEqual(60);
      bench.office.clock.pass({ minutes: 1 });
      if (bench.hints.length === 0) {
        break;
      }
    }
    expect(passes).toBeGreaterThan(10);
    expect(passes).toBeLessThan(40);
    bench.office.clock.pass({ minutes: 6 });

    expect(await bench.pass()).toMatchObject({ looked: 500, hinted: 0 });
    expect(bench.asked().filter((asked) => asked.includes('show_many'))).toHaveLength(5);
  });

  it('are all looked at by a requester in turn, within the budget', async () => {
    const bench = await openBench('end-user', 60);
    bench.office.clock.pass({ minutes: 10 });
    const hinted: number[] = [];
    for (let pass = 0; pass < 10; pass += 1) {
      await bench.pass({ budget: 30 });
      expect(bench.asked().length).toBeLessThanOrEqual(30);
      hinted.push(...numbers(bench));
      bench.office.clock.pass({ minutes: 1 });
    }

    expect(new Set(hinted).size).toBe(60);
  });
});

describe('with an admin’s account', () => {
  it('the export of changes stands for looking at each ticket', async () => {
    const bench = await openBench('agent', 150, { credential: { kind: 'stand-in' } });
    bench.office.clock.pass({ minutes: 10 });
    for (let pass = 0; pass < 20; pass += 1) {
      await bench.pass({ budget: 120 });
      bench.office.clock.pass({ minutes: 1 });
    }
    await bench.office.simulated.control('agent', { ticket: 77, move: 'comment', text: 'Found it.' });
    bench.office.clock.pass({ minutes: 3 });

    await bench.pass();

    expect(numbers(bench)).toEqual([77]);
    const asked = bench.asked();
    expect(asked.some((one) => one.includes('incremental'))).toBe(true);
    expect(asked.filter((one) => one.includes('show_many'))).toEqual([]);
  });
});
