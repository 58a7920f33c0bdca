import { describe, expect, it } from 'vitest';
import { erasureType } from '../../../src/audit/erase.ts';
import { verifyAudit } from '../../../src/audit/verify.ts';
import { eraseCase } from '../../../src/conversation/erase-case.ts';
import { appendChat } from '../../../src/store/chat.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { caseIn, type House, houses, soon, text, thread, type UseGround } from '../house.ts';

/** As the house of the tests has it. */
const auditKey = 'test-audit-key';
const secretWords = 'the Zanzibar ledger is wrong since 8';

export function eraseContract(ground: UseGround): void {
  const openHouse = houses(ground);

  /** A problem that was put off, with everything that it left in the tables. */
  async function closedCase(): Promise<{ house: House; caseId: string }> {
    const house = openHouse();
    await house.say(`prod is down, ${secretWords}, recovery button did nothing`, { place: thread('root') });
    const caseId = await caseIn(house);
    const message = `${caseId}/support`;
    await house.press({ message, verb: 'triage-continue', inputs: { faultLocation: 'unknown' } });
    const chat = { conversation: 'team', thread: null, sender: 'requester', speaker: null, onlyFor: null };
    const words = { messageKey: null, card: null, verbs: [], mention: [], revision: 1, text: secretWords };
    await house.store.write((tx) =>
      appendChat(tx, { id: 'root', ...chat, ...words, at: house.clock.now().toString() }),
    );
    await house.press({ message, verb: 'not-now' });
    await house.askIn(caseId, text('words', secretWords));
    house.openOutbox();
    await expect.poll(() => openEffects(house.store), soon).toBe(0);
    return { house, caseId };
  }

  function erase(house: House, caseId: string, person: string | null = null): Promise<number[]> {
    const because = 'they asked for it';
    return eraseCase(house.store, { caseId, person, because, by: 'ops', at: house.clock.now(), auditKey });
  }

  describe('erasing a case that is over', () => {
    it('leaves its words in no table, and the chain holds', async () => {
      const { house, caseId } = await closedCase();
      expect(await tablesWith(house.store, 'Zanzibar')).toEqual(
        expect.arrayContaining(['audit_payload', 'chat_message', 'effect', 'event', 'flow', 'message']),
      );

      const seqs = await erase(house, caseId);

      expect(await tablesWith(house.store, 'Zanzibar')).toEqual([]);
      const report = await verifyAudit(house.store, auditKey);
      expect(report.problems).toEqual([]);
      expect(report.erased).toEqual(seqs.map((seq) => ({ caseId, seq })));
      expect(report.unexplained).toEqual([]);
    });

    it('is an entry itself, which says who did it and why', async () => {
      const { house, caseId } = await closedCase();

      const seqs = await erase(house, caseId);

      const rows = await house.store.read
        .selectFrom('audit')
        .innerJoin('audit_payload', (join) =>
          join.onRef('audit_payload.case_id', '=', 'audit.case_id').onRef('audit_payload.seq', '=', 'audit.seq'),
        )
        .select(['audit.type', 'audit_payload.body'])
        .where('audit.case_id', '=', caseId)
        .execute();
      expect(rows.map(({ body, type }) => [type, JSON.parse(body)])).toEqual([
        [erasureType, { because: 'they asked for it', by: 'ops', entries: seqs, scope: 'all' }],
      ]);
    });

    it('takes a person out and leaves what does not name them', async () => {
      const { house, caseId } = await closedCase();

      const none = erase(house, caseId, 'approver-2');
      await expect(none).rejects.toThrow('nothing that is still there is meant');
      const seqs = await erase(house, caseId, 'requester');

      expect(seqs.length).toBeGreaterThan(0);
      expect(await tablesWith(house.store, 'Rosa Requester')).toEqual([]);
      expect((await verifyAudit(house.store, auditKey)).problems).toEqual([]);
    });

    it('lets something new begin in its thread, and knows its buttons no more', async () => {
      const { house, caseId } = await closedCase();
      const token = await house.tokenOf(`${caseId}/support`, 'take-up-again', 'requester').catch(() => 'gone.by.then');
      await erase(house, caseId);

      const pressed = await house.press({ message: `${caseId}/support`, verb: 'take-up-again', token });
      const said = await house.say('help', { place: thread('root') });

      expect(pressed.outcome).toBe('refused');
      expect(said.outcome).toBe('done');
    });

    it('says so without an entry that explains it, when somebody else took a payload out', async () => {
      const { house, caseId } = await closedCase();
      await house.store.write((tx) =>
        tx.deleteFrom('audit_payload').where('case_id', '=', caseId).where('seq', '=', 1).execute(),
      );

      expect(await verifyAudit(house.store, auditKey)).toMatchObject({
        problems: [],
        unexplained: [{ caseId, seq: 1 }],
      });
    });
  });

  describe('erasing is refused', () => {
    it.each([
      ['while the case is open', 'still open'],
      ['of the case of the house', 'never ends'],
      ['of a case that is not there', 'no such case'],
    ])('%s', async (what, because) => {
      const house = openHouse();
      await house.say(`prod is down, ${secretWords}`);
      const own = await caseIn(house);
      if (because === 'never ends') {
        await house.inbox.deliver({ id: 's', caseId: 'settings', event: { type: 'settings-changed', changes: [] } });
      }
      const caseId = what.includes('house') ? 'settings' : what.includes('not there') ? 'case-none' : own;

      await expect(erase(house, caseId)).rejects.toThrow(because);
      expect(await tablesWith(house.store, 'Zanzibar')).toContain('audit_payload');
    });

    it('while something of it is on its way', async () => {
      const house = openHouse();
      await house.say('help');

      await expect(erase(house, await caseIn(house))).rejects.toThrow('under way');
    });
  });
}

async function openEffects(store: Store): Promise<number> {
  const rows = await store.read
    .selectFrom('effect')
    .select('id')
    .where('status', 'in', ['open', 'leased', 'running'])
    .where('type', '!=', 'timer')
    .execute();
  return rows.length;
}

const looked = [
  'approval',
  'audit_payload',
  'chat_message',
  'control',
  'effect',
  'event',
  'fact',
  'flow',
  'message',
  'override',
  'ticket',
] as const satisfies readonly (keyof Tables)[];

async function tablesWith(store: Store, words: string): Promise<string[]> {
  const found = await Promise.all(
    looked.map(async (table) => {
      const rows = await store.read.selectFrom(table).selectAll().execute();
      return JSON.stringify(rows).includes(words) ? [table] : [];
    }),
  );
  return found.flat();
}
