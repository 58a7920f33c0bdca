import { describe, expect, it } from 'vitest';
import type { SupportAt } from '../../src/flows/state.ts';
import { atVerdict, cardOf, type Case, effectsOf, messageOf, messages, snapshot } from './cases.ts';
import { said } from './ticket-cases.ts';

const inTable = { number: 12, environment: 'production', requester: 'sam' };

/** At the preview of a ticket about production that cannot be reached. */
function previewed(openTickets = [inTable]): Case {
  const the = atVerdict();
  the.facts({ openTickets });
  the.click('rosa', 'preview-ticket');
  return the;
}

function found(the: Case, subject: string, id = 44, status: 'open' | 'closed' = 'open') {
  const question = effectsOf(the.last, 'find-tickets')[0]?.question ?? -1;
  the.happen({ type: 'tickets-found', question, tickets: [{ ...snapshot, id, subject, status }] });
}

describe('before a ticket is opened, one that is open about the same', () => {
  it('is offered from our own table, by its number alone', () => {
    const the = previewed();

    const card = cardOf(the.last, 'ticket-preview');
    expect(card.similar).toContain('ticket 12, asked by Sam');
    expect(card).toMatchObject({ addTitle: 'Add to ticket 12', openTitle: 'Open a new one anyway' });
    expect(messageOf(the.last, 'support').verbs).toEqual(['add-to-ticket', 'open-ticket', 'back', 'not-now']);
  });

  it('is none when it is about another environment', () => {
    const the = previewed([{ ...inTable, environment: 'test' }]);

    expect(cardOf(the.last, 'ticket-preview')).toMatchObject({ similar: '', openTitle: 'Open the ticket' });
    expect(messageOf(the.last, 'support').verbs).toEqual(['open-ticket', 'back', 'not-now']);
  });

  it('is looked for at the desk too, where its rights let us', () => {
    const the = previewed([]);
    expect(effectsOf(the.last, 'find-tickets')).toHaveLength(1);

    found(the, 'Production is down');
    expect(cardOf(the.last, 'ticket-preview').similar).toContain('ticket 44.');

    const other = previewed([]);
    found(other, 'Invoice of March');
    expect(other.last.effects).toEqual([]);
    const endUser = atVerdict();
    endUser.settings({ desk: { whose: 'provider', rights: 'end-user', tells: false } });
    endUser.click('rosa', 'preview-ticket');
    expect(effectsOf(endUser.last, 'find-tickets')).toEqual([]);
  });

  it('takes what was written, without secrets, and is followed here; what was said before is not shown', () => {
    const the = previewed();

    the.click('rosa', 'add-to-ticket', { body: 'Also the admin app. password: hunter22' });
    expect(effectsOf(the.last, 'read-ticket')).toMatchObject([{ ticketId: 12 }]);
    the.happen({ type: 'ticket-read', ticket: snapshot, comments: [said(1, 'For other eyes.')], complete: true });

    expect(the.state).toMatchObject({ at: 'open', ticket: { snapshot: { id: 12 } } });
    expect(effectsOf(the.last, 'send-comment')).toMatchObject([
      {
        ticketId: 12,
        commentKey: 'C-1/reply-1',
        body: 'Also the admin app. password: [removed]'.replace('password: ', ''),
      },
    ]);
    expect(effectsOf(the.last, 'open-ticket')).toEqual([]);
    expect(JSON.stringify(messages(the.last))).not.toContain('For other eyes');
    expect((the.state as SupportAt<'open'>).ticket.seenComments).toEqual([1]);
    expect(the.last.projections.map(({ type }) => type)).toEqual(['ticket-expected', 'ticket-known']);
  });

  it('that is over by then takes nothing, and a new one can be opened', () => {
    const the = previewed();

    the.say('rosa', 'add to ticket 12 instead');
    the.happen({ type: 'ticket-read', ticket: { ...snapshot, status: 'closed' }, comments: [] });

    expect(the.state).toMatchObject({ at: 'previewing' });
    expect(messageOf(the.last, 'support').verbs).toEqual(['open-ticket', 'back', 'not-now']);
    the.click('rosa', 'open-ticket');
    expect(effectsOf(the.last, 'open-ticket')).toHaveLength(1);
    expect(the.state).not.toHaveProperty('similar');
  });

  it('does not keep a new one from being opened', () => {
    const the = previewed();

    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')).toHaveLength(1);
  });
});
