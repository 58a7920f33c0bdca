/**
 * JSON Lines in, JSON Lines out (CONTRACTS.md sections 3 and 4): each line is read and answered on its own, in order, so
 * that an input of any length needs the memory of one line. A line that cannot be read is answered with its error.
 */
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Fields = Readonly<Record<string, unknown>>;
export type Answer = { result: object; error?: never } | { error: string; result?: never };

export interface LineCommand {
  /** Every key that a line may have; `id` first. */
  keys: readonly string[];
  /** Everything but the id, in the order in which it is written. */
  answer: (fields: Fields) => Answer;
}

interface Streams {
  input: Readable;
  output: Writable;
}

/** @returns the exit code: 1 when a line could not be read. */
export async function answerLines(
  command: LineCommand,
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  let failed = false;
  async function* answers(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    for await (const lines of linesOf(chunks)) {
      const answered = lines.flatMap((line) => answerLine(command, line));
      failed ||= answered.some((line) => 'error' in line);
      if (answered.length > 0) {
        yield answered.map((line) => `${JSON.stringify(line)}\n`).join('');
      }
    }
  }
  try {
    await pipeline(input, answers, output, { end: false });
  } catch (error) {
    // Whoever reads has seen enough, as `head` does.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) {
      throw error;
    }
  }
  return failed ? 1 : 0;
}

/** Null stands for a line that is longer than any that makes sense. */
type Line = Buffer | null;

const newline = 0x0a;
const longestLineBytes = 16 * 1024 * 1024;

/** The lines that end in each chunk, without their ends; at last the one that has no end. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  function finish(rest: Buffer): Line {
    const length = begunBytes + rest.length;
    const line = length > longestLineBytes ? null : Buffer.concat([...begun, rest]);
    begun = [];
    begunBytes = 0;
    return line;
  }
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      lines.push(finish(chunk.subarray(from, end)));
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    begunBytes += rest.length;
    begun = begunBytes > longestLineBytes ? [] : [...begun, rest];
    yield lines;
  }
  yield [finish(Buffer.alloc(0))];
}

/** Fails on bytes that are no text, and passes over a byte order mark. */
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Nothing for an empty line. */
function answerLine(command: LineCommand, line: Line): object[] {
  if (line === null) {
    return [problem(null, `the line is longer than ${longestLineBytes / 1024 / 1024} MB. Make several of it.`)];
  }
  try {
    const text = decoder.decode(line);
    return text.trim() === '' ? [] : [answerValue(command, JSON.parse(text))];
  } catch (error) {
    return [problem(null, `${messageOf(error)}. Write one JSON object in UTF-8.`)];
  }
}

function answerValue({ keys, answer }: LineCommand, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return problem(null, `it is no object. Write one with the keys ${keys.join(', ')}.`);
  }
  const fields = value as Fields;
  const id = fields['id'] ?? null;
  if (id !== null && typeof id !== 'string' && typeof id !== 'number') {
    return problem(null, '"id" must be text or a number.');
  }
  const unknown = Object.keys(fields).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    return problem(id, `"${short(unknown[0] ?? '')}" is not one of the keys ${keys.join(', ')}.`);
  }
  try {
    const { result, error } = answer(fields);
    return error === undefined ? { id, ...result } : { id, error };
  } catch (error) {
    return problem(id, `${messageOf(error)}.`);
  }
}

function problem(id: string | number | null, what: string): { id: string | number | null; error: string } {
  return { id, error: `Reading the line: ${what}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const longestShown = 60;

/** What stands in an input is shown in its error, but not all of a megabyte. */
function short(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
