/** What `--all` does besides the kills. */
import { takesOverAfterLease } from './engine-takeover.ts';
import { faultNames, strikeOnce } from './faults.ts';
import { meetings } from './meetings.ts';
import { openBench, planNames } from './plans.ts';
import { replicas } from './replicas.ts';
import { type Part, type PartDeps, tryOut } from './report.ts';
import { sideBySide } from './side-by-side.ts';
import { pullAfter, questionsOf } from './stop-switch.ts';

export const parts: Readonly<Record<string, Part>> = {
  stop: ({ report }) => tryOut(report, 'the stop switch, pulled at every point of every plan', stopEverywhere),
  meetings,
  faults: faultsEverywhere,
  engine: ({ report }) =>
    tryOut(report, 'a replica on PostgreSQL, whose run another one takes over', takesOverAfterLease),
  replicas,
};

async function stopEverywhere(): Promise<void> {
  const wrong: string[] = [];
  for (const name of planNames) {
    for (let questions = 0; questions < (await questionsOf(name)); questions += 1) {
      wrong.push(...(await pullAfter(name, questions)).map((text) => `${name}, after ${questions} questions: ${text}`));
    }
  }
  throwWhenWrong(wrong);
}

/** Every fault at every write of every plan, once taken back from where it stopped, once tried again first. */
async function faultsEverywhere({ atOnce, report }: PartDeps): Promise<void> {
  for (const plan of planNames) {
    const bench = await openBench(plan);
    await bench.close();
    const writes = bench.writes.map((_, index) => index);
    const strikes = faultNames.flatMap((fault) =>
      writes.flatMap((write) => [false, true].map((retry) => ({ plan, fault, write, retry }))),
    );
    await tryOut(report, `${strikes.length} faults in a plan for ${plan}`, async () => {
      const wrong: string[] = [];
      await sideBySide(strikes, atOnce, async (strike) => {
        const { fault, retry, write } = strike;
        const what = `${fault} at write ${write}${retry ? ', tried again' : ''}`;
        wrong.push(...(await strikeOnce(strike)).map((text) => `${what}: ${text}`));
      });
      throwWhenWrong(wrong);
    });
  }
}

function throwWhenWrong(wrong: readonly string[]): void {
  if (wrong.length > 0) {
    throw new Error(wrong.join('\n    '));
  }
}
