/** Words that people use for a thing, against the names that the things have. */
import { clausesOf, isTypoOf } from './words.ts';

/**
 * The one name that these words mean, null when there is none, or the candidates when there are several. An exact name
 * wins over names that contain the words, and those over typos.
 */
export function matchName(words: string, names: readonly string[]): string | null | readonly string[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') {
    return null;
  }
  const exact = names.filter((name) => name.toLowerCase() === wanted);
  const wantedParts = partsOf(wanted);
  const containing = names.filter((name) => wantedParts.every((part) => partsOf(name).includes(part)));
  const similar = names.filter((name) => wantedParts.every((part) => partsOf(name).some((own) => isTypoOf(part, own))));
  const found = [exact, containing, similar].find((candidates) => candidates.length > 0) ?? [];
  return found.length > 1 ? found : (found[0] ?? null);
}

/** Words that every name of a network may bear tell nothing apart. */
const nounParts = new Set(['vnet', 'network', 'net', 'virtual', 'the', 'our']);

function partsOf(name: string): string[] {
  const parts = clausesOf(name).flatMap((clause) => clause.words.map((word) => word.text));
  const telling = parts.flatMap((part) => part.split(/[.:_]/)).filter((part) => !nounParts.has(part));
  return telling.length > 0 ? telling : parts;
}
