import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const preload = fileURLToPath(new URL('../support/loopback.cjs', import.meta.url));

/** What a program prints that knows nothing of the preload. 192.0.2.1 belongs to nobody. */
function run(program: string): string {
  return execFileSync(process.execPath, ['--require', preload, '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
}

describe('a foreign program behind the loopback preload', () => {
  it.each([
    ['http', `require('node:http').get('http://192.0.2.1/x').on('error', (e) => console.log(e.code))`],
    ['https', `require('node:https').get('https://192.0.2.1/x').on('error', (e) => console.log(e.code))`],
    ['https by name', `require('node:https').get('https://example.com').on('error', (e) => console.log(e.code))`],
    ['fetch', `fetch('http://192.0.2.1/').catch((e) => console.log(e.cause.code))`],
    ['a socket', `require('node:net').connect(80, '192.0.2.1').on('error', (e) => console.log(e.code))`],
  ])('reaches no other machine by %s', (_way, program) => {
    expect(run(program)).toBe('ECONNREFUSED\n');
  });

  it.each(['0', '{ port: 0 }', `0, '0.0.0.0'`, ''])('listens on this machine only, by listen(%s)', (how) => {
    const program = `const s = require('node:net').createServer();
      s.once('listening', () => { console.log(s.address().address); s.close(); });
      s.listen(${how});`;

    expect(run(program)).toBe('127.0.0.1\n');
  });

  it('reaches a server of this machine', () => {
    const program = `const s = require('node:http').createServer((q, r) => r.end('here'));
      s.listen(0, async () => {
        const answer = await fetch('http://localhost:' + s.address().port);
        console.log(await answer.text());
        s.close();
      });`;

    expect(run(program)).toBe('here\n');
  });
});
