/** Reads and writes what the policy keeps of its documents, and finds the rules that rest on them. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod/v4';
import { documentsSchema, sectionsSchema } from '../../policy/documents.ts';
import { readTableFile } from '../../policy/table-file.ts';

/** The tables of this checkout. */
export const ownTables = fileURLToPath(new URL('../../policy/tables', import.meta.url));

type Documents = z.infer<typeof documentsSchema>;
type Sections = z.infer<typeof sectionsSchema>;
export type KnownDocument = Documents['rows'][number];
export type KnownSection = Sections['rows'][number];

export interface Known {
  documents: Documents;
  sections: Sections;
}

/** A row of any table that names a section as its source. */
export interface Rule {
  /** Table and row, such as `scope 18a`. */
  name: string;
  /** What it says, in our own words. */
  note: string;
  document: string;
  section: string;
}

/** @throws {PolicyTableError} when they are broken. */
export function readKnown(folder: string): Known {
  return {
    documents: readTableFile('documents', readJson(folder, 'documents.json'), documentsSchema),
    sections: readTableFile('sections', readJson(folder, 'sections.json'), sectionsSchema),
  };
}

export function writeKnown(folder: string, known: Known): void {
  const rows = known.sections.rows.map(({ gone, ...row }) => (gone ? { ...row, gone } : row));
  writeWhole(join(folder, 'sections.json'), printTable({ ...known.sections, rows }));
  writeWhole(join(folder, 'documents.json'), printTable(known.documents));
}

export function rulesIn(folder: string): Rule[] {
  const tables = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted();
  return tables.flatMap((name) => rulesOf(readJson(folder, name), name.replace(/\.json$/, '')));
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** Half a file is never seen: it takes its place when it is whole. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** Whatever a table is like inside, a rule is an object with a source. */
function rulesOf(value: unknown, table: string): Rule[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const inside = Object.values(value).flatMap((part: unknown) => rulesOf(part, table));
  const { source, row, note, text, title } = value as Readonly<Record<string, unknown>>;
  const { document, section } = (typeof source === 'object' && source !== null ? source : {}) as Record<
    string,
    unknown
  >;
  if (typeof document !== 'string' || typeof section !== 'string') {
    return inside;
  }
  const said = [note, text, title].find((words) => typeof words === 'string') ?? '';
  return [
    { name: [table, row].filter((part) => typeof part === 'string').join(' '), note: said, document, section },
    ...inside,
  ];
}

const widestLine = 120;

/** As the formatter of this checkout prints it: a list of short texts stands on one line. */
export function printTable(table: unknown): string {
  const text = JSON.stringify(table, null, 2).replaceAll(
    /^(.*)\[\n((?:\s+"(?:[^"\\]|\\.)*",?\n)+)\s+\](,?)$/gm,
    (whole, before: string, items: string, comma: string) => {
      const line = `${before}[${items.trim().replaceAll(/,\n\s+/g, ', ')}]${comma}`;
      return line.length <= widestLine ? line : whole;
    },
  );
  return `${text}\n`;
}
