import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Ground } from '../conversation/house.ts';
import { emptyBeforeEach } from '../store/contract/stores.ts';
import { controlContract } from './control-contract.ts';
import { watchContract } from './watch-contract.ts';

/** Nothing is carried out here. */
function engineDatabase(): ReturnType<Ground['engineDatabase']> {
  return { kind: 'sqlite', file: ':memory:' };
}

function unused(): Promise<never> {
  return Promise.reject(new Error('not used here'));
}

describe('on SQLite', () => {
  const root = mkdtempSync(join(tmpdir(), 'causeway-watch-'));
  let store: Store;

  beforeAll(async () => {
    store = await openSqliteStore({ dataDir: root, migrate: true });
  });
  afterAll(async () => {
    await store.close();
    rmSync(root, { recursive: true });
  });

  emptyBeforeEach(() => ({ first: store, second: store, openImpatient: unused }));
  function ground(): Ground {
    return { first: store, second: store, engineDatabase };
  }
  watchContract(ground);
  controlContract(ground);
});
