import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { leaseNextMessage, leaseReads } from '../../src/store/effect-leases.ts';
import { claimWork } from '../../src/store/effect-work.ts';
import { insertEffects, type NewEffect, readEffect } from '../../src/store/effects.ts';
import { putFact } from '../../src/store/facts.ts';
import { allMigrations, type Migrations, migrateToLatest } from '../../src/store/migrations.ts';
import { migrateStore, openStore } from '../../src/store/open.ts';
import { sqliteDialect } from '../../src/store/sqlite-driver.ts';
import type { Tables } from '../../src/store/tables.ts';
import { at } from './contract/stores.ts';

const root = mkdtempSync(join(tmpdir(), 'causeway-open-'));
afterAll(() => rmSync(root, { recursive: true }));

function sqlite(name: string) {
  return { kind: 'sqlite', dataDir: join(root, name) } as const;
}

describe('opening a store', () => {
  it('refuses tables that are too old when it may not migrate, and names the command', async () => {
    const database = sqlite('too-old');

    await expect(openStore({ database, migrate: false })).rejects.toThrow('Run `causeway migrate` first');
    const applied = [await migrateStore(database), await migrateStore(database)];
    const store = await openStore({ database, migrate: false });

    expect(applied).toEqual([Object.keys(allMigrations), []]);
    expect(store.kind).toBe('sqlite');
    await store.close();
  });

  it('keeps what was written before', async () => {
    const database = sqlite('kept');
    const before = await openStore({ database, migrate: true });
    await before.write((tx) => putFact(tx, 'kept', 1, at));
    await before.close();

    const after = await openStore({ database, migrate: true });

    expect(await after.read.selectFrom('fact').select('key').execute()).toEqual([{ key: 'kept' }]);
    await after.close();
  });

  it('frees what a killed process had in hand, but not what the engine runs', async () => {
    const database = sqlite('leases');
    const before = await openStore({ database, migrate: true });
    const lease = { owner: 'killed', now: at, leaseMs: 3_600_000 };
    await before.write(async (tx) => {
      await insertEffects(tx, [message, read, work]);
      await leaseNextMessage(tx, lease);
      await leaseReads(tx, { ...lease, limit: 1 });
      await claimWork(tx, 'work', 'run-1');
    });
    await before.close();

    const after = await openStore({ database, migrate: true });
    const again = { ...lease, owner: 'next' };
    const leased = await after.write((tx) => leaseNextMessage(tx, again));
    const reads = await after.write((tx) => leaseReads(tx, { ...again, limit: 1 }));

    expect(leased).toMatchObject({ id: 'message', mayHaveBeenSent: true });
    expect(reads).toHaveLength(1);
    expect(await readEffect(after.read, 'work')).toMatchObject({ status: 'running', runId: 'run-1' });
    await after.close();
  });
});

describe('migrations', () => {
  function connect(name: string): Kysely<Tables> {
    return new Kysely<Tables>({ dialect: sqliteDialect(join(root, name), { readOnly: false }) });
  }

  it('that fail leave nothing of themselves', async () => {
    const db = connect('half.db');
    const migrations: Migrations = {
      '0001-half': {
        async up(schema) {
          await schema.schema.createTable('half').addColumn('id', 'text').execute();
          throw new Error('the disk is full');
        },
      },
    };

    await expect(migrateToLatest({ db, kind: 'sqlite', migrations })).rejects.toThrow(
      'Migrating the database, step 0001-half: the disk is full',
    );

    const tables = await db.introspection.getTables();
    expect(tables.map((table) => table.name)).not.toContain('half');
    await db.destroy();
  });

  it('of a newer version are not touched by an older one', async () => {
    const db = connect('newer.db');
    const newer: Migrations = { ...allMigrations, '9999-later': { up: () => Promise.resolve() } };
    await migrateToLatest({ db, kind: 'sqlite', migrations: newer });

    await expect(migrateToLatest({ db, kind: 'sqlite' })).rejects.toThrow('a newer version of Causeway');
    await db.destroy();
  });
});

const base = { caseId: 'c', at, lane: null, messageKey: null, dueAt: null, expiresAt: null };
const to = { platform: 'web', conversation: 'team', thread: null } as const;
const message: NewEffect = {
  ...base,
  id: 'message',
  effect: {
    kind: 'message',
    type: 'show',
    message: 'm',
    to,
    content: { text: 'hello', card: null, speaker: null },
    verbs: [],
    mention: [],
    onlyFor: null,
    expiresInSeconds: null,
  },
};
const read: NewEffect = { ...base, id: 'read', effect: { kind: 'read', type: 'discover', question: 1 } };
const work: NewEffect = { ...base, id: 'work', effect: { kind: 'work', type: 'apply-plan', planId: 'p' } };
