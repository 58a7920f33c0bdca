import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { emptyBeforeEach } from '../store/contract/stores.ts';
import { startPostgres } from '../support/postgres.ts';
import { exportContract } from './export-contract.ts';
import { tamperingContract } from './tampering-contract.ts';

const postgres = await startPostgres();

function contracts(open: () => Store): void {
  emptyBeforeEach(() => ({
    first: open(),
    second: open(),
    openImpatient: () => Promise.reject(new Error('not used here')),
  }));
  describe('what is found', () => tamperingContract(open));
  describe('an exported case', () => exportContract(open));
}

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
  contracts(() => store);
});

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let store: Store;

  beforeAll(async () => {
    const url = (await postgres?.url('audit')) ?? '';
    store = await openStore({ database: { kind: 'postgresql', url }, migrate: true });
  });
  afterAll(async () => {
    await store.close();
    await postgres?.stop();
  });
  contracts(() => store);
});
