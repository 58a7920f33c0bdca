import { describe, expect, it } from 'vitest';
import type { AdHocFreeze } from '../../../src/flows/control-state.ts';
import {
  findStop,
  insertFreeze,
  insertStop,
  liftFreezes,
  liftStops,
  listFreezes,
  readStop,
} from '../../../src/store/control.ts';
import { at, later, type UseStores } from './stores.ts';

export function controlContract(stores: UseStores): void {
  describe('the stop switch', () => {
    it('is read by every replica, with who pulled it, when and why, until somebody releases it', async () => {
      const { first, second } = stores();
      expect(await readStop(second)).toBeNull();

      await first.write((tx) => insertStop(tx, { id: 'c1/2', by: 'ada', at, reason: 'wrong network' }));

      expect(await readStop(second)).toEqual({ id: 'c1/2', by: 'ada', at, reason: 'wrong network' });
      const lifted = await second.write((tx) => liftStops(tx, { by: 'bob', at: later(60), reason: 'mended' }));
      expect(lifted).toBe(1);
      expect(await readStop(first)).toBeNull();
    });

    it('pulled by two at the same moment is released as a whole, and the first one counts until then', async () => {
      const { first, second } = stores();
      await first.write((tx) => insertStop(tx, { id: 'c1/2', by: 'ada', at, reason: 'one' }));
      await second.write((tx) => insertStop(tx, { id: 'c2/2', by: 'bob', at: later(1), reason: 'two' }));

      expect((await first.write((tx) => findStop(tx)))?.by).toBe('ada');
      expect(await first.write((tx) => liftStops(tx, { by: 'ada', at: later(2), reason: 'over' }))).toBe(2);
      expect(await readStop(second)).toBeNull();
      expect(await first.write((tx) => liftStops(tx, { by: 'ada', at: later(3), reason: 'again' }))).toBe(0);
    });

    it('that was released stays known', async () => {
      const { first } = stores();
      await first.write((tx) => insertStop(tx, { id: 'c1/2', by: 'ada', at, reason: 'one' }));
      await first.write((tx) => liftStops(tx, { by: 'bob', at: later(2), reason: 'over' }));

      const rows = await first.read.selectFrom('control').selectAll().execute();

      expect(rows).toMatchObject([{ by: 'ada', lifted_by: 'bob', lifted_at: later(2), lifted_because: 'over' }]);
    });
  });

  describe('freezes that people made', () => {
    it('come back as they were stored, oldest first, without those that are over', async () => {
      const { first, second } = stores();
      const frozen = [
        freeze({ id: 'c1/2', environments: ['mendix-prod'], until: later(3600) }),
        freeze({ id: 'c2/2', at: later(1), mode: 'second-approval' }),
      ];
      await first.write(async (tx) => {
        for (const one of frozen.toReversed()) {
          await insertFreeze(tx, one);
        }
        await insertFreeze(tx, freeze({ id: 'c3/2', until: later(5) }));
      });

      expect(await listFreezes(second.read, later(5))).toEqual(frozen);
    });

    it('are lifted once, and the stop switch is another matter', async () => {
      const { first, second } = stores();
      await first.write(async (tx) => {
        await insertFreeze(tx, freeze({ id: 'c1/2' }));
        await insertFreeze(tx, freeze({ id: 'c1/3' }));
        await insertStop(tx, { id: 'c1/4', by: 'ada', at, reason: 'stop' });
      });
      const lifting = { by: 'bob', at: later(9), reason: 'over' };

      expect(await second.write((tx) => liftFreezes(tx, ['c1/2', 'c1/4'], lifting))).toBe(1);
      expect(await second.write((tx) => liftFreezes(tx, ['c1/2'], lifting))).toBe(0);
      expect(await second.write((tx) => liftFreezes(tx, [], lifting))).toBe(0);

      expect((await listFreezes(first.read, later(10))).map(({ id }) => id)).toEqual(['c1/3']);
      expect(await readStop(first)).not.toBeNull();
    });
  });
}

function freeze(parts: Partial<AdHocFreeze>): AdHocFreeze {
  const whole = { by: 'ada', at, reason: 'go-live', environments: null, mode: 'wait' as const, from: at, until: null };
  return { id: 'c1/1', ...whole, ...parts };
}
