/**
 * A decision table: rows of `when` and `result`, the first matching row wins. It is read once at start from JSON; a
 * table that is broken, has a hole, or has a row that earlier rows always hide is refused with its file and row number.
 */
import { z } from 'zod/v4';
import {
  type Condition,
  conditionSchema,
  type Facts,
  holds,
  isAlways,
  samplesOf,
  type Value,
  type Vocabulary,
} from './condition.ts';
import { groundOf, type PolicyGround, sourceSchema } from './documents.ts';
import { readTableFile, refused, refuseRepeated } from './table-file.ts';

export interface TableRow<Result> {
  /** The number that people use for this row. */
  row: string;
  when: Condition;
  result: Result;
  ground: PolicyGround;
}

type Samples = ReadonlyMap<string, readonly (Value | null)[]>;

export interface DecisionTable<Result> {
  name: string;
  rows: readonly TableRow<Result>[];
  /** Values that the conditions tell apart, by fact. */
  samples: Samples;
}

/** @throws {PolicyTableError} when the table cannot decide every situation, or a row of it never decides. */
export function readDecisionTable<Result>(
  name: string,
  json: unknown,
  vocabulary: Vocabulary,
  result: z.ZodType<Result>,
): DecisionTable<Result> {
  const row = z.strictObject({
    row: z.string().min(1),
    when: conditionSchema(vocabulary),
    result,
    note: z.string().min(1),
    source: sourceSchema,
  });
  const written = readTableFile(name, json, z.strictObject({ about: z.string(), rows: z.array(row).min(1) }));
  const rows = written.rows.map((entry) => ({
    row: entry.row,
    when: entry.when,
    result: entry.result,
    ground: groundOf(entry.source, entry.note, `${name} ${entry.row}`),
  }));
  const samples = samplesOf(
    rows.map((entry) => entry.when),
    vocabulary,
  );
  checkRows(name, rows, samples);
  return { name, rows, samples };
}

export function firstMatch<Result>(table: DecisionTable<Result>, facts: Facts): TableRow<Result> {
  const found = table.rows.find((row) => holds(row.when, facts));
  if (found === undefined) {
    throw refused(table.name, 'no row matches. End the table with a row whose "when" is {}.');
  }
  return found;
}

function checkRows(name: string, rows: readonly TableRow<unknown>[], samples: Samples): void {
  refuseRepeated(name, rows);
  const last = rows.at(-1);
  if (last === undefined || !isAlways(last.when)) {
    throw refused(
      name,
      `row ${rows.length} is the last one and does not match everything, so the table has a hole. End it with a row whose "when" is {}.`,
    );
  }
  const hidden = firstHidden(rows, samples);
  if (hidden !== null) {
    throw refused(
      name,
      `row ${hidden + 1} (number ${rows[hidden]?.row}) can never decide: the rows before it match whatever it matches. Move it up or remove it.`,
    );
  }
}

/** Tries the situations that the table can tell apart, until each row has decided once. */
function firstHidden(rows: readonly TableRow<unknown>[], samples: Samples): number | null {
  const unreached = new Set(rows.keys());
  for (const facts of combinations([...samples])) {
    unreached.delete(rows.findIndex((row) => holds(row.when, facts)));
    if (unreached.size === 0) {
      return null;
    }
  }
  return Math.min(...unreached);
}

function* combinations(samples: readonly (readonly [string, readonly (Value | null)[]])[]): Generator<Facts> {
  const [first, ...rest] = samples;
  if (first === undefined) {
    yield {};
    return;
  }
  const [key, values] = first;
  for (const others of combinations(rest)) {
    for (const value of values) {
      yield { ...others, [key]: value };
    }
  }
}
