import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, Kysely } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { putFact } from '../../src/store/facts.ts';
import { migrateToLatest } from '../../src/store/migrations.ts';
import { sqliteDialect } from '../../src/store/sqlite-driver.ts';
import type { Tables } from '../../src/store/tables.ts';
import { createWriteQueue } from '../../src/store/write-queue.ts';
import { at } from './contract/stores.ts';

describe('the write queue of SQLite', () => {
  const root = mkdtempSync(join(tmpdir(), 'causeway-queue-'));
  let statements: string[] = [];
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(join(root, 'bot.db'), { readOnly: false }),
    log: (event) => void statements.push(event.query.sql),
  });
  const queue = createWriteQueue(db, 5000);

  beforeEach(async () => {
    await migrateToLatest({ db, kind: 'sqlite' });
    await db.deleteFrom('fact').execute();
    statements = [];
  });
  afterAll(async () => {
    await queue.close();
    await db.destroy();
    rmSync(root, { recursive: true });
  });

  it('commits what waits as one transaction', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => queue.write((tx) => putFact(tx, `f${index}`, index, at))),
    );

    expect(statements.filter((sql) => sql === 'commit')).toHaveLength(1);
    expect(await countFacts()).toBe(50);
  });

  it('fails every write of a transaction that the database ended itself, and goes on', async () => {
    const results = await Promise.allSettled([
      queue.write((tx) => putFact(tx, 'before', 1, at)),
      queue.write((tx) => tx.executeQuery(CompiledQuery.raw('rollback'))),
      queue.write((tx) => putFact(tx, 'after', 1, at)),
    ]);

    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await countFacts()).toBe(0);
    await queue.write((tx) => putFact(tx, 'next', 1, at));
    expect(await countFacts()).toBe(1);
  });

  it('asks the disk to keep each commit', async () => {
    const journal = await db.executeQuery<{ journal_mode: string }>(CompiledQuery.raw('pragma journal_mode'));
    const synchronous = await db.executeQuery<{ synchronous: number }>(CompiledQuery.raw('pragma synchronous'));

    expect(journal.rows[0]?.journal_mode).toBe('wal');
    expect(synchronous.rows[0]?.synchronous).toBe(2);
  });

  async function countFacts(): Promise<number> {
    return (await db.selectFrom('fact').select('key').execute()).length;
  }
});
