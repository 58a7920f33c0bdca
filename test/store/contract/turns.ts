import { describe, expect, it } from 'vitest';
import { areStillHeld, type HeldLock, releaseLock } from '../../../src/store/locks.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  keepTurn,
  leaveQueue,
  nextInLine,
  type NotYet,
  takeTurn,
  type Turn,
  type TurnRequest,
} from '../../../src/store/turns.ts';
import type { UseStores } from './stores.ts';

export function turnsContract(stores: UseStores): void {
  describe('whoever needs several locks', () => {
    it('takes all of them or none', async () => {
      const { first, second } = stores();
      const one = await take(first, 'one', ['b']);

      const two = await take(second, 'two', ['a', 'b', 'c']);

      expect(two).toEqual({ held: null, name: 'b', about: 'about one' });
      expect(names(await take(first, 'three', ['d']))).toEqual(['d']);
      await release(first, one);
      expect(names(await take(second, 'two', ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
    });

    it('is served in the order in which they came, whichever replica asks', async () => {
      const { first, second } = stores();
      const holder = await take(first, 'holder', ['hub']);
      const waiters = ['w1', 'w2', 'w3', 'w4'];
      for (const [index, waiter] of waiters.entries()) {
        await take(index % 2 === 0 ? first : second, waiter, ['hub']);
      }
      await release(first, holder);
      const served: string[] = [];
      while (served.length < waiters.length) {
        for (const waiter of waiters.toReversed().filter((name) => !served.includes(name))) {
          const turn = await take(second, waiter, ['hub']);
          if (turn.held !== null) {
            served.push(waiter);
            await release(second, turn);
          }
        }
      }

      expect(served).toEqual(waiters);
    });

    it('never has what another one has, when all ask at once', async () => {
      const { first, second } = stores();
      const wanted = [['a', 'b'], ['b', 'c'], ['c', 'a'], ['a'], ['b'], ['c']];

      const turns = await Promise.all(
        wanted.map((locks, index) => take(index % 2 === 0 ? first : second, `w${index}`, locks)),
      );

      const held = turns.flatMap(names);
      expect(new Set(held).size).toBe(held.length);
    });

    it('keeps its place when its process died and another one asks', async () => {
      const { first, second } = stores();
      const holder = await take(first, 'holder', ['hub']);
      await take(first, 'dead', ['hub'], { owner: 'the dead one' });
      await take(first, 'later', ['hub']);
      await first.write((tx) => tx.updateTable('lock').set({ until: 0 }).where('name', '=', 'turn/dead').execute());

      await take(second, 'dead', ['hub'], { owner: 'the one that took over' });
      await release(first, holder);

      expect(await take(first, 'later', ['hub'])).toMatchObject({ held: null, about: 'about dead' });
      expect(names(await take(second, 'dead', ['hub'], { owner: 'the one that took over' }))).toEqual(['hub']);
    });

    it('keeps its place by asking alone, and takes nothing by it', async () => {
      const { first, second } = stores();
      const holder = await take(first, 'holder', ['hub']);

      expect(await keep(second, 'w1', ['hub'])).toEqual({ held: null, name: 'hub', about: 'about holder' });
      await take(first, 'w2', ['hub']);
      await release(first, holder);

      expect(await take(first, 'w2', ['hub'])).toMatchObject({ held: null, about: 'about w1' });
      expect(await keep(second, 'w1', ['hub'])).toBeNull();
      expect(names(await take(second, 'w1', ['hub']))).toEqual(['hub']);
    });

    it('needs no place for nothing', async () => {
      expect(await keep(stores().first, 'none', [])).toBeNull();
    });

    it('is named as the next in line, unless somebody who came first needs the same', async () => {
      const { first, second } = stores();
      await take(first, 'holder', ['a', 'b', 'c']);
      await take(first, 'w1', ['a']);
      await take(second, 'w2', ['a', 'b']);
      await take(second, 'w3', ['c']);
      await take(second, 'w4', ['a', 'z']);

      expect(await first.write((tx) => nextInLine(tx, ['a', 'b', 'c']))).toEqual(['w1', 'w3']);
      expect(await first.write((tx) => nextInLine(tx, ['d']))).toEqual([]);
    });

    it('and asks no more is no longer waited for', async () => {
      const { first, second } = stores();
      const holder = await take(first, 'holder', ['hub']);
      await take(first, 'gone', ['hub']);
      await take(first, 'left', ['hub']);
      await first.write((tx) => tx.updateTable('lock').set({ until: 0 }).where('name', '=', 'turn/gone').execute());
      await first.write((tx) => leaveQueue(tx, 'left'));
      await release(first, holder);

      expect(names(await take(second, 'next', ['hub']))).toEqual(['hub']);
    });

    it('knows by the fence that it was taken over', async () => {
      const { first, second } = stores();
      const { held } = await take(first, 'one', ['a', 'b']);
      const locks = held ?? [];
      expect(await first.write((tx) => areStillHeld(tx, locks))).toBe(true);
      await second.write((tx) => tx.updateTable('lock').set({ until: 0 }).where('name', '=', 'b').execute());
      expect(await first.write((tx) => areStillHeld(tx, locks))).toBe(false);

      await take(second, 'two', ['b'], { owner: 'process of one' });

      expect(await first.write((tx) => areStillHeld(tx, locks))).toBe(false);
    });
  });
}

function take(store: Store, waiter: string, locks: string[], more: Partial<TurnRequest> = {}): Promise<Turn> {
  return store.write((tx) => takeTurn(tx, { ...requestOf(waiter, locks), ...more }));
}

function keep(store: Store, waiter: string, locks: string[]): Promise<NotYet | null> {
  return store.write((tx) => keepTurn(tx, requestOf(waiter, locks)));
}

function requestOf(waiter: string, locks: string[]): TurnRequest {
  return { waiter, owner: `process of ${waiter}`, names: locks, ttlSeconds: 60, about: `about ${waiter}` };
}

async function release(store: Store, { held }: Turn): Promise<void> {
  await store.write(async (tx) => {
    for (const lock of held ?? []) await releaseLock(tx, lock);
  });
}

function names({ held }: Turn): string[] {
  return (held ?? []).map(({ name }: HeldLock) => name);
}
