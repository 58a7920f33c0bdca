/** Compares an edition of a document with what is kept of the one in force: digests, so what is new can be quoted. */
import type { DocumentSection, ReadDocument } from './read-document.ts';
import { digestOf, normalise } from './sentences.ts';
import type { Known, KnownDocument, KnownSection } from './table-files.ts';

export type SectionDifference =
  | { kind: 'came'; heading: string; newSentences: readonly string[] }
  /** `heading` as it was. */
  | { kind: 'went'; heading: string; goneSentences: number }
  | { kind: 'renamed'; heading: string; to: string; newSentences: readonly string[]; goneSentences: number }
  | { kind: 'changed'; heading: string; newSentences: readonly string[]; goneSentences: number };

/** Null when it cannot be told: neither its title nor most of its headings are those of a document that is watched. */
export function recognise(edition: ReadDocument, { documents, sections }: Known): KnownDocument | null {
  const headings = new Set(edition.sections.map((section) => normalise(section.heading)));
  const scored = documents.rows.flatMap((document) => {
    const kept = sections.rows.filter((section) => section.document === document.id && !section.gone);
    const shared = kept.filter((section) => headings.has(normalise(section.heading))).length;
    const score = normalise(document.title) === normalise(edition.title) ? 1 : shared / kept.length;
    return kept.length === 0 ? [] : [{ document, score }];
  });
  const [best] = scored.toSorted((one, other) => other.score - one.score);
  return best !== undefined && best.score >= 0.5 ? best.document : null;
}

export function compareSections(edition: ReadDocument, kept: readonly KnownSection[]): SectionDifference[] {
  const before = kept.filter((section) => !section.gone);
  const came = edition.sections.filter((section) => findKept(section, before) === undefined);
  const went = before.filter((section) => edition.sections.every((now) => !isSameHeading(now, section)));
  const renames = findRenames(came, went);
  const differences = edition.sections.flatMap((section): SectionDifference[] => {
    const old = findKept(section, before);
    const renamed = renames.get(section);
    if (old !== undefined) {
      const change = changeOf(section, old);
      return isUnchanged(change) ? [] : [{ kind: 'changed', heading: old.heading, ...change }];
    }
    return renamed === undefined
      ? [{ kind: 'came', heading: section.heading, newSentences: section.sentences }]
      : [{ kind: 'renamed', heading: renamed.heading, to: section.heading, ...changeOf(section, renamed) }];
  });
  const left = went.filter((section) => ![...renames.values()].includes(section));
  return [
    ...differences,
    ...left.map(({ heading, sentences }) => ({ kind: 'went' as const, heading, goneSentences: sentences.length })),
  ];
}

export function findKept(section: DocumentSection, kept: readonly KnownSection[]): KnownSection | undefined {
  return kept.find((one) => isSameHeading(section, one));
}

function isSameHeading(one: { heading: string }, other: { heading: string }): boolean {
  return normalise(one.heading) === normalise(other.heading);
}

interface Change {
  newSentences: readonly string[];
  goneSentences: number;
}

/** A sentence that comes twice has to have been there twice. */
function changeOf(section: DocumentSection, old: KnownSection): Change {
  const left = new Map<string, number>();
  for (const digest of old.sentences) {
    left.set(digest, (left.get(digest) ?? 0) + 1);
  }
  const newSentences = section.sentences.filter((sentence) => {
    const digest = digestOf(sentence);
    const count = left.get(digest) ?? 0;
    left.set(digest, count - 1);
    return count <= 0;
  });
  return { newSentences, goneSentences: old.sentences.length - (section.sentences.length - newSentences.length) };
}

function isUnchanged({ newSentences, goneSentences }: Change): boolean {
  return newSentences.length === 0 && goneSentences === 0;
}

/** A heading that came in the place of one that went, over mostly the same sentences. */
function findRenames(
  came: readonly DocumentSection[],
  went: readonly KnownSection[],
): Map<DocumentSection, KnownSection> {
  const renames = new Map<DocumentSection, KnownSection>();
  for (const section of came) {
    const old = went.find((one) => {
      const { newSentences } = changeOf(section, one);
      const same = section.sentences.length - newSentences.length;
      const free = ![...renames.values()].includes(one);
      return free && same > 0 && same * 2 >= Math.max(section.sentences.length, one.sentences.length);
    });
    if (old !== undefined) {
      renames.set(section, old);
    }
  }
  return renames;
}
