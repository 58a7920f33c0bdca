/**
 * Text from people is shown as they wrote it, and does nothing: no link under another name, no picture, no mention, no
 * formula. Cards read Markdown; messages go out as XML, whose entities every client takes as plain characters (measured:
 * Microsoft's playground reads Markdown and HTML in `plain` messages too).
 */
import { breakFormulas, visibleText } from '../../cards/text.ts';

/** For an element of a card that reads Markdown. */
export function escapeMarkdown(text: string): string {
  const literal = visibleText(text)
    .replaceAll(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll(/<(?=[A-Za-z/!?])/g, '&lt;')
    .replaceAll(/[\\`*_~[\]|]/g, '\\$&')
    .replaceAll(/^([ \t]*)(#(?=[#\s]|$)|>|[+-](?=\s|$)|[=-](?=[=-]|$))/gm, '$1\\$2')
    .replaceAll(/^([ \t]*\d+)([.)])(?=\s|$)/gm, '$1\\$2');
  return breakFormulas(keepLines(literal));
}

/** For an element of a card that shows what it gets. */
export function escapePlain(text: string): string {
  return breakFormulas(visibleText(text));
}

/** One newline is a space in Markdown, and spaces at the start of a line are nothing. */
function keepLines(text: string): string {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^[ \t]+/, (spaces) => '\u00A0'.repeat(spaces.length)))
    .join('\n\n');
}

const active = /[&<>*_~`[\]\\|{}#!]/g;

/** For the text of a message, which goes out with `textFormat: xml`. */
export function escapeXml(text: string): string {
  return visibleText(text)
    .replaceAll(active, entity)
    .replaceAll(/^([ \t]*)([-+=])(?=[-+=\s]|$)/gm, (_all, space: string, mark: string) => `${space}${entity(mark)}`)
    .replaceAll(/^([ \t]*\d+)([.)])(?=\s|$)/gm, (_all, number: string, mark: string) => `${number}${entity(mark)}`)
    .replaceAll(/\n( *)/g, (_all, spaces: string) => `<br/>${'&#160;'.repeat(spaces.length)}`);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** For a block of code in a `markdown` message: nothing in it can end the block. */
export function escapeCode(text: string): string {
  return visibleText(text).replaceAll('```', '`\u200B``');
}
