import { beforeEach, describe, expect, it } from 'vitest';
import { writeAnchor } from '../../src/audit/anchor.ts';
import { AuditConflict } from '../../src/audit/append.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Tx } from '../../src/store/store.ts';
import { at, type UseStores } from '../store/contract/stores.ts';
import { append, key, record } from './chains.ts';

export function auditContract(stores: UseStores): void {
  describe('the audit', () => {
    beforeEach(async () => {
      const { first } = stores();
      for (const caseId of ['Case-b', 'case-a']) {
        for (let seq = 1; seq <= 4; seq += 1) await record(first, caseId, { seq, words: 'Grüße' });
      }
      await writeAnchor(first, Temporal.Instant.from(at));
    });

    it('verifies as it was written', async () => {
      expect(await verifyAudit(stores().second, key)).toEqual({
        cases: 2,
        entries: 8,
        anchors: 1,
        copies: null,
        erased: [],
        unexplained: [],
        problems: [],
      });
    });

    it('verifies when nothing was written yet, and then has no anchor', async () => {
      const { first } = stores();
      await first.write(async (tx) => {
        for (const table of ['audit', 'audit_payload', 'anchor', 'anchor_case', 'flow'] as const)
          await tx.deleteFrom(table).execute();
      });

      expect(await writeAnchor(first, Temporal.Instant.from(at))).toBeNull();
      expect(await verifyAudit(first, key)).toMatchObject({ cases: 0, entries: 0, anchors: 0, problems: [] });
    });

    it('tells an erased payload from a broken chain', async () => {
      const { first } = stores();
      await first.write((tx) => tx.deleteFrom('audit_payload').where('seq', '=', 2).execute());

      const report = await verifyAudit(first, key);

      expect(report.problems).toEqual([]);
      expect(report.erased).toHaveLength(2);
      expect(report.erased).toContainEqual({ caseId: 'case-a', seq: 2 });
    });

    it('shows by the key that no payload was made up', async () => {
      const report = await verifyAudit(stores().first, 'another key');

      expect(report.problems).toHaveLength(8);
      expect(report.problems[0]).toMatchObject({ problem: 'payload changed' });
    });

    const damages: [name: string, damage: (tx: Tx) => Promise<unknown>, problems: [number, string][]][] = [
      ['a changed entry', (tx) => change(tx, 2, { type: 'clicked' }), [[2, 'entry changed']]],
      [
        'a changed entry with another hash',
        (tx) => change(tx, 2, { type: 'clicked', hash: 'made up' }),
        [
          [2, 'entry changed'],
          [3, 'entry out of order'],
        ],
      ],
      ['a missing entry', (tx) => remove(tx, 2), [[2, 'entry missing']]],
      ['a missing first entry', (tx) => remove(tx, 1), [[1, 'entry missing']]],
      [
        'two entries in the other order',
        async (tx) => {
          await renumber(tx, 2, 99);
          await renumber(tx, 3, 2);
          await renumber(tx, 99, 3);
        },
        [
          [2, 'entry out of order'],
          [3, 'entry out of order'],
          [4, 'entry out of order'],
        ],
      ],
      [
        'a changed payload',
        (tx) =>
          tx
            .updateTable('audit_payload')
            .set({ body: '{}' })
            .where('case_id', '=', 'case-a')
            .where('seq', '=', 3)
            .execute(),
        [[3, 'payload changed']],
      ],
      [
        'a payload that was moved away, so that its entry looks erased',
        (tx) =>
          tx
            .updateTable('audit_payload')
            .set({ seq: 9 })
            .where('case_id', '=', 'case-a')
            .where('seq', '=', 3)
            .execute(),
        [[9, 'payload without entry']],
      ],
      ['a cut tail', (tx) => remove(tx, 4), [[4, 'tail cut']]],
      [
        'a cut tail that the case was told of',
        async (tx) => {
          await remove(tx, 4);
          await setHead(tx, 3);
        },
        [[4, 'tail cut']],
      ],
      ['an entry that the case does not know', (tx) => setHead(tx, 3), [[4, 'entry added']]],
      [
        'a case that is gone with all its entries',
        async (tx) => {
          for (const table of ['flow', 'audit', 'audit_payload'] as const)
            await tx.deleteFrom(table).where('case_id', '=', 'case-a').execute();
        },
        [[1, 'case missing']],
      ],
      [
        'a case whose entries remain',
        (tx) => tx.deleteFrom('flow').where('case_id', '=', 'case-a').execute(),
        [[4, 'case missing']],
      ],
    ];

    it.each(damages)('finds %s', async (_name, damage, problems) => {
      const { first } = stores();
      await first.write(damage);

      const report = await verifyAudit(first, key);

      expect(report.problems.toSorted((left, right) => left.seq - right.seq)).toEqual(
        problems.map(([seq, problem]) => ({ caseId: 'case-a', seq, problem })),
      );
    });

    it('refuses a second entry of one number, so that the write is run again', async () => {
      const { first } = stores();

      const again = first.write((tx) => append(tx, 'case-a', { seq: 3, hash: 'x' }, {}));

      await expect(again).rejects.toThrow(AuditConflict);
      await expect(again).rejects.toMatchObject({ code: '40001' });
      expect((await verifyAudit(first, key)).problems).toEqual([]);
    });
  });
}

function change(tx: Tx, seq: number, to: { type?: string; hash?: string }) {
  return tx.updateTable('audit').set(to).where('case_id', '=', 'case-a').where('seq', '=', seq).execute();
}

async function renumber(tx: Tx, seq: number, to: number): Promise<void> {
  for (const table of ['audit', 'audit_payload'] as const)
    await tx.updateTable(table).set({ seq: to }).where('case_id', '=', 'case-a').where('seq', '=', seq).execute();
}

async function remove(tx: Tx, seq: number): Promise<void> {
  for (const table of ['audit', 'audit_payload'] as const)
    await tx.deleteFrom(table).where('case_id', '=', 'case-a').where('seq', '=', seq).execute();
}

/** Makes the case believe that its chain ends there. */
async function setHead(tx: Tx, seq: number): Promise<void> {
  await tx
    .updateTable('flow')
    .set((flow) => ({
      audit_seq: seq,
      audit_head: flow
        .selectFrom('audit')
        .select('hash')
        .where('audit.case_id', '=', 'case-a')
        .where('audit.seq', '=', seq)
        .$asScalar(),
    }))
    .where('case_id', '=', 'case-a')
    .execute();
}
