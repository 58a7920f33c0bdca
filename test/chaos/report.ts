/** One line for everything that was tried, and a count at the end. */
import { secondsSince, type Verdict } from './kill-once.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenarios.ts';

/** What is said of one part of the whole. */
export interface PartReport {
  say(line: string): void;
  add(what: string, verdict: Verdict): void;
}

export interface Report {
  /** Counts on its own what is added while `work` goes on, and lasts as long. */
  part(name: string, work: (report: PartReport) => Promise<void>): Promise<void>;
  say(line: string): void;
  /** Each part once more with its numbers, then the whole. @returns the exit code */
  end(): number;
}

export interface PartDeps {
  report: PartReport;
  /** What was asked for. */
  scenarios: readonly Scenario[];
  atOnce: number;
  random: Random;
}

/** Something else than kills that can go wrong. */
export type Part = (deps: PartDeps) => Promise<void>;

type Counts = Record<Verdict['kind'], number>;

export function createReport(print: (line: string) => void): Report {
  const since = performance.now();
  const all: Counts = { passed: 0, skipped: 0, failed: 0 };
  const ended: string[] = [];
  return {
    say: print,
    async part(name, work) {
      const own: Counts = { passed: 0, skipped: 0, failed: 0 };
      const partSince = performance.now();
      const report: PartReport = {
        say: print,
        add(what, verdict) {
          own[verdict.kind] += 1;
          all[verdict.kind] += 1;
          printVerdict(print, what, verdict);
        },
      };
      // One part that breaks down does not take the others along.
      await tryOut(report, name, () => work(report), 'only when it fails');
      const line = `${name}: ${inWords(own, partSince)}`;
      ended.push(line);
      print(line);
    },
    end() {
      for (const line of ended) {
        print(line);
      }
      print(`${inWords(all, since)} in all`);
      return all.failed === 0 ? 0 : 1;
    },
  };
}

function printVerdict(print: (line: string) => void, what: string, verdict: Verdict): void {
  const sign = { passed: '✓', skipped: '–', failed: '✕' }[verdict.kind];
  const note = verdict.kind === 'skipped' ? ' (was not reached)' : '';
  print(`${sign} ${what}${note}, ${verdict.seconds} s`);
  for (const problem of verdict.kind === 'failed' ? verdict.problems : []) {
    print(`    ${problem}`);
  }
}

function inWords({ failed, passed, skipped }: Counts, since: number): string {
  return `${passed} passed, ${skipped} not reached, ${failed} failed, ${secondsSince(since)} s`;
}

/** Runs one thing that throws when it is wrong. */
export async function tryOut(
  report: PartReport,
  what: string,
  work: () => Promise<void>,
  told: 'always' | 'only when it fails' = 'always',
): Promise<void> {
  const since = performance.now();
  try {
    await work();
    if (told === 'always') {
      report.add(what, { kind: 'passed', seconds: secondsSince(since) });
    }
  } catch (error) {
    const problems = [error instanceof Error ? error.message : String(error)];
    report.add(what, { kind: 'failed', seconds: secondsSince(since), problems });
  }
}
