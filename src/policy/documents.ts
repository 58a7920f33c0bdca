/**
 * The documents that rules rest on. A rule names the date of the edition that it was last checked against; a section
 * bears the date of the edition in which it last changed (`tables/sections.json`, written by `causeway policy diff`). A
 * rule that is older than its section has to be read again, and says so until somebody has.
 */
import { z } from 'zod/v4';
import { readTableFile } from './table-file.ts';
import documentsJson from './tables/documents.json' with { type: 'json' };
import sectionsJson from './tables/sections.json' with { type: 'json' };

/** What a verdict shows as its reason: the document, the section to look up, and the rule in our own words. */
export interface PolicyGround {
  source: string;
  section: string;
  /** Edition of the document that the rule was checked against, YYYY-MM-DD; null when the document bears no date. */
  date: string | null;
  /** Where people read the document; null for our own rules. */
  url: string | null;
  /** Whether its section has changed since the rule was checked. */
  underReview: boolean;
  note: string;
  /** Table and row, such as `scope 18a`. */
  row: string;
}

const dateSchema = z.iso.date().nullable();

const documentSchema = z.strictObject({
  id: z.string(),
  title: z.string().min(1),
  date: dateSchema,
  url: z.url({ protocol: /^https$/ }).nullable(),
});

export const documentsSchema = z.strictObject({ about: z.string(), rows: z.array(documentSchema).min(1) });
const documents = readTableFile('documents', documentsJson, documentsSchema).rows;

const documentId = z.enum(documents.map((document) => document.id));

const sectionSchema = z.strictObject({
  document: documentId,
  heading: z.string().min(1),
  /** Edition in which the section last changed. */
  changed: dateSchema,
  /** Digests of its sentences, in their order; the text itself is not kept. */
  sentences: z.array(z.string().regex(/^[0-9a-f]{16}$/, 'a digest has sixteen hexadecimal digits')),
  /** True when the document no longer has it, but rules still name it. */
  gone: z.boolean().default(false),
});

export const sectionsSchema = z.strictObject({ about: z.string(), rows: z.array(sectionSchema) });
const sections = readTableFile('sections', sectionsJson, sectionsSchema).rows;

/** A document whose sections are kept must have the section that a rule names; of the others nothing is known. */
export const sourceSchema = z
  .strictObject({ document: documentId, section: z.string().min(1), date: dateSchema })
  .refine(
    ({ document, section }) => {
      const headings = headingsOf(document);
      return headings.length === 0 || headings.includes(section);
    },
    { path: ['section'], error: 'the document has no such section; write the heading as tables/sections.json does' },
  );

export type Source = z.infer<typeof sourceSchema>;

/** Headings of a document in their order; none for a document that is not watched. */
export function headingsOf(document: string): readonly string[] {
  return sections.filter((section) => section.document === document).map((section) => section.heading);
}

/** Whether the section has changed since the edition that the rule was checked against. */
export function isUnderReview(source: Source): boolean {
  const changed = sections.find(
    (section) => section.document === source.document && section.heading === source.section,
  )?.changed;
  return typeof changed === 'string' && (source.date === null || source.date < changed);
}

export function groundOf(source: Source, note: string, row: string): PolicyGround {
  const document = documents.find((one) => one.id === source.document);
  return {
    source: document?.title ?? source.document,
    section: source.section,
    date: source.date,
    url: document?.url ?? null,
    underReview: isUnderReview(source),
    note,
    row,
  };
}
