import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/flows/effect.ts';
import { leaseNextMessage, leaseReads, releaseEffect } from '../../../src/store/effect-leases.ts';
import { claimWork, finishWork, nextDueAt, openWork } from '../../../src/store/effect-work.ts';
import { finishEffect, insertEffects, type NewEffect, readEffect } from '../../../src/store/effects.ts';
import type { Store } from '../../../src/store/store.ts';
import { at, later, type UseStores } from './stores.ts';

const leaseMs = 10_000;
const done = { status: 'done', outcome: { platformId: 'p1' }, finishedAt: later(1) } as const;

export function effectsContract(stores: UseStores): void {
  describe('messages', () => {
    it('of one lane go in order: the next one only when the head is finished, whoever asks', async () => {
      const { first, second } = stores();
      await insert(first, [message('m1', 'team'), message('m2', 'team')]);

      const head = await lease(first, 'one');
      const blocked = await lease(second, 'two');
      await first.write((tx) => finishEffect(tx, 'm1', done));
      const next = await lease(second, 'two');

      expect(head).toMatchObject({ id: 'm1', effect: { type: 'show', message: 'm1' }, attempts: 1 });
      expect(head?.mayHaveBeenSent).toBe(false);
      expect(blocked).toBeNull();
      expect(next?.id).toBe('m2');
    });

    it('of different lanes, and without a lane, do not wait for each other', async () => {
      const { first } = stores();
      await insert(first, [
        message('m1', 'team'),
        message('m2', 'team'),
        message('m3', 'support'),
        message('m4', null),
      ]);

      const leased = [await lease(first, 'one'), await lease(first, 'one'), await lease(first, 'one')];

      expect(leased.map((one) => one?.id)).toEqual(['m1', 'm3', 'm4']);
      expect(await lease(first, 'one')).toBeNull();
    });

    it('are taken over when the lease has run out, and may have been sent then', async () => {
      const { first, second } = stores();
      await insert(first, [message('m1', 'team')]);
      await lease(first, 'one');

      const tooEarly = await lease(second, 'two', later(9.999));
      const takenOver = await lease(second, 'two', later(10));

      expect(tooEarly).toBeNull();
      expect(takenOver).toMatchObject({ id: 'm1', attempts: 2, mayHaveBeenSent: true });
    });

    it('that the platform put off hold up their lane until their time, and then go first', async () => {
      const { first } = stores();
      await insert(first, [message('m1', 'team'), message('m2', 'team')]);
      await lease(first, 'one');

      const released = await first.write((tx) => releaseEffect(tx, 'm1', { owner: 'one', at: later(30), attempts: 0 }));
      const during = await lease(first, 'one', later(29));
      const after = await lease(first, 'one', later(30));

      expect(released).toBe(true);
      expect(during).toBeNull();
      expect(after).toMatchObject({ id: 'm1', attempts: 1, mayHaveBeenSent: false });
    });

    it('are not given back by somebody whose lease was taken over', async () => {
      const { first, second } = stores();
      await insert(first, [message('m1', 'team')]);
      await lease(first, 'one');
      await lease(second, 'two', later(10));

      const released = await first.write((tx) => releaseEffect(tx, 'm1', { owner: 'one', at, attempts: 1 }));

      expect(released).toBe(false);
      expect(await lease(first, 'one', later(11))).toBeNull();
    });

    it('that are not due yet are passed over, by their lane too', async () => {
      const { first } = stores();
      await insert(first, [{ ...message('m1', 'team'), dueAt: later(60) }, message('m2', 'team')]);

      const now = await lease(first, 'one');
      await first.write((tx) => finishEffect(tx, 'm2', done));
      const tooEarly = await lease(first, 'one', later(59));
      const due = await lease(first, 'one', later(60));

      expect(now?.id).toBe('m2');
      expect(tooEarly).toBeNull();
      expect(due?.id).toBe('m1');
    });

    it('tell whoever leases them when they expire', async () => {
      const { first } = stores();
      await insert(first, [{ ...message('m1', null), expiresAt: '2026-11-21T13:00:03Z' }]);

      expect(await lease(first, 'one', later(9))).toMatchObject({ expiresAt: later(3) });
    });

    it('end once; the first end stays', async () => {
      const { first } = stores();
      await insert(first, [message('m1', 'team')]);
      await lease(first, 'one');

      const ends = [
        await first.write((tx) => finishEffect(tx, 'm1', done)),
        await first.write((tx) => finishEffect(tx, 'm1', { ...done, status: 'failed', outcome: 'late' })),
      ];

      expect(ends).toEqual([true, false]);
      expect(await readEffect(first.read, 'm1')).toMatchObject({
        status: 'done',
        outcome: { platformId: 'p1' },
        finishedAt: later(1),
      });
    });

    it('are each leased once when two replicas take all they can at the same moment', async () => {
      const { first, second } = stores();
      const ids = Array.from({ length: 24 }, (_, index) => `m${index}`);
      await insert(
        first,
        ids.map((id) => message(id, null)),
      );

      const [one, two] = await Promise.all([leaseAll(first, 'one'), leaseAll(second, 'two')]);

      expect([...one, ...two].toSorted()).toEqual(ids.toSorted());
    });

    it('of one lane stay in order when two replicas empty it together', async () => {
      const { first, second } = stores();
      const ids = Array.from({ length: 20 }, (_, index) => `m${index}`);
      await insert(
        first,
        ids.map((id) => message(id, 'team')),
      );
      const sent: string[] = [];
      async function empty(store: Store, owner: string): Promise<void> {
        while (sent.length < ids.length) {
          const leased = await lease(store, owner);
          if (leased === null) continue;
          sent.push(leased.id);
          await store.write((tx) => finishEffect(tx, leased.id, done));
        }
      }

      await Promise.all([empty(first, 'one'), empty(second, 'two')]);

      expect(sent).toEqual(ids);
    });
  });

  describe('reads', () => {
    it('are leased several at once, oldest first, and taken over like messages', async () => {
      const { first, second } = stores();
      await insert(first, [discover('r1'), message('m1', 'team'), discover('r2'), discover('r3')]);

      const mine = await first.write((tx) => leaseReads(tx, { owner: 'one', now: at, leaseMs, limit: 2 }));
      const yours = await second.write((tx) => leaseReads(tx, { owner: 'two', now: at, leaseMs, limit: 2 }));
      const again = await second.write((tx) => leaseReads(tx, { owner: 'two', now: later(10), leaseMs, limit: 9 }));

      expect(mine.map((one) => one.id)).toEqual(['r1', 'r2']);
      expect(yours.map((one) => one.id)).toEqual(['r3']);
      expect(again.map((one) => one.id)).toEqual(['r1', 'r2', 'r3']);
    });
  });

  describe('work', () => {
    it('is offered when it is due, in the order in which it was asked for', async () => {
      const { first } = stores();
      await insert(first, [timer('w1', later(60)), work('w2'), message('m1', 'team'), work('w3')]);

      const now = await openWork(first.read, at, 10);
      const then = await openWork(first.read, later(60), 2);

      expect(now.map((one) => one.id)).toEqual(['w2', 'w3']);
      expect(then.map((one) => one.id)).toEqual(['w1', 'w2']);
      expect(await nextDueAt(first.read)).toBe(later(60));
    });

    it('is claimed by one run of two, and by that one as often as it asks', async () => {
      const { first, second } = stores();
      await insert(first, [work('w1')]);

      const claims = await Promise.all([
        first.write((tx) => claimWork(tx, 'w1', 'run-1')),
        second.write((tx) => claimWork(tx, 'w1', 'run-2')),
      ]);
      const winner = claims[0] ? 'run-1' : 'run-2';
      const again = await second.write((tx) => claimWork(tx, 'w1', winner));

      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(again).toBe(true);
      expect(await openWork(first.read, at, 10)).toEqual([]);
    });

    it('is finished once, by the run that holds it', async () => {
      const { first } = stores();
      await insert(first, [work('w1')]);
      await first.write((tx) => claimWork(tx, 'w1', 'run-1'));

      const ends = [];
      for (const runId of ['run-2', 'run-1', 'run-1']) {
        ends.push(await first.write((tx) => finishWork(tx, 'w1', { ...done, runId })));
      }

      expect(ends).toEqual([false, true, false]);
      expect(await first.write((tx) => claimWork(tx, 'w1', 'run-1'))).toBe(false);
      expect(await readEffect(first.read, 'w1')).toMatchObject({ status: 'done', runId: 'run-1' });
    });

    it('without a time has no next one', async () => {
      const { first } = stores();
      await insert(first, [work('w1')]);

      expect(await nextDueAt(first.read)).toBeNull();
      expect(await readEffect(first.read, 'unknown')).toBeNull();
    });
  });
}

function insert(store: Store, effects: readonly NewEffect[]): Promise<void> {
  return store.write((tx) => insertEffects(tx, effects));
}

function lease(store: Store, owner: string, now = at) {
  return store.write((tx) => leaseNextMessage(tx, { owner, now, leaseMs }));
}

async function leaseAll(store: Store, owner: string): Promise<string[]> {
  const ids: string[] = [];
  for (let leased = await lease(store, owner); leased !== null; leased = await lease(store, owner)) ids.push(leased.id);
  return ids;
}

function stored(id: string, effect: Effect): NewEffect {
  return { id, caseId: 'case-1', at, effect, lane: null, messageKey: null, dueAt: null, expiresAt: null };
}

function message(id: string, lane: string | null): NewEffect {
  const to = { platform: 'web', conversation: 'team', thread: null } as const;
  const content = { text: id, card: null, speaker: null };
  const show = { kind: 'message', type: 'show', message: id, to, content } as const;
  return {
    ...stored(id, { ...show, verbs: [], mention: [], onlyFor: null, expiresInSeconds: null }),
    lane,
    messageKey: `case-1/${id}`,
  };
}

function discover(id: string): NewEffect {
  return stored(id, { kind: 'read', type: 'discover', question: 1 });
}

function work(id: string): NewEffect {
  return stored(id, { kind: 'work', type: 'apply-plan', planId: 'plan-1' });
}

function timer(id: string, dueAt: string): NewEffect {
  const effect: Effect = { kind: 'work', type: 'timer', name: 'approval-expiry', about: 'approval-1', dueAt };
  return { ...stored(id, effect), dueAt };
}
