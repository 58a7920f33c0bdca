/**
 * Takes an edition as the one in force: the new digests, its date, and which sections changed with it. Rules on those
 * sections are under review until somebody has read them again and written the new date into them.
 */
import { findKept, type SectionDifference } from './compare.ts';
import type { DocumentSection, ReadDocument } from './read-document.ts';
import { digestOf } from './sentences.ts';
import type { Known, KnownDocument, KnownSection, Rule } from './table-files.ts';

export interface Acceptance {
  document: KnownDocument;
  edition: ReadDocument;
  differences: readonly SectionDifference[];
  /** YYYY-MM-DD. */
  date: string;
  rules: readonly Rule[];
}

export function acceptEdition({ documents, sections }: Known, acceptance: Acceptance): Known {
  const { document, edition, date } = acceptance;
  const kept = sections.rows.filter((section) => section.document === document.id);
  const now = [...edition.sections.map((section) => rowOf(section, kept, acceptance)), ...goneRows(kept, acceptance)];
  const first = sections.rows.findIndex((section) => section.document === document.id);
  const others = sections.rows.filter((section) => section.document !== document.id);
  const at = first < 0 ? others.length : first;
  return {
    sections: { ...sections, rows: [...others.slice(0, at), ...now, ...others.slice(at)] },
    documents: {
      ...documents,
      rows: documents.rows.map((row) => (row.id === document.id ? { ...row, date } : row)),
    },
  };
}

/** A heading stays spelled as the rules spell it. */
function rowOf(section: DocumentSection, kept: readonly KnownSection[], acceptance: Acceptance): KnownSection {
  const { document, differences, date } = acceptance;
  const old = findKept(
    section,
    kept.filter((one) => !one.gone),
  );
  const isChanged = old === undefined || differences.some(({ heading }) => heading === old.heading);
  return {
    document: document.id,
    heading: old?.heading ?? section.heading,
    changed: isChanged ? date : old.changed,
    sentences: section.sentences.map(digestOf),
    gone: false,
  };
}

/** A section that is no longer there is kept as long as a rule names it, so that the rule can say that it is stale. */
function goneRows(kept: readonly KnownSection[], { edition, document, date, rules }: Acceptance): KnownSection[] {
  return kept
    .filter((section) => edition.sections.every((now) => findKept(now, [section]) === undefined))
    .filter(({ heading }) => rules.some((rule) => rule.document === document.id && rule.section === heading))
    .map(({ heading, changed, gone }) => ({
      document: document.id,
      heading,
      changed: gone ? changed : date,
      sentences: [],
      gone: true,
    }));
}
