/** Starts that are refused: with a reason that says what to do, and nothing left behind. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'causeway-refused-'));

afterAll(() => rmSync(directory, { recursive: true }));

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command with nothing but this environment. */
function causeway(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { DATA_DIR: join(directory, 'data'), PORT: '0', ...env }, timeout: 15_000 };
    const child = execFile(process.execPath, [cli, ...args], options, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

/** What is told to the person; log lines are JSON. */
function told(ended: Ended): string[] {
  return ended.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
}

describe('a start', () => {
  it('in a directory that another process holds is refused, and that one goes on', async () => {
    const house = await openHouse();

    const second = await causeway(['start'], { DATA_DIR: house.dataDir });

    expect(second).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told(second)).toEqual([expect.stringMatching(/data directory .* another process holds it.*DATA_DIR/)]);
    expect((await fetch(`${house.origin}/readyz`)).status).toBe(200);
    await house.close();
  });

  it('on a port that is taken is refused', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const ended = await causeway(['start'], { PORT: String(port), DATA_DIR: join(directory, 'port') });

    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told(ended)).toEqual([expect.stringMatching(new RegExp(`127.0.0.1:${port}: another process.*PORT`))]);
    taken.close();
  });

  it('with three mistakes in the settings file tells all three at once', async () => {
    const file = join(directory, 'settings.json');
    const example = JSON.parse(
      readFileSync(new URL('../../manifest/settings.example.json', import.meta.url), 'utf8'),
    ) as Record<string, unknown>;
    writeFileSync(
      file,
      JSON.stringify({ ...example, colour: 'blue', tenants: ['nobody'], approvals: [{ rotation: 'night' }] }),
    );

    const ended = await causeway(['start'], { SETTINGS_FILE: file });

    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain('3 problems');
    for (const where of ['colour', 'tenants[0]', 'approvals[0].rotation']) {
      expect(ended.stderr).toContain(where);
    }
  });

  it('in production without credentials is refused, and names each that is missing', async () => {
    const ended = await causeway(['serve']);

    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    for (const name of ['SETTINGS_FILE', 'AZURE_TENANT_ID', 'ZENDESK_URL']) {
      expect(ended.stderr).toContain(name);
    }
    expect(ended.stderr).toContain('Mend every line above');
  });

  it('that was refused for its configuration leaves nothing behind', () => {
    expect(readdirSync(directory)).not.toContain('data');
  });
});
