/** One run of a scenario from its snapshot, in peace or with a strike at one boundary, and what is wrong afterwards. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { runAudit } from '../../src/process/commands/audit.ts';
import { contradictions, differences, type Outcome, readOutcome, settledOutcome, unconvincing } from './outcome.ts';
import { loseEngine, type Replica, type Strike } from './rig.ts';
import { beginFrom, type Begun, type Snapshot } from './snapshot.ts';

export interface Peace {
  outcome: Outcome;
  /** In the order in which they were passed. */
  boundaries: readonly string[];
  seconds: number;
}

export interface Kill {
  at: string;
  /** `engine lost`: killed, and the engine's database is gone. `asked`: to end, as a service manager does. */
  how: 'killed' | 'engine lost' | 'asked';
}

export type Verdict =
  | { kind: 'passed'; seconds: number }
  /** Never came to the boundary: the run went another way. */
  | { kind: 'skipped'; seconds: number }
  | { kind: 'failed'; seconds: number; problems: readonly string[] };

export async function playInPeace(snapshot: Snapshot): Promise<Peace> {
  const since = performance.now();
  const { place, replica, rig } = await beginFrom(snapshot);
  try {
    await replica.start(null);
    const before = await readOutcome(place);
    await snapshot.scenario.play(place, snapshot.thread);
    const outcome = await settledOutcome(place);
    const problems = unconvincing(snapshot.scenario, before, outcome);
    if (problems.length > 0) {
      throw new Error(`Playing ${snapshot.scenario.name} without a kill: ${problems.join('; ')}. Mend that first.`);
    }
    return { outcome, boundaries: journalOf(replica), seconds: secondsSince(since) };
  } finally {
    await rig.close({ keep: false });
  }
}

export async function killOnce(snapshot: Snapshot, peace: Peace, kill: Kill): Promise<Verdict> {
  const since = performance.now();
  const begun = await beginFrom(snapshot);
  const signal: Strike['signal'] = kill.how === 'asked' ? 'SIGTERM' : 'SIGKILL';
  let verdict: Verdict;
  try {
    const guard = await startStruck(begun.replica, { at: kill.at, signal }, kill.how === 'engine lost');
    await Promise.race([snapshot.scenario.play(begun.place, snapshot.thread), guard.failed]);
    const problems = await judge(begun, peace, guard);
    const seconds = secondsSince(since);
    const kind = guard.isStruck() ? 'passed' : 'skipped';
    verdict = problems.length > 0 ? { kind: 'failed', seconds, problems } : { kind, seconds };
  } catch (error) {
    const problems = [error instanceof Error ? error.message : String(error)];
    verdict = { kind: 'failed', seconds: secondsSince(since), problems };
  }
  const { replica, rig } = begun;
  await rig.close({ keep: verdict.kind === 'failed' });
  return verdict.kind === 'failed'
    ? { ...verdict, problems: [...verdict.problems, `what is left of it: ${rig.directory}, log ${replica.logFile}`] }
    : verdict;
}

/** A bot that is struck at a boundary and then started again, whenever that happens: also after all is done. */
interface Guard {
  /** The boundary was reached. */
  isStruck(): boolean;
  /** Rejects when the bot ends for another reason, and never resolves. */
  failed: Promise<never>;
  /** Ends the bot for good. */
  end(): Promise<void>;
}

async function startStruck(replica: Replica, told: Strike, losesEngine: boolean): Promise<Guard> {
  let struck = false;
  let over = false;
  await replica.start(told);
  async function startAgain(): Promise<void> {
    const how = await replica.ended();
    if (over) {
      return;
    }
    if (how !== 'SIGKILL' && how !== '0') {
      throw new Error(`The bot ended by itself with ${how}.`);
    }
    struck = true;
    if (losesEngine) {
      await loseEngine(replica);
    }
    await replica.start(null);
  }
  const again = startAgain();
  const failed = again.then(() => new Promise<never>(() => {}));
  failed.catch(() => undefined);
  return {
    isStruck: () => struck,
    failed,
    async end() {
      over = true;
      if (struck) {
        await again;
      }
      await replica.kill('SIGKILL');
    },
  };
}

async function judge({ place, replica }: Begun, peace: Peace, guard: Guard): Promise<string[]> {
  let known: boolean;
  let wrong: string[];
  do {
    known = guard.isStruck();
    const outcome = await Promise.race([settledOutcome(place), guard.failed]);
    wrong = [...differences(peace.outcome, outcome), ...(await contradictions(place))];
    // Struck after all was done: what was left to do then has to be done as well.
  } while (known !== guard.isStruck());
  await guard.end();
  await rm(`${replica.dataDir}/bot.db-shm`, { force: true });
  const { exitCode, out, err } = await runAudit(['verify'], replica.environment);
  return exitCode === 0 ? wrong : [...wrong, `causeway audit verify: exit code ${exitCode}. ${out}${err}`];
}

export function journalOf({ journalFile }: Replica): string[] {
  return existsSync(journalFile) ? readFileSync(journalFile, 'utf8').split('\n').filter(Boolean) : [];
}

export function secondsSince(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
