import { describe, expect, it } from 'vitest';
import type { ReadEffect } from '../../../src/flows/effect.ts';
import { caseIn, effectRow, eventRow, type House, houses, soon, type UseGround } from '../house.ts';

const discover = { kind: 'read', type: 'discover', question: 1 } satisfies ReadEffect;
const nothing = { environments: [], networks: [], unread: [] };

export function readContract(ground: UseGround): void {
  const openHouse = houses(ground);

  async function openCase(house: House): Promise<string> {
    await house.say('help');
    return caseIn(house);
  }

  describe('a read', () => {
    it('comes back as an event under the id of its effect', async () => {
      const house = openHouse();
      const caseId = await openCase(house);
      house.openOutbox({
        reads: {
          discover: ({ effect }) =>
            Promise.resolve({ type: 'discovered', question: effect.question, discovery: nothing }),
        },
      });

      const [id] = await house.askIn(caseId, discover);

      await expect.poll(async () => (await effectRow(house.store, id ?? '')).status, soon).toBe('done');
      expect(await eventRow(house.store, `${id}/result`)).toMatchObject({ type: 'discovered', case_id: caseId });
    });

    it('that fails is tried again; what it finds in the end is its only answer', async () => {
      const house = openHouse();
      const caseId = await openCase(house);
      let tries = 0;
      const outbox = house.openOutbox({
        reads: {
          discover: () => {
            tries += 1;
            return tries < 3
              ? Promise.reject(new Error('HTTP 503'))
              : Promise.resolve({ type: 'discovered', question: 1, discovery: nothing });
          },
        },
      });
      const [id] = await house.askIn(caseId, discover);

      await expect
        .poll(async () => {
          house.clock.pass(5);
          outbox.wake();
          return (await effectRow(house.store, id ?? '')).status;
        }, soon)
        .toBe('done');

      expect(tries).toBe(3);
      expect(await eventRow(house.store, `${id}/result`)).toMatchObject({ type: 'discovered' });
    });

    it('that failed three times is told as failed', async () => {
      const house = openHouse();
      const caseId = await openCase(house);
      const outbox = house.openOutbox({ reads: { discover: () => Promise.reject(new Error('HTTP 503')) } });
      const [id] = await house.askIn(caseId, { ...discover, question: 7 });

      await expect
        .poll(async () => {
          house.clock.pass(5);
          outbox.wake();
          return (await effectRow(house.store, id ?? '')).status;
        }, soon)
        .toBe('failed');

      expect(JSON.parse((await eventRow(house.store, `${id}/result`))?.body ?? '')).toEqual({
        type: 'read-failed',
        question: 7,
        of: 'discover',
        because: 'HTTP 503',
      });
    });

    it('that ran twice, because a replica was slow, is answered once', async () => {
      const house = openHouse();
      const caseId = await openCase(house);
      const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
      const answer = { type: 'discovered' as const, question: 1, discovery: nothing };
      house.openOutbox({ owner: 'slow', reads: { discover: () => slow.then(() => answer) } });
      const [id] = await house.askIn(caseId, discover);
      await expect.poll(async () => (await effectRow(house.store, id ?? '')).lease_owner, soon).toBe('slow');
      house.clock.pass(11);
      house.openOutbox({ owner: 'fast', store: ground().second, reads: { discover: () => Promise.resolve(answer) } });
      await expect.poll(async () => (await effectRow(house.store, id ?? '')).status, soon).toBe('done');
      const audit = await house.store.read.selectFrom('audit').select('seq').execute();

      finish();
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });

      expect(await house.store.read.selectFrom('audit').select('seq').execute()).toEqual(audit);
    });
  });
}
