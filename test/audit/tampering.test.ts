import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { recordContract } from './record-contract.ts';

describe('on SQLite', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-audit-'));
  let store: Store;

  beforeAll(async () => {
    store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
  });
  afterAll(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  recordContract(() => store);
});
