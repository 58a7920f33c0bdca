/** Each fault of Azure once, each time in another scenario; `npm run chaos -- --part faults` tries them everywhere. */
import { describe, expect, it } from 'vitest';
import { faultNames, strikeOnce } from './faults.ts';
import { planNames } from './plans.ts';

describe('a fault of Azure in the middle of a plan leaves it finished or truly told, and can be taken back:', () => {
  it.each(
    faultNames.map((fault, index) => ({
      fault,
      write: index,
      plan: planNames[index % planNames.length] ?? 'dns-servers',
    })),
  )('$fault at write $write of $plan', async ({ fault, plan, write }) => {
    expect(await strikeOnce({ fault, plan, write, retry: write % 2 === 0 })).toEqual([]);
  });
});
