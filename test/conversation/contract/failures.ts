import { describe, expect, it } from 'vitest';
import { caseIn, countRows, effectRow, eventRow, type House, houses, soon, thread, type UseGround } from '../house.ts';

export function failureContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('an event that cannot be taken', () => {
    it('is rolled back alone and kept with its reason; its neighbours are committed', async () => {
      const house = openHouse();
      await house.say('help', { place: thread('two') });
      breakPeople(house);

      const replies = await Promise.all([
        house.inbox.deliver(change('before')),
        house.say('prod is down since 8', { id: 'bad', place: thread('bad') }),
        house.inbox.deliver(change('after')),
      ]);

      expect(replies.map((reply) => reply.outcome)).toEqual(['done', 'refused', 'done']);
      expect(await eventRow(house.store, 'bad')).toMatchObject({
        type: 'said',
        revision: null,
        failed: expect.stringContaining('unreadable people'),
      });
      expect(await eventRow(house.store, 'before')).toMatchObject({ failed: null, revision: expect.any(Number) });
      expect(await eventRow(house.store, 'after')).toMatchObject({ failed: null, revision: expect.any(Number) });
      expect(await countRows(house.store)).toMatchObject({ flow: 2, audit: 4, conversation: 1 });
    });

    it('is answered kindly, the same way when it is repeated, and is not tried again', async () => {
      const house = openHouse();
      breakPeople(house);
      const first = await house.say('prod is down since 8', { id: 'bad' });
      const before = await countRows(house.store);
      const logged = house.logged.length;

      const again = await house.say('prod is down since 8', { id: 'bad' });

      expect(first).toMatchObject({ outcome: 'refused', because: expect.stringMatching(/my side.*administrator/s) });
      expect(again).toEqual(first);
      expect(await countRows(house.store)).toEqual(before);
      expect(house.logged).toHaveLength(logged);
    });

    it('is told to the person alone, and to an administrator with its reason', async () => {
      const house = openHouse();
      breakPeople(house);
      house.openOutbox();

      await house.say('prod is down since 8', { id: 'bad' });

      await expect.poll(() => house.platform.arrived.length, soon).toBe(2);
      const [person, admin] = house.platform.arrived.toSorted((one, other) =>
        one.place.conversation < other.place.conversation ? 1 : -1,
      );
      expect(person).toMatchObject({ place: { conversation: 'team', thread: 'root' }, onlyFor: 'requester' });
      expect(person?.content.text).toContain('administrator');
      expect(admin).toMatchObject({ place: { conversation: 'dm-admin', thread: null }, onlyFor: null });
      expect(admin?.content.text).toContain('unreadable people');
      expect(admin?.content.text).toContain('“bad”');
    });

    it('that is a result is told in the thread of whoever waits for it', async () => {
      const house = openHouse();
      await house.say('connect mendix-prod to hub-vnet for app orders');
      const caseId = await caseIn(house);
      breakPeople(house);
      house.openOutbox();
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      await house.inbox.deliver({
        id: 'result',
        caseId,
        event: { type: 'discovered', question: 1, discovery: { environments: [], networks: [], unread: [] } },
      });

      await expect.poll(() => house.platform.arrived.length, soon).toBe(3);
      const told = house.platform.arrived.find((message) => message.mention.includes('requester'));
      expect(told).toMatchObject({ place: { conversation: 'team', thread: 'root' }, onlyFor: null });
      expect(told?.content.text).toContain('my side');
    });

    it('that is a click is told in its answer', async () => {
      const house = openHouse();
      await house.say('help');
      const message = `${await caseIn(house)}/help-1`;
      const { length } = await house.store.read.selectFrom('effect').select('id').execute();
      const token = await house.tokenOf(message, 'start-connect', 'requester');
      breakPeople(house);

      const reply = await house.press({ message, verb: 'start-connect', token });

      expect(reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('my side') });
      // The administrator's message, and none for the person.
      expect(await house.store.read.selectFrom('effect').select('id').execute()).toHaveLength(length + 1);
    });

    it('does not go on for ever, when not even the administrator can be told', async () => {
      const house = openHouse();
      breakPeople(house);
      house.platform.refuse('dm-admin', Object.assign(new Error('no such room'), { name: 'Undeliverable' }), 99);
      house.openOutbox();

      await house.say('prod is down since 8', { id: 'bad' });

      await expect.poll(() => eventRow(house.store, 'notice/bad/1/failed'), soon).toBeDefined();
      await expect.poll(async () => (await effectRow(house.store, 'notice/bad/1')).status, soon).toBe('failed');
      expect(await countRows(house.store)).toMatchObject({ event: 2, effect: 2 });
      expect(house.platform.arrived.filter((message) => message.place.conversation === 'dm-admin')).toHaveLength(1);
    });
  });
}

/** Stands for a bug: a flow that looks people up comes to an end that nobody expected. */
function breakPeople(house: House): void {
  Object.defineProperty(house.directory, 'people', {
    get: () => {
      throw new Error('unreadable people');
    },
  });
}

function change(id: string) {
  return { id, caseId: 'settings', event: { type: 'settings-changed' as const, changes: [] } };
}
