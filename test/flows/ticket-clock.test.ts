import { describe, expect, it } from 'vitest';
import type { TimerName } from '../../src/flows/event.ts';
import {
  atTicket,
  atVerdict,
  cardOf,
  type Case,
  directory,
  effectsOf,
  judgedBy,
  messageOf,
  messages,
  snapshot,
  supportRoom,
} from './cases.ts';

function rings(the: Case, name: TimerName): void {
  the.happen({ type: 'timer', name, about: '12' });
}

function opened(the: Case): Case {
  the.click('rosa', 'preview-ticket');
  the.click('rosa', 'open-ticket');
  the.happen({ type: 'ticket-opened', ticket: snapshot });
  return the;
}

function timersOf(the: Case): string[][] {
  return effectsOf(the.last, 'timer').map(({ name, about, dueAt }) => [name, about, dueAt]);
}

describe('the response clock', () => {
  it('warns at three quarters of the office time', () => {
    expect(timersOf(atTicket())).toEqual([
      ['response-warning', '12', '2026-03-02T10:30:00.000Z'],
      ['response-due', '12', '2026-03-02T11:00:00.000Z'],
    ]);
  });

  it('is shown with the office hours in which it counts, as long as it runs', () => {
    const the = atTicket();
    expect(cardOf(the.last, 'ticket').hours).toBe('Mon to Fri 09:00 to 17:00 Europe/Amsterdam');

    const comment = { id: 1, author: 'Robin', fromDesk: true, body: 'Looking.', createdAt: the.at };
    the.happen({ type: 'ticket-read', ticket: snapshot, comments: [comment] });

    expect(cardOf(the.last, 'ticket').hours).toBe('');
    expect(cardOf(opened(judgedBy({ symptom: 'cosmetic' })).last, 'ticket').hours).toBe('');
  });

  it('skips the weekend', () => {
    const the = atVerdict();
    the.later(4 * 24 * 60 + 6 * 60 + 30);

    the.say('rosa', 'not now');
    the.say('rosa', 'prod is down since 8, recovery button did nothing');
    the.say('rosa', 'continue');

    // Raised on Friday 16:30: half an hour of office time is left that day.
    expect(timersOf(opened(the))).toEqual([
      ['response-warning', '12', '2026-03-09T09:00:00.000Z'],
      ['response-due', '12', '2026-03-09T09:30:00.000Z'],
    ]);
  });

  it('does not warn about what is over when the ticket is opened', () => {
    const the = atVerdict();
    the.later(100);

    expect(timersOf(opened(the)).map(([name]) => name)).toEqual(['response-due']);
  });

  it('has no timers where there is no fixed time', () => {
    const the = opened(judgedBy({ symptom: 'cosmetic' }));

    expect(timersOf(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket').clock).toBe('Reasonable effort, no fixed time.');
  });

  it.each([
    [
      'response-warning',
      90,
      /^Ticket 12 has had no answer yet\. First answer due Mon 2 Mar 12:00 \(Europe\/Amsterdam\)\. 30 min of office time left as of Mon 11:30\.$/,
    ],
    [
      'response-due',
      120,
      /^Ticket 12 has had no answer yet; the first one was due Mon 2 Mar 12:00 \(Europe\/Amsterdam\)\.$/,
    ],
  ] as const)('%s is a quiet line in the support channel', (name, minutes, text) => {
    const the = atTicket();
    the.later(minutes);

    rings(the, name);

    const line = messageOf(the.last, name);
    expect(line).toMatchObject({ to: supportRoom, mention: [], content: { text: expect.stringMatching(text) } });
  });

  it('says on the card that it is overdue', () => {
    const the = atTicket();
    the.later(120);

    rings(the, 'response-due');

    expect(cardOf(the.last, 'ticket')).toMatchObject({
      status: 'Open',
      tone: 'attention',
      clock: 'Overdue: the first answer was due Mon 2 Mar 12:00 (Europe/Amsterdam).',
    });
  });

  it.each(['response-warning', 'response-due'] as const)('%s is skipped once the desk has answered', (name) => {
    const the = atTicket();
    const comment = { id: 1, author: 'Robin', fromDesk: true, body: 'Looking.', createdAt: the.at };
    the.happen({ type: 'ticket-read', ticket: snapshot, comments: [comment] });

    rings(the, name);

    expect(the.last.effects).toEqual([]);
  });

  it.each(['solved', 'closed', 'deleted'] as const)('is over when the ticket is %s', (status) => {
    const the = atTicket();
    the.happen({ type: 'ticket-read', ticket: { ...snapshot, status }, comments: [] });
    expect(cardOf(the.last, 'ticket').clock).toBe('');

    rings(the, 'response-due');

    expect(the.last.effects).toEqual([]);
  });

  it('is silent without a support channel', () => {
    const the = opened(
      atVerdict(undefined, { directory: { ...directory, places: { approvals: null, support: null } } }),
    );
    expect(messages(the.last).map((message) => message.message)).toEqual(['support']);

    rings(the, 'response-warning');

    expect(the.last.effects).toEqual([]);
  });

  it('does not mind timers of approvals', () => {
    const the = atTicket();

    rings(the, 'approval-expiry');

    expect(the.last.effects).toEqual([]);
  });
});

describe('the clock of the settings', () => {
  it('warns at the share that they say', () => {
    const warnShare = { ...directory.clock.warnShare, critical: 0.5 };
    const the = opened(atVerdict(undefined, { directory: { ...directory, clock: { ...directory.clock, warnShare } } }));

    expect(timersOf(the)[0]).toEqual(['response-warning', '12', '2026-03-02T10:00:00.000Z']);
  });

  it('counts in the office hours of whoever asked', () => {
    const week = directory.calendar.week.map(() => [{ open: 10 * 60 + 30, close: 24 * 60 }]);
    const personCalendars = new Map([['rosa', { ...directory.calendar, week }]]);

    const the = opened(atVerdict(undefined, { directory: { ...directory, personCalendars } }));

    expect(timersOf(the)).toEqual([
      ['response-warning', '12', '2026-03-02T11:00:00.000Z'],
      ['response-due', '12', '2026-03-02T11:30:00.000Z'],
    ]);
  });

  it('mentions who is on call when the answer is overdue, and nobody before', () => {
    const escalation = directory.rotation;
    const the = opened(
      atVerdict(undefined, { directory: { ...directory, clock: { ...directory.clock, escalation } } }),
    );

    the.later(90);
    rings(the, 'response-warning');
    expect(messageOf(the.last, 'response-warning').mention).toEqual([]);

    the.later(30);
    rings(the, 'response-due');
    expect(messageOf(the.last, 'response-due')).toMatchObject({
      mention: ['anna'],
      content: { text: expect.stringMatching(/ Anna Approver, please follow it up with the desk\.$/) },
    });
  });
});

describe('a priority that the desk changes', () => {
  function reads(the: Case, priority: 'urgent' | 'high' | 'normal' | 'low' | null): void {
    the.happen({ type: 'ticket-read', ticket: { ...snapshot, priority, updatedAt: the.at }, comments: [] });
  }

  it('counts again from the start, and shows who changed it', () => {
    const the = atTicket();
    the.later(10);

    reads(the, 'high');

    expect(timersOf(the)).toEqual([
      ['response-warning', '12', '2026-03-02T15:00:00.000Z'],
      ['response-due', '12', '2026-03-03T09:00:00.000Z'],
    ]);
    const card = cardOf(the.last, 'ticket', 'support');
    expect(card.severity).toBe('High (changed by the desk)');
    expect(card.clock).toBe(
      'First answer due Tue 3 Mar 10:00 (Europe/Amsterdam). 7 h 50 min of office time left as of Mon 10:10. Not counted: Mon 2 Mar 17:00 to Tue 3 Mar 09:00 (night).',
    );
  });

  it('lets the timers of the old target say nothing, and sets them again', () => {
    const the = atTicket();
    reads(the, 'high');
    the.later(120);

    rings(the, 'response-due');

    expect(messages(the.last)).toEqual([]);
    expect(timersOf(the)).toEqual([['response-due', '12', '2026-03-03T09:00:00.000Z']]);
  });

  it('is overdue at once when the new target is over already, and says so once', () => {
    const the = atTicket();
    reads(the, 'normal');
    the.later(4 * 60);
    reads(the, 'urgent');
    expect(timersOf(the)).toEqual([['response-due', '12', '2026-03-02T11:00:00.000Z']]);

    rings(the, 'response-due');
    expect(messageOf(the.last, 'response-due').content.text).toMatch(/the first one was due Mon 2 Mar 12:00/);
    rings(the, 'response-due');
    expect(the.last.effects).toEqual([]);
  });

  it('has no timers, and promises nothing, when it is low now', () => {
    const the = atTicket();

    reads(the, 'low');

    expect(timersOf(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket', 'support').clock).toBe('Reasonable effort, no fixed time.');
    the.later(240);
    rings(the, 'response-due');
    expect(the.last.effects).toEqual([]);
  });

  it.each(['urgent', null] as const)('is none when it reads %s', (priority) => {
    const the = atTicket();

    reads(the, priority);

    expect(timersOf(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket', 'support').severity).toBe('Critical');
  });
});

it('tells of the weekend that is still to come', () => {
  const the = atVerdict();
  the.later(4 * 24 * 60 + 6 * 60 + 30);
  the.say('rosa', 'not now');
  the.say('rosa', 'prod is down since 8, recovery button did nothing');
  the.say('rosa', 'continue');
  opened(the);

  expect(cardOf(the.last, 'ticket', 'support').clock).toBe(
    'First answer due Mon 9 Mar 10:30 (Europe/Amsterdam). 2 h of office time left as of Fri 16:30. Not counted: Fri 6 Mar 17:00 to Mon 9 Mar 09:00 (Sat 7 Mar, Sun 8 Mar).',
  );

  the.later(65 * 60 + 30);
  rings(the, 'response-warning');
  expect(messageOf(the.last, 'response-warning').content.text).toBe(
    'Ticket 12 has had no answer yet. First answer due Mon 9 Mar 10:30 (Europe/Amsterdam). 30 min of office time left as of Mon 10:00.',
  );
});

it('follows office hours that changed meanwhile', () => {
  const the = atTicket();
  the.settings({ calendar: { ...directory.calendar, holidays: ['2026-03-02'] } });
  the.later(120);

  rings(the, 'response-due');

  expect(messages(the.last)).toEqual([]);
  expect(timersOf(the)).toEqual([['response-due', '12', '2026-03-03T10:00:00.000Z']]);
});
