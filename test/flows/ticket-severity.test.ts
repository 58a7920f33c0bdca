/** What people can change at the desk from here, and what the rights there do not allow. */
import { describe, expect, it } from 'vitest';
import { cardOf, effectsOf, messageOf, team } from './cases.ts';
import { at, lines, read } from './ticket-cases.ts';

describe('another severity', () => {
  it('goes to the desk with the reason, and the card says whose wish it was', () => {
    const the = at({});

    the.say('rosa', 'severity high: it works again for half of us');
    expect(effectsOf(the.last, 'change-ticket')).toMatchObject([{ ticketId: 12, priority: 'high' }]);
    expect(effectsOf(the.last, 'send-comment')).toMatchObject([{ body: expect.stringContaining('half of us') }]);
    expect(messageOf(the.last, 'reply').content.text).toContain('from Critical to High');
    read(the, { priority: 'high' });

    expect(lines(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket').severity).toBe('High (changed by Rosa Requester: it works again for half of us)');
  });

  it('can be chosen in a form, which then says what came of it', () => {
    const the = at({});
    the.click('sam', 'severity-form');
    const form = messageOf(the.last, 'ticket-form');
    expect(form).toMatchObject({ to: team, verbs: ['change-severity'] });
    expect(cardOf(the.last, 'ticket-form')).toMatchObject({ severity: 'critical', numberLabel: '' });

    the.happen({
      type: 'clicked',
      person: 'sam',
      place: team,
      message: `C-1/${form.message}`,
      verb: 'change-severity',
      inputs: { severity: 'low', reason: 'It was a drill.' },
    });

    expect(effectsOf(the.last, 'change-ticket')).toMatchObject([{ priority: 'low' }]);
    expect(messageOf(the.last, form.message).content.card?.name).toBe('notice');
  });

  it.each([
    [{ severity: 'critical', reason: 'x' }, 'already'],
    [{ severity: 'apocalyptic', reason: 'x' }, 'Choose one'],
    [{ severity: 'high', reason: ' ' }, 'Say why'],
  ])('wants something new and a reason: %j', (inputs, because) => {
    const the = at({});

    the.click('rosa', 'change-severity', inputs);

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', because: expect.stringContaining(because) });
    expect(the.last.effects).toEqual([]);
  });

  it('“because” does as well as a colon, and before there is a ticket it changes the verdict', () => {
    const the = at({});

    the.say('rosa', 'severity high because it works again for half of us');

    expect(effectsOf(the.last, 'change-ticket')).toMatchObject([{ priority: 'high' }]);
  });
});

describe('with the rights of an end user', () => {
  it.each([
    ['new', ['send-reply']],
    ['open', ['send-reply', 'mark-solved']],
    ['solved', ['send-reply', 'it-helped', 'did-not-help']],
  ] as const)('a ticket that is %s has no button that does nothing', (status, verbs) => {
    const the = at({ rights: 'end-user' });

    read(the, { status });

    expect(messageOf(the.last, 'support').verbs).toEqual(verbs);
  });

  it.each([
    ['new', 'solved', 'once somebody at the desk has taken it'],
    ['solved', 'reopen', 'opened again by an answer'],
    ['open', 'severity low: it was a drill', 'Only the desk can change'],
    ['open', 'change severity', 'Only the desk can change'],
  ] as const)('at %s, “%s” is answered with what to do instead, and not tried', (status, words, because) => {
    const the = at({ rights: 'end-user' });
    read(the, { status });

    the.say('rosa', words);

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining(because) });
    expect(the.last.effects.filter(({ kind }) => kind === 'work')).toEqual([]);
  });

  it('“is solved” says how it is opened again', () => {
    const the = at({ rights: 'end-user' });

    read(the, { status: 'solved' });

    expect(lines(the)[0]).toContain('“send: …”');
  });

  it('a refusal by the desk is told calmly, with its own words', () => {
    const the = at({ rights: 'end-user' });

    the.happen({ type: 'ticket-refused', effect: 'C-1/9/0', of: 'change-ticket', because: 'Not yet. Write a reply.' });

    expect(lines(the)).toEqual(['Not yet. Write a reply.']);
  });
});
