import { describe, expect, it } from 'vitest';
import {
  addMinutes,
  formatSeconds,
  localDayTime,
  localTime,
  localTimeShort,
  secondsBetween,
} from '../../src/flows/time.ts';
import { openAlert } from './alert-cases.ts';
import { atTicket, cardOf, type Case, messageOf, messages, openCase, whereIs } from './cases.ts';

describe('times', () => {
  it.each([
    [-1, '0.0 s'],
    [0, '0.0 s'],
    [3.14, '3.1 s'],
    [45.4, '45 s'],
    [59.6, '1 min'],
    [60, '1 min'],
    [125, '2 min 5 s'],
    [3599.7, '1 h'],
    [4320, '1 h 12 min'],
  ])('%d seconds read “%s”', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it.each([
    ['Europe/Amsterdam', 'Sun 03:00 (Europe/Amsterdam)'],
    ['UTC', 'Sun 01:00 (UTC)'],
    ['America/New_York', 'Sat 21:00 (America/New_York)'],
    ['Asia/Kolkata', 'Sun 06:30 (Asia/Kolkata)'],
  ])('an instant reads in %s', (zone, text) => {
    const at = '2026-03-29T01:00:59.999Z';

    expect(localTime(at, zone)).toBe(text);
    expect(text.startsWith(localTimeShort(at, zone))).toBe(true);
  });

  it('names the day where it may be more than a week away', () => {
    expect(localDayTime('2026-03-29T01:00:59.999Z', 'America/New_York')).toBe('Sat 28 Mar 21:00 (America/New_York)');
  });

  it('count across a change of the clock', () => {
    expect(addMinutes('2026-03-29T00:30:00Z', 60)).toBe('2026-03-29T01:30:00.000Z');
    expect(secondsBetween('2026-03-29T00:30:00Z', '2026-03-29T01:30:00.000Z')).toBe(3600);
  });
});

function titlesOf(the: Case): string[] {
  return cardOf(the.last, 'help').groups.map(({ title }) => title);
}

describe('help', () => {
  it.each(['help', '/help', 'Help!'])('answers “%s” with everything that can be written', (text) => {
    const the = openCase();

    the.say('rosa', text);

    const { groups } = cardOf(the.last, 'help');
    expect(groups.flatMap(({ commands }) => commands.map((known) => known.command))).toEqual(
      expect.arrayContaining(['ask for approval', 'send: …']),
    );
    expect(messageOf(the.last, 'help').verbs).toEqual(['start-connect', 'start-support']);
    expect(whereIs(the.state)).toBe('talk');
  });

  it.each(['what can you do?', 'bananas'])('answers “%s” with where to begin, and how to see the rest', (text) => {
    const the = openCase();

    the.say('rosa', text);

    expect(cardOf(the.last, 'help').examples.length).toBeGreaterThan(4);
    expect(cardOf(the.last, 'help').intro).toContain('write “help” there');
    expect(titlesOf(the)).toEqual(['In every thread']);
    expect(messageOf(the.last, 'help').verbs).toEqual(['start-connect', 'start-support']);
    expect(whereIs(the.state)).toBe('talk');
  });

  it('is a new message each time, so that the answer stands below the question', () => {
    const the = openCase();
    const [first] = messages(the.say('rosa', 'bananas'));

    const [second] = messages(the.say('rosa', 'apples'));

    expect(second?.message).not.toBe(first?.message);
  });

  it('does not disturb a case', () => {
    const the = openCase();
    the.say('rosa', 'connect mendix-prod to hub-vnet for app orders');
    const before = the.state;

    the.say('ben', 'help');

    expect(the.state).toEqual(before);
    expect(titlesOf(the)).toEqual(['In every thread', 'In the thread of a connection']);
  });

  it('lists the words of its own thread in a case, and those of every thread outside one', () => {
    const ticket = atTicket();
    ticket.say('rosa', 'help');
    expect(titlesOf(ticket)).toEqual(['In every thread', 'In the thread of a problem']);
    const alert = openAlert();
    alert.fire();
    alert.say('sam', 'help');
    expect(titlesOf(alert)).toEqual(['In every thread', 'In the thread of an alert']);
    alert.click('sam', 'triage-alert');
    alert.say('sam', 'help');
    expect(titlesOf(alert)).toEqual(['In every thread', 'In the thread of an alert', 'In the thread of a problem']);

    const talk = openCase();
    talk.say('rosa', 'help');

    expect(titlesOf(talk)).toHaveLength(5);
  });
});

describe('the settings', () => {
  const changed = { type: 'settings-changed', changes: [{ path: 'people', before: 1, after: 2 }] } as const;

  it('have a case of their own', () => {
    const the = openCase();

    the.happen(changed);
    the.happen(changed);
    the.say('rosa', 'connect');

    expect(whereIs(the.state)).toBe('settings');
    expect(messages(the.last)).toMatchObject([
      { onlyFor: 'rosa', content: { text: expect.stringContaining('notice of mine') } },
    ]);
  });

  it('take no other case away', () => {
    const the = openCase();
    the.say('rosa', 'connect');

    the.happen(changed);

    expect(whereIs(the.state)).toBe('connect/asking');
  });

  it('an event for a case that nobody knows is an error that says where to look', () => {
    expect(() => openCase().happen({ type: 'ticket-hinted', ticketId: 1 })).toThrow(/no case is known.*table “event”/);
  });
});
