/** The words of a message as Teams hands it over: HTML, of which only the words are kept. */
import { cleanText } from '../../cards/text.ts';
import type { MessagePayload } from './schema.ts';

// No tag is read across the beginning of another one, which keeps the time that a broken message takes in bounds.
const lineEnds = /<(?:br|hr)\b[^<>]*>|<\/(?:p|div|li|tr|h[1-6]|blockquote|pre|ul|ol|table)\s*>/gi;
const pictures = /<img\b[^<>]*>/gi;
const unseenBegins = /<!--|<(?:script|style|title|attachment)\b/gi;
const tags = /<\/?[a-z][^<>]*>/gi;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

export function wordsOfMessage({ body }: MessagePayload): string {
  const { content, contentType } = body;
  if (contentType.toLowerCase() !== 'html') {
    return cleanText(content).trim();
  }
  const flat = content.replaceAll(/\s+/g, (run) => (run.includes('\n') ? ' ' : run));
  const bare = withoutUnseen(flat).replaceAll(pictures, '[picture]').replaceAll(lineEnds, '\n').replaceAll(tags, '');
  // Once and from the left: what was written as “&amp;lt;” stays “&lt;”.
  const words = bare.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, character);
  return cleanText(words.replaceAll('\u00A0', ' '))
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** What has an end is taken out with all that stands in it. An end that is missing once is not looked for again. */
function withoutUnseen(html: string): string {
  const endless = new Set<string>();
  const kept: string[] = [];
  let from = 0;
  for (const { 0: begin, index } of html.matchAll(unseenBegins)) {
    const kind = begin.toLowerCase();
    if (index < from || endless.has(kind)) {
      continue;
    }
    const end = endOf(html, kind, index + begin.length);
    if (end === null) {
      endless.add(kind);
    } else {
      kept.push(html.slice(from, index));
      from = end;
    }
  }
  return [...kept, html.slice(from)].join('');
}

/** Where the first end from here on is over. */
function endOf(html: string, kind: string, from: number): number | null {
  const end = kind === '<!--' ? /-->/g : new RegExp(`</${kind.slice(1)}\\s*>`, 'gi');
  end.lastIndex = from;
  return end.test(html) ? end.lastIndex : null;
}

function character(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) {
    return entities[name.toLowerCase()] ?? whole;
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isCharacter = Number.isInteger(code) && code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : whole;
}
