/** Two variables that make sense together only. */
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Report } from './problem.ts';

/** Both values, or null when neither is set. Half a pair is reported under the name that is missing. */
export function readPair(
  raw: RawEnvironment,
  first: VariableName,
  second: VariableName,
  report: Report,
): readonly [string, string] | null {
  const values = [raw[first], raw[second]] as const;
  if (values[0] !== undefined && values[1] !== undefined) {
    return [values[0], values[1]];
  }
  if (values[0] !== undefined || values[1] !== undefined) {
    const [missing, present] = values[0] === undefined ? [first, second] : [second, first];
    report(missing, `is not set, but ${present} is`, 'Set both, or leave both empty.');
  }
  return null;
}
