import { describe, expect, it } from 'vitest';
import type { SupportAt } from '../../src/flows/state.ts';
import { ticketRecord } from '../../src/flows/ticket-record.ts';
import { csvOf } from '../../src/process/commands/tickets.ts';
import { atTicket, cardOf, type Case, directory, messages } from './cases.ts';
import { read, said } from './ticket-cases.ts';

function verbs(the: Case): readonly string[] {
  return messages(the.last).find(({ content }) => content.card?.name === 'ticket')?.verbs ?? [];
}

function record(the: Case) {
  const facts = { discovery: null };
  const context = { caseId: 'C-1', revision: 0, at: the.at, directory, facts, stale: false };
  return ticketRecord(the.state as SupportAt<'open'>, context);
}

function solved(): Case {
  const the = atTicket();
  read(the, {}, [said(1, 'Done.')]);
  read(the, { status: 'solved' }, [said(1, 'Done.')]);
  return the;
}

describe('after Solved', () => {
  it('the card asks whether it is solved and whether it was helpful', () => {
    const the = solved();

    expect(cardOf(the.last, 'ticket').over).toBe(
      'Rosa Requester, did the answer help? If something is still wrong, press “Reopen”.',
    );
    expect(verbs(the)).toEqual(['reopen', 'it-helped', 'did-not-help']);
  });

  it('the card names the way on that is open there', () => {
    const endUser = solved();
    endUser.settings({ desk: { whose: 'provider', rights: 'end-user', tells: true } });
    read(endUser, { status: 'solved' }, [said(1, 'Done.')]);
    expect(cardOf(endUser.last, 'ticket')).toMatchObject({
      over: 'Rosa Requester, did the answer help? If something is still wrong, say so below.',
      replyLabel: 'What is still wrong? Your answer opens the ticket again',
    });

    const closed = solved();
    read(closed, { status: 'closed' }, [said(1, 'Done.')]);
    expect(cardOf(closed.last, 'ticket')).toMatchObject({
      over: 'Rosa Requester, did the answer help? If something is left, open a follow-up.',
      replyLabel: 'What is left to solve? It goes into a new ticket',
    });
    closed.say('rosa', 'follow up: it fails again');
    expect(cardOf(closed.last, 'ticket').over).toBe('Rosa Requester, did the answer help?');
  });

  it.each([
    ['it-helped', true, 'Rosa Requester said that it helped.'],
    ['did-not-help', false, 'Rosa Requester said that it did not help.'],
  ])('%s is one click, and kept', (verb, yes, text) => {
    const the = solved();
    expect(record(the).helpful).toBeNull();

    the.click('rosa', verb);

    expect(cardOf(the.last, 'ticket').over).toBe(text);
    expect(verbs(the)).toEqual(['reopen']);
    expect(record(the).helpful).toBe(yes);
  });

  it('only whoever asked is asked, and only when it is over', () => {
    const the = solved();
    expect(the.click('sam', 'it-helped').reply).toMatchObject({ outcome: 'refused' });
    expect(atTicket().click('rosa', 'it-helped').reply.because).toContain('not solved yet');
    expect(record(the).helpful).toBeNull();
  });

  it('is asked anew when it was opened again', () => {
    const the = solved();
    the.click('rosa', 'it-helped');

    read(the, { status: 'open' });
    expect(cardOf(the.last, 'ticket').over).toBe('');
    read(the, { status: 'solved' });

    expect(verbs(the)).toContain('it-helped');
  });
});

describe('the export', () => {
  it('tells the first answer, whether it was in time, and what people changed', () => {
    const the = solved();

    expect(record(the)).toMatchObject({
      ticket: 12,
      firstAnswerAt: '2026-03-02T09:00:30Z',
      firstAnswerDue: '2026-03-02T11:00:00Z',
      firstAnswerMet: true,
      severity: 'critical',
      overrides: [],
    });
    expect(record(atTicket())).toMatchObject({ firstAnswerAt: null, firstAnswerMet: null });
    const late = atTicket();
    late.later(200);
    expect(record(late).firstAnswerMet).toBe(false);
  });

  it('is CSV that no spreadsheet takes for a formula', () => {
    const evil = { ...record(solved()), environment: '=HYPERLINK("https://evil.example")', status: 'a,b\n"c"' };

    const [head = '', ...lines] = csvOf([evil]).split('\r\n');

    expect(head.split(',')).toHaveLength(14);
    expect(lines.join('\n')).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(lines.join('\n')).toContain('"a,b\n""c"""');
  });
});
