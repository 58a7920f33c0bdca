import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { type House, type HouseOptions, openHouse, openTestStore } from './house.ts';

/** Gives every test of a file a simulator and a store of its own; both are closed after it. */
export function openForEach(take: (opened: { house: House; store: Store }) => void, options: HouseOptions = {}): void {
  const closers: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    const house = await openHouse(options);
    closers.push(() => house.close());
    const { close, store } = await openTestStore();
    closers.push(close);
    take({ house, store });
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) {
      await close();
    }
  });
}
