/** How much goes to the log. */
import type { RawEnvironment } from './environment.ts';
import type { Report } from './problem.ts';

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

export function readLogLevel(raw: RawEnvironment, report: Report): LogLevel {
  const value = raw.LOG_LEVEL ?? 'info';
  const level = logLevels.find((candidate) => candidate === value);
  if (level === undefined) {
    report('LOG_LEVEL', `${JSON.stringify(value)} is not known`, `Write one of ${logLevels.join(', ')}.`);
  }
  return level ?? 'info';
}
