/**
 * Reads an edition of a source document: its title, its date, and the sentences under each heading. It takes plain text
 * as a browser saves it (a heading is a short line of its own) and Markdown with or without front matter.
 */
import { readDate } from './read-date.ts';
import { normalise, splitSentences, textUnits } from './sentences.ts';

export interface DocumentSection {
  heading: string;
  /** As the document writes them, without marks of layout. */
  sentences: readonly string[];
}

export interface ReadDocument {
  title: string;
  /** YYYY-MM-DD; null when the text does not say it. */
  date: string | null;
  sections: readonly DocumentSection[];
}

type Line = { heading: string } | { text: string };

const markdownHeading = /^ {0,3}#{1,6}\s+\S/;
const dateLine = /^\s*(?:last\s+(?:modified|updated|reviewed|changed)|date|lastmod)\s*:\s*(.+)$/i;

/** @param knownHeadings Lines that are headings in plain text in any case. */
export function readDocument(text: string, knownHeadings: readonly string[] = []): ReadDocument {
  const { matter, lines } = splitFrontMatter(text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r\f]/));
  const known = new Set(knownHeadings.map(normalise));
  const marked = lines.some((line) => markdownHeading.test(line))
    ? markdownLines(lines)
    : plainLines(lines, (line) => known.has(normalise(line)) || looksLikeHeading(line));
  const [first] = marked;
  const title = matter.get('title') ?? (first !== undefined && 'heading' in first ? first.heading : '');
  const dated = marked.flatMap((line) => ('text' in line ? (dateLine.exec(line.text)?.[1] ?? []) : []));
  return {
    title,
    date: readDate(matter.get('date') ?? matter.get('lastmod') ?? dated[0] ?? ''),
    sections: sectionsOf(marked, title),
  };
}

function splitFrontMatter(lines: readonly string[]): { matter: Map<string, string>; lines: readonly string[] } {
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') : -1;
  if (end < 0) {
    return { matter: new Map(), lines };
  }
  const pairs = lines.slice(1, end).flatMap((line) => {
    const [, key, value] = /^(\w+)\s*:\s*(.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined
      ? []
      : [[key.toLowerCase(), value.trim().replace(/^(["'])(.*)\1$/, '$2')] as const];
  });
  return { matter: new Map(pairs), lines: lines.slice(end + 1) };
}

function markdownLines(lines: readonly string[]): Line[] {
  let fenced = false;
  const found: Line[] = [];
  for (const line of withoutComments(lines)) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
    } else if (!fenced && markdownHeading.test(line)) {
      found.push({ heading: plainText(line.replace(/^\s*#+\s+/, '').replace(/\s*(?:\{#[^}]*\})?\s*#*\s*$/, '')) });
    } else {
      found.push({ text: fenced ? line : plainText(line) });
    }
  }
  return found;
}

function withoutComments(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .split('\n');
}

/** What a reader sees of a line of Markdown: link texts and no addresses, no pictures, no emphasis, no shortcodes. */
function plainText(line: string): string {
  return line
    .replaceAll(/\{\{[<%].*?[>%]\}\}/g, ' ')
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/(?<![\w*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])/g, '$1');
}

function plainLines(lines: readonly string[], isHeading: (line: string) => boolean): Line[] {
  return lines.map((line, index): Line => {
    const alone = (lines[index - 1] ?? '').trim() === '' && (lines[index + 1] ?? '').trim() === '';
    return alone && line.trim() !== '' && isHeading(line.trim()) ? { heading: line.trim() } : { text: line };
  });
}

const mostWords = 14;
const fewWords = 8;

/** Short, without a full stop; a longer one has most of its words in capitals. */
function looksLikeHeading(line: string): boolean {
  if (!/^[\p{Lu}\d]/u.test(line) || /[.:;,!?]$/.test(line) || dateLine.test(line) || /^\d+[.)]\s/.test(line)) {
    return false;
  }
  const words = line.split(/\s+/);
  const long = words.filter((word) => word.length > 3);
  const capitals = long.filter((word) => /^\p{Lu}/u.test(word));
  return words.length <= fewWords || (words.length <= mostWords && capitals.length * 2 >= long.length);
}

/** Two headings of one name are one section; what stands under the title alone is a section only if there is any. */
function sectionsOf(lines: readonly Line[], title: string): DocumentSection[] {
  const found = new Map<string, { heading: string; lines: string[] }>();
  let current = sectionIn(found, title);
  for (const line of lines) {
    if ('heading' in line) {
      current = sectionIn(found, line.heading);
    } else if (!dateLine.test(line.text)) {
      current.lines.push(line.text);
    }
  }
  return [...found.values()]
    .map((section) => ({ heading: section.heading, sentences: textUnits(section.lines).flatMap(splitSentences) }))
    .filter((section) => section.sentences.length > 0 || normalise(section.heading) !== normalise(title));
}

function sectionIn(found: Map<string, { heading: string; lines: string[] }>, heading: string) {
  const key = normalise(heading);
  const section = found.get(key) ?? { heading, lines: [] };
  found.set(key, section);
  // Text under two headings of one name does not run together.
  section.lines.push('');
  return section;
}
