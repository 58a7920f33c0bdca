/**
 * Two replicas on one PostgreSQL. One is killed at a boundary, or paused there until the other one has finished its work
 * and then woken: the survivor takes over, and the one that wakes up writes nothing. As long as the engine's lease is, 30
 * seconds, so several run side by side.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { runAudit } from '../../src/process/commands/audit.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { drawOne } from './draw.ts';
import { journalOf, type Peace, secondsSince, type Verdict } from './kill-once.ts';
import { contradictions, differences, type Outcome, settledOutcome } from './outcome.ts';
import type { Random } from './random.ts';
import type { PartDeps } from './report.ts';
import { openRig, type Replica, type Rig } from './rig.ts';
import type { Place, Scenario } from './scenarios.ts';
import { sideBySide } from './side-by-side.ts';
import { placeOf, putWorld, worldOf } from './snapshot.ts';

const perScenario = 4;
/** A replica holds fifteen connections, and a cluster for tests has a hundred. */
const pairsAtOnce = 2;

export async function replicas({ random, report, scenarios }: PartDeps): Promise<void> {
  const postgres = await startPostgres();
  if (postgres === null) {
    return;
  }
  try {
    const databases = await openDatabases(postgres);
    // Webhooks know one address, and two replicas have two here; the desk's part is killed on SQLite.
    for (const scenario of scenarios.filter(({ changes }) => changes === 'azure')) {
      const prepared = await prepare(scenario, databases);
      report.say(`${scenario.name} on PostgreSQL: ${prepared.peace.boundaries.length} boundaries`);
      const left = new Set(prepared.peace.boundaries);
      const strikes = Array.from({ length: perScenario }, (_, index) => ({
        at: takeOne(left, random),
        signal: index === perScenario - 1 ? ('SIGSTOP' as const) : ('SIGKILL' as const),
        database: `${databases.nameOf(scenario)}_${index}`,
      }));
      await sideBySide(strikes, pairsAtOnce, async (strike) => {
        const how = strike.signal === 'SIGSTOP' ? 'paused and woken' : 'killed';
        report.add(
          `${scenario.name}, one of two replicas ${how}: ${strike.at}`,
          await strikeOne(prepared, databases, strike),
        );
      });
    }
  } finally {
    await postgres.stop();
  }
}

/** No boundary is struck twice. */
function takeOne(left: Set<string>, random: Random): string {
  const { at } = drawOne([...left], random, 'killed');
  left.delete(at);
  return at;
}

interface Databases {
  nameOf(scenario: Scenario): string;
  empty(name: string): Promise<string>;
  copy(from: string, name: string): Promise<string>;
}

async function openDatabases(postgres: TestPostgres): Promise<Databases> {
  const admin = await postgres.url('chaos_admin');
  async function copy(from: string, name: string): Promise<string> {
    const target = await postgres.url(name);
    const [source, made] = [from, target].map((url) => new URL(url).pathname.slice(1));
    const client = new Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(`drop database "${made}"`);
      await client.query(`create database "${made}" template "${source}"`);
    } finally {
      await client.end();
    }
    return target;
  }
  return { nameOf: ({ name }) => `chaos_${name.replaceAll('-', '_')}`, empty: (name) => postgres.url(name), copy };
}

interface Prepared {
  scenario: Scenario;
  thread: string;
  database: string;
  world: unknown;
  peace: Peace;
}

async function prepare(scenario: Scenario, databases: Databases): Promise<Prepared> {
  const rig = await openRig();
  try {
    const database = await databases.empty(databases.nameOf(scenario));
    const replica = await rig.openReplica('prepared', { databaseUrl: database });
    await replica.start(null);
    const thread = await scenario.prepare(placeOf(rig, replica));
    await replica.kill('SIGTERM');
    const world = await worldOf(rig.armUrl);
    const since = performance.now();
    const again = await rig.openReplica('peace', {
      databaseUrl: await databases.copy(database, `${databases.nameOf(scenario)}_peace`),
    });
    await again.start(null);
    await scenario.play(placeOf(rig, again), thread);
    const outcome = await settledOutcome(placeOf(rig, again));
    const peace = { outcome, boundaries: journalOf(again), seconds: secondsSince(since) };
    return { scenario, thread, database, world, peace };
  } finally {
    await rig.close({ keep: false });
  }
}

interface StrikeAt {
  at: string;
  signal: 'SIGKILL' | 'SIGSTOP';
  database: string;
}

async function strikeOne(prepared: Prepared, databases: Databases, strike: StrikeAt): Promise<Verdict> {
  const since = performance.now();
  const rig = await openRig();
  let verdict: Verdict;
  try {
    await putWorld(rig.armUrl, { arm: prepared.world });
    const databaseUrl = await databases.copy(prepared.database, strike.database);
    const { problems, struck } = await struckOf(rig, prepared, strike, databaseUrl);
    const seconds = secondsSince(since);
    verdict =
      problems.length > 0 ? { kind: 'failed', seconds, problems } : { kind: struck ? 'passed' : 'skipped', seconds };
  } catch (error) {
    const problems = [error instanceof Error ? error.message : String(error), `what is left of it: ${rig.directory}`];
    verdict = { kind: 'failed', seconds: secondsSince(since), problems };
  }
  await rig.close({ keep: verdict.kind === 'failed' });
  return verdict;
}

async function struckOf(
  rig: Rig,
  { peace, scenario, thread }: Prepared,
  { at, signal }: StrikeAt,
  databaseUrl: string,
): Promise<{ problems: string[]; struck: boolean }> {
  const [one, other] = [
    await rig.openReplica('one', { databaseUrl }),
    await rig.openReplica('other', { databaseUrl }),
  ] as const;
  await other.start(null);
  // Up and connected, but at rest, so that the one takes the work; the settled start holds nothing of the database.
  await wait(1500);
  other.signal('SIGSTOP');
  let isHalted = false;
  const halted = one.start({ at, signal }).then(async () => {
    await one.halted();
    isHalted = true;
    other.signal('SIGCONT');
  });
  const place: Place = { ...placeOf(rig, one), botUrl: () => (isHalted ? other.url : one.url) };
  await scenario.play(place, thread);
  const outcome = await settledOutcome(place);
  const struck = isHalted;
  const problems = struck ? await afterwards(rig, place, { one, signal, expected: peace.outcome, outcome }) : [];
  other.signal('SIGCONT');
  await Promise.all([one.kill('SIGKILL'), other.kill('SIGKILL'), halted]);
  const { exitCode, err, out } = await runAudit(['verify'], one.environment);
  return { struck, problems: exitCode === 0 ? problems : [...problems, `causeway audit verify: ${out}${err}`] };
}

interface After {
  one: Replica;
  signal: StrikeAt['signal'];
  expected: Outcome;
  outcome: Outcome;
}

/** The one that wakes up has five seconds to do what it must not. */
async function afterwards(rig: Rig, place: Place, { expected, one, outcome, signal }: After): Promise<string[]> {
  const wrong = [...differences(expected, outcome), ...(await contradictions(place))];
  if (signal === 'SIGKILL') {
    return wrong;
  }
  const before = await writesAt(rig);
  one.signal('SIGCONT');
  await wait(5000);
  const late = (await writesAt(rig)) - before;
  return [
    ...wrong,
    ...(late === 0 ? [] : [`the replica that woke up wrote ${late} times`]),
    ...differences(expected, await settledOutcome(place)).map((difference) => `after it woke up: ${difference}`),
  ];
}

/** Network Watcher is asked by POST, which changes nothing. */
async function writesAt({ armUrl }: Rig): Promise<number> {
  const requests = (await (await fetch(`${armUrl}/_sim/requests`)).json()) as { method: string }[];
  return requests.filter(({ method }) => method !== 'GET' && method !== 'POST').length;
}
