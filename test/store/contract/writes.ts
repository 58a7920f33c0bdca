import { describe, expect, it } from 'vitest';
import { putFile, readFile } from '../../../src/store/chat.ts';
import { putFact, readFacts } from '../../../src/store/facts.ts';
import type { Store, Tx } from '../../../src/store/store.ts';
import { at, later, type UseStores } from './stores.ts';

export function writesContract(stores: UseStores): void {
  describe('writes', () => {
    it('show what they wrote once they are done', async () => {
      const result = await stores().first.write(async (tx) => {
        await putFact(tx, 'a', 1, at);
        return 'written';
      });

      expect(result).toBe('written');
      expect(await factKeys(stores().second)).toEqual(['a']);
    });

    it('roll back alone when they throw, beside others that wait at the same moment', async () => {
      const { first } = stores();

      const results = await Promise.allSettled([
        first.write((tx) => putFact(tx, 'before', 1, at)),
        first.write(async (tx) => {
          await putFact(tx, 'broken', 1, at);
          throw new Error('this one breaks');
        }),
        first.write((tx) => putFact(tx, 'after', 1, at)),
      ]);

      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await factKeys(first)).toEqual(['after', 'before']);
    });

    it('roll back alone when the database refuses a statement', async () => {
      const { first } = stores();
      const file = { id: 'twice', name: 'a.txt', bytes: new Uint8Array([1]), at };

      const results = await Promise.allSettled([
        first.write((tx) => putFact(tx, 'before', 1, at)),
        first.write(async (tx) => {
          await putFile(tx, file);
          await putFile(tx, file);
        }),
        first.write((tx) => putFact(tx, 'after', 1, at)),
      ]);

      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await factKeys(first)).toEqual(['after', 'before']);
      expect(await readFile(first.read, 'twice')).toBeNull();
    });

    it('go on after a row that was there already', async () => {
      await stores().first.write(async (tx) => {
        const [once, again] = [await insertConversation(tx), await insertConversation(tx)];
        await putFact(tx, 'counts', [once, again], at);
      });

      const facts = await readFacts(stores().first.read, ['counts']);
      expect(facts.get('counts')?.value).toEqual([1, 0]);
    });

    it('are not seen by readers before they are committed', async () => {
      const { first, second } = stores();
      const [written, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];

      const write = first.write(async (tx) => {
        await putFact(tx, 'a', 1, at);
        written.resolve();
        await mayCommit.promise;
      });
      await written.promise;
      const before = await factKeys(second);
      mayCommit.resolve();
      await write;

      expect(before).toEqual([]);
      expect(await factKeys(second)).toEqual(['a']);
    });

    it('leave nothing of a query that ran beside the one that failed', async () => {
      const { first } = stores();
      async function slowly(tx: Tx): Promise<void> {
        await putFact(tx, 'sibling', 1, at);
        await putFact(tx, 'sibling again', 1, at);
      }

      const results = await Promise.allSettled([
        first.write((tx) => Promise.all([Promise.reject(new Error('this branch breaks')), slowly(tx)])),
        first.write((tx) => putFact(tx, 'neighbour', 1, at)),
      ]);

      expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
      expect(await factKeys(first)).toEqual(['neighbour']);
    });

    it('that take too long are rolled back, and the next one goes on', async () => {
      const store = await stores().openImpatient(100);

      const stuck = store.write(async (tx) => {
        await putFact(tx, 'stuck', 1, at);
        await new Promise(() => undefined);
      });
      await expect(stuck).rejects.toThrow('took longer than 100 ms');
      await store.write((tx) => putFact(tx, 'next', 1, at));

      expect(await factKeys(store)).toEqual(['next']);
      await store.close();
    });

    it('under way are waited for when the store closes, and later ones refused', async () => {
      const store = await stores().openImpatient(5000);

      const write = store.write((tx) => putFact(tx, 'last', 1, at));
      await store.close();

      await expect(write).resolves.toBeUndefined();
      await expect(store.write((tx) => putFact(tx, 'too late', 1, at))).rejects.toThrow('was closed');
    });
  });

  describe('misuse is refused at once', () => {
    it('of a write inside a write, which would wait for itself', async () => {
      const { first } = stores();

      const nested = first.write(() => first.write((tx) => putFact(tx, 'inner', 1, at)));

      await expect(nested).rejects.toThrow('inside a write');
    });

    it('of reading through the store inside a write, which would read around it', async () => {
      const { first } = stores();

      const reading = first.write(() => readFacts(first.read, ['a']));

      await expect(reading).rejects.toThrow('inside a write');
    });

    it('of a query after its write has ended, which would land in another one', async () => {
      const { first } = stores();
      let leaked: Tx | null = null;
      await first.write((tx) => {
        leaked = tx;
        return Promise.resolve();
      });

      const late = putFact(leaked as unknown as Tx, 'late', 1, at);

      await expect(late).rejects.toThrow('after the write has ended');
      expect(await factKeys(first)).toEqual([]);
    });

    it('of writing through the reader, by its type and when it runs', async () => {
      const { first } = stores();
      // @ts-expect-error: a reader has no way to write
      expect(first.read.insertInto).toBeDefined();

      const around = putFact(first.read as unknown as Tx, 'around', 1, at);

      await expect(around).rejects.toThrow('it only reads');
    });

    const notBindable = [
      ['a Date', new Date(0)],
      ['an instant', Temporal.Instant.from(at)],
      ['a plain object', {}],
      ['a list', []],
      ['a flag', true],
    ] as const;

    it.each(notBindable)('of %s as the first parameter, which would be stored as null', async (_what, value) => {
      const { first } = stores();

      const write = first.write((tx) => putFact(tx, value as unknown as string, 'z', at));

      await expect(write).rejects.toThrow('Binding parameter 1');
      expect(await factKeys(first)).toEqual([]);
    });

    it('of an object in a later position', async () => {
      const fact = { key: 'k', value: {} as unknown as string, read_at: at };

      const write = stores().first.write((tx) => tx.insertInto('fact').values(fact).execute());

      await expect(write).rejects.toThrow('Binding parameter 2');
    });
  });

  describe('reading', () => {
    it('gives counts and growing numbers as numbers', async () => {
      const { first } = stores();
      await first.write((tx) => putFact(tx, 'a', 1, at));

      const row = await first.read
        .selectFrom('fact')
        .select((all) => all.fn.countAll<number>().as('count'))
        .executeTakeFirst();

      expect(row?.count).toBe(1);
    });

    it('of a snapshot sees one instant, whatever is written meanwhile', async () => {
      const { first, second } = stores();

      const seen = await first.snapshot(async (db) => {
        const before = await readFacts(db, ['a']);
        await second.write((tx) => putFact(tx, 'a', 1, at));
        const after = await readFacts(db, ['a']);
        return [before.size, after.size];
      });

      expect(seen).toEqual([0, 0]);
      expect((await readFacts(first.read, ['a'])).size).toBe(1);
    });

    it('of facts keeps the newest reading, whichever arrives last', async () => {
      const { first } = stores();
      await first.write((tx) => putFact(tx, 'a', 'new', later(5)));
      await first.write((tx) => putFact(tx, 'a', 'old', at));

      const facts = await readFacts(first.read, ['a', 'unknown']);

      expect([...facts]).toEqual([['a', { value: 'new', readAt: later(5) }]]);
      expect(await readFacts(first.read, [])).toEqual(new Map());
    });
  });
}

async function factKeys(store: Store): Promise<string[]> {
  const rows = await store.read.selectFrom('fact').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
}

async function insertConversation(tx: Tx): Promise<number> {
  const result = await tx
    .insertInto('conversation')
    .values({ platform: 'web', conversation: 'team', thread: '', case_id: 'c' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(result.numInsertedOrUpdatedRows);
}
