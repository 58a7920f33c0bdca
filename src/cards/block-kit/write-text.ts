/** Texts, pictures and columns as blocks. */
import type { Block, Mrkdwn, PlainText } from './block.ts';
import type { Item, Part, TextItem } from './item.ts';
import { linesOfTexts } from './join-texts.ts';
import { limits } from './limits.ts';
import type { Source } from './loss.ts';
import { body, type Group, type Placed } from './placed.ts';
import { richText } from './rich-text.ts';
import { hasLink, type Line, withLook, wordsOf } from './run.ts';
import { mrkdwn, mrkdwnOf, plainText } from './slack-text.ts';
import { type Piece, splitParts } from './split-text.ts';

export function writeText(item: TextItem): Group {
  switch (item.look) {
    case 'heading':
      return body(headingBlocks(item.parts));
    case 'small':
      return body(splitParts(plainParts(item.parts), limits.contextText).map(smallBlock));
    case 'exact':
      return body(placedPieces(item.parts, (lines) => richText(lines)));
    case 'code':
      return body(placedPieces(item.parts, (lines) => richText(lines, 'preformatted')));
    case 'plain':
    default:
      return body(placedPieces(item.parts, textBlock));
  }
}

/** Small print that has a block to itself needs no italics. */
function plainParts(parts: readonly Part[]): Part[] {
  return parts.map((part) => ({ ...part, isSmall: false }));
}

function placedPieces(parts: readonly Part[], blockOf: (lines: Line[]) => Block): Placed[] {
  return splitParts(parts, limits.sectionText).map(({ lines, sources }) => ({ block: blockOf(lines), sources }));
}

/** A header takes one short line without links; what is longer is bold text. */
function headingBlocks(parts: readonly Part[]): Placed[] {
  const lines = parts.flatMap((part) => part.lines);
  const text = plainText(wordsOf(lines));
  if (lines.length === 1 && text.text.length <= limits.headerText && !hasLink(lines)) {
    return [{ block: { type: 'header', text }, sources: parts.flatMap((part) => part.sources) }];
  }
  return placedPieces(
    parts.map((part) => ({ ...part, lines: withLook(part.lines, { bold: true }) })),
    textBlock,
  );
}

export function textBlock(lines: readonly Line[]): Block {
  const text = mrkdwnOf(lines);
  return text === null || text.length > limits.sectionText
    ? richText(lines)
    : { type: 'section', text: mrkdwn(text), ...expandIfLong(text) };
}

/** Without `expand`, Slack folds what is long behind “See more”. */
export function expandIfLong(text: string): { expand?: true } {
  return text.length > 300 || text.split('\n').length > 4 ? { expand: true } : {};
}

function smallBlock({ lines, sources }: Piece): Placed {
  const text = shortText(lines, limits.contextText);
  return { block: text === null ? richText(lines) : { type: 'context', elements: [text] }, sources };
}

/** A text object for places that take no rich_text; null when none would show these lines as they are. */
export function shortText(lines: readonly Line[], maxLength: number): Mrkdwn | PlainText | null {
  const text = mrkdwnOf(lines);
  if (text !== null && text.length <= maxLength) {
    return mrkdwn(text);
  }
  const plain = plainText(wordsOf(lines));
  return hasLink(lines) || plain.text.length > maxLength ? null : plain;
}

export function writePicture(item: Extract<Item, { kind: 'picture' }>): Group {
  const block = { type: 'image', image_url: item.address, alt_text: item.alt } as const;
  return body([{ block, sources: [item.source] }]);
}

/** The picture stands beside the first piece of the text, when that piece can be a section. */
export function writePictured(item: Extract<Item, { kind: 'pictured' }>): Group {
  const [first, ...rest] = writeText(item.text).placed;
  const accessory = { type: 'image', image_url: item.address, alt_text: item.alt } as const;
  if (first?.block.type === 'section' && 'text' in first.block) {
    const beside = { block: { ...first.block, accessory }, sources: [...first.sources, item.source] };
    return body([beside, ...rest]);
  }
  return body([{ block: accessory, sources: [item.source] }, ...(first === undefined ? [] : [first, ...rest])]);
}

/** Side by side as fields, or one after the other when a column is too long for a field. */
export function writeColumns(item: Extract<Item, { kind: 'columns' }>): Group[] {
  const fields = item.columns.map((texts) => shortText(linesOfTexts(texts), limits.fieldText));
  const kept = fields.filter((field) => field !== null);
  if (kept.length < fields.length) {
    return item.columns.flat().map(writeText);
  }
  return [body([{ block: { type: 'section', fields: kept }, sources: sourcesOf(item.columns.flat()) }])];
}

function sourcesOf(texts: readonly TextItem[]): Source[] {
  return texts.flatMap((text) => text.parts.flatMap((part) => part.sources));
}
