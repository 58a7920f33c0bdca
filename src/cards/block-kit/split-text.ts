/** Cuts long text into pieces that a block holds: at line ends, else at spaces, never inside an entity or a link. */
import type { Part } from './item.ts';
import type { Source } from './loss.ts';
import { linesOfPart } from './join-texts.ts';
import { isBlank, type Line, type Run, wordsOf } from './run.ts';
import { escapeMrkdwn } from './slack-text.ts';

export interface Piece {
  lines: Line[];
  sources: Source[];
}

/** Markers around a run, at most: bold, italic, strike, code, on both sides. */
const markerLength = 8;

/** Pieces whose finished text is never longer than `maxLength`; a part stays whole where one piece can hold it. */
export function splitParts(parts: readonly Part[], maxLength: number): Piece[] {
  const pieces: Piece[] = [];
  let room = 0;
  for (const part of parts) {
    const lines = linesOfPart(part);
    const whole = sum(lines.map(lengthOfLine));
    if (whole > room && whole <= maxLength) {
      room = 0;
    }
    for (const line of lines) {
      for (const cut of splitLine(line, maxLength, room)) {
        const length = lengthOfLine(cut);
        if (length > room || pieces.length === 0) {
          pieces.push({ lines: [], sources: [] });
          room = maxLength;
        }
        addTo(pieces.at(-1), cut, part.sources);
        room -= length;
      }
    }
  }
  return pieces
    .map(({ lines, sources }) => ({ lines: withoutEmptyEnds(lines), sources }))
    .filter(({ lines }) => !isBlank(wordsOf(lines)));
}

function addTo(piece: Piece | undefined, line: Line, sources: readonly Source[]): void {
  piece?.lines.push(line);
  piece?.sources.push(...sources.filter((source) => !piece.sources.includes(source)));
}

function withoutEmptyEnds(lines: readonly Line[]): Line[] {
  const first = lines.findIndex((line) => line.length > 0);
  const last = lines.findLastIndex((line) => line.length > 0);
  return first < 0 ? [] : lines.slice(first, last + 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** In the longest form in which it can end up, its line break included. */
function lengthOfLine(line: Line): number {
  return sum(line.map((run) => lengthOf(run.text) + frameOf(run))) + 1;
}

/** Escaped, which is never shorter than with its notation taken apart. */
function lengthOf(text: string): number {
  let length = text.length;
  for (const character of text) {
    length += extraOf(character);
  }
  return length;
}

/** What escaping adds to a character. */
function extraOf(character: string): number {
  return character === '&' ? 4 : character === '<' || character === '>' ? 3 : 0;
}

function frameOf(run: Run): number {
  return markerLength + (run.url === undefined ? 0 : escapeMrkdwn(run.url).length + 3);
}

/** `firstRoom`: what is free where the line begins. */
function splitLine(line: Line, maxLength: number, firstRoom: number): Line[] {
  if (lengthOfLine(line) <= maxLength) {
    return [line];
  }
  const lines: Run[][] = [[]];
  let room = (firstRoom > maxLength / 10 ? firstRoom : maxLength) - 1;
  for (const run of line) {
    for (let rest = run.text; rest !== ''; ) {
      const isFresh = lines.at(-1)?.length === 0;
      const end = endOfFit(rest, room - frameOf(run), isFresh);
      const text = rest.slice(0, end);
      if (end > 0) {
        lines.at(-1)?.push({ ...run, text });
        room -= lengthOf(text) + frameOf(run);
      }
      rest = rest.slice(end);
      if (rest !== '') {
        lines.push([]);
        room = maxLength - 1;
      }
    }
  }
  return lines.map(trimEnds).filter((pieces) => pieces.length > 0);
}

/** No spaces where a line was cut. */
function trimEnds(line: readonly Run[]): Run[] {
  return line
    .map((run, index) => {
      const text = index === 0 ? run.text.trimStart() : run.text;
      return { ...run, text: index === line.length - 1 ? text.trimEnd() : text };
    })
    .filter((run) => run.text !== '');
}

/** How much of the text fits, up to a space when there is one; 0 when the next piece is a better place for it. */
function endOfFit(text: string, room: number, mustFit: boolean): number {
  let end = 0;
  let length = 0;
  for (const character of text) {
    length += character.length + extraOf(character);
    if (length > room) {
      break;
    }
    end += character.length;
  }
  const space = text.lastIndexOf(' ', end);
  if (end === text.length || space <= end / 2) {
    return end === text.length || end > 200 || mustFit ? end || firstLength(text) : 0;
  }
  return space;
}

function firstLength(text: string): number {
  return String.fromCodePoint(text.codePointAt(0) ?? 0).length;
}
