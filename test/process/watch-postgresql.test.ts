import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/store/open-postgres.ts';
import type { Store } from '../../src/store/store.ts';
import type { Ground } from '../conversation/house.ts';
import { emptyBeforeEach } from '../store/contract/stores.ts';
import { startPostgres } from '../support/postgres.ts';
import { controlContract } from './control-contract.ts';
import { watchContract } from './watch-contract.ts';

/** Nothing is carried out here. */
function engineDatabase(): ReturnType<Ground['engineDatabase']> {
  return { kind: 'sqlite', file: ':memory:' };
}

function unused(): Promise<never> {
  return Promise.reject(new Error('not used here'));
}

const postgres = await startPostgres();

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let first: Store;
  let second: Store;

  beforeAll(async () => {
    const url = (await postgres?.url('watch')) ?? '';
    first = await openPostgresStore({ url, migrate: true });
    second = await openPostgresStore({ url, migrate: false });
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await postgres?.stop();
  });

  emptyBeforeEach(() => ({ first, second, openImpatient: unused }));
  function ground(): Ground {
    return { first, second, engineDatabase };
  }
  watchContract(ground);
  controlContract(ground);
});
