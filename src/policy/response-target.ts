/**
 * How soon a first answer is due. The rules are `tables/response-target.json`; when exactly that is, is for
 * `office-clock.ts`.
 *
 * Source: "Support for Mendix on Azure", section "Severity Baselines for Support Tickets".
 */
import { z } from 'zod/v4';
import { groundOf, type PolicyGround, sourceSchema } from './documents.ts';
import { severities, type Severity } from './severity.ts';
import { readTableFile, refused, refuseRepeated } from './table-file.ts';
import targetJson from './tables/response-target.json' with { type: 'json' };

/** Office time, never wall-clock time. An answer at the due instant itself is late. */
export type ResponsePromise =
  | { kind: 'less-than'; officeMinutes: number }
  | { kind: 'next-business-day' }
  | { kind: 'reasonable-effort' };

export interface ResponseTarget {
  severity: Severity;
  /** As CONTRACTS.md section 3 writes it, such as `<2 office hours`. */
  text: string;
  promise: ResponsePromise;
  ground: PolicyGround;
}

const base = { row: z.string(), severity: z.enum(severities), note: z.string().min(1), source: sourceSchema };
const rowSchema = z.discriminatedUnion('promise', [
  z.strictObject({ ...base, promise: z.literal('less-than'), officeHours: z.number().positive() }),
  z.strictObject({ ...base, promise: z.literal('next-business-day') }),
  z.strictObject({ ...base, promise: z.literal('reasonable-effort') }),
]);

export const responseTargets: readonly ResponseTarget[] = readTargets(targetJson);

export function readTargets(json: unknown): ResponseTarget[] {
  const name = 'response-target';
  const { rows } = readTableFile(name, json, z.strictObject({ about: z.string(), rows: z.array(rowSchema) }));
  refuseRepeated(name, rows);
  const hidden = rows.findIndex((row, index) => rows.findIndex((other) => other.severity === row.severity) < index);
  if (hidden >= 0) {
    throw refused(
      name,
      `row ${hidden + 1} can never decide: a row before it is for severity ${rows[hidden]?.severity}, too. Each severity needs exactly one.`,
    );
  }
  const missing = severities.find((severity) => rows.every((row) => row.severity !== severity));
  if (missing !== undefined) {
    throw refused(name, `it has no row for severity ${missing}. Each severity needs exactly one.`);
  }
  return rows.map((row) => {
    const promise = promiseOf(row);
    return {
      severity: row.severity,
      promise,
      text: promiseText(promise),
      ground: groundOf(row.source, row.note, `${name} ${row.row}`),
    };
  });
}

function promiseOf(row: z.infer<typeof rowSchema>): ResponsePromise {
  return row.promise === 'less-than'
    ? { kind: 'less-than', officeMinutes: row.officeHours * 60 }
    : { kind: row.promise };
}

function promiseText(promise: ResponsePromise): string {
  return promise.kind === 'less-than'
    ? `<${promise.officeMinutes / 60} office hours`
    : promise.kind.replaceAll('-', ' ');
}

export function targetOf(severity: Severity): ResponseTarget {
  const target = responseTargets.find((row) => row.severity === severity);
  if (target === undefined) {
    throw refused('response-target', `no row for severity ${severity}. Each severity needs exactly one.`);
  }
  return target;
}
