import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../src/store/open-postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres } from '../support/postgres.ts';
import { conversationContract } from './contract.ts';
import { caseIn, eventRow, houses } from './house.ts';

const postgres = await startPostgres();

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let url: string;
  let first: Store;
  let second: Store;
  let engines = 0;

  beforeAll(async () => {
    url = (await postgres?.url('conversation')) ?? '';
    first = await openPostgresStore({ url, migrate: true });
    second = await openPostgresStore({ url, migrate: false });
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await postgres?.stop();
  });

  conversationContract(() => ({
    first,
    second,
    engineDatabase: () => ({ kind: 'postgresql', url, migrate: true, schema: `engine_${++engines}` }),
  }));

  describe('a case that somebody holds for too long', () => {
    const openHouse = houses(() => ({ first, second, engineDatabase: () => ({ kind: 'sqlite', file: ':memory:' }) }));

    it('is busy: whoever sends is told to send it again, and nothing is stored', async () => {
      const house = openHouse();
      await house.say('help');
      const caseId = await caseIn(house);
      const impatient = await openPostgresStore({ url, migrate: false, writeTimeoutMs: 100 });
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
      const holding = second.write(async (tx) => {
        await tx.selectFrom('flow').selectAll().where('case_id', '=', caseId).forUpdate().execute();
        held();
        await released;
      });
      await isHeld;

      const taking = house.say('help', { id: 'too-long', inbox: house.inboxOn(impatient) });

      await expect(taking.finally(release)).rejects.toMatchObject({ name: 'Busy' });
      await holding;
      expect(await eventRow(first, 'too-long')).toBeUndefined();
      await impatient.close();
    });
  });
});
