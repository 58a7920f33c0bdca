/**
 * The `when` of a row. It is written in JSON so that somebody who does not program can read and change it:
 *
 *   {}                                            always
 *   { "symptom": ["firewall"], "x": [true] }      all of them hold
 *   [ { … }, { … } ]                              one of them holds
 *   ["any fault"]                                 every value of a group
 *   [false, null]                                 null stands for "not answered"
 *   { "not": ["managed"] }                        anything else, also when not answered
 *   { "olderThan": "10.10" }                      a version, compared by number
 *   { "nothingKnownBut": ["requestKind"] }        every other fact is unknown
 */
import { z } from 'zod/v4';
import { justBelow, olderThan, versionPattern } from './version.ts';

export type Value = string | boolean;
export type Facts = Readonly<Record<string, Value | null>>;

export interface FactKind {
  values: readonly Value[] | 'version';
  /** Names for several values, such as `any fault`. */
  groups?: Readonly<Record<string, readonly Value[]>>;
}

/** Which facts a table may speak of. */
export type Vocabulary = Readonly<Record<string, FactKind>>;

type Test =
  | { kind: 'one-of'; values: readonly (Value | null)[] }
  | { kind: 'none-of'; values: readonly (Value | null)[] }
  | { kind: 'older-than'; version: string };

interface Clause {
  tests: ReadonlyMap<string, Test>;
  nothingKnownBut: readonly string[] | null;
}

/** Holds when one of its clauses holds; a clause without tests always does. */
export type Condition = readonly Clause[];

export function holds(condition: Condition, facts: Facts): boolean {
  return condition.some((clause) => clauseHolds(clause, facts));
}

export function isAlways(condition: Condition): boolean {
  return condition.some((clause) => clause.tests.size === 0 && clause.nothingKnownBut === null);
}

function clauseHolds(clause: Clause, facts: Facts): boolean {
  for (const [key, test] of clause.tests) {
    if (!passes(test, facts[key] ?? null)) {
      return false;
    }
  }
  const { nothingKnownBut } = clause;
  return (
    nothingKnownBut === null ||
    Object.entries(facts).every(([key, value]) => value === null || nothingKnownBut.includes(key))
  );
}

function passes(test: Test, value: Value | null): boolean {
  switch (test.kind) {
    case 'one-of':
      return test.values.includes(value);
    case 'none-of':
      return !test.values.includes(value);
    case 'older-than':
      return typeof value === 'string' && olderThan(value, test.version) === true;
    default: {
      const never: never = test;
      return never;
    }
  }
}

/** Reads a `when` that speaks of this vocabulary; anything else is an error that names what is allowed. */
export function conditionSchema(vocabulary: Vocabulary): z.ZodType<Condition> {
  const keys = Object.keys(vocabulary);
  const tests = Object.fromEntries(Object.entries(vocabulary).map(([key, kind]) => [key, testSchema(kind).optional()]));
  const clause = z
    .strictObject(
      { ...tests, nothingKnownBut: z.array(z.enum(keys)).optional() },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `${issue.keys.join(', ')}: no such fact; facts are ${keys.join(', ')}`
            : undefined,
      },
    )
    .transform(toClause);
  return z.preprocess((when) => (Array.isArray(when) ? when : [when]), z.array(clause).min(1));
}

function toClause(written: Readonly<Record<string, Test | readonly string[] | undefined>>): Clause {
  const tests = new Map<string, Test>();
  let nothingKnownBut: readonly string[] | null = null;
  for (const [key, entry] of Object.entries(written)) {
    if (entry === undefined) {
      continue;
    }
    if ('kind' in entry) {
      tests.set(key, entry);
    } else {
      nothingKnownBut = entry;
    }
  }
  return { tests, nothingKnownBut };
}

function testSchema(kind: FactKind): z.ZodType<Test> {
  const { values } = kind;
  if (values === 'version') {
    return z
      .strictObject({ olderThan: z.string().regex(versionPattern) }, { error: 'write {"olderThan": "10.10"}' })
      .transform((written): Test => ({ kind: 'older-than', version: written.olderThan }));
  }
  const groups = kind.groups ?? {};
  const names = [...values, ...Object.keys(groups)];
  const list = z
    .array(z.literal(names).nullable())
    .min(1)
    .transform((written) => written.flatMap((name) => spread(name, groups)));
  return z
    .union([list, z.strictObject({ not: list })], {
      error: `write a list of ${names.join(', ')} (null for "not answered"), or {"not": […]}`,
    })
    .transform(
      (written): Test =>
        'not' in written ? { kind: 'none-of', values: written.not } : { kind: 'one-of', values: written },
    );
}

function spread(name: Value | null, groups: NonNullable<FactKind['groups']>): readonly (Value | null)[] {
  return (typeof name === 'string' ? groups[name] : undefined) ?? [name];
}

/**
 * The values worth trying for each fact that these conditions speak of: each value that is named, "not answered", and
 * one that is not named. Every situation that the conditions can tell apart is among their combinations.
 */
export function samplesOf(conditions: readonly Condition[], vocabulary: Vocabulary): Map<string, (Value | null)[]> {
  const named = new Map<string, Set<Value | null>>();
  const clauses = conditions.flat();
  for (const [key, test] of clauses.flatMap((clause) => [...clause.tests])) {
    const values = named.get(key) ?? new Set<Value | null>([null]);
    for (const value of test.kind === 'older-than' ? [justBelow(test.version), test.version] : test.values) {
      values.add(value);
    }
    named.set(key, values);
  }
  for (const [key, values] of named) {
    const all = vocabulary[key]?.values ?? [];
    const other = all === 'version' ? undefined : all.find((value) => !values.has(value));
    if (other !== undefined) {
      values.add(other);
    }
  }
  addUnnamed(clauses, named, vocabulary);
  return new Map([...named].map(([key, values]) => [key, [...values]]));
}

/** `nothingKnownBut` also looks at facts that no row names: one of those stands for all of them. */
function addUnnamed(clauses: readonly Clause[], named: Map<string, Set<Value | null>>, vocabulary: Vocabulary): void {
  const kept = new Set(clauses.flatMap((clause) => clause.nothingKnownBut ?? []));
  const other = Object.keys(vocabulary).find((key) => !named.has(key) && !kept.has(key));
  const values = other === undefined ? undefined : vocabulary[other]?.values;
  if (kept.size > 0 && other !== undefined && values !== undefined) {
    named.set(other, new Set([null, values === 'version' ? '0' : (values[0] ?? null)]));
  }
}
