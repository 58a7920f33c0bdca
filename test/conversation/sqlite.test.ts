import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { conversationContract } from './contract.ts';

describe('on SQLite', () => {
  const root = mkdtempSync(join(tmpdir(), 'causeway-conversation-'));
  let store: Store;
  let engines = 0;

  beforeAll(async () => {
    store = await openSqliteStore({ dataDir: root, migrate: true });
  });
  afterAll(async () => {
    await store.close();
    rmSync(root, { recursive: true });
  });

  conversationContract(() => ({
    first: store,
    second: store,
    engineDatabase: () => ({ kind: 'sqlite', file: join(root, `workflow-${++engines}.db`) }),
  }));
});
