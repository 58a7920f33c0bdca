/** HTML whose every inserted text is escaped; only what was made here goes in as it is. */

export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | null | readonly (Markup | null)[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const pieces = strings.map((string, index) => `${string}${index < parts.length ? partOf(parts[index] ?? null) : ''}`);
  return { markup: pieces.join('') };
}

export const nothing: Markup = { markup: '' };

/** For what is no HTML, such as the style sheet; never for anything that came from outside. */
export function trusted(markup: string): Markup {
  return { markup };
}

function partOf(part: Part): string {
  if (part === null) {
    return '';
  }
  if (typeof part === 'object') {
    return 'markup' in part ? part.markup : part.map((one) => one?.markup ?? '').join('');
  }
  return escapeText(String(part));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(
      unseen,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
}

/**
 * What would not be seen, or would show the text around it in another order than it was written. The two joiners stay:
 * scripts and emoji need them.
 */
const unseen = /[[\p{C}\p{Zl}\p{Zp}]--[\n\t\u200C\u200D]]/gv;
