/** Desks that are not the usual one: our own, and one that tells nothing by itself. */
import { describe, expect, it } from 'vitest';
import { cardOf, directory, effectsOf, messageOf, messages, openCase, supportAt } from './cases.ts';
import { at, lines, read, said } from './ticket-cases.ts';

describe('a desk that tells nothing by itself', () => {
  it('has its tickets looked at, and the card says when', () => {
    const the = at({ tells: false });
    expect(cardOf(the.last, 'ticket').notes).toEqual([
      expect.stringContaining('Last read at the desk Mon 10:01 (Europe/Amsterdam).'),
    ]);
    the.later(30);

    the.happen({ type: 'ticket-looked', ticketId: 12 });

    expect(cardOf(the.last, 'ticket').notes).toEqual([expect.stringContaining('Mon 10:31')]);
    expect(lines(the)).toEqual([]);
  });

  it('is not mentioned where webhooks do it', () => {
    const the = at({});

    expect(cardOf(the.last, 'ticket').notes).toEqual([]);
  });
});

describe('a desk of our own', () => {
  it('shows with the verdict how the provider is reached, and promises nothing of its own', () => {
    const the = openCase({ directory: { ...directory, desk: { whose: 'own', rights: 'agent', tells: true } } });
    the.say('rosa', 'prod is down since 8, recovery button did nothing, pls help');
    the.click('rosa', 'triage-continue');

    const verdict = cardOf(the.last, 'verdict');
    expect(verdict.next).toContain('choose Support Center, then Open a Ticket');
    expect(verdict.due).toContain('counted from when its own ticket is opened');
    expect(verdict.due).not.toContain('today');
  });

  it('starts the clock with the provider’s number, not with the ticket', () => {
    const the = at({ whose: 'own' });
    expect(cardOf(the.last, 'ticket').clock).toBe('The provider’s time starts with its own ticket.');
    expect(messageOf(the.last, 'support').verbs).toContain('provider-form');
    the.later(59);

    the.say('sam', 'provider ticket 12345');

    expect(cardOf(the.last, 'ticket')).toMatchObject({
      clock: 'First answer due Mon 2 Mar 13:00 (Europe/Amsterdam). 2 h of office time left as of Mon 11:00.',
      notes: [expect.stringContaining('12345')],
    });
    expect(effectsOf(the.last, 'timer').map(({ dueAt }) => dueAt)).toEqual([
      '2026-03-02T11:30:00.000Z',
      '2026-03-02T12:00:00.000Z',
    ]);
    expect(messageOf(the.last, 'support').verbs).not.toContain('provider-form');
  });

  it('counts the provider’s answer, not that of our own people', () => {
    const the = at({ whose: 'own' });
    the.say('sam', 'provider ticket 12345');

    read(the, {}, [said(2, 'I asked the provider.')]);
    expect(cardOf(the.last, 'ticket').clock).toContain('left');
    the.say('sam', 'provider answered');

    expect(cardOf(the.last, 'ticket').clock).toBe(
      'The provider answered Mon 2 Mar 10:02 (Europe/Amsterdam), in time: 1 h 59 min of office time before it was due.',
    );
    expect(cardOf(the.last, 'ticket').notes).toEqual(['The provider’s ticket is 12345.']);
    the.later(200);
    the.happen({ type: 'timer', name: 'response-due', about: '12' });
    expect(the.last.effects).toEqual([]);
  });

  it('a number that was mistyped is corrected, and the clock runs on', () => {
    const the = at({ whose: 'own' });
    the.say('sam', 'provider ticket 12345');
    the.later(30);

    the.say('sam', 'provider ticket #12354');

    expect(supportAt(the, 'open').ticket.provider).toMatchObject({ number: '12354', at: '2026-03-02T09:01:00.000Z' });
    expect(effectsOf(the.last, 'timer')).toEqual([]);
  });

  it.each(['provider ticket soon', 'provider answered', 'provider ticket'])('“%s” is answered', (words) => {
    const the = at({ whose: 'own' });

    the.say('sam', words);

    expect(messages(the.last).length).toBeGreaterThan(0);
  });

  it('is no matter at the provider’s own desk', () => {
    const the = at({});

    the.say('sam', 'provider ticket 12345');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('provider’s own') });
  });
});
