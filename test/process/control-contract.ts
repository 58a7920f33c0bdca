/** The stop switch and freezes by hand, from the words in a thread to what the executor of another replica reads. */
import { describe, expect, it } from 'vitest';
import { mayWrite } from '../../src/process/may-write.ts';
import { readControl } from './control-rows.ts';
import { houses, thread, type UseGround } from '../conversation/house.ts';

export function controlContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('the stop switch', () => {
    it('stops the writes of every replica from the next one on, until it is released', async () => {
      const house = openHouse();
      const { second } = ground();
      expect(await mayWrite(second, () => house.directory)).toEqual({ ok: true });

      await house.say('stop all changes: the wrong network', { person: 'admin' });

      expect(await mayWrite(second, () => house.directory)).toEqual({
        ok: false,
        because:
          'Ada Admin stopped all changes on 2026-11-23 11:00 (Europe/Amsterdam): “the wrong network”. What was running was seen to its end.',
      });
      const reply = await house.say('allow changes again: mended', { person: 'admin', place: thread('elsewhere') });
      expect(reply.outcome).toBe('done');
      expect(await mayWrite(second, () => house.directory)).toEqual({ ok: true });
    });

    it('is not pulled by others, and nothing is written then', async () => {
      const house = openHouse();

      const replies = await Promise.all(
        ['requester', 'approver-1', 'agent', 'outsider'].map((person, index) =>
          house.say('stop all changes: haha', { person, place: thread(`t${index}`) }),
        ),
      );

      expect(replies.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'refused']);
      expect(await readControl(house.store)).toEqual([]);
    });

    it('pulled and released by two at the same moment ends in one of both, and never half way', async () => {
      const house = openHouse();
      await house.say('stop all changes: one', { person: 'admin' });
      const other = house.inboxOn(ground().second);

      const replies = await Promise.all([
        house.say('allow changes again: mended', { person: 'admin', place: thread('a') }),
        house.say('allow changes again: mended', { person: 'admin', place: thread('b'), inbox: other }),
      ]);

      expect(replies.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'stale']);
      expect(await mayWrite(house.store, () => house.directory)).toEqual({ ok: true });
    });

    it('fails closed: where the database cannot be read, nothing may be written', async () => {
      const house = openHouse();
      const broken = {
        read: {
          selectFrom: () => {
            throw new Error('the connection was refused');
          },
        },
      };

      const verdict = await mayWrite(broken as never, () => house.directory);

      expect(verdict).toEqual({
        ok: false,
        because: 'I cannot read whether changes are allowed, so I write nothing (the connection was refused).',
      });
    });

    it('is repeated without effect when the same words arrive twice', async () => {
      const house = openHouse();

      await house.say('stop all changes: once', { person: 'admin', id: 'said-1' });
      const again = await house.say('stop all changes: once', { person: 'admin', id: 'said-1' });

      expect(again.outcome).toBe('done');
      expect(await readControl(house.store)).toHaveLength(1);
    });
  });

  describe('a freeze by hand', () => {
    it('is stored with the words of whoever ordered it, and lifted from another thread', async () => {
      const house = openHouse();
      await house.say('freeze mendix-prod until friday 18:00: go-live', { person: 'admin' });

      expect(await readControl(house.store)).toMatchObject([
        { kind: 'freeze', by: 'admin', reason: 'go-live', until: '2026-11-27T17:00:00.000Z', lifted_by: null },
      ]);
      const lifted = await house.say('lift the freeze of mendix-prod: it went well', {
        person: 'admin',
        place: thread('elsewhere'),
      });
      expect(lifted.outcome).toBe('done');
      expect(await readControl(house.store)).toMatchObject([{ lifted_by: 'admin', lifted_because: 'it went well' }]);
      const again = await house.say('lift the freeze: again', { person: 'admin', place: thread('third') });
      expect(again.outcome).toBe('stale');
    });
  });
}
