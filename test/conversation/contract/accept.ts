import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { readFlow } from '../../../src/store/flows.ts';
import { caseIn, countRows, eventRow, houses, soon, team, text, thread, type UseGround } from '../house.ts';

export function acceptContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('an event', () => {
    it('that is repeated gets the same reply and changes nothing', async () => {
      const house = openHouse();
      const first = await house.say('connect mendix-prod to hub-vnet', { id: 'e1', person: 'outsider' });
      const before = await countRows(house.store);

      const again = await house.say('connect mendix-prod to hub-vnet', { id: 'e1', person: 'outsider' });

      expect(first).toMatchObject({ outcome: 'refused', because: expect.stringContaining('no role here yet') });
      expect(again).toEqual(first);
      expect(await countRows(house.store)).toEqual(before);
    });

    it('that arrives several times at once, at two replicas, is taken once', async () => {
      const house = openHouse();
      const inboxes = [house.inbox, house.inboxOn(ground().second), house.inboxOn(ground().second)];

      const replies = await Promise.all(
        inboxes.map((inbox) => house.say('prod is down', { id: 'e1', person: 'outsider', inbox })),
      );

      expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
      expect(await countRows(house.store)).toMatchObject({ event: 1, flow: 1, effect: 1, message: 1, audit: 1 });
    });

    it('keeps the time at which it was taken, which never runs backwards in its case', async () => {
      const house = openHouse();
      await house.say('help', { id: 'e1' });
      house.clock.pass(-3600);

      await house.say('help', { id: 'e2' });

      const [first, second] = [await eventRow(house.store, 'e1'), await eventRow(house.store, 'e2')];
      expect(first?.at).toBe('2026-11-23T10:00:00.000Z');
      expect(second?.at).toBe(first?.at);
    });
  });

  describe('a case', () => {
    it('takes events that arrive at once at two replicas one after the other, and none is lost', async () => {
      const house = openHouse();
      await house.say('help', { id: 'first' });
      const caseId = await caseIn(house);
      const inboxes = [house.inbox, house.inboxOn(ground().second)];

      await Promise.all(
        Array.from({ length: 12 }, (_, index) => {
          const inbox = inboxes[index % 2] ?? house.inbox;
          return house.say('help', { id: `e${index}`, inbox });
        }),
      );

      const flow = await readFlow(house.store.read, caseId);
      expect(flow).toMatchObject({ revision: 13, auditSeq: 13 });
      expect(await countRows(house.store)).toMatchObject({ event: 13, flow: 1, audit: 13 });
    });

    it('begins once, when its first words are said at one moment at two replicas', async () => {
      const house = openHouse();
      const inboxes = [house.inbox, house.inboxOn(ground().second)];

      await Promise.all(inboxes.map((inbox, index) => house.say('help', { id: `e${index}`, inbox })));

      expect(await countRows(house.store)).toMatchObject({ event: 2, flow: 1, conversation: 1 });
    });

    it('owns the thread below each message that it posted at the top level', async () => {
      const house = openHouse();
      await house.say('help');
      const caseId = await caseIn(house);
      house.openOutbox();
      await house.askIn(caseId, text('approval', 'Approve?', 'on-call'));
      await expect.poll(() => house.platform.texts(), soon).toContain('Approve?');
      await expect.poll(() => threadIn(house.store, 'on-call'), soon).toMatch(/^posted-/);

      await house.say('help', {
        id: 'below',
        place: { ...thread(await threadIn(house.store, 'on-call')), conversation: 'on-call' },
      });

      expect(await eventRow(house.store, 'below')).toMatchObject({ case_id: caseId });
    });

    it('is another one for each first word at the top level', async () => {
      const house = openHouse();

      await house.say('help', { id: 'e1', place: team });
      await house.say('help', { id: 'e2', place: team });

      expect(await countRows(house.store)).toMatchObject({ flow: 2, conversation: 0 });
    });
  });

  describe('a lost race', () => {
    it.each(['40001', '40P01'])('(%s) is run again, four times if need be', async (code) => {
      const house = openHouse();

      const reply = await house.say('help', { id: 'e1', inbox: house.inboxOn(losing(house.store, 4, code)) });

      expect(reply.outcome).toBe('done');
      expect(await countRows(house.store)).toMatchObject({ event: 1, audit: 1 });
    });

    it('is given up the fifth time: the platform is told to send it again, and nothing is stored', async () => {
      const house = openHouse();
      const inbox = house.inboxOn(losing(house.store, 5, '40001'));

      await expect(house.say('help', { id: 'e1', inbox })).rejects.toMatchObject({ name: 'Busy' });

      expect(await countRows(house.store)).toMatchObject({ event: 0, flow: 0, audit: 0 });
      expect(await house.say('help', { id: 'e1', inbox })).toMatchObject({ outcome: 'done' });
    });

    it('of a click, which no platform repeats, asks the person to press again', async () => {
      const house = openHouse();
      await house.say('help');
      const message = `${await caseIn(house)}/help-1`;
      const before = await countRows(house.store);
      const inbox = house.inboxOn(losing(house.store, 5, '40001'));

      const busy = await house.press({ message, verb: 'start-support', inbox });

      expect(busy).toMatchObject({ outcome: 'refused', because: expect.stringContaining('press again') });
      expect(await countRows(house.store)).toEqual(before);
      expect(await house.press({ message, verb: 'start-support', inbox })).toMatchObject({ outcome: 'done' });
    });
  });
}

/** A database in which others are faster `times` times, as PostgreSQL tells it. */
function losing(store: Store, times: number, code: string): Store {
  let left = times;
  return {
    ...store,
    write(work) {
      left -= 1;
      return left < 0
        ? store.write(work)
        : Promise.reject(Object.assign(new Error('could not serialize access due to concurrent update'), { code }));
    },
  };
}

async function threadIn(store: Store, conversation: string): Promise<string> {
  const row = await store.read
    .selectFrom('conversation')
    .select('thread')
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  return row?.thread ?? '';
}
