import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { putFact, readFacts } from '../../src/store/facts.ts';
import { allMigrations } from '../../src/store/migrations.ts';
import { migratePostgres, openPostgresStore } from '../../src/store/open-postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { anchorContract } from '../audit/anchor-contract.ts';
import { auditContract } from '../audit/contract.ts';
import { startPostgres } from '../support/postgres.ts';
import { storeContract } from './contract.ts';
import { at, type Stores } from './contract/stores.ts';

const postgres = await startPostgres();

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let first: Store;
  let second: Store;

  async function fresh(database: string): Promise<string> {
    if (postgres === null) throw new Error('Asking for a database: there is no PostgreSQL. Skip this test.');
    return postgres.url(database);
  }

  beforeAll(async () => {
    const url = await fresh('contract');
    // At the same moment, as replicas start: one of them makes the tables, the other one waits.
    [first, second] = await Promise.all([
      openPostgresStore({ url, migrate: true }),
      openPostgresStore({ url, migrate: true }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await postgres?.stop();
  });

  function stores(): Stores {
    return {
      first,
      second,
      openImpatient: async (writeTimeoutMs) =>
        openPostgresStore({ url: await fresh('impatient'), migrate: true, writeTimeoutMs }),
    };
  }
  storeContract(stores);
  auditContract(stores);
  anchorContract(stores);

  describe('a connection that breaks', () => {
    it('in the middle of a write fails that write only', async () => {
      const broken = first.write(async (tx) => {
        await putFact(tx, 'broken', 1, at);
        const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await terminate(second, own.rows[0]?.pid ?? 0);
        await putFact(tx, 'after', 1, at);
      });

      await expect(broken).rejects.toThrow();
      await first.write((tx) => putFact(tx, 'next', 1, at));
      expect([...(await readFacts(first.read, ['broken', 'after', 'next'])).keys()]).toEqual(['next']);
    });

    it('while it is idle is replaced', async () => {
      const pid = await first.write(async (tx) => {
        const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        return own.rows[0]?.pid ?? 0;
      });
      await terminate(second, pid);

      await eventually(() => first.write((tx) => putFact(tx, 'next', 1, at)));

      expect((await readFacts(first.read, ['next'])).size).toBe(1);
    });
  });

  describe('opening', () => {
    it('applies the migrations once, of two replicas that start at the same moment', async () => {
      const url = await fresh('migrations');

      const applied = await Promise.all([migratePostgres(url), migratePostgres(url)]);

      expect(applied.flat()).toEqual(Object.keys(allMigrations));
    });

    it('refuses tables that are too old when it may not migrate, and names the command', async () => {
      const url = await fresh('empty');

      await expect(openPostgresStore({ url, migrate: false })).rejects.toThrow('causeway migrate');
      await migratePostgres(url);
      const store = await openPostgresStore({ url, migrate: false });

      await store.close();
    });

    it.each([
      ['a server that is not there', 'postgresql://bot:very-secret@127.0.0.1:1/bot', 'PostgreSQL at 127.0.0.1:1/bot'],
      ['an address that cannot be read', 'postgresql://bot:very-secret@:::/', 'the URL cannot be read'],
    ])('says what is wrong with %s, without the password', async (_name, url, says) => {
      const error: unknown = await openPostgresStore({ url, migrate: true }).catch((reason: unknown) => reason);

      expect(String(error)).toContain(says);
      expect(String(error)).toContain('DATABASE_URL');
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('very-secret');
    });
  });
});

async function terminate(store: Store, pid: number): Promise<void> {
  await store.write((tx) => sql`select pg_terminate_backend(${pid})`.execute(tx));
}

/** The pool learns of a broken connection a moment after the server has cut it. */
async function eventually(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}
