/**
 * `npm run chaos [-- --sample N | --all] [--seed N]`: kills the bot at chosen moments, starts it again, and looks
 * whether everything is as if it had not been killed. One line per kill; exit code 1 when any went wrong.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { takesOverAfterLease } from './engine-takeover.ts';
import type { Moment } from './journeys.ts';
import { journeys, type Kill, kills } from './kills.ts';
import { differences, type Outcome, readOutcome, unconvincing } from './outcome.ts';
import { type Random, seeded } from './random.ts';
import { openRig, type Rig } from './rig.ts';

const { values } = parseArgs({
  options: { sample: { type: 'string' }, all: { type: 'boolean' }, seed: { type: 'string' } },
});
const defaultSample = 6;
/** Of each kind of kill, in `--all`. */
const roundsOfAll = 3;
/** A service manager waits longer than this before it kills. */
const maxStopSeconds = 15;

type Expected = Readonly<Record<Kill['journey'], Outcome>>;

async function main(): Promise<number> {
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const chosen = choose();
  print(
    `seed ${seed}; again with: npm run chaos -- --seed ${seed}${values.all === true ? ' --all' : ` --sample ${chosen.length}`}`,
  );
  const expected = await withoutKills(chosen);
  let failed = 0;
  for (const [index, kill] of chosen.entries()) {
    const since = performance.now();
    const { saw, problems } = await killOnce(kill, seeded(seed + index), expected);
    failed += problems.length > 0 ? 1 : 0;
    print(line(problems.length === 0, `${kill.name} (${saw})`, since, problems));
  }
  const more = values.all === true ? await takeover() : { passed: 0, failed: 0 };
  failed += more.failed;
  print(`${chosen.length + more.passed + more.failed - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function choose(): Kill[] {
  if (values.all === true) {
    return Array.from({ length: roundsOfAll }, () => kills).flat();
  }
  const sample = values.sample === undefined ? defaultSample : Number(values.sample);
  if (!Number.isInteger(sample) || sample < 1) {
    throw new Error(
      `Reading --sample: “${values.sample}” is no number of kills. Write a whole number above 0, or --all.`,
    );
  }
  return Array.from({ length: sample }, (_, index) => kills[index % kills.length] as Kill);
}

/** The same journeys in peace: what everything is compared with. */
async function withoutKills(chosen: readonly Kill[]): Promise<Expected> {
  const since = performance.now();
  const outcomes: Partial<Record<Kill['journey'], Outcome>> = {};
  for (const journey of new Set(chosen.map((kill) => kill.journey))) {
    const rig = await openRig();
    try {
      await rig.start();
      await journeys[journey](rig, () => Promise.resolve());
      const outcome = await settledOutcome(rig);
      const problems = unconvincing(journey, outcome);
      if (problems.length > 0) {
        throw new Error(`Playing ${journey} without a kill: ${problems.join('; ')}. Mend that first.`);
      }
      outcomes[journey] = outcome;
    } finally {
      await rig.close({ keepLog: false });
    }
  }
  print(line(true, 'without a kill, to compare with', since, []));
  return outcomes as Expected;
}

async function killOnce(kill: Kill, random: Random, expected: Expected): Promise<{ saw: string; problems: string[] }> {
  const rig = await openRig();
  let saw = 'not killed yet';
  let problems: string[] = [];
  try {
    await rig.start();
    await play(rig, kill, random, (what) => {
      saw = what;
    });
    problems = await judge(rig, kill, expected);
  } catch (error) {
    problems = [error instanceof Error ? error.message : String(error)];
  }
  await rig.close({ keepLog: problems.length > 0 });
  return { saw, problems: problems.length === 0 ? [] : [...problems, `the log of the bot: ${rig.logFile}`] };
}

/** People go on while the bot is killed and started again; whoever gets no answer tries again. */
async function play(rig: Rig, kill: Kill, random: Random, saw: (what: string) => void): Promise<void> {
  const { promise: killed, resolve, reject } = Promise.withResolvers<void>();
  function at(moment: Moment): Promise<void> {
    if (moment !== kill.from) {
      return Promise.resolve();
    }
    killAndStart(rig, kill, random, saw).then(resolve, reject);
    // An approver who presses while the bot is away is no waiting approval.
    return moment === 'approval waits' ? killed : Promise.resolve();
  }
  await Promise.all([journeys[kill.journey](rig, at), killed]);
}

async function killAndStart(rig: Rig, kill: Kill, random: Random, saw: (what: string) => void): Promise<void> {
  saw(await kill.when(rig, random));
  await (kill.gently === true ? rig.stop() : rig.kill());
  if (kill.losing === 'engine') {
    await rig.loseEngine();
  }
  await rig.start();
}

async function judge(rig: Rig, kill: Kill, expected: Expected): Promise<string[]> {
  const outcome = await settledOutcome(rig);
  const seconds = await rig.stop();
  const audit = await rig.audit();
  return [
    ...differences(expected[kill.journey], outcome),
    ...(seconds <= maxStopSeconds ? [] : [`it took ${seconds.toFixed(1)} s to stop`]),
    ...(audit.exitCode === 0 ? [] : [`causeway audit verify: exit code ${audit.exitCode}. ${audit.text}`]),
  ];
}

/** Once nothing changes any more: the last edits of the cards come a moment after what they tell of. */
async function settledOutcome(rig: Rig): Promise<Outcome> {
  let last = await readOutcome(rig);
  for (let same = 0; same < 4; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const next = await readOutcome(rig);
    same = JSON.stringify(next) === JSON.stringify(last) ? same + 1 : 0;
    last = next;
  }
  return last;
}

async function takeover(): Promise<{ passed: number; failed: number }> {
  const since = performance.now();
  const what = 'a replica on PostgreSQL, whose run another one takes over';
  try {
    await takesOverAfterLease();
    print(line(true, what, since, []));
    return { passed: 1, failed: 0 };
  } catch (error) {
    print(line(false, what, since, [error instanceof Error ? error.message : String(error)]));
    return { passed: 0, failed: 1 };
  }
}

function line(ok: boolean, what: string, since: number, problems: readonly string[]): string {
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  return [`${ok ? '✓' : '✕'} ${what}, ${seconds} s`, ...problems.map((problem) => `    ${problem}`)].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await main();
