/** What is wrong with the configuration, collected first and told together, so that nobody mends one line per start. */

export interface Problem {
  /** Name of the variable, or the settings file and the path inside it. */
  where: string;
  what: string;
  /** What to write instead, as a sentence. */
  instead: string;
}

/** Readers hand over what they find and go on with a harmless value; nobody uses it, because the load ends in an error. */
export type Report = (where: string, what: string, instead: string) => void;

/** @throws at start only; {@link ConfigError.problems} holds every problem of environment and settings file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describeProblems(problems));
    this.problems = problems;
  }
}

export function describeProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  const lines = problems.map(({ where, what, instead }) => `  ${where}: ${what}. ${instead}`);
  return [`Reading the configuration found ${count}:`, ...lines, 'Mend every line above, then start again.'].join('\n');
}

/** Runs `read` with a collector and returns both. */
export function collectProblems<Value>(read: (report: Report) => Value): { value: Value; problems: Problem[] } {
  const problems: Problem[] = [];
  const value = read((where, what, instead) => {
    problems.push({ where, what, instead });
  });
  return { value, problems };
}
