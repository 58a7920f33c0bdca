/** Reads the JSON files of `tables/`. A problem is told with the file, the row and what is allowed there. */
import type { z } from 'zod/v4';

export class PolicyTableError extends Error {
  override readonly name = 'PolicyTableError';
}

/** @throws {PolicyTableError} at start, so that a bad edit never reaches a user. */
export function readTableFile<Table>(name: string, json: unknown, schema: z.ZodType<Table>): Table {
  const parsed = schema.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map((issue) => `${placeOf(issue.path)}${issue.message}`);
  throw refused(name, `${problems.join('; ')}. Correct the file and start again.`);
}

export function refused(name: string, why: string): PolicyTableError {
  return new PolicyTableError(`Reading policy/tables/${name}.json: ${why}`);
}

/**
 * Rows are named on cards and in the audit, so no two may bear the same number.
 * @param list What the rows are called in the file, when not `rows`.
 */
export function refuseRepeated(name: string, rows: readonly { row: string }[], list = ''): void {
  const twice = rows.findIndex((row, index) => rows.findIndex((other) => other.row === row.row) < index);
  if (twice >= 0) {
    throw refused(name, `${list}row ${twice + 1} uses the number ${rows[twice]?.row} again. Give it one of its own.`);
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  const [list, index, ...rest] = path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (list === 'rows' && typeof index === 'number') {
    return `row ${[index + 1, ...(rest.length > 0 ? [rest.join('.')] : [])].join(', ')}: `;
  }
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

/** The same schema for each of these keys: a table of words has an entry for every one, or is refused. */
export function each<Key extends string, Schema>(keys: readonly Key[], schema: Schema): Record<Key, Schema> {
  return Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, Schema>;
}
