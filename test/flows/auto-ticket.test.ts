import { describe, expect, it } from 'vitest';
import type { TicketSnapshot } from '../../src/flows/event.ts';
import type { Directory } from '../../src/flows/flow.ts';
import { type Case, cardOf, directory, effectsOf, judgedBy, messageOf, messages, supportAt } from './cases.ts';

const failedInitialization = { symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'true' };

function ticket(id: number, more: Partial<TicketSnapshot> = {}): TicketSnapshot {
  const subject = 'Cluster initialization failed: mendix-prod';
  const url = `https://desk.example.com/agent/tickets/${id}`;
  return { id, subject, status: 'open', url, updatedAt: '2026-03-02T08:30:00Z', ...more };
}

function judged(settings: Partial<Directory> = {}): Case {
  return judgedBy(failedInitialization, { directory: { ...directory, ...settings } });
}

function found(the: Case, tickets: readonly TicketSnapshot[] | null): void {
  const question = supportAt(the, 'judged').autoTicket?.question ?? -1;
  the.happen({ type: 'tickets-found', question, tickets });
}

describe('the ticket that the provider opens by itself', () => {
  it('is looked for by words and time as soon as the verdict says that there should be one', () => {
    const the = judged();

    const [search] = effectsOf(the.last, 'find-tickets');
    expect(search?.words).toContain('initialization');
    expect(search?.since).toBe('2026-02-23T09:00:00.000Z');
  });

  it('is offered when it is found, and followed with one press', () => {
    const the = judged();
    found(the, [ticket(4711), ticket(4712, { status: 'closed' }), ticket(4713, { subject: 'DNS does not resolve' })]);
    const card = cardOf(the.last, 'auto-ticket');
    expect(card.found.map(({ value }) => value)).toEqual(['4711']);

    the.click('rosa', 'link-ticket', { found: '4711', number: '' });
    expect(effectsOf(the.last, 'read-ticket')[0]?.ticketId).toBe(4711);
    const opening = {
      id: 1,
      author: 'The service',
      fromDesk: true,
      body: 'Opened.',
      createdAt: '2026-03-02T08:00:00Z',
    };
    the.happen({ type: 'ticket-read', ticket: ticket(4711), comments: [opening] });

    expect(supportAt(the, 'open').ticket).toMatchObject({ snapshot: { id: 4711 }, lastWord: null, seenComments: [1] });
    expect(the.last.projections.map(({ type }) => type)).toEqual(['ticket-expected', 'ticket-known']);
    expect(messageOf(the.last, 'auto-ticket').content.text).toContain('No second one was opened');
    expect(effectsOf(the.last, 'open-ticket')).toEqual([]);
  });

  it.each([
    ['nothing was found', []],
    ['the desk cannot be searched', null],
  ] as const)('is asked for by its number when %s', (_why, tickets) => {
    const the = judged();

    found(the, tickets);

    const card = cardOf(the.last, 'auto-ticket');
    expect(card.found).toEqual([]);
    expect(card.text).toMatch(/Give me its number/);
    the.say('rosa', 'it is ticket #4711');
    expect(effectsOf(the.last, 'read-ticket')[0]?.ticketId).toBe(4711);
  });

  it.each([
    ['is about something else', 'Payroll app: DNS does not resolve', '2026-03-02T08:00:00Z'],
    ['was opened long ago', 'Re: contract', '2025-06-01T08:00:00Z'],
  ])(
    'is not another ticket of the desk whose number was written: one that %s is not shown',
    (_what, subject, createdAt) => {
      const the = judged();
      found(the, []);
      the.click('rosa', 'link-ticket', { number: '5' });

      const opening = { id: 1, author: 'Hal', fromDesk: true, body: 'Confidential.', createdAt };
      the.happen({ type: 'ticket-read', ticket: ticket(5, { subject }), comments: [opening] });

      expect(cardOf(the.last, 'auto-ticket').problem).toContain('Ticket 5 is about something else');
      expect(
        messages(the.last)
          .map(({ content }) => JSON.stringify(content))
          .join(''),
      ).not.toMatch(/Confidential|contract|Payroll/);
      supportAt(the, 'judged');
    },
  );

  it('that nobody can see is said so, and asked for again', () => {
    const the = judged();
    found(the, []);
    the.click('rosa', 'link-ticket', { number: '99' });

    the.happen({ type: 'ticket-read', ticket: ticket(99, { status: 'deleted', subject: '' }), comments: [] });

    expect(cardOf(the.last, 'auto-ticket').problem).toContain('no ticket 99');
    supportAt(the, 'judged');
  });

  it.each(['', 'soon', '0', '-1', '1e3'])('is not “%s”', (number) => {
    const the = judged();
    found(the, []);

    the.click('rosa', 'link-ticket', { number });

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'number' }] });
  });

  it('is looked for again when somebody asks, and an answer to the older question is not taken', () => {
    const the = judged();
    const old = supportAt(the, 'judged').autoTicket?.question ?? -1;
    found(the, []);

    the.say('rosa', 'look again');
    expect(effectsOf(the.last, 'find-tickets')).toHaveLength(1);

    expect(messages(the.happen({ type: 'tickets-found', question: old, tickets: [ticket(1)] }))).toEqual([]);
  });

  it('keeps a second one from being opened until somebody says that there is none', () => {
    const the = judged();
    found(the, []);

    the.say('rosa', 'preview');
    expect(the.last.reply.outcome).toBe('refused');
    expect(the.last.reply.because).toContain('there is none');
    the.say('rosa', 'there is none');

    expect(supportAt(the, 'previewing').autoTicket?.isNone).toBe(true);
  });

  it.each([
    ['preview-ticket', 'You said that there is none'],
    ['no-auto-ticket', 'You said that there is none'],
    ['not-now', 'Left for now'],
    ['change-answers', 'looked for again'],
  ])('is not asked for any more after “%s”', (verb, says) => {
    const the = judged();
    found(the, [ticket(4711)]);

    the.click('rosa', verb);

    expect(messageOf(the.last, 'auto-ticket').content.text).toContain(says);
    expect(messageOf(the.last, 'auto-ticket').verbs).toEqual([]);
  });

  it('is not looked for at a desk of our own, where the provider opens none', () => {
    const the = judged({ desk: { whose: 'own', rights: 'agent', tells: true } });

    expect(effectsOf(the.last, 'find-tickets')).toEqual([]);
  });
});
