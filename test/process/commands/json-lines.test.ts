import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { answerLines, type LineCommand } from '../../../src/process/commands/json-lines.ts';
import { answerChunks } from './lines.ts';

/** Gives back what it was told, and breaks when asked to. */
const echo: LineCommand = {
  keys: ['id', 'say'],
  answer({ say = null }) {
    if (say === 'break') {
      throw new RangeError('Maximum call stack size exceeded');
    }
    return say === 'refuse' ? { error: 'No.' } : { result: { said: say } };
  },
};

async function linesOf(...chunks: (Buffer | string)[]) {
  return (await answerChunks(echo, chunks)).lines;
}

describe('lines', () => {
  it('are answered one by one, in their order, and all is well', async () => {
    const answered = await answerChunks(echo, ['{"id":"a","say":1}\n{"id":"b","say":2}\n']);

    expect(answered.text).toBe('{"id":"a","said":1}\n{"id":"b","said":2}\n');
    expect(answered.exitCode).toBe(0);
  });

  it.each<[string, string]>([
    ['no newline at the end', '{"id":"a"}\n{"id":"b"}'],
    ['ends as on Windows', '{"id":"a"}\r\n{"id":"b"}\r\n'],
    ['empty lines and lines of spaces between', '\n\n{"id":"a"}\n  \t\r\n{"id":"b"}\n\n'],
    ['a byte order mark', '\uFEFF{"id":"a"}\n{"id":"b"}\n'],
    ['spaces around', '  {"id":"a"}  \n\t{ "id" : "b" }\n'],
  ])('may have %s', async (_what, text) => {
    expect(await linesOf(text)).toEqual([
      { id: 'a', said: null },
      { id: 'b', said: null },
    ]);
  });

  it('may arrive in pieces of any size, cut inside a character', async () => {
    const bytes = Buffer.from('{"id":"ü€","say":"🦊"}\n{"id":"b"}\n');

    expect(await linesOf(...Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual([
      { id: 'ü€', said: '🦊' },
      { id: 'b', said: null },
    ]);
  });

  it('end at a newline only, not at other characters that separate lines', async () => {
    expect(await linesOf('{"id":"a","say":"one\u2028two\u0085three"}\n')).toEqual([
      { id: 'a', said: 'one\u2028two\u0085three' },
    ]);
  });

  it('of a megabyte are lines like any other', async () => {
    const say = 'x'.repeat(1024 * 1024);

    expect(await linesOf(`{"id":"long","say":"${say}"}\n{"id":"b"}\n`)).toEqual([
      { id: 'long', said: say },
      { id: 'b', said: null },
    ]);
  });

  it('give nothing and succeed when there are none', async () => {
    expect(await answerChunks(echo, [])).toEqual({ exitCode: 0, lines: [], text: '' });
    expect(await answerChunks(echo, ['\n \n'])).toEqual({ exitCode: 0, lines: [], text: '' });
  });
});

describe('a line that cannot be read', () => {
  it.each<[string, Buffer | string, unknown, RegExp]>([
    ['is no JSON', '{"id":"a",', null, /JSON.*Write one JSON object/],
    ['is no text in UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), null, /not valid for encoding utf-8/],
    ['is a list', '[{"id":"a"}]', null, /no object\. Write one with the keys id, say/],
    ['is a number', '7', null, /no object/],
    ['is null', 'null', null, /no object/],
    ['is two objects', '{"id":"a"}{"id":"b"}', null, /JSON/],
    ['has an id that is no name', '{"id":{"a":1}}', null, /"id" must be text or a number/],
    ['has an unknown key', '{"id":"a","sey":1}', 'a', /"sey" is not one of the keys id, say/],
    ['has a key of an object’s own', '{"id":"a","__proto__":{"say":1}}', 'a', /"__proto__" is not one of the keys/],
    ['is refused', '{"id":"a","say":"refuse"}', 'a', /^No\.$/],
    ['breaks its answer', '{"id":"a","say":"break"}', 'a', /Maximum call stack size/],
  ])('when it %s has an error, the others go on, and the exit code tells', async (_what, line, id, error) => {
    const { lines, exitCode } = await answerChunks(echo, ['{"id":"before"}\n', line, '\n{"id":"after"}\n']);

    expect(lines).toEqual([
      { id: 'before', said: null },
      { id, error: expect.stringMatching(error) },
      { id: 'after', said: null },
    ]);
    expect(Object.keys(lines[1] ?? {})).toEqual(['id', 'error']);
    expect(exitCode).toBe(1);
  });

  it('shows only the beginning of a long key', async () => {
    const [line] = await linesOf(`{"id":"a","${'k'.repeat(100_000)}":1}`);

    expect(String(line?.['error']).length).toBeLessThan(200);
  });

  it('and has no end is given up without being kept', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    function* endless() {
      yield '{"id":"before"}\n';
      for (let count = 0; count < 40; count += 1) {
        yield megabyte;
      }
      yield '\n{"id":"after"}\n';
    }

    expect((await answerChunks(echo, endless())).lines).toEqual([
      { id: 'before', said: null },
      { id: null, error: expect.stringMatching(/longer than 16 MB/) },
      { id: 'after', said: null },
    ]);
  });
});

it('takes numbers as ids, and a missing id as none', async () => {
  expect(await linesOf('{"id":7}\n{"say":"x"}\n{"id":null}\n')).toEqual([
    { id: 7, said: null },
    { id: null, said: 'x' },
    { id: null, said: null },
  ]);
});

it('reads no further than its reader does', async () => {
  let read = 0;
  const line = Buffer.from(`{"id":"a","say":"${'x'.repeat(60_000)}"}\n`);
  const input = new Readable({
    highWaterMark: 1,
    read() {
      read += 1;
      this.push(read > 1000 ? null : line);
    },
  });
  const written: (() => void)[] = [];
  const output = new Writable({ highWaterMark: 1, write: (_text, _encoding, done) => written.push(done) });

  const answering = answerLines(echo, { input, output });
  await expect.poll(() => written.length).toBe(1);
  // For what must not happen, there is nothing to wait for.
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(written.length).toBe(1);
  expect(read).toBeLessThan(20);
  output.destroy();
  await expect(answering).rejects.toThrow(/premature close/i);
});

it('ends quietly when nobody reads any more', async () => {
  const input = Readable.from([Buffer.from('{"id":"a"}\n')]);
  const output = new Writable({
    write: (_text, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  });

  expect(await answerLines(echo, { input, output })).toBe(0);
});
