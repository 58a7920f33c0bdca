/** The stop switch, pulled after so many questions: nothing new is written, and after the release the plan finishes. */
import { readSteps } from '../../src/store/steps.ts';
import { apply } from '../azure/house.ts';
import { contradicting, openBench, patience, type PlanName, untruths, wrongAfterwards } from './plans.ts';

const because = 'Bob has stopped all changes: “a fire”.';

/** How often a plan asks: once before it begins, and once before each write. */
export async function questionsOf(name: PlanName): Promise<number> {
  const bench = await openBench(name);
  await bench.close();
  return bench.writes.length + 1;
}

/** What is wrong; empty when all is well. */
export async function pullAfter(name: PlanName, questions: number): Promise<string[]> {
  const bench = await openBench(name);
  const { house, plan, store, writes } = bench;
  let left = questions;
  function mayWrite(): Promise<{ ok: true } | { ok: false; because: string }> {
    left -= 1;
    return Promise.resolve(left >= 0 ? { ok: true } : { ok: false, because });
  }
  try {
    const { outcome } = await apply(house, store, plan, { mayWrite, patience });
    const sent = (await house.writes()).length;
    const rows = await readSteps(store.read, 'plan-1');
    const wrong = [
      ...(outcome.kind === 'failed' && outcome.code === 'Stopped' && outcome.because === because
        ? []
        : [`it ended with ${JSON.stringify(outcome)}`]),
      ...(sent === Math.max(0, questions - 1) ? [] : [`${sent} writes after ${questions} questions`]),
      ...(rows.some(({ status }) => status === 'running') ? ['an operation was not seen to its end'] : []),
      ...(await untruths(bench)),
    ];
    const again = await apply(house, store, plan, { patience });
    const written = (await house.writes()).length;
    return [
      ...wrong,
      ...(again.outcome.kind === 'complete' ? [] : [`after the release: ${JSON.stringify(again.outcome)}`]),
      ...(written === writes.length ? [] : [`${written} writes instead of ${writes.length}`]),
      ...(await contradicting(bench)),
      ...(await wrongAfterwards(bench)),
    ];
  } finally {
    await bench.close();
  }
}
