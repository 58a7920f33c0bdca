/** Where the card of a ticket stands, whom it calls, and when it may be posted. */
import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { Routing } from '../../src/policy/routing.ts';
import type { Place } from '../../src/flows/event.ts';
import {
  atVerdict,
  cardOf,
  type Case,
  directory,
  effectsOf,
  messages,
  snapshot,
  supportAt,
  supportRoom,
} from './cases.ts';

const urgent: Place = { platform: 'web', conversation: 'urgent', thread: null };
const rotation = {
  name: 'ops',
  zone: 'Europe/Amsterdam',
  start: '2026-01-05T09:00',
  handover: 'weekly' as const,
  people: ['sam'],
  overrides: [],
};
const rules: Routing<Place>['rules'] = [
  { environments: ['production'], severities: ['critical'], channel: urgent, rotation },
];

function settings(routing: Partial<Routing<Place>>): Directory {
  return { ...directory, routing: { rules: [], quiet: null, digest: null, ...routing } };
}

function opened(words: string, known: Directory): Case {
  const the = atVerdict(words, { directory: known });
  the.click('rosa', 'preview-ticket');
  the.click('rosa', 'open-ticket');
  the.happen({ type: 'ticket-opened', ticket: snapshot });
  return the;
}

const cry = 'prod is down since 8, recovery button did nothing, pls help';
const small = 'there is a typo on the login page of the portal in test';

it('a critical one stands in the channel of its rule and calls whoever is on call there', () => {
  const the = opened(cry, settings({ rules }));

  const card = messages(the.last).find(({ message }) => message === 'ticket');

  expect(supportAt(the, 'open').verdict.severity).toBe('critical');
  expect([card?.to, card?.mention]).toEqual([urgent, ['sam']]);
});

it('any other one stands in the usual channel and calls nobody', () => {
  const the = opened(small, settings({ rules }));

  const card = messages(the.last).find(({ message }) => message === 'ticket');

  expect([card?.to, card?.mention]).toEqual([supportRoom, []]);
});

it('a low one has no card of its own in the channel where there is a digest, but has one where it was asked', () => {
  const the = opened(small, settings({ digest: { zone: 'Europe/Amsterdam', at: '08:30' } }));

  expect(supportAt(the, 'open').verdict.severity).toBe('low');
  expect(messages(the.last).map(({ message }) => message)).toContain('support');
  expect(messages(the.last).map(({ message }) => message)).not.toContain('ticket');
});

describe('a warning of the clock that rings in quiet hours', () => {
  const quiet = { zone: 'Europe/Amsterdam', from: '09:00', until: '18:00', daysOff: [] };
  const morning = '2026-03-02T17:00:00.000Z';

  /** High, so that it waits for the end of the quiet hours. */
  function quietCase(): Case {
    const the = opened(cry, settings({ quiet }));
    the.happen({ type: 'ticket-read', ticket: { ...snapshot, priority: 'high', updatedAt: the.at }, comments: [] });
    the.later(7 * 60);
    return the;
  }

  function rings(the: Case): void {
    the.happen({ type: 'timer', name: 'response-warning', about: '12' });
  }

  it('is set again for their end, and says how things stand by then', () => {
    const the = quietCase();

    rings(the);
    expect(messages(the.last)).toEqual([]);
    expect(effectsOf(the.last, 'timer')).toEqual([
      { kind: 'work', type: 'timer', name: 'response-warning', about: '12', dueAt: morning },
    ]);
    the.later(90);
    rings(the);

    const [line] = messages(the.last);
    expect(line?.notBefore).toBeUndefined();
    expect(line?.content.text).toMatch(
      /^Ticket 12 has had no answer yet\. First answer due .* 1 h of office time left/,
    );
  });

  it('is dropped when the desk has answered by then', () => {
    const the = quietCase();
    rings(the);
    const comment = { id: 1, author: 'Robin', fromDesk: true, body: 'Looking.', createdAt: the.at };
    the.happen({
      type: 'ticket-read',
      ticket: { ...snapshot, priority: 'high', updatedAt: the.at },
      comments: [comment],
    });

    the.later(90);
    rings(the);

    expect(the.last.effects).toEqual([]);
  });

  it('leaves the cards to say at once that it is overdue', () => {
    const the = opened(cry, settings({ quiet: { ...quiet, until: '23:00' } }));
    the.happen({ type: 'ticket-read', ticket: { ...snapshot, priority: 'high', updatedAt: the.at }, comments: [] });
    the.later(24 * 60);

    the.happen({ type: 'timer', name: 'response-due', about: '12' });

    expect(messages(the.last).map(({ message }) => message)).toEqual(['support', 'ticket']);
    expect(cardOf(the.last, 'ticket', 'support').clock).toMatch(/^Overdue/);
  });
});

it('in quiet hours the channel waits, unless it is critical, and the thread that asked never does', () => {
  const quiet = { zone: 'Europe/Amsterdam', from: '09:00', until: '18:00', daysOff: [] };
  const waits = new Map(
    messages(opened(small, settings({ quiet })).last).map((shown) => [shown.message, shown.notBefore]),
  );

  expect(waits.get('ticket')).toBe('2026-03-02T17:00:00.000Z');
  expect(waits.get('support')).toBeUndefined();
  const card = messages(opened(cry, settings({ quiet })).last).find(({ message }) => message === 'ticket');
  expect(card?.notBefore).toBeUndefined();
});
