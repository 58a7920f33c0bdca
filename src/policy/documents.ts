/**
 * The documents that rules rest on. A rule names the date of the document that it was last checked against, so that a
 * newer edition of a document shows which rules have to be read again.
 */
import { z } from 'zod/v4';
import { readTableFile } from './table-file.ts';
import documentsJson from './tables/documents.json' with { type: 'json' };

/** What a verdict shows as its reason: the document, the section to look up, and the rule in our own words. */
export interface PolicyGround {
  source: string;
  section: string;
  /** Edition of the document that the rule was checked against, YYYY-MM-DD; null when the document bears no date. */
  date: string | null;
  note: string;
  /** Table and row, such as `scope 18a`. */
  row: string;
}

const dateSchema = z.iso.date().nullable();

const documentSchema = z.strictObject({ id: z.string(), title: z.string(), date: dateSchema });
const documents = readTableFile(
  'documents',
  documentsJson,
  z.strictObject({ about: z.string(), rows: z.array(documentSchema).min(1) }),
).rows;

export const sourceSchema = z.strictObject({
  document: z.enum(documents.map((document) => document.id)),
  section: z.string().min(1),
  date: dateSchema,
});

export type Source = z.infer<typeof sourceSchema>;

export function groundOf(source: Source, note: string, row: string): PolicyGround {
  const title = documents.find((document) => document.id === source.document)?.title ?? source.document;
  return { source: title, section: source.section, date: source.date, note, row };
}
