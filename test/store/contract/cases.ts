import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/flows/event.ts';
import type { CaseState } from '../../../src/flows/state.ts';
import { bindThread, caseOfThread } from '../../../src/store/conversations.ts';
import { failEvent, findEvent, finishEvent, insertEvent, readEventBody } from '../../../src/store/events.ts';
import { insertFlow, listFlows, lockFlow, readFlow, updateFlow } from '../../../src/store/flows.ts';
import { listMessages, markSent, readMessage, upsertMessage } from '../../../src/store/messages.ts';
import type { Store } from '../../../src/store/store.ts';
import { findClick, insertClick, insertToken, readNewestToken, readToken } from '../../../src/store/tokens.ts';
import { at, later, type UseStores } from './stores.ts';

const place = { platform: 'web', conversation: 'team', thread: null } as const;
const event: Event = { type: 'said', person: 'requester', place, text: 'help', files: [] };
const reply = { outcome: 'done', because: '', errors: [] } as const;

export function casesContract(stores: UseStores): void {
  describe('events', () => {
    it('are stored once, and answered with the stored reply', async () => {
      const { first, second } = stores();
      await first.write(async (tx) => {
        await insertEvent(tx, { id: 'e1', caseId: 'case-1', at, event });
        await finishEvent(tx, 'e1', { reply, revision: 1 });
      });

      const again = await second.write((tx) => insertEvent(tx, { id: 'e1', caseId: 'case-2', at, event }));

      expect(again).toBe(false);
      expect(await findEvent(second.read, 'e1')).toEqual({ caseId: 'case-1', reply, revision: 1, failed: null });
      expect(await readEventBody(second.read, 'e1')).toEqual(event);
      expect(await findEvent(second.read, 'e2')).toBeNull();
      expect(await readEventBody(second.read, 'e2')).toBeNull();
    });

    it('of one id that two replicas store at the same moment are stored by one', async () => {
      const { first, second } = stores();

      const stored = await Promise.all(
        [first, second].map((store) => store.write((tx) => insertEvent(tx, { id: 'e1', caseId: null, at, event }))),
      );

      expect(stored.filter(Boolean)).toHaveLength(1);
    });

    it('that failed are kept with their reason and what the person was told', async () => {
      const { first } = stores();
      const told = { outcome: 'refused', because: 'Something went wrong.', errors: [] } as const;

      const stored = await first.write((tx) =>
        failEvent(tx, { id: 'e1', caseId: 'case-1', at, event, reply: told, failed: 'no such card' }),
      );

      expect(stored).toBe(true);
      expect(await findEvent(first.read, 'e1')).toEqual({
        caseId: 'case-1',
        reply: told,
        revision: null,
        failed: 'no such card',
      });
    });
  });

  describe('cases', () => {
    it('are made once, by one of two replicas', async () => {
      const { first, second } = stores();

      const made = await Promise.all([first, second].map((store) => store.write((tx) => insertFlow(tx, 'c', flow(1)))));

      expect(made.filter(Boolean)).toHaveLength(1);
    });

    it('change for one of two who saw the same revision', async () => {
      const { first, second } = stores();
      await first.write((tx) => insertFlow(tx, 'c', flow(1)));

      const changed = await Promise.all(
        [first, second].map((store) => store.write((tx) => updateFlow(tx, 'c', 1, flow(2)))),
      );

      expect(changed.filter(Boolean)).toHaveLength(1);
      expect(await readFlow(first.read, 'c')).toMatchObject({ caseId: 'c', kind: 'talk', revision: 2 });
    });

    it('are held from the load on, so that nobody who waits loses the race', async () => {
      const { first, second } = stores();
      await first.write((tx) => insertFlow(tx, 'c', flow(1)));

      const changed = await Promise.all(
        Array.from({ length: 16 }, (_, index) => moveOn(index % 2 === 0 ? first : second)),
      );

      expect(changed).not.toContain(false);
      expect((await readFlow(first.read, 'c'))?.revision).toBe(17);
    });

    it('keep their state, time and audit head, and are listed newest first', async () => {
      const { first } = stores();
      await first.write((tx) => insertFlow(tx, 'older', flow(1)));
      await first.write((tx) => insertFlow(tx, 'newer', { ...flow(3), at: later(1), auditSeq: 7, auditHead: 'h7' }));

      const listed = await listFlows(first.read);

      expect(listed).toEqual([
        { caseId: 'newer', kind: 'talk', state, revision: 3, at: later(1), auditSeq: 7, auditHead: 'h7' },
        { caseId: 'older', kind: 'talk', state, revision: 1, at, auditSeq: 0, auditHead: '' },
      ]);
      expect(await listFlows(first.read, 'connect')).toEqual([]);
      expect(await readFlow(first.read, 'unknown')).toBeNull();
      expect(await first.write((tx) => lockFlow(tx, 'unknown'))).toBeNull();
    });

    it('own their thread; a thread that has a case keeps it', async () => {
      const { first, second } = stores();
      const thread = { ...place, thread: 't1' };

      const bound = [
        await first.write((tx) => bindThread(tx, thread, 'case-1')),
        await second.write((tx) => bindThread(tx, thread, 'case-2')),
        await second.write((tx) => bindThread(tx, place, 'case-3')),
      ];

      expect(bound).toEqual([true, false, true]);
      expect(await caseOfThread(first.read, thread)).toBe('case-1');
      expect(await caseOfThread(first.read, place)).toBe('case-3');
      expect(await caseOfThread(first.read, { ...thread, platform: 'slack' })).toBeNull();
    });
  });

  describe('messages', () => {
    it('count their revisions, and keep the newest content at the place of the first', async () => {
      const { first, second } = stores();

      const revisions = [
        await first.write((tx) => upsertMessage(tx, said('first'))),
        await second.write((tx) => upsertMessage(tx, { ...said('second'), place: { ...place, thread: 't9' } })),
        await first.write((tx) => upsertMessage(tx, { ...said('third'), onlyFor: 'requester', verbs: ['go'] })),
      ];

      expect(revisions).toEqual([1, 2, 3]);
      expect(await readMessage(first.read, 'c/card')).toEqual({
        ...said('third'),
        onlyFor: 'requester',
        verbs: ['go'],
        platformId: null,
        revision: 3,
        sentRevision: 0,
      });
    });

    it('never go back to an older revision that is reported late', async () => {
      const { first } = stores();
      await first.write((tx) => upsertMessage(tx, said('first')));
      await first.write((tx) => upsertMessage(tx, said('second')));

      await first.write((tx) => markSent(tx, 'c/card', { platformId: 'p1', revision: 2 }));
      await first.write((tx) => markSent(tx, 'c/card', { platformId: 'p0', revision: 1 }));

      expect(await listMessages(first.read, 'c')).toMatchObject([{ platformId: 'p1', sentRevision: 2, revision: 2 }]);
      expect(await readMessage(first.read, 'unknown')).toBeNull();
    });

    it('have one token for each revision with buttons, the newest of which can be asked for', async () => {
      const { first } = stores();
      const token = { id: 't1', caseId: 'c', messageKey: 'c/card', revision: 2, verbs: ['approve'], at };
      await first.write(async (tx) => {
        await insertToken(tx, { ...token, id: 't10', revision: 10 });
        await insertToken(tx, token);
      });

      expect(await readToken(first.read, 't1')).toEqual(token);
      expect((await readNewestToken(first.read, 'c/card'))?.id).toBe('t10');
      expect(await readToken(first.read, 'unknown')).toBeNull();
      expect(await readNewestToken(first.read, 'unknown')).toBeNull();
    });
  });

  describe('clicks', () => {
    it('are remembered with the first event of their token', async () => {
      const { first, second } = stores();
      const click = { token: 'token-1', person: 'approver-1', eventId: 'e1' };

      const used = [
        await first.write((tx) => insertClick(tx, click)),
        await second.write((tx) => insertClick(tx, { ...click, eventId: 'e2' })),
      ];

      expect(used).toEqual([true, false]);
      expect(await findClick(first.read, 'token-1')).toEqual(click);
      expect(await findClick(first.read, 'token-2')).toBeNull();
    });
  });
}

const state: CaseState = { flow: 'talk', person: 'requester', place };

function flow(revision: number) {
  return { state, revision, at, auditSeq: 0, auditHead: '' };
}

function moveOn(store: Store): Promise<boolean> {
  return store.write(async (tx) => {
    const found = await lockFlow(tx, 'c');
    const revision = found?.revision ?? 0;
    return updateFlow(tx, 'c', revision, flow(revision + 1));
  });
}

function said(text: string) {
  const content = { text, card: null, speaker: null };
  return { key: 'c/card', caseId: 'c', place, content, verbs: [] as string[], onlyFor: null };
}
