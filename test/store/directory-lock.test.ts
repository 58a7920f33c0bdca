import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { migrateSqlite, openSqliteStore } from '../../src/store/open-sqlite.ts';

describe('a data directory', () => {
  const root = mkdtempSync(join(tmpdir(), 'causeway-lock-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('is refused to a second process while the first one lives, and free right after a kill', async () => {
    const dataDir = join(root, 'killed');
    const holder = await holdInOtherProcess(dataDir);

    const second = openSqliteStore({ dataDir, migrate: true });
    await expect(second).rejects.toThrow(`Opening the data directory ${dataDir}: another process holds it.`);
    await expect(second).rejects.toThrow('set DATA_DIR');
    await expect(migrateSqlite(dataDir)).rejects.toThrow('another process holds it');
    await kill(holder);

    const store = await openSqliteStore({ dataDir, migrate: true });
    await store.close();
  });

  it('is made when it is missing, and free after it was closed', async () => {
    const dataDir = join(root, 'deeply', 'nested');

    const first = await openSqliteStore({ dataDir, migrate: true });
    await expect(openSqliteStore({ dataDir, migrate: true })).rejects.toThrow('another process holds it');
    await first.close();

    const again = await openSqliteStore({ dataDir, migrate: true });
    await again.close();
    await again.close();
  });

  it('that cannot be used is told apart from one that is in use', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');

    await expect(openSqliteStore({ dataDir: file, migrate: true })).rejects.toThrow(
      'Make it a directory that this user may write to',
    );
  });

  it('is let go when the store cannot be opened', async () => {
    const dataDir = join(root, 'broken');
    const store = await openSqliteStore({ dataDir, migrate: true });
    await store.close();
    writeFileSync(join(dataDir, 'bot.db'), 'this is no database');
    chmodSync(join(dataDir, 'bot.db'), 0o600);

    for (const _time of ['first', 'second']) {
      await expect(openSqliteStore({ dataDir, migrate: true })).rejects.toThrow('not a database');
    }
  });
});

const holding = `
const { openSqliteStore } = await import(process.argv[1]);
await openSqliteStore({ dataDir: process.argv[2], migrate: true });
process.stdout.write('held');
setInterval(() => {}, 1000);
`;

async function holdInOtherProcess(dataDir: string): Promise<ChildProcess> {
  const module = new URL('../../src/store/open-sqlite.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', holding, module, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () =>
      reject(new Error('The process that should hold the directory has ended: see its output.')),
    );
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
