/** The commands as scripts call them: a process, its standard input and output, its exit code. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { amsterdam } from '../../policy/clock-cases.ts';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

async function causeway(args: readonly string[], input: string | Buffer) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: 'pipe' });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, err, lines: out.split('\n').filter((line) => line !== '') };
}

it('triages, line by line', async () => {
  const { code, err, lines } = await causeway(
    ['triage'],
    Buffer.concat([
      Buffer.from('\uFEFF{"id":"a","text":"prod is down"}\r\n\r\n{"id":"b","answers":{"colour":"red"}}\n'),
      Buffer.from([0x7b, 0xff, 0x0a]),
      Buffer.from('{"id":"c","answers":{"symptom":"cosmetic"}}'),
    ]),
  );

  expect(lines.map((line) => Object.keys(JSON.parse(line) as object).slice(0, 2))).toEqual([
    ['id', 'scope'],
    ['id', 'error'],
    ['id', 'error'],
    ['id', 'scope'],
  ]);
  expect({ code, err }).toEqual({ code: 1, err: '' });
});

it('counts thousands of targets, and succeeds when every line could be read', async () => {
  const request = { severity: 'high', startUtc: '2026-11-20T15:18Z', calendar: amsterdam };
  const input = Array.from({ length: 3000 }, (_, id) => `${JSON.stringify({ id, ...request })}\n`).join('');

  const { code, err, lines } = await causeway(['target'], input);

  expect(lines.length).toBe(3000);
  expect(lines[2999]).toBe(
    '{"id":2999,"dueUtc":"2026-11-23T15:18:00Z","state":"running","dueLocal":"2026-11-23T16:18:00+01:00"}',
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

it.each(['triage', 'target'])('%s takes no arguments, and says how it is called', async (name) => {
  const { code, err, lines } = await causeway([name, 'file.jsonl'], '');

  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(err).toMatch(new RegExp(`^Usage: causeway ${name} <`));
});
