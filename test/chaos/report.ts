/** One line for everything that was tried, and a count at the end. */
import { secondsSince, type Verdict } from './kill-once.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenarios.ts';

export interface Report {
  say(line: string): void;
  add(what: string, verdict: Verdict): void;
  /** The exit code. */
  end(seconds: number): number;
}

export interface PartDeps {
  report: Report;
  /** What was asked for. */
  scenarios: readonly Scenario[];
  atOnce: number;
  random: Random;
}

/** Something else than kills that can go wrong. */
export type Part = (deps: PartDeps) => Promise<void>;

export function createReport(print: (line: string) => void): Report {
  const counts = { passed: 0, skipped: 0, failed: 0 };
  return {
    say: print,
    add(what, verdict) {
      counts[verdict.kind] += 1;
      const sign = { passed: '✓', skipped: '–', failed: '✕' }[verdict.kind];
      const note = verdict.kind === 'skipped' ? ' (was not reached)' : '';
      print(`${sign} ${what}${note}, ${verdict.seconds} s`);
      for (const problem of verdict.kind === 'failed' ? verdict.problems : []) {
        print(`    ${problem}`);
      }
    },
    end(seconds) {
      const { failed, passed, skipped } = counts;
      print(`${passed} passed, ${skipped} not reached, ${failed} failed, ${seconds} s in all`);
      return failed === 0 ? 0 : 1;
    },
  };
}

/** Runs one thing that throws when it is wrong. */
export async function tryOut(report: Report, what: string, work: () => Promise<void>): Promise<void> {
  const since = performance.now();
  try {
    await work();
    report.add(what, { kind: 'passed', seconds: secondsSince(since) });
  } catch (error) {
    const problems = [error instanceof Error ? error.message : String(error)];
    report.add(what, { kind: 'failed', seconds: secondsSince(since), problems });
  }
}
