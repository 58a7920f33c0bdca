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
import { createReport, type Part, type PartReport, type Report, tryOut } from './report.ts';
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
  const everywhere = values.all === true || values.every === true;
  if (values.part !== undefined) {
    await runParts(report, [values.part]);
  } else if (everywhere && values.scenario !== undefined) {
    await killEverywhere(report);
  } else if (everywhere) {
    // Replicas mostly wait for a lease of thirty seconds to run out: the kills need no longer beside them.
    await Promise.all([killEverywhere(report), runParts(report, ['replicas'])]);
    await runParts(
      report,
      Object.keys(parts).filter((name) => name !== 'replicas'),
    );
  } else {
    await killSome(report, wholeNumber('--sample', values.sample ?? '6'));
  }
  return report.end();
}

async function killEverywhere(report: Report): Promise<void> {
  for (const scenario of chosen()) {
    await report.part(scenario.name, async (part) => {
      const keeper = keep(scenario, part);
      const { peace } = await keeper.get();
      const names = values.every === true ? peace.boundaries : distinct(peace.boundaries);
      part.say(`${scenario.name}: ${peace.boundaries.length} boundaries, ${names.length} kills`);
      const hows = names.map((at, index): Kill => ({ at, how: howFor(index) }));
      await sideBySide(hows, atOnce, (kill) => killAt(keeper, scenario, kill, part));
      await keeper.drop();
    });
  }
}

/** Now and then the engine's database is lost as well, or the bot is asked to end instead. */
function howFor(index: number): Kill['how'] {
  return index % 10 === 8 ? 'engine lost' : index % 10 === 9 ? 'asked' : 'killed';
}

async function killSome(report: Report, count: number): Promise<void> {
  const one = values.scenario === undefined ? '' : ` --scenario ${values.scenario}`;
  report.say(`seed ${seed}; again with: npm run chaos -- --seed ${seed} --sample ${count}${one}`);
  await report.part('a sample', async (part) => {
    const order = shuffled(chosen(), seeded(seed));
    const keepers = new Map(order.map((scenario) => [scenario, keep(scenario, part)]));
    const draws = Array.from({ length: count }, (_, index) => index);
    await sideBySide(draws, atOnce, async (index) => {
      const scenario = order[index % order.length] as Scenario;
      const keeper = keepers.get(scenario) as Keeper;
      const { peace } = await keeper.get();
      const how = index % 6 === 4 ? 'engine lost' : index % 6 === 5 ? 'asked' : 'killed';
      await killAt(keeper, scenario, drawOne(peace.boundaries, seeded(seed + index), how), part);
    });
    await Promise.all([...keepers.values()].map((keeper) => keeper.drop()));
  });
}

async function killAt(keeper: Keeper, scenario: Scenario, kill: Kill, report: PartReport): Promise<void> {
  const what = `${scenario.name}, ${kill.how}: ${kill.at}`;
  await tryOut(
    report,
    what,
    async () => {
      const { peace, snapshot } = await keeper.get();
      report.add(what, await killOnce(snapshot, peace, kill));
    },
    'only when it fails',
  );
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
function keep(scenario: Scenario, report: PartReport): Keeper {
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
      // What could not be made a second time is tried once more for the next kill.
      const known = last === undefined ? null : await last.catch(() => null);
      // Of several that find it old at once, one makes a new one.
      if ((known === null || !isFresh(known.snapshot)) && made.at(-1) === last) {
        made.push(make());
      }
      return made.at(-1) as Promise<Kept>;
    },
    async drop() {
      await Promise.all(
        made.map((kept) =>
          kept.then(
            ({ snapshot }) => dropSnapshot(snapshot),
            () => undefined,
          ),
        ),
      );
    },
  };
}

async function runParts(report: Report, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const part: Part | undefined = parts[name];
    if (part === undefined) {
      throw new Error(`There is no part “${name}”; there are ${Object.keys(parts).join(', ')}.`);
    }
    await report.part(name, (own) => part({ report: own, scenarios: chosen(), atOnce, random: seeded(seed) }));
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
