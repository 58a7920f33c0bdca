/** `causeway policy diff`: what a new edition of a source document changes, and which rules rest on that. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { acceptEdition } from '../policy-watch/accept.ts';
import { compareSections, recognise, type SectionDifference } from '../policy-watch/compare.ts';
import { readDate } from '../policy-watch/read-date.ts';
import { type ReadDocument, readDocument } from '../policy-watch/read-document.ts';
import { reportText } from '../policy-watch/report.ts';
import {
  type Known,
  type KnownDocument,
  ownTables,
  readKnown,
  rulesIn,
  writeKnown,
} from '../policy-watch/table-files.ts';

const usage = 'policy diff NEW.txt [--document ID] [--accept [--date YYYY-MM-DD]]';

interface Printed {
  /** 0: nothing has changed, or it was accepted; 1: something has; 2: it cannot be told. */
  exitCode: number;
  out: string;
  err: string;
}

export function policyCommand(args: string[]): number {
  const { exitCode, out, err } = runPolicyDiff(args, ownTables);
  process.stdout.write(out);
  process.stderr.write(err);
  return exitCode;
}

/** @param tables Folder of the tables. */
export function runPolicyDiff(args: string[], tables: string): Printed {
  try {
    return diff(args, tables);
  } catch (error) {
    return { exitCode: 2, out: '', err: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function diff(args: string[], tables: string): Printed {
  const text = { type: 'string' } as const;
  const options = { document: text, date: text, accept: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb, file, ...more] = positionals;
  if (
    verb !== 'diff' ||
    file === undefined ||
    more.length > 0 ||
    (values.date !== undefined && values.accept !== true)
  ) {
    return { exitCode: 2, out: '', err: `Usage: causeway ${usage}\n` };
  }
  const known = readKnown(tables);
  const { document, edition } = readEdition(file, values.document ?? null, known);
  const kept = known.sections.rows.filter((section) => section.document === document.id);
  const differences = compareSections(edition, kept);
  const rules = rulesIn(tables);
  const date = values.date === undefined ? edition.date : givenDate(values.date);
  const report = `${reportText({ document, title: edition.title, date, differences, rules })}\n`;
  if (values.accept !== true) {
    return { exitCode: differences.length > 0 ? 1 : 0, out: report, err: '' };
  }
  const accepted = dateToAccept(date, document, differences, file);
  writeKnown(tables, acceptEdition(known, { document, edition, differences, date: accepted, rules }));
  return { exitCode: 0, out: `${report}\nAccepted as the edition of ${accepted}.\n`, err: '' };
}

function readEdition(
  file: string,
  wanted: string | null,
  known: Known,
): { document: KnownDocument; edition: ReadDocument } {
  const text = readText(file);
  const watched = known.documents.rows.filter(({ id }) => known.sections.rows.some(({ document }) => document === id));
  const ids = watched.map(({ id }) => id);
  function readAs(document: KnownDocument | null): ReadDocument {
    const sections = known.sections.rows.filter((section) => document === null || section.document === document.id);
    return readDocument(
      text,
      sections.map((section) => section.heading),
    );
  }
  const document = wanted === null ? recognise(readAs(null), known) : (watched.find(({ id }) => id === wanted) ?? null);
  if (document === null) {
    const why =
      wanted === null ? 'it is like none of the documents that are watched' : `there is no document “${wanted}”`;
    throw new Error(`Reading ${file}: ${why}. Write --document ${ids.join('|')}.`);
  }
  const edition = readAs(document);
  if (edition.sections.length === 0) {
    throw new Error(
      `Reading ${file}: it has no headings with text under them. Save the page as plain text or Markdown.`,
    );
  }
  return { document, edition };
}

/** @throws {Error} that says what to do, for what cannot be read as text. */
function readText(file: string): string {
  const doing = `Reading ${file}`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Error(
      `${doing}: ${error instanceof Error ? error.message : String(error)}. Write the path of a text file.`,
      { cause: error },
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${doing}: it is no text in UTF-8. Save the page as plain text or Markdown.`, { cause: error });
  }
  if (/^\s*<(?:!doctype|html)\b/i.test(text)) {
    throw new Error(`${doing}: it is a page in HTML. Save the page as plain text or Markdown.`);
  }
  return text;
}

function givenDate(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readDate(text) : null;
  if (date === null) {
    throw new Error(`Reading --date: “${text}” is no date. Write YYYY-MM-DD, such as 2026-02-01.`);
  }
  return date;
}

/** A rule is under review while it is older than its section, so what changed needs a date that is newer than the rules. */
function dateToAccept(
  date: string | null,
  document: KnownDocument,
  differences: readonly SectionDifference[],
  file: string,
): string {
  if (date === null) {
    throw new Error(
      `Accepting ${file}: it does not say its date. Write --date YYYY-MM-DD with the day on which it changed.`,
    );
  }
  if (document.date !== null && (date < document.date || (date === document.date && differences.length > 0))) {
    throw new Error(
      `Accepting ${file}: its date ${date} is not newer than the edition in force, of ${document.date}, so no rule would come under review. Write --date YYYY-MM-DD with the day on which it changed.`,
    );
  }
  return date;
}
