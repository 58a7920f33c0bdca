import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { anchorContract } from '../audit/anchor-contract.ts';
import { auditContract } from '../audit/contract.ts';
import type { Stores } from './contract/stores.ts';
import { storeContract } from './contract.ts';

describe('on SQLite', () => {
  const root = mkdtempSync(join(tmpdir(), 'causeway-store-'));
  let store: Store;
  let made = 0;

  function open(options: { writeTimeoutMs?: number } = {}): Promise<Store> {
    made += 1;
    return openSqliteStore({ dataDir: join(root, String(made)), migrate: true, ...options });
  }

  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    rmSync(root, { recursive: true });
  });

  function stores(): Stores {
    return { first: store, second: store, openImpatient: (writeTimeoutMs) => open({ writeTimeoutMs }) };
  }
  storeContract(stores);
  auditContract(stores);
  anchorContract(stores);
});
