import { beforeEach, describe, expect, it } from 'vitest';
import { writeAnchor } from '../../src/audit/anchor.ts';
import type { OutsideAnchors } from '../../src/audit/outside.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { at, later } from '../store/contract/stores.ts';
import { key, record } from './chains.ts';
import { forgePayload, makeAnchorsAnew, makeChainAnew, removeCase, removeEntry, smallDamages } from './forgery.ts';

const sealedBy = '';

/** What is found when somebody changes the record, from a single character to the whole of it. */
export function tamperingContract(open: () => Store): void {
  let outside: OutsideAnchors;

  beforeEach(async () => {
    const store = open();
    await record(store, 'case-a', { words: 'connect mendix-prod' });
    await record(store, 'case-b', { words: 'prod is down' });
    await writeAnchor(store, Temporal.Instant.from(at));
    await record(store, 'case-a', { words: 'approved' });
    await record(store, 'case-a', { words: 'written' });
    const newest = await writeAnchor(store, Temporal.Instant.from(later(60)));
    outside = { anchors: [{ seq: newest?.seq ?? 0, hash: newest?.hash ?? '', sealedBy }], unreadable: [] };
  });

  async function problems(withCopy: boolean): Promise<string[]> {
    const report = await verifyAudit(open(), key, withCopy ? outside : null);
    return report.problems.map(({ caseId, seq, problem }) => `${caseId ?? 'anchor'} ${seq} ${problem}`);
  }

  it('is nothing, when nobody did', async () => {
    expect(await problems(true)).toEqual([]);
  });

  it('is a single character that was changed, in whichever column of whichever row', async () => {
    const store = open();
    const unnoticed: string[] = [];
    const damages = await smallDamages(store);
    for (const damage of damages) {
      await store.write((tx) => damage.apply(tx));
      if ((await problems(false)).length === 0) {
        unnoticed.push(damage.name);
      }
      await store.write((tx) => damage.revert(tx));
    }

    expect(damages.length).toBeGreaterThan(60);
    expect(unnoticed).toEqual([]);
    expect(await problems(true)).toEqual([]);
  });

  const forgeries: [name: string, forge: (tx: Tx) => Promise<void>][] = [
    [
      'another payload, its chain made anew',
      async (tx) => {
        await forgePayload(tx, 'case-a', 2, '{"words":"denied"}');
        await makeChainAnew(tx, 'case-a');
        await makeAnchorsAnew(tx);
      },
    ],
    [
      'an entry less, its chain and all anchors made anew',
      async (tx) => {
        await removeEntry(tx, 'case-a', 2);
        await makeChainAnew(tx, 'case-a');
        await makeAnchorsAnew(tx);
      },
    ],
    [
      'another time, its chain and all anchors made anew',
      async (tx) => {
        await tx
          .updateTable('audit')
          .set({ at: later(-60) })
          .where('case_id', '=', 'case-a')
          .where('seq', '=', 3)
          .execute();
        await makeChainAnew(tx, 'case-a');
        await makeAnchorsAnew(tx);
      },
    ],
  ];

  it.each(forgeries)('is %s, even without a copy outside: only who has the key makes digests', async (_name, forge) => {
    await open().write(forge);

    expect((await problems(false)).filter((problem) => problem.includes('payload changed'))).not.toEqual([]);
  });

  const thefts: [name: string, steal: (tx: Tx) => Promise<void>][] = [
    [
      'a cut tail that nothing inside remembers',
      async (tx) => {
        await removeEntry(tx, 'case-a', 3);
        await makeChainAnew(tx, 'case-a');
        await makeAnchorsAnew(tx);
      },
    ],
    [
      'a case that nothing inside remembers',
      async (tx) => {
        await removeCase(tx, 'case-b');
        await makeAnchorsAnew(tx);
      },
    ],
    [
      'a record that was erased and made anew as a whole',
      async (tx) => {
        await tx.deleteFrom('audit_payload').execute();
        await removeEntry(tx, 'case-a', 2);
        await makeChainAnew(tx, 'case-a');
        await makeAnchorsAnew(tx);
      },
    ],
    [
      'the last anchor, with what it names',
      async (tx) => {
        await tx.deleteFrom('anchor').where('seq', '=', 2).execute();
        await tx.deleteFrom('anchor_case').where('anchor', '=', 2).execute();
      },
    ],
  ];

  it.each(thefts)('is %s, by the copy outside', async (_name, steal) => {
    await open().write(steal);

    expect(await problems(false)).toEqual([]);
    expect(await problems(true)).toEqual([
      expect.stringMatching(/^anchor \d (?:anchor missing|anchor unlike its copy outside)$/),
    ]);
  });

  it('is an anchor that is unlike its copy outside', async () => {
    outside = { anchors: [{ seq: 1, hash: 'another', sealedBy }], unreadable: [4] };

    expect(await problems(true)).toEqual([
      'anchor 1 anchor unlike its copy outside',
      'anchor 4 copy outside unreadable',
    ]);
  });

  describe('without the key', () => {
    it('is the chain and the anchors, but no payload', async () => {
      await open().write((tx) => tx.updateTable('audit_payload').set({ body: '{}' }).execute());

      expect((await verifyAudit(open(), null)).problems).toEqual([]);

      await open().write((tx) => removeEntry(tx, 'case-a', 2));

      expect((await verifyAudit(open(), null)).problems).toEqual([
        { caseId: 'case-a', seq: 2, problem: 'entry missing' },
      ]);
    });
  });
}
