import { describe, expect, it } from 'vitest';
import { HeldBack, Throttled, Undeliverable } from '../../../src/channels/channel.ts';
import { showText } from '../../../src/flows/message.ts';
import { readFlow } from '../../../src/store/flows.ts';
import { atRest, caseIn, effectRow, eventRow, houses, soon, text, textOf, thread, type UseGround } from '../house.ts';

export function laneContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('the messages of one conversation', () => {
    it('go out in the order in which they were asked for, whichever replica sends them', async () => {
      const house = openHouse();
      house.openOutbox({ owner: 'one' });
      house.openOutbox({ owner: 'two', store: ground().second });
      const wanted = Array.from({ length: 30 }, (_, index) => `message ${index}`);

      for (const says of wanted) {
        await house.ask(text(says, says));
      }

      await expect.poll(() => house.platform.texts().length, soon).toBe(30);
      expect(house.platform.texts()).toEqual(wanted);
    });

    it('wait for the first one, which the platform put off; those of another conversation do not', async () => {
      const house = openHouse();
      house.platform.refuse('team', new Throttled('Slow down.', 30_000));
      const outbox = house.openOutbox();
      const [head] = await house.ask(text('a', 'first'), text('b', 'second'), text('c', 'elsewhere', 'support'));

      await expect.poll(() => house.platform.texts(), soon).toEqual(['elsewhere']);
      await atRest(house.store);
      house.clock.pass(29);
      outbox.wake();
      await expect.poll(async () => (await effectRow(house.store, head ?? '')).status, soon).toBe('open');
      expect(house.platform.texts()).toEqual(['elsewhere']);
      house.clock.pass(2);
      outbox.wake();

      await expect.poll(() => house.platform.texts(), soon).toEqual(['elsewhere', 'first', 'second']);
      // Whoever was turned away was not let in, so nothing has to be looked for.
      expect(house.platform.arrived.map((message) => message.mayHaveBeenSent)).not.toContain(true);
    });

    it('do not wait for an edit that the platform holds back, and it is sent as it stands by then', async () => {
      const house = openHouse();
      const outbox = house.openOutbox();
      await house.ask(text('card', 'first'));
      await expect.poll(() => house.platform.texts(), soon).toEqual(['first']);
      house.platform.refuse('team', new HeldBack('Edited a moment ago.', 3000));

      await house.ask(text('card', 'second'), text('other', 'elsewhere'));
      await expect.poll(() => house.platform.texts(), soon).toEqual(['first', 'elsewhere']);
      await atRest(house.store);
      house.clock.pass(2);
      outbox.wake();
      await atRest(house.store);
      expect(house.platform.texts()).toEqual(['first', 'elsewhere']);
      house.clock.pass(2);
      outbox.wake();

      await expect.poll(() => house.platform.texts(), soon).toEqual(['first', 'elsewhere', 'second']);
      await expect.poll(() => openRows(house.store), soon).toBe(0);
    });

    it('wait for one that failed for no clear reason, which may have been sent by then', async () => {
      const house = openHouse();
      house.platform.refuse('team', new Error('socket hang up'));
      const outbox = house.openOutbox();
      await house.ask(text('a', 'first'), text('b', 'second'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      await atRest(house.store);
      house.clock.pass(1);
      outbox.wake();
      await expect.poll(() => house.platform.texts(), soon).toEqual(['first', 'second']);

      const tries = house.platform.arrived.map((message) => [message.content.text, message.mayHaveBeenSent]);
      expect(tries).toEqual([
        ['first', false],
        ['first', true],
        ['second', false],
      ]);
    });

    it('do not wait for one that can never be sent: it fails, its case hears of it, and the lane goes on', async () => {
      const house = openHouse();
      await house.say('help');
      const caseId = await caseIn(house);
      house.platform.refuse('on-call', new Undeliverable('There is no such room.'));
      house.openOutbox();

      const [bad] = await house.askIn(caseId, text('a', 'never', 'on-call'), text('b', 'next', 'on-call'));

      await expect.poll(() => house.platform.texts(), soon).toContain('next');
      expect(await effectRow(house.store, bad ?? '')).toMatchObject({ status: 'failed' });
      expect(JSON.parse((await eventRow(house.store, `${bad}/failed`))?.body ?? '')).toEqual({
        type: 'effect-failed',
        effect: bad,
        of: 'show',
        because: 'There is no such room.',
      });
      expect((await readFlow(house.store.read, caseId))?.revision).toBe(2);
    });

    it('do not wait for ever for one that fails again and again', async () => {
      const house = openHouse();
      house.platform.refuse('team', new Error('broken'), 99);
      const outbox = house.openOutbox();
      const [bad] = await house.ask(text('a', 'broken'));
      function tries(): number {
        return house.platform.arrived.filter((message) => message.content.text === 'broken').length;
      }

      // Time goes on only between two tries: a lease that ran out in the middle of one would make another of it.
      for (let count = 1; count <= 8; count += 1) {
        await expect.poll(tries, soon).toBe(count);
        await atRest(house.store);
        house.clock.pass(31);
        outbox.wake();
      }

      await expect.poll(async () => (await effectRow(house.store, bad ?? '')).status, soon).toBe('failed');
      expect(tries()).toBe(8);
    });

    it('do not wait for ever for a platform that always puts off', async () => {
      const house = openHouse();
      house.platform.refuse('team', new Throttled('Slow down.', 1000), 99);
      const outbox = house.openOutbox();
      const [bad] = await house.ask(text('a', 'put off'));

      await expect
        .poll(async () => {
          await atRest(house.store);
          house.clock.pass(300);
          outbox.wake();
          return (await effectRow(house.store, bad ?? '')).status;
        }, soon)
        .toBe('failed');
    });
  });

  describe('an answer for one person', () => {
    it('does not wait behind a conversation that stands still', async () => {
      const house = openHouse();
      house.platform.refuse('team', new Throttled('Slow down.', 30_000));
      house.openOutbox();
      await house.ask(text('a', 'first'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      await house.ask(showText('answer', thread('root'), 'for you', { onlyFor: 'requester' }));

      await expect.poll(() => house.platform.texts(), soon).toEqual(['for you']);
    });

    it('that is too late is dropped, and the person is told to press again', async () => {
      const house = openHouse();
      const [late] = await house.ask(showText('answer', thread('root'), 'too late', { onlyFor: 'requester' }));
      house.clock.pass(601);

      house.openOutbox();

      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);
      expect(house.platform.arrived[0]).toMatchObject({ onlyFor: 'requester', place: thread('root') });
      expect(house.platform.texts()).toEqual([expect.stringContaining('Press the button once more')]);
      expect(await effectRow(house.store, late ?? '')).toMatchObject({ status: 'dropped', outcome: '"expired"' });
    });
  });

  describe('a message that is edited while the platform is slow', () => {
    it('is sent as it stands by then: fewer sends, none out of order, and the last one always', async () => {
      const house = openHouse();
      house.platform.hold();
      house.openOutbox({ owner: 'one' });
      house.openOutbox({ owner: 'two', store: ground().second });
      await house.ask(text('card', 'revision 1'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      for (let revision = 2; revision <= 11; revision += 1) {
        await house.ask(text('card', `revision ${revision}`));
      }
      house.platform.release();

      await expect.poll(() => openRows(house.store), soon).toBe(0);
      expect(house.platform.texts()).toEqual(['revision 1', 'revision 11']);
      const [posted, edited] = house.platform.arrived;
      expect([posted?.platformId, edited?.revision]).toEqual([null, 11]);
      expect(edited?.platformId).toMatch(/^posted-/);
    });

    it('never goes back, however edits and sends fall together', async () => {
      const house = openHouse();
      house.openOutbox({ owner: 'one' });
      house.openOutbox({ owner: 'two', store: ground().second });

      await Promise.all(Array.from({ length: 40 }, (_, index) => house.ask(text('card', `edit ${index}`))));

      await expect.poll(() => openRows(house.store), soon).toBe(0);
      const revisions = house.platform.arrived.map((message) => message.revision);
      expect(revisions).toEqual(revisions.toSorted((one, other) => one - other));
      expect(new Set(revisions).size).toBe(revisions.length);
      expect(house.platform.texts().at(-1)).toBe(await textOf(house.store, 'case-1/card'));
    });
  });
}

async function openRows(store: { read: ReturnType<UseGround>['first']['read'] }): Promise<number> {
  const rows = await store.read.selectFrom('effect').select('id').where('status', 'in', ['open', 'leased']).execute();
  return rows.length;
}
