/** The tables as they are shipped: what they rest on, and that a broken copy of each is refused with the row's number. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { approversVocabulary } from '../../src/policy/approvers.ts';
import type { Vocabulary } from '../../src/policy/condition.ts';
import { contrastsOf, readContrasts } from '../../src/policy/contrasts.ts';
import { readDecisionTable } from '../../src/policy/decision-table.ts';
import { headingsOf } from '../../src/policy/documents.ts';
import { noteFiles } from '../../src/policy/notes.ts';
import { readTargets } from '../../src/policy/response-target.ts';
import approvers from '../../src/policy/tables/approvers.json' with { type: 'json' };
import contrasts from '../../src/policy/tables/contrasts.json' with { type: 'json' };
import documents from '../../src/policy/tables/documents.json' with { type: 'json' };
import method from '../../src/policy/tables/method.json' with { type: 'json' };
import responseTarget from '../../src/policy/tables/response-target.json' with { type: 'json' };
import risk from '../../src/policy/tables/risk.json' with { type: 'json' };
import scope from '../../src/policy/tables/scope.json' with { type: 'json' };
import sectionsWithoutRules from '../../src/policy/tables/sections-without-rules.json' with { type: 'json' };
import severity from '../../src/policy/tables/severity.json' with { type: 'json' };
import { triageVocabulary } from '../../src/policy/triage-vocabulary.ts';
import { answers } from './triage-cases.ts';

interface Rule {
  row: string;
  source: { document: string; section: string; date: string | null };
}

interface RuleFile {
  rows: Rule[];
}

const ruleFiles: Readonly<Record<string, readonly Rule[]>> = {
  scope: scope.rows,
  severity: severity.rows,
  'response-target': responseTarget.rows,
  method: [...method.rows, ...method.blocks],
  approvers: approvers.rows,
  risk: risk.rows,
  ...Object.fromEntries(Object.entries(noteFiles).map(([name, file]) => [name, (file as RuleFile).rows])),
};

const rules = Object.entries(ruleFiles).flatMap(([file, rows]) =>
  rows.map((rule) => [`${file} ${rule.row}`, rule.source] as const),
);

describe('what the rules rest on', () => {
  it.each(rules)('%s names an edition that its document has had', (_row, source) => {
    const document = documents.rows.find(({ id }) => id === source.document);

    expect(document).toBeDefined();
    if (document?.date === null) {
      expect(source.date).toBeNull();
    } else {
      expect(source.date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect((source.date ?? '') <= (document?.date ?? '')).toBe(true);
    }
  });

  const excused: readonly { document: string; heading: string; why: string }[] = sectionsWithoutRules.rows;
  const headings = ['support', 'connectivity'].flatMap((document) =>
    headingsOf(document).map((heading) => [document, heading] as const),
  );

  it('knows the headings of both source documents', () => {
    expect(headings.length).toBeGreaterThanOrEqual(34);
  });

  it.each(headings)('%s, "%s": has a rule, or a line that says why not', (document, heading) => {
    const resting = rules.filter(([, source]) => source.document === document && source.section === heading);
    const reasons = excused.filter((line) => line.document === document && line.heading === heading);

    expect(resting.length > 0 || reasons.some(({ why }) => /\S/.test(why))).toBe(true);
  });

  it('excuses only sections that are there and have no rule', () => {
    const idle = excused.filter(
      (line) =>
        !headingsOf(line.document).includes(line.heading) ||
        rules.some(([, source]) => source.document === line.document && source.section === line.heading),
    );

    expect(idle).toEqual([]);
  });
});

interface Written {
  about: string;
  rows: readonly { row: string; when: unknown; result: unknown; note: string; source: Rule['source'] }[];
}

const methodVocabulary: Vocabulary = Object.fromEntries(
  Object.keys(method.facts).map((key) => [key, { values: [true, false] }]),
);

describe.each<[string, Written, Vocabulary]>([
  ['scope', scope, triageVocabulary],
  ['severity', severity, triageVocabulary],
  ['method', { about: method.about, rows: method.rows }, methodVocabulary],
  ['approvers', approvers, approversVocabulary],
])('the table %s', (name, table, vocabulary) => {
  function read(rows: readonly unknown[]): unknown {
    return readDecisionTable(name, { about: table.about, rows }, vocabulary, z.unknown());
  }

  it('is taken as it is', () => {
    expect(() => read(table.rows)).not.toThrow();
  });

  it('is refused with a hole', () => {
    const rows = table.rows.slice(0, -1);

    expect(() => read(rows)).toThrow(
      `${name}.json: row ${rows.length} is the last one and does not match everything, so the table has a hole.`,
    );
  });

  it('is refused with a row that an earlier one hides', () => {
    const at = Math.floor(table.rows.length / 2);
    const rows = table.rows.toSpliced(at, 0, { ...rowAt(table.rows, at - 1), row: 'new' });

    expect(() => read(rows)).toThrow(`${name}.json: row ${at + 1} (number new) can never decide`);
  });

  it('is refused with a row whose section is not in the document', () => {
    const first = rowAt(table.rows, 0);
    const rows = [
      { ...first, source: { ...first.source, document: 'support', section: 'Sla' } },
      ...table.rows.slice(1),
    ];

    expect(() => read(rows)).toThrow(`${name}.json: row 1, source.section`);
  });
});

function rowAt<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row === undefined) {
    throw new Error(`the table has no row ${index + 1}`);
  }
  return row;
}

describe('the table response-target', () => {
  it('is refused with a second row for a severity, which the first one hides', () => {
    const rows = [...responseTarget.rows, { ...rowAt(responseTarget.rows, 0), row: '5' }];

    expect(() => readTargets({ about: 'x', rows })).toThrow('row 5 can never decide');
  });

  it('is refused with a number used twice', () => {
    const [first, second] = responseTarget.rows;
    const rows = [first, { ...second, row: '1' }];

    expect(() => readTargets({ about: 'x', rows })).toThrow('row 2 uses the number 1 again');
  });
});

describe('the table contrasts', () => {
  const [first] = contrasts.rows;

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a value that the fact cannot have',
      { key: 'environment', value: 'prod' },
      'row 1, value: "environment" cannot be',
    ],
    ['an unknown fact', { key: 'mood' }, 'row 1, key'],
    ['a condition on an unknown value', { when: { environment: ['prod'] } }, 'row 1, when.0.environment'],
  ])('is refused with %s', (_case, change, message) => {
    expect(() => readContrasts({ about: 'x', rows: [{ ...first, ...change }] })).toThrow(message);
  });

  it('is refused with a number used twice', () => {
    expect(() => readContrasts({ about: 'x', rows: [first, first] })).toThrow('row 2 uses the number 1 again');
  });

  it.each<[string, Parameters<typeof answers>[0]]>([
    ['1', { environment: 'production', symptom: 'inaccessible' }],
    ['2', { environment: 'production' }],
    ['3', { environment: 'test' }],
    ['4', { symptom: 'severely-impaired', canMakeChanges: true }],
    ['5', { symptom: 'severely-impaired', canMakeChanges: false }],
    ['6', { coreFunctionalityUnavailable: false }],
    ['7', { preflightPassed: false }],
    ['8', { retriesDone: false }],
    ['9', { selfServiceRecoveryTried: false }],
    ['10', { faultLocation: 'app' }],
  ])('shows row %s for %j', (row, known) => {
    expect(contrastsOf(answers(known)).map((contrast) => contrast.row)).toContain(row);
  });
});
