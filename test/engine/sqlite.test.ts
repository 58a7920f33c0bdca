import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { branchContract } from './contract/branches.ts';
import { gateContract } from './contract/gate.ts';
import { runContract } from './contract/runs.ts';

describe('on SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-engine-'));
  let count = 0;
  afterAll(() => rmSync(directory, { recursive: true }));

  function database(): Promise<EngineDatabase> {
    count += 1;
    return Promise.resolve({ kind: 'sqlite', file: join(directory, `workflow-${count}.db`) });
  }

  runContract(database);
  gateContract(database);
  branchContract(database);
});
