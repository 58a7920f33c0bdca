/**
 * The two plain forms of text that Slack knows. `plain_text` shows what it holds; `mrkdwn` reads markup, and only three
 * characters of it can be escaped, so it is used only where nothing in the text could be taken for the rest.
 */
import type { Mrkdwn, PlainText } from './block.ts';
import type { Line, Run } from './run.ts';

export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Slack's own notation for mentions and links, taken apart by a zero-width space. It means nothing in `plain_text`;
 * this keeps it meaningless when such a text is copied, quoted or shown in a notification.
 */
export function breakNotation(text: string): string {
  return text.replaceAll(/<(?=[!@#]|https?:|mailto:)/gi, '<\u200B');
}

export function plainText(text: string): PlainText {
  return { type: 'plain_text', text: breakNotation(text), emoji: false };
}

export function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** At most `maxLength` as Slack gets it, ending in an ellipsis when something was cut. */
export function cutPlain(text: string, maxLength: number): { text: PlainText; isCut: boolean } {
  const whole = plainText(text);
  if (whole.text.length <= maxLength) {
    return { text: whole, isCut: false };
  }
  const kept = whole.text
    .slice(0, maxLength - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  return { text: { ...whole, text: `${kept}…` }, isCut: true };
}

/** The lines as mrkdwn, or null when Slack would show something else than these words with these looks. */
export function mrkdwnOf(lines: readonly Line[]): string | null {
  const written: string[] = [];
  for (const line of lines) {
    const text = lineOf(line);
    if (text === null) {
      return null;
    }
    written.push(text);
  }
  return written.join('\n');
}

function lineOf(line: Line): string | null {
  const words = line.map((run) => run.text).join('');
  const isStyled = line.some((run) => markersOf(run) !== '');
  if (/^\s*>/.test(words) || /:[a-z0-9_+'-]+:/.test(words) || hasMarkup(line, isStyled)) {
    return null;
  }
  let written = '';
  for (const [index, run] of line.entries()) {
    const isFree = isBoundary(line[index - 1]?.text.at(-1)) && isBoundary(line[index + 1]?.text.at(0));
    if (markersOf(run) !== '' && !isFree) {
      return null;
    }
    const text = runOf(run);
    if (text === null) {
      return null;
    }
    written += text;
  }
  return written;
}

/** True when a marker in the words themselves could pair up, with another one or with one that we write. */
function hasMarkup(line: Line, isStyled: boolean): boolean {
  const words = line.map((run) => (run.code === true ? 'c' : run.text)).join('');
  return ['*', '_', '~', '`'].some((marker) => {
    const active = [...words.matchAll(new RegExp(`\\${marker}`, 'g'))].filter(
      ({ index }) => marker === '`' || !isInsideWord(words, index),
    );
    return active.length > (isStyled ? 0 : 1);
  });
}

function isInsideWord(words: string, index: number): boolean {
  return [words[index - 1], words[index + 1]].every((next) => /[\p{L}\p{N}]/u.test(next ?? ''));
}

function isBoundary(neighbour: string | undefined): boolean {
  return neighbour === undefined || /[\s.,;:!?()[\]{}"“”'’…–—-]/.test(neighbour);
}

/** The markers around a run, the outermost first. */
function markersOf(run: Run): string {
  const { bold, italic, strike, code } = run;
  return `${bold === true ? '*' : ''}${italic === true ? '_' : ''}${strike === true ? '~' : ''}${code === true ? '`' : ''}`;
}

function runOf(run: Run): string | null {
  const markers = markersOf(run);
  const hasEdge = /^\s|\s$/.test(run.text);
  const clashes = run.code === true ? /`/.test(run.text) : markers !== '' && /[*_~`]/.test(run.text);
  if ((markers !== '' && hasEdge) || clashes || (run.url !== undefined && run.text.includes('|'))) {
    return null;
  }
  const label = escapeMrkdwn(run.text);
  const shown = run.url === undefined ? label : `<${escapeMrkdwn(run.url)}|${label}>`;
  return `${markers}${shown}${Array.from(markers).toReversed().join('')}`;
}
