import { describe, expect, it } from 'vitest';
import type { Event, Place } from '../../src/flows/event.ts';
import type { Directory } from '../../src/flows/flow.ts';
import type { WatchedApproval, WatchRound, WatchState } from '../../src/flows/watch-state.ts';
import { isNews } from '../../src/flows/watch.ts';
import { type Case, cardOf, directory, effectsOf, messages, monday, openCase } from './cases.ts';

function chat(person: string): Place {
  return { platform: 'web', conversation: `dm-${person}`, thread: null };
}

const told: Directory = {
  ...directory,
  personPlaces: new Map(directory.people.map(({ id }) => [id, [chat(id)]])),
};

function approval(parts: Partial<WatchedApproval> = {}): WatchedApproval {
  return {
    id: 'C-1/3/plan/approval',
    caseId: 'C-1',
    isPending: true,
    requester: 'rosa',
    place: { platform: 'web', conversation: 'team', thread: 't1' },
    what: 'Peering with hub-vnet for mendix-prod',
    risk: 'medium',
    askedAt: monday,
    expiresAt: '2026-03-02T11:00:00.000Z',
    asked: 'anna',
    deciders: ['anna', 'ben'],
    posted: 'yes',
    because: '',
    isBehind: false,
    ...parts,
  };
}

const anna = { rotation: 'network', person: 'anna', until: '2026-03-02T12:00:00.000Z' };
const ben = { rotation: 'network', person: 'ben', until: '2026-03-09T08:00:00.000Z' };

function watched(approvals: readonly WatchedApproval[], onCall = [anna]): Extract<Event, { type: 'watched' }> {
  return { type: 'watched', round: { approvals, onCall, freed: [] } };
}

function news(the: Case, round: WatchRound): boolean {
  return isNews(the.state as WatchState | null, round, { at: the.at, directory: told });
}

function begun(): Case {
  const the = openCase({ directory: told });
  the.happen(watched([]));
  return the;
}

describe('an approval that nobody can see', () => {
  const lost = approval({ posted: 'no', because: 'Slack says channel_not_found.' });

  it('is told to its case and to the administrators, once', () => {
    const the = begun();
    expect(news(the, watched([lost]).round)).toBe(true);

    const first = the.happen(watched([lost]));

    expect(effectsOf(first, 'tell-case')).toMatchObject([
      {
        caseId: 'C-1',
        event: { type: 'approval-unseen', why: { kind: 'not-posted', because: 'Slack says channel_not_found.' } },
      },
    ]);
    expect(messages(first).map(({ to }) => to)).toEqual([chat('ada')]);
    expect(messages(first)[0]?.content.text).toMatch(
      /^Nobody can see an approval: .*Rosa Requester.*channel_not_found/,
    );
    expect(news(the, watched([lost]).round)).toBe(false);
    expect(the.happen(watched([lost])).effects).toEqual([]);
  });

  it('is tried again with growing pauses, and the administrators are not told again', () => {
    const the = begun();
    the.happen(watched([lost]));

    const minutes = [1, 5, 15].map((pause) => {
      the.later(pause);
      expect(news(the, watched([lost]).round)).toBe(true);
      const again = the.happen(watched([lost]));
      return [effectsOf(again, 'tell-case').length, messages(again).length];
    });

    expect(minutes).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  it('is one that no platform has taken for half a minute', () => {
    const the = begun();
    const waiting = approval({ posted: 'waiting' });
    expect(news(the, watched([waiting]).round)).toBe(false);
    the.later(1);

    expect(effectsOf(the.happen(watched([waiting])), 'tell-case')).toMatchObject([
      { event: { why: { kind: 'not-posted' } } },
    ]);
  });

  it('is over when it stands, and forgotten when it is decided', () => {
    const the = begun();
    the.happen(watched([lost]));

    expect(effectsOf(the.happen(watched([approval()])), 'tell-case')).toMatchObject([
      { event: { why: { kind: 'over' } } },
    ]);
    expect(news(the, watched([approval()]).round)).toBe(false);
    the.happen(watched([lost]));
    expect(the.happen(watched([])).effects).toEqual([]);
    expect(the.state).toMatchObject({ told: [] });
  });
});

describe('an approval that nobody may decide', () => {
  it('is told to its case and to the administrators', () => {
    const the = begun();

    const found = the.happen(watched([approval({ deciders: [] })]));

    expect(effectsOf(found, 'tell-case')).toMatchObject([{ event: { why: { kind: 'nobody-decides' } } }]);
    expect(messages(found).map(({ to }) => to)).toEqual([chat('ada')]);
  });

  it('is not meant by one whose person on call lost the role while others have it', () => {
    const found = begun().happen(watched([approval({ deciders: ['ben'] })]));

    expect(effectsOf(found, 'tell-case')).toMatchObject([{ event: { why: { kind: 'asked-cannot' } } }]);
    expect(messages(found)[0]?.content.text).toContain('I ask Ben Approver now');
  });
});

it('mends a copy that shows something old, also after the decision, without a word to anybody', () => {
  const the = begun();

  const found = the.happen(watched([approval({ isPending: false, deciders: [], isBehind: true })]));

  expect(effectsOf(found, 'tell-case')).toMatchObject([{ event: { why: { kind: 'copy-behind' } } }]);
  expect(messages(found)).toEqual([]);
  expect(the.happen(watched([])).effects).toEqual([]);
});

describe('who comes on call', () => {
  it('gets one summary of what waits for them, in private', () => {
    const the = begun();
    const waiting = [
      approval({ id: 'b', expiresAt: '2026-03-02T10:30:00.000Z', what: 'Private Link to pls-erp for mendix-acc' }),
      approval(),
      approval({ id: 'c', deciders: ['anna'] }),
      approval({ id: 'd', isPending: false }),
      approval({ id: 'e', expiresAt: monday }),
    ];

    const came = the.happen(watched(waiting, [ben]));

    expect(messages(came)).toMatchObject([{ to: chat('ben'), verbs: [], onlyFor: null }]);
    const card = cardOf(came, 'waiting');
    expect(card.headline).toBe('2 approvals wait for you');
    expect(card.text).toBe('You are on call for “network” until Mon 9 Mar 09:00 (Europe/Amsterdam).');
    expect(card.items.map(({ expires, what }) => [what, expires])).toEqual([
      ['Private Link to pls-erp for mendix-acc', 'Risk: medium. Expires Mon 11:30 (Europe/Amsterdam).'],
      ['Peering with hub-vnet for mendix-prod', 'Risk: medium. Expires Mon 12:00 (Europe/Amsterdam).'],
    ]);
    expect(card.items[0]?.detail).toContain('Rosa Requester asks, in a thread of “team”');
    expect(news(the, watched(waiting, [ben]).round)).toBe(false);
    expect(the.happen(watched(waiting, [ben])).effects).toEqual([]);
  });

  it('is left in peace when nothing waits, and is known from then on', () => {
    const the = begun();
    expect(news(the, watched([], [ben]).round)).toBe(true);

    expect(the.happen(watched([], [ben])).effects).toEqual([]);
    expect(news(the, watched([approval()], [ben]).round)).toBe(false);
  });

  it('in two rotations at once is told once', () => {
    const the = openCase({ directory: told });
    const dns = { ...anna, rotation: 'dns' };
    the.happen(watched([], [anna, dns]));

    const came = the.happen(watched([approval()], [ben, { ...ben, rotation: 'dns' }]));

    expect(messages(came)).toHaveLength(1);
    expect(cardOf(came, 'waiting').text).toMatch(/^You are on call for “network” and “dns” until [^“”]*\.$/);
  });

  it('is not told at the first round of all', () => {
    const the = openCase({ directory: told });

    expect(the.happen(watched([approval()], [ben])).effects).toEqual([]);
  });
});

it('tells a case whose plan need not wait any longer', () => {
  const the = begun();
  const round: WatchRound = { approvals: [], onCall: [anna], freed: [{ id: 'p/approval', caseId: 'C-4' }] };
  expect(news(the, round)).toBe(true);

  expect(effectsOf(the.happen({ type: 'watched', round }), 'tell-case')).toMatchObject([
    { caseId: 'C-4', event: { approvalId: 'p/approval', why: { kind: 'freed' } } },
  ]);
});

it('says in its thread that nothing happens there, and still answers what is answered everywhere', () => {
  const the = begun();

  expect(messages(the.say('anna', 'approve', chat('anna')))).toMatchObject([{ onlyFor: 'anna' }]);
  expect(cardOf(the.say('ada', 'stop?', chat('ada')), 'control').headline).toBe('Changes are allowed');
});
