/**
 * A store for one test, in a folder of its own. The tables are made once per process and copied from then on: making
 * them takes three times as long as everything else that a store needs to open.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

export interface FreshStore {
  store: Store;
  dataDir: string;
  /** Closes the store and removes its folder. */
  close: () => Promise<void>;
}

export async function openFreshStore(): Promise<FreshStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-test-'));
  writeFileSync(join(dataDir, 'bot.db'), await emptyDatabase());
  const store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: false });
  return {
    store,
    dataDir,
    async close() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let made: Promise<Buffer> | null = null;

function emptyDatabase(): Promise<Buffer> {
  made ??= makeEmptyDatabase();
  return made;
}

async function makeEmptyDatabase(): Promise<Buffer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-tables-'));
  const store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
  await store.close();
  const bytes = readFileSync(join(dataDir, 'bot.db'));
  rmSync(dataDir, { recursive: true });
  return bytes;
}
