/** Runs a command that answers JSON Lines, on streams of its own. */
import { Readable, Writable } from 'node:stream';
import { answerLines, type LineCommand } from '../../../src/process/commands/json-lines.ts';

export interface Answered {
  exitCode: number;
  /** One for each line that was written. */
  lines: Record<string, unknown>[];
  text: string;
}

export async function answerChunks(command: LineCommand, chunks: Iterable<Buffer | string>): Promise<Answered> {
  const written: string[] = [];
  const output = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      written.push(text);
      done();
    },
  });
  const input = Readable.from(Array.from(chunks, (chunk) => Buffer.from(chunk)));
  const exitCode = await answerLines(command, { input, output });
  const text = written.join('');
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { exitCode, lines, text };
}

export function answerValues(command: LineCommand, ...values: readonly unknown[]): Promise<Answered> {
  return answerChunks(command, [values.map((value) => `${JSON.stringify(value)}\n`).join('')]);
}
