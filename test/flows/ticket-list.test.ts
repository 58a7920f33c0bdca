import { describe, expect, it } from 'vitest';
import type { ListedTicket } from '../../src/flows/ticket-list-state.ts';
import { listTicket } from '../../src/flows/ticket-list.ts';
import type { SupportAt } from '../../src/flows/state.ts';
import { atTicket, cardOf, type Case, directory, effectsOf, messages, openCase, snapshot, team } from './cases.ts';
import { read, said } from './ticket-cases.ts';

function listed(the: Case): ListedTicket {
  const context = { caseId: '', revision: 0, at: the.at, directory, facts: { discovery: null }, stale: false };
  return listTicket(the.state as SupportAt<'open'>, context);
}

const one: ListedTicket = {
  number: 12,
  url: 'https://desk.example/12',
  subject: '<b>Down</b> <!channel> @here [a](https://evil.example) \u202Egpj 🙂',
  status: 'Open',
  tone: 'default',
  isOver: false,
  severity: 'Critical',
  environment: 'production',
  requester: 'rosa',
  clock: '',
  place: team,
};

describe('a list of tickets', () => {
  it.each([
    ['my tickets', 'mine'],
    ['List my open cases.', 'mine'],
    ['tickets of this channel', 'channel'],
    ['the channel’s tickets', 'channel'],
  ] as const)('“%s” is read from our own tables, in every thread', (words, scope) => {
    const wish = { type: 'list-tickets', person: 'rosa', place: team, scope };
    const begun = openCase();

    begun.say('rosa', words);

    expect(effectsOf(begun.last, 'list-tickets')).toMatchObject([wish]);
    const the = atTicket();
    const before = the.state;
    the.say('rosa', words);
    expect(effectsOf(the.last, 'list-tickets')).toMatchObject([wish]);
    expect(the.state).toEqual(before);
  });

  it('is not read for somebody without a role', () => {
    const the = openCase();

    the.say('otto', 'my tickets');

    expect(effectsOf(the.last, 'list-tickets')).toEqual([]);
  });

  it('is shown to whoever asked alone', () => {
    const the = atTicket();

    the.happen({ type: 'tickets-listed', person: 'sam', place: team, scope: 'channel', tickets: [one], total: 14 });

    expect(messages(the.last)).toMatchObject([{ onlyFor: 'sam', verbs: [], mention: [] }]);
    expect(cardOf(the.last, 'ticket-list')).toMatchObject({
      headline: 'Tickets of this conversation: 1 open',
      more: '13 older tickets are not shown.',
      tickets: [{ title: 'Ticket 12 · Open', subject: one.subject, deskUrl: one.url }],
    });
  });

  it('says so when there is none', () => {
    const the = atTicket();

    the.happen({ type: 'tickets-listed', person: 'rosa', place: team, scope: 'mine', tickets: [], total: 0 });

    expect(cardOf(the.last, 'ticket-list')).toMatchObject({ headline: 'You have no tickets here', tickets: [] });
  });

  it('tells of a ticket what its card tells', () => {
    const the = atTicket();
    expect(listed(the)).toMatchObject({
      number: 12,
      status: 'Open',
      isOver: false,
      clock: cardOf(the.last, 'ticket').clock,
    });

    read(the, { status: 'solved' }, [said(1, 'Done.')]);

    expect(listed(the)).toMatchObject({ status: 'Solved', tone: 'good', isOver: true, url: snapshot.url });
    expect(listed(the).clock).toMatch(/^The desk answered .* in time/);
  });
});
