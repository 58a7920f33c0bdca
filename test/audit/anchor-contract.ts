import { describe, expect, it } from 'vitest';
import { writeAnchor } from '../../src/audit/anchor.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Tx } from '../../src/store/store.ts';
import { at, later, type UseStores } from '../store/contract/stores.ts';
import { fill, key, record } from './chains.ts';

export function anchorContract(stores: UseStores): void {
  describe('anchors', () => {
    it('are chained, and name only the cases that moved', async () => {
      const { first, second } = stores();
      await record(first, 'case-a', {});
      const one = await writeAnchor(first, Temporal.Instant.from(at));
      await record(first, 'case-a', {});
      await record(first, 'case-b', {});
      const two = await writeAnchor(second, Temporal.Instant.from(later(60)));

      expect(one).toMatchObject({ seq: 1, at, cases: 1, previous: '' });
      expect(two).toMatchObject({ seq: 2, at: later(60), cases: 2, previous: one?.hash });
      expect(await verifyAudit(first, key)).toMatchObject({ anchors: 2, problems: [] });
    });

    it('stay the same while nothing moves', async () => {
      const { first } = stores();
      await record(first, 'case-a', {});
      const one = await writeAnchor(first, Temporal.Instant.from(at));

      expect(await writeAnchor(first, Temporal.Instant.from(later(60)))).toEqual(one);
    });

    it('are written once by two replicas at the same moment', async () => {
      const { first, second } = stores();
      await record(first, 'case-a', {});

      await Promise.all([first, second].map((store) => writeAnchor(store, Temporal.Instant.from(at))));

      expect(await verifyAudit(first, key)).toMatchObject({ anchors: 1, problems: [] });
    });

    const damages: [name: string, damage: (tx: Tx) => Promise<unknown>, problem: string][] = [
      ['changed', (tx) => tx.updateTable('anchor').set({ cases: 7 }).where('seq', '=', 2).execute(), 'anchor changed'],
      [
        'without a case that they named',
        (tx) => tx.deleteFrom('anchor_case').where('anchor', '=', 2).execute(),
        'anchor changed',
      ],
      ['taken out', (tx) => tx.deleteFrom('anchor').where('seq', '=', 2).execute(), 'anchor missing'],
    ];

    it.each(damages)('are found when they were %s', async (_name, damage, problem) => {
      const { first } = stores();
      for (let minute = 0; minute < 3; minute += 1) {
        await record(first, 'case-a', { minute });
        await writeAnchor(first, Temporal.Instant.from(later(60 * minute)));
      }

      await first.write(damage);

      expect((await verifyAudit(first, key)).problems).toEqual([{ caseId: null, seq: 2, problem }]);
    });

    it('are found when the last one was taken out', async () => {
      const { first } = stores();
      await record(first, 'case-a', {});
      await writeAnchor(first, Temporal.Instant.from(at));

      await first.write((tx) => tx.deleteFrom('anchor').execute());

      expect((await verifyAudit(first, key)).problems).toEqual([{ caseId: null, seq: 1, problem: 'anchor missing' }]);
    });

    it('take thousands of cases and entries', async () => {
      const { first } = stores();
      await first.write((tx) => fill(tx, 1100));
      await writeAnchor(first, Temporal.Instant.from(at));

      const report = await verifyAudit(first, key);

      expect(report).toMatchObject({ cases: 1100, entries: 2200, anchors: 1, problems: [] });
      expect(report.erased).toHaveLength(2200);
    });
  });
}
