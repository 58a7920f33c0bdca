import { describe, expect, it } from 'vitest';
import { planNames } from './plans.ts';
import { pullAfter, questionsOf } from './stop-switch.ts';

describe.each(planNames)('the stop switch in a plan for %s', (plan) => {
  it('halts new writes at every point, and after the release the plan finishes', async () => {
    const wrong: string[] = [];
    for (let questions = 0; questions < (await questionsOf(plan)); questions += 1) {
      wrong.push(...(await pullAfter(plan, questions)).map((problem) => `after ${questions} questions: ${problem}`));
    }
    expect(wrong).toEqual([]);
  });
});
