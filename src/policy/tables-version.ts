/**
 * A digest of the tables that a verdict or an answer rests on, stored with it: it tells later whether the rules were the
 * same. Tables of wording and of understanding (phrases, synonyms) are not part of it: they change what is understood and
 * shown, not what is decided. It is no protection against forgery (the audit chain is), so a short hash without a
 * library will do.
 */
import { noteFiles } from './notes.ts';
import askOrder from './tables/ask-order.json' with { type: 'json' };
import contrasts from './tables/contrasts.json' with { type: 'json' };
import documents from './tables/documents.json' with { type: 'json' };
import responseTarget from './tables/response-target.json' with { type: 'json' };
import scope from './tables/scope.json' with { type: 'json' };
import severity from './tables/severity.json' with { type: 'json' };
import symptomGroups from './tables/symptom-groups.json' with { type: 'json' };

/** Twelve hexadecimal digits; the same for the same rules, however the files are laid out. */
export const tablesVersion: string = digest(
  JSON.stringify([documents, symptomGroups, scope, severity, responseTarget, askOrder, contrasts, noteFiles]),
);

/** Two rounds of FNV-1a (32 bits) with different starts, the second cut to 16 bits. */
export function digest(text: string): string {
  return hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x01234567)).slice(0, 4);
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
