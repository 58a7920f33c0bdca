import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, type OutboxDeps } from '../../../src/conversation/outbox.ts';
import type { ReadHandlers } from '../../../src/conversation/handlers.ts';
import { effectRow, type House, houses, soon, text, type UseGround } from '../house.ts';

export function leaseContract(ground: UseGround): void {
  const openHouse = houses(ground);

  describe('a message in the hands of a replica that died', () => {
    it('is taken up by another one when the lease has ended, which is told that it may have been sent', async () => {
      const house = openHouse();
      const dying = house.openOutbox({ owner: 'dying' });
      house.platform.hold();
      const [id] = await house.ask(text('a', 'the only one'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);
      await dying.stop(0);
      const survivor = house.openOutbox({ owner: 'survivor', store: ground().second });

      house.clock.pass(9);
      survivor.wake();
      await expect.poll(async () => (await effectRow(house.store, id ?? '')).lease_owner, soon).toBe('dying');
      expect(house.platform.arrived).toHaveLength(1);
      house.clock.pass(2);
      survivor.wake();
      await expect.poll(() => house.platform.arrived.length, soon).toBe(2);
      house.platform.release();

      await expect.poll(async () => (await effectRow(house.store, id ?? '')).status, soon).toBe('done');
      expect(house.platform.arrived.map((message) => message.mayHaveBeenSent)).toEqual([false, true]);
    });
  });

  describe('a message in the hands of a replica that is alive', () => {
    // The clock of the leases is the house's own; these are for what the outbox does from time to time.
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('stays there while the platform is slow, for longer than a lease', async () => {
      const house = openHouse();
      house.platform.hold();
      house.openOutbox({ owner: 'slow' });
      const [id] = await house.ask(text('a', 'the only one'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);
      const before = (await effectRow(house.store, id ?? '')).lease_until;
      house.clock.pass(8);
      vi.advanceTimersByTime(3000);
      await expect.poll(async () => (await effectRow(house.store, id ?? '')).lease_until, soon).toBe(before + 8000);
      house.clock.pass(8);

      const other = house.openOutbox({ owner: 'other', store: ground().second });
      await other.stop(0);
      house.platform.release();

      await expect.poll(async () => (await effectRow(house.store, id ?? '')).status, soon).toBe('done');
      expect(house.platform.arrived).toHaveLength(1);
    });

    it('is given up when the platform never answers, and may have been sent', async () => {
      const house = openHouse();
      house.platform.hold();
      const outbox = house.openOutbox();
      const [id] = await house.ask(text('a', 'hangs'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      vi.advanceTimersByTime(60_000);
      await expect.poll(async () => (await effectRow(house.store, id ?? '')).status, soon).toBe('open');
      house.clock.pass(1);
      outbox.wake();

      await expect.poll(() => house.platform.arrived.length, soon).toBe(2);
      expect(house.platform.arrived[1]?.mayHaveBeenSent).toBe(true);
    });
  });

  describe('an outbox that stops', () => {
    it('finishes what is under way and takes nothing new', async () => {
      const house = openHouse();
      house.platform.hold();
      const outbox = house.openOutbox();
      await house.ask(text('a', 'under way'), text('b', 'next'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      const stopped = outbox.stop(5000);
      house.platform.release();
      await stopped;

      expect(house.platform.texts()).toEqual(['under way']);
      expect(await statuses(house)).toEqual(['done', 'open']);
    });

    it('waits no longer than it was told to', async () => {
      const house = openHouse();
      house.platform.hold();
      const outbox = house.openOutbox();
      await house.ask(text('a', 'hangs'));
      await expect.poll(() => house.platform.arrived.length, soon).toBe(1);

      await outbox.stop(10);

      expect(await statuses(house)).toEqual(['leased']);
    });

    it('also finishes a row that it was just taking', async () => {
      const house = openHouse();
      await house.ask(text('a', 'just taken'));
      const { promise: asked, resolve: isAsking } = Promise.withResolvers<void>();
      const { promise: answer, resolve: goOn } = Promise.withResolvers<void>();
      const slow: OutboxDeps['store'] = {
        ...house.store,
        async write(work) {
          isAsking();
          await answer;
          return house.store.write(work);
        },
      };
      const outbox = createOutbox({
        store: slow,
        owner: 'one',
        auditKey: 'test-audit-key',
        send: house.platform.send,
        openForm: house.platform.openForm,
        reads: {} as ReadHandlers,
        inbox: house.inbox,
        now: () => house.clock.now(),
        log: () => undefined,
      });
      outbox.wake();
      await asked;

      const stopped = outbox.stop(5000);
      goOn();
      await stopped;

      expect(await statuses(house)).toEqual(['done']);
    });
  });
}

async function statuses(house: House): Promise<string[]> {
  const rows = await house.store.read.selectFrom('effect').select('status').orderBy('seq').execute();
  return rows.map((row) => row.status);
}
