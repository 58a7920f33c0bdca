import { describe, expect, it } from 'vitest';
import type { TimerName } from '../../src/flows/event.ts';
import {
  atTicket,
  atVerdict,
  cardOf,
  type Case,
  directory,
  effectsOf,
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
    const the = opened(atVerdict('what happens if we delete the managed application?'));

    expect(timersOf(the)).toEqual([]);
    expect(cardOf(the.last, 'ticket').clock).toBe('Reasonable effort, no fixed time.');
  });

  it.each([
    [
      'response-warning',
      90,
      /^Ticket 12 has had no answer yet: 30 min of office time left, first answer due Mon 12:00/,
    ],
    ['response-due', 120, /^Ticket 12 has had no answer yet; the first one was due Mon 12:00 \(Europe\/Amsterdam\)\.$/],
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

    expect(cardOf(the.last, 'ticket').clock).toBe('overdue, first answer due Mon 12:00 (Europe/Amsterdam)');
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
