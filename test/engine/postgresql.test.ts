import { afterAll, beforeAll, describe } from 'vitest';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { startPostgres } from '../support/postgres.ts';
import { branchContract } from './contract/branches.ts';
import { gateContract } from './contract/gate.ts';
import { runContract } from './contract/runs.ts';

const postgres = await startPostgres();

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let url = '';
  let count = 0;
  beforeAll(async () => {
    url = (await postgres?.url('engine')) ?? '';
  });
  afterAll(() => postgres?.stop());

  function database(): Promise<EngineDatabase> {
    count += 1;
    return Promise.resolve({ kind: 'postgresql', url, migrate: true, schema: `engine_${count}` });
  }

  runContract(database);
  gateContract(database);
  branchContract(database);
});
