import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres } from '../support/postgres.ts';
import { recordContract } from './record-contract.ts';

const postgres = await startPostgres();

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
  recordContract(() => store);
});
