/**
 * `npm run chaos [-- --sample N | --all | --every] [--scenario NAME] [--seed N] [--at-once N]`: kills the bot at a
 * boundary, starts it again, and looks whether everything is as if it had not been killed. One line per kill; exit code
 * 1 when any went wrong. `--all`: at every boundary that leaves something different behind, in every scenario; then the
 * meetings, the stop switch, the faults and the replicas. `--every`: at each boundary there is, reads included; a night.
 * `--part NAME`: one part of `--all` alone.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { distinct, drawOne, shuffled } from './draw.ts';
import { type Kill, killOnce, type Peace, playInPeace, secondsSince } from './kill-once.ts';
import { parts } from './parts.ts';
import { seeded } from './random.ts';
import { createReport, type Part, type Report } from './report.ts';
import { type Scenario, scenarioNamed, scenarios } from './scenarios.ts';
import { sideBySide } from './side-by-side.ts';
import { dropSnapshot, isFresh, type Snapshot, takeSnapshot } from './snapshot.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const { values } = parseArgs({
  options: { sample: text, all: flag, every: flag, scenario: text, seed: text, 'at-once': text, part: text },
});

const atOnce = wholeNumber('--at-once', values['at-once'] ?? '3');
const seed = values.seed === undefined ? randomInt(2 ** 31) : wholeNumber('--seed', values.seed);

async function main(): Promise<number> {
  const report = createReport((line) => process.stdout.write(`${line}\n`));
  const since = performance.now();
  if (values.part !== undefined) {
    await runParts(report, [values.part]);
  } else if (values.all === true || values.every === true) {
    await killEverywhere(report);
    await runParts(report, values.scenario === undefined ? Object.keys(parts) : []);
  } else {
    await killSome(report, wholeNumber('--sample', values.sample ?? '6'));
  }
  return report.end(secondsSince(since));
}

async function killEverywhere(report: Report): Promise<void> {
  for (const scenario of chosen()) {
    const since = performance.now();
    const keeper = keep(scenario, report);
    const { peace } = await keeper.get();
    const names = values.every === true ? peace.boundaries : distinct(peace.boundaries);
    report.say(`${scenario.name}: ${peace.boundaries.length} boundaries, ${names.length} kills`);
    const hows = names.map((at, index): Kill => ({ at, how: howFor(index) }));
    await sideBySide(hows, atOnce, (kill) => killAt(keeper, scenario, kill, report));
    await keeper.drop();
    report.say(`${scenario.name}: done after ${secondsSince(since)} s`);
  }
}

/** Now and then the engine's database is lost as well, or the bot is asked to end instead. */
function howFor(index: number): Kill['how'] {
  return index % 10 === 8 ? 'engine lost' : index % 10 === 9 ? 'asked' : 'killed';
}

async function killSome(report: Report, count: number): Promise<void> {
  const one = values.scenario === undefined ? '' : ` --scenario ${values.scenario}`;
  report.say(`seed ${seed}; again with: npm run chaos -- --seed ${seed} --sample ${count}${one}`);
  const order = shuffled(chosen(), seeded(seed));
  const keepers = new Map(order.map((scenario) => [scenario, keep(scenario, report)]));
  const draws = Array.from({ length: count }, (_, index) => index);
  await sideBySide(draws, atOnce, async (index) => {
    const scenario = order[index % order.length] as Scenario;
    const keeper = keepers.get(scenario) as Keeper;
    const { peace } = await keeper.get();
    const how = index % 6 === 4 ? 'engine lost' : index % 6 === 5 ? 'asked' : 'killed';
    await killAt(keeper, scenario, drawOne(peace.boundaries, seeded(seed + index), how), report);
  });
  await Promise.all([...keepers.values()].map((keeper) => keeper.drop()));
}

async function killAt(keeper: Keeper, scenario: Scenario, kill: Kill, report: Report): Promise<void> {
  const { peace, snapshot } = await keeper.get();
  const verdict = await killOnce(snapshot, peace, kill);
  report.add(`${scenario.name}, ${kill.how}: ${kill.at}`, verdict);
}

interface Kept {
  snapshot: Snapshot;
  peace: Peace;
}

interface Keeper {
  get(): Promise<Kept>;
  drop(): Promise<void>;
}

/** Made when it is first asked for, and again when it has grown old. */
function keep(scenario: Scenario, report: Report): Keeper {
  const made: Promise<Kept>[] = [];
  async function make(): Promise<Kept> {
    const since = performance.now();
    const snapshot = await takeSnapshot(scenario);
    const peace = await playInPeace(snapshot);
    report.say(
      `${scenario.name}, without a kill, to compare with: ${peace.boundaries.length} boundaries, ${secondsSince(since)} s`,
    );
    return { snapshot, peace };
  }
  return {
    async get() {
      const last = made.at(-1);
      const known = last === undefined ? null : await last;
      // Of several that find it old at once, one makes a new one.
      if ((known === null || !isFresh(known.snapshot)) && made.at(-1) === last) {
        made.push(make());
      }
      return made.at(-1) as Promise<Kept>;
    },
    async drop() {
      const all = await Promise.all(made);
      await Promise.all(all.map(({ snapshot }) => dropSnapshot(snapshot)));
    },
  };
}

async function runParts(report: Report, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const part: Part | undefined = parts[name];
    if (part === undefined) {
      throw new Error(`There is no part “${name}”; there are ${Object.keys(parts).join(', ')}.`);
    }
    const since = performance.now();
    await part({ report, scenarios: chosen(), atOnce, random: seeded(seed) });
    report.say(`${name}: done after ${secondsSince(since)} s`);
  }
}

function chosen(): readonly Scenario[] {
  return values.scenario === undefined ? scenarios : [scenarioNamed(values.scenario)];
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`Reading ${name}: “${value}” is no whole number above 0.`);
  }
  return number;
}

process.exitCode = await main();
