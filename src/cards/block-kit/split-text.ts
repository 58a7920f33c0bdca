/** Cuts long text into pieces that a block holds: at line ends, else at spaces, never inside an entity or a link. */
import type { Part } from './item.ts';
import type { Source } from './loss.ts';
import { linesOfPart } from './join-texts.ts';
import type { Line, Run } from './run.ts';
import { breakNotation, escapeMrkdwn } from './slack-text.ts';

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
    const lines = linesOfPart(part).flatMap((line) => splitLine(line, maxLength));
    const whole = sum(lines.map(lengthOfLine));
    if (whole > room && whole <= maxLength) {
      room = 0;
    }
    for (const line of lines) {
      const length = lengthOfLine(line);
      if (length > room || pieces.length === 0) {
        pieces.push({ lines: [], sources: [] });
        room = maxLength;
      }
      addTo(pieces.at(-1), line, part.sources);
      room -= length;
    }
  }
  return pieces.map(({ lines, sources }) => ({ lines: withoutEmptyEnds(lines), sources }));
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

function lengthOf(text: string): number {
  return Math.max(escapeMrkdwn(text).length, breakNotation(text).length);
}

function frameOf(run: Run): number {
  return markerLength + (run.url === undefined ? 0 : escapeMrkdwn(run.url).length + 3);
}

function splitLine(line: Line, maxLength: number): Line[] {
  if (lengthOfLine(line) <= maxLength) {
    return [line];
  }
  const lines: Run[][] = [[]];
  let room = maxLength - 1;
  const queue: Run[] = [...line].toReversed();
  for (let run = queue.pop(); run !== undefined; run = queue.pop()) {
    const length = lengthOf(run.text) + frameOf(run);
    if (length <= room) {
      lines.at(-1)?.push(run);
      room -= length;
      continue;
    }
    const isFresh = lines.at(-1)?.length === 0;
    const end = endOfFit(run.text, room - frameOf(run), isFresh);
    if (end > 0) {
      lines.at(-1)?.push({ ...run, text: run.text.slice(0, end).trimEnd() });
    }
    queue.push({ ...run, text: run.text.slice(end).trimStart() });
    lines.push([]);
    room = maxLength - 1;
  }
  return lines.map((pieces) => pieces.filter((run) => run.text !== '')).filter((pieces) => pieces.length > 0);
}

/** How much of the text fits, up to a space when there is one; 0 when the next piece is a better place for it. */
function endOfFit(text: string, room: number, mustFit: boolean): number {
  let end = 0;
  let length = 0;
  for (const character of text) {
    length += lengthOf(character) + (character === '<' ? 1 : 0);
    if (length > room) {
      break;
    }
    end += character.length;
  }
  const space = text.lastIndexOf(' ', end);
  if (space > end / 2) {
    return space;
  }
  return mustFit ? end || String.fromCodePoint(text.codePointAt(0) ?? 0).length : end > 200 ? end : 0;
}
