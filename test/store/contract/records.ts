import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/plan/plan.ts';
import { decideApproval, insertApproval, listPendingApprovals, readApproval } from '../../../src/store/approvals.ts';
import { insertPlan, readPlan } from '../../../src/store/plans.ts';
import { readSecret, secretOf } from '../../../src/store/secrets.ts';
import { readSteps, saveStep } from '../../../src/store/steps.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  casesOfTicket,
  insertTicket,
  listOpenTickets,
  markRead,
  readTicket,
  setTicket,
} from '../../../src/store/tickets.ts';
import { at, later, type UseStores } from './stores.ts';

export function recordsContract(stores: UseStores): void {
  describe('plans', () => {
    it('come back as they were stored', async () => {
      const { first, second } = stores();
      await first.write((tx) => insertPlan(tx, { id: 'p1', caseId: 'c', plan, at }));

      expect(await readPlan(second.read, 'p1')).toEqual({ id: 'p1', caseId: 'c', plan, at });
      expect(await readPlan(second.read, 'unknown')).toBeNull();
    });

    it('remember how far each step is, change by change', async () => {
      const { first, second } = stores();
      await first.write((tx) => saveStep(tx, 'p1', 's1', {}));
      await first.write((tx) => saveStep(tx, 'p1', 's1', { status: 'running', request: { a: [1] }, startedAt: at }));
      await second.write((tx) => saveStep(tx, 'p1', 's1', { operation: 'poller', etag: 'W/"1"' }));
      await second.write((tx) => saveStep(tx, 'p1', 's1', {}));
      await second.write((tx) => saveStep(tx, 'p1', 's2', { status: 'failed', error: { code: 'Overlap' } }));
      await second.write((tx) => saveStep(tx, 'p1', 's1', { status: 'done', operation: null, finishedAt: later(1) }));

      const untouched = { request: null, operation: null, etag: null, answer: null, error: null };
      expect(await readSteps(first.read, 'p1')).toEqual([
        {
          ...untouched,
          stepId: 's1',
          status: 'done',
          request: { a: [1] },
          etag: 'W/"1"',
          startedAt: at,
          finishedAt: later(1),
        },
        { ...untouched, stepId: 's2', status: 'failed', error: { code: 'Overlap' }, startedAt: null, finishedAt: null },
      ]);
      expect(await readSteps(first.read, 'unknown')).toEqual([]);
    });
  });

  describe('approvals', () => {
    it('are decided by one of two who click at the same moment', async () => {
      const { first, second } = stores();
      await ask(first, 'a1');

      const won = await Promise.all([
        first.write((tx) => decideApproval(tx, 'a1', { ...decision, status: 'approved', by: 'approver-1' })),
        second.write((tx) => decideApproval(tx, 'a1', { ...decision, status: 'denied', by: 'approver-2' })),
      ]);

      const winner = won[0]
        ? { status: 'approved', decidedBy: 'approver-1' }
        : { status: 'denied', decidedBy: 'approver-2' };
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await readApproval(first.read, 'a1')).toMatchObject({
        ...winner,
        decidedAt: later(1),
        reason: 'as agreed',
      });
    });

    it('can be voided after a yes, and then not again', async () => {
      const { first } = stores();
      await ask(first, 'a1');
      await first.write((tx) => decideApproval(tx, 'a1', { ...decision, status: 'approved', by: 'approver-1' }));

      const voided = { ...decision, from: 'approved', status: 'voided', by: null } as const;
      const won = [
        await first.write((tx) => decideApproval(tx, 'a1', voided)),
        await first.write((tx) => decideApproval(tx, 'a1', voided)),
      ];

      expect(won).toEqual([true, false]);
      expect((await readApproval(first.read, 'a1'))?.status).toBe('voided');
    });

    it('are listed while they wait, oldest first', async () => {
      const { first } = stores();
      await ask(first, 'newer', later(1));
      await ask(first, 'older');
      await ask(first, 'decided');
      await first.write((tx) => decideApproval(tx, 'decided', { ...decision, status: 'expired', by: null }));

      const waiting = await listPendingApprovals(first.read);

      expect(waiting.map((approval) => approval.id)).toEqual(['older', 'newer']);
      expect(waiting[0]).toEqual({
        ...newApproval('older'),
        status: 'pending',
        decidedBy: null,
        decidedAt: null,
        reason: null,
      });
      expect(await readApproval(first.read, 'unknown')).toBeNull();
    });
  });

  describe('tickets', () => {
    const readings = [
      ['newer', '2026-11-21T13:00:06Z', 'solved', true],
      ['older', '2026-11-21T13:00:04Z', 'solved', false],
      ['the same again', '2026-11-21T13:00:05Z', 'open', false],
      ['other, of the same second', '2026-11-21T13:00:05Z', 'pending', true],
    ] as const;

    it.each(readings)('take a reading that is %s only when it is news', async (_name, updatedAt, status, taken) => {
      const { first, second } = stores();
      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x' }));
      const reading = { caseId: 'c', ticketId: 35_436, status: 'open', updatedAt: '2026-11-21T13:00:05Z' };
      expect(await first.write((tx) => setTicket(tx, reading))).toBe(true);

      const set = await second.write((tx) => setTicket(tx, { ...reading, status, updatedAt }));

      expect(set).toBe(taken);
      expect((await readTicket(first.read, 'c'))?.status).toBe(taken ? status : 'open');
    });

    it('can be asked for again after the desk said no, with what they are about by then', async () => {
      const { first, second } = stores();
      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x', at, subject: 'Down' }));

      await second.write((tx) =>
        insertTicket(tx, { caseId: 'c', externalId: 'x', at: later(1), subject: 'Still down' }),
      );

      expect(await readTicket(first.read, 'c')).toMatchObject({
        externalId: 'x',
        subject: 'Still down',
        expectedAt: later(1),
        status: 'expected',
      });
    });

    it('are found by the number of the desk, also one beyond 32 bits', async () => {
      const { first } = stores();
      const ticketId = 12_345_678_901;
      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x' }));
      expect(await readTicket(first.read, 'c')).toMatchObject({
        caseId: 'c',
        externalId: 'x',
        ticketId: null,
        followedId: null,
        status: 'expected',
        updatedAt: null,
        seenAt: null,
        environment: '',
      });

      await first.write((tx) => setTicket(tx, { caseId: 'c', ticketId, status: 'new', updatedAt: at }));

      expect(await casesOfTicket(first.read, ticketId)).toEqual(['c']);
      expect(await casesOfTicket(first.read, 1)).toEqual([]);
      expect(await readTicket(first.read, 'unknown')).toBeNull();
    });

    it('say what they are about before the desk is asked', async () => {
      const { first } = stores();
      const topic = {
        subject: 's',
        requester: 'rosa',
        environment: 'mendix-prod',
        symptom: 'inaccessible',
        source: '',
      };

      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x', at, ...topic }));

      expect(await readTicket(first.read, 'c')).toMatchObject({ ...topic, expectedAt: at, readAt: null });
    });

    it('keep when they were looked at, and up to where all was read', async () => {
      const { first } = stores();
      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x' }));
      const reading = { caseId: 'c', ticketId: 1, status: 'open', updatedAt: at };
      await first.write((tx) => setTicket(tx, reading));
      expect((await readTicket(first.read, 'c'))?.seenAt).toBeNull();

      expect(await first.write((tx) => setTicket(tx, { ...reading, complete: true }))).toBe(true);
      expect(await first.write((tx) => setTicket(tx, { ...reading, complete: true }))).toBe(false);
      await first.write((tx) => markRead(tx, ['c', 'unknown'], at));

      expect(await readTicket(first.read, 'c')).toMatchObject({ seenAt: at, readAt: at });
    });

    it('go on under another number, of which nothing was read yet, and are found by both', async () => {
      const { first } = stores();
      await first.write((tx) => insertTicket(tx, { caseId: 'c', externalId: 'x' }));
      const reading = { caseId: 'c', ticketId: 1, status: 'closed', updatedAt: at, complete: true };
      await first.write((tx) => setTicket(tx, reading));
      await first.write((tx) => markRead(tx, ['c'], at));

      const older = { ...reading, ticketId: 2, status: 'open', updatedAt: '2020-01-01T00:00:00Z', complete: false };
      expect(await first.write((tx) => setTicket(tx, older))).toBe(true);

      expect(await casesOfTicket(first.read, 1)).toEqual(['c']);
      expect(await casesOfTicket(first.read, 2)).toEqual(['c']);
      const [open] = await listOpenTickets(first.read);
      expect(open).toMatchObject({ ticketId: 1, followedId: 2, status: 'open', readAt: null, seenAt: null });
    });

    it('are open until they are closed or deleted', async () => {
      const { first } = stores();
      for (const [index, status] of ['open', 'closed', 'solved', 'deleted'].entries()) {
        const caseId = `c${index}`;
        await first.write((tx) => insertTicket(tx, { caseId, externalId: caseId }));
        await first.write((tx) => setTicket(tx, { caseId, ticketId: index + 1, status, updatedAt: at }));
      }
      await first.write((tx) => insertTicket(tx, { caseId: 'not yet', externalId: 'x' }));

      const open = await listOpenTickets(first.read);

      expect(open.map((ticket) => ticket.ticketId)).toEqual([1, 3]);
    });
  });

  describe('secrets', () => {
    it('are made once, also when two replicas start at the same moment', async () => {
      const { first, second } = stores();

      const [one, two] = await Promise.all([
        first.write((tx) => secretOf(tx, 'tokens', () => 'one')),
        second.write((tx) => secretOf(tx, 'tokens', () => 'two')),
      ]);

      expect(one).toBe(two);
      expect(await readSecret(first.read, 'tokens')).toBe(one);
      expect(await readSecret(first.read, 'unknown')).toBeNull();
    });
  });
}

const plan: Plan = {
  hash: 'abc',
  scenario: 'apps-by-peering',
  method: 'peering',
  environment: 'prod',
  because: [],
  findings: [],
  steps: [],
  undo: [],
  reach: [],
  promises: { names: [], from: [], port: 443 },
  madeFrom: {
    answers: { scenario: null, environment: 'prod', networks: [], apps: '*', method: null },
    environment: { name: 'prod', subscription: 's', managedResourceGroup: 'rg', domainSuffix: 'example.com' },
    tags: {},
  },
};

const decision = { from: 'pending', at: later(1), reason: 'as agreed' } as const;

function newApproval(id: string, askedAt = at) {
  return {
    id,
    caseId: 'c',
    planId: 'p1',
    planHash: 'abc',
    requestedBy: 'requester',
    askedAt,
    expiresAt: later(3600),
  };
}

function ask(store: Store, id: string, askedAt = at): Promise<void> {
  return store.write((tx) => insertApproval(tx, newApproval(id, askedAt)));
}
