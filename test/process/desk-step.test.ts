/**
 * A case and its ticket in step: inbox, flow, outbox and webhook on a real store, against a simulated desk whose webhooks
 * get lost, doubled, late, out of order, forged and stale, and with processes that die on the way.
 */
import { describe, expect, it } from 'vitest';
import type { Inbox } from '../../src/conversation/inbox.ts';
import { readTicket as readRow } from '../../src/store/tickets.ts';
import { readTicket } from '../../src/tickets/work.ts';
import { cardOf, leasedReads, openRig, postedComments, soon } from './desk-rig.ts';

const faults = [
  'none',
  'lose-webhook',
  'double-webhook',
  'late-webhook',
  'reorder-webhook',
  'forge-webhook',
  'stale-webhook',
];

describe('whatever becomes of the webhooks', () => {
  it.each(faults)('the case ends where the ticket stands: %s', async (fault) => {
    const rig = await openRig();
    rig.startOutbox();
    if (fault !== 'none') {
      await rig.office.simulated.control('deliveries', { fault, times: 4 });
    }

    await rig.move({ move: 'comment', text: 'We are looking.' });
    await rig.move({ move: 'comment', public: false, text: 'PRIVATE' });
    await rig.move({ move: 'comment', text: 'Found it.', status: 'pending' });
    await rig.move({ move: 'priority', priority: 'high' });
    await rig.move({ move: 'comment', text: 'Mended.', status: 'solved' });
    await rig.reconcile();

    await expect.poll(() => cardOf(rig)['status'], soon).toBe('Solved');
    await expect.poll(() => postedComments(rig), soon).toEqual(['We are looking.', 'Found it.', 'Mended.']);
    expect(cardOf(rig)).toMatchObject({ severity: 'High (changed by the desk)', lastWord: 'Mended.' });
    expect(JSON.stringify(rig.platform.arrived)).not.toContain('PRIVATE');
    expect((await readRow(rig.store.read, rig.caseId))?.status).toBe('solved');
    if (fault === 'forge-webhook' || fault === 'stale-webhook') {
      expect(rig.statuses).toContain(401);
    }
  });

  it('one that is played again by somebody who listened in changes nothing', async () => {
    const rig = await openRig();
    rig.startOutbox();
    await rig.office.simulated.control('deliveries', { fault: 'double-webhook', times: 9 });
    await rig.move({ move: 'comment', text: 'We are looking.' });
    await expect.poll(() => rig.statuses.length, soon).toBeGreaterThan(1);
    await expect.poll(() => postedComments(rig), soon).toEqual(['We are looking.']);

    const hints = await rig.store.read.selectFrom('event').select('id').where('type', '=', 'ticket-hinted').execute();

    expect(hints.length).toBeLessThan(rig.statuses.length);
    expect(postedComments(rig)).toEqual(['We are looking.']);
  });
});

describe('a process that dies while it reads the ticket', () => {
  it('before the desk has answered: another one reads it', async () => {
    const rig = await openRig();
    const first = rig.startOutbox(() => new Promise(() => undefined));
    await rig.move({ move: 'comment', text: 'We are looking.' });
    await expect.poll(() => leasedReads(rig), soon).toBeGreaterThan(0);
    await first.stop(0);
    rig.office.clock.pass({ minutes: 1 });

    rig.startOutbox();

    await expect.poll(() => postedComments(rig), { ...soon, timeout: 20_000 }).toEqual(['We are looking.']);
  }, 30_000);

  it('after the case was told and before that was noted: it is told once', async () => {
    const rig = await openRig();
    let isDead = false;
    const dying: Pick<Inbox, 'deliver'> = {
      async deliver(delivery) {
        const reply = await rig.inbox.deliver(delivery);
        if (delivery.event.type === 'ticket-read' && !isDead) {
          isDead = true;
          throw new Error('killed');
        }
        return reply;
      },
    };
    rig.startOutbox(undefined, dying);

    await rig.move({ move: 'comment', text: 'We are looking.' });
    await expect.poll(() => isDead, soon).toBe(true);
    rig.office.clock.pass({ minutes: 1 });
    await rig.move({ move: 'comment', text: 'Found it.' });

    await expect.poll(() => postedComments(rig), soon).toEqual(['We are looking.', 'Found it.']);
  });

  it('a desk that fails at each reading is read again by the next look', async () => {
    const rig = await openRig();
    let failures = 0;
    rig.startOutbox((stored) => {
      failures += 1;
      return failures > 3 ? readTicket(rig.desk, stored) : Promise.reject(new Error('the desk is away'));
    });
    await rig.office.simulated.control('deliveries', { fault: 'lose-webhook', times: 9 });
    await rig.move({ move: 'comment', text: 'We are looking.' });

    await rig.reconcile();
    for (let tries = 0; tries < 4; tries += 1) {
      rig.office.clock.pass({ seconds: 5 });
      await expect.poll(() => failures, { ...soon, timeout: 5_000 }).toBeGreaterThan(Math.min(tries, 2));
    }
    await rig.reconcile();

    await expect.poll(() => postedComments(rig), soon).toEqual(['We are looking.']);
  }, 30_000);
});

it('the whole life of a ticket: edits, a merge, and what goes on there', async () => {
  const rig = await openRig();
  rig.startOutbox();
  await rig.office.simulated.call('POST', 'tickets', {
    ticket: { subject: 'Another one', comment: { body: 'Of somebody else.' }, status: 'open' },
  });
  await rig.move({ move: 'comment', text: 'The key is SECRET99.' });
  await expect.poll(() => postedComments(rig), soon).toEqual(['The key is SECRET99.']);

  await rig.move({ move: 'redact', text: 'SECRET99' });
  await expect.poll(() => cardOf(rig)['lastWord'], soon).toMatch(/▇+\.\n\(Redacted at the desk\.\)/);
  await rig.move({ move: 'make-private' });
  await expect.poll(() => cardOf(rig)['lastWord'], soon).toBe('This was withdrawn at the desk.');
  await rig.move({ move: 'merge', into: 2 });
  await expect.poll(() => cardOf(rig)['number'], soon).toBe('2');
  rig.office.clock.pass({ seconds: 5 });
  await rig.office.simulated.control('agent', {
    ticket: 2,
    move: 'comment',
    text: 'Both are mended.',
    status: 'solved',
  });

  await expect.poll(() => cardOf(rig)['status'], soon).toBe('Solved');
  expect(postedComments(rig)).toEqual(['The key is SECRET99.', 'Both are mended.']);
  expect(await readRow(rig.store.read, rig.caseId)).toMatchObject({ ticketId: 1, followedId: 2, status: 'solved' });
});
