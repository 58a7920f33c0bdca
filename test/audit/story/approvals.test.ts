import { describe, expect, it } from 'vitest';
import { connectCase } from '../connect-case.ts';
import { tell } from '../opened.ts';

const team = { platform: 'slack', conversation: 'C1', thread: 't' };
const chat = { platform: 'slack', conversation: 'D7', thread: null };
const people = {
  rosa: { id: 'rosa', name: 'Rosa', roles: ['requester'], zone: 'Europe/Amsterdam' },
  anna: { id: 'anna', name: 'Anna', roles: ['approver'] },
  ben: { id: 'ben', name: 'Ben', roles: ['approver'] },
  cem: { id: 'cem', name: 'Cem', roles: ['approver:security'] },
};
const planId = `${connectCase}/plan-3`;
const done = { outcome: 'done', because: '', errors: [] };
const asked = {
  id: `${planId}/approval`,
  asked: 'anna',
  onCall: { rotation: 'network', until: '2026-11-23T08:00:00Z' },
  told: ['anna', 'cem'],
  risk: 'high',
  because: ['a hub passes traffic on', 'mendix-prod is production'],
  needs: [
    { group: null, roles: ['approver'], count: 1 },
    { group: 'security', roles: ['approver:security'], count: 1 },
  ],
  votes: [],
  copies: [
    { place: team, message: 'approval-plan-3', reader: null },
    { place: chat, message: 'approval@slack.D7-plan-3', reader: 'anna' },
  ],
  passedOn: [],
  change: null,
  differences: ['port 443 instead of all'],
  decision: null,
};
const projection = {
  type: 'approval-asked',
  approvalId: asked.id,
  planId,
  planHash: 'f'.repeat(64),
  requestedBy: 'rosa',
  expiresAt: '2026-11-21T22:00:00Z',
};
const handed = { from: 'anna', to: 'ben', at: '2026-11-21T10:00:00Z' };
const wish = { by: 'ben', at: '2026-11-21T10:05:00Z', what: 'All ports?', message: 'change-1', answer: null };
const vote = { person: 'ben', at: '2026-11-21T10:10:00Z' };

type Entry = readonly [string, object];

function click(person: string, verb: string, more: object = {}): Entry {
  const event = { type: 'clicked', person, place: team, message: `${connectCase}/approval-plan-3`, verb, inputs: {} };
  const rest = { reply: done, flow: 'connect', state: 'awaiting-approval', changed: {}, effects: [], projections: [] };
  return ['clicked', { event, people, ...rest, ...more }];
}

function approval(more: object): object {
  return { changed: { approval: { ...asked, ...more } } };
}

const ask = click('rosa', 'ask-approval', { ...approval({}), projections: [projection] });

/** Who did what, and what came of it, a line for each moment. */
function aloud(entries: readonly Entry[]): string[] {
  return tell(entries).chapters.flatMap(({ moments }) =>
    moments.map(({ who, text, notes }) =>
      [`${who} ${text}`, ...notes.map(({ label, lines }) => `${label}: ${lines.join(' | ')}`)].join(' / '),
    ),
  );
}

function last(...entries: readonly Entry[]): string {
  return aloud(entries).at(-1) ?? '';
}

describe('a request for approval', () => {
  it('says how risky it is and why, who has to say yes, and who was asked', () => {
    expect(last(ask)).toContain(
      'How risky the rules call it: High | a hub passes traffic on | mendix-prod is production / Who has to say yes: One person with the role approver | One person of the group security / Asked: Anna, Cem; Anna is on call in the rotation network until 23 November 2026, 09:00 / Different from the plan before: port 443 instead of all',
    );
  });

  it('counts each yes', () => {
    const first = click('ben', 'approve', approval({ votes: [vote] }));

    expect(last(ask, first)).toContain('Said yes: Ben: 1 of 2; 1 more needed');
  });

  it('says so when the yeses were as many as needed, and something else was missing', () => {
    const both = click('cem', 'approve', approval({ votes: [vote, { ...vote, person: 'cem' }] }));

    expect(last(ask, both)).toContain('2 of 2; more is needed, because of a freeze');
  });

  it.each([
    [handed, 'Then: Anna handed the decision over to Ben.'],
    [{ ...handed, from: null }, 'Then: Nobody had decided in time, so Ben was asked as well.'],
  ])('says who was asked next, and why', (passed, text) => {
    expect(last(ask, click('anna', 'hand-over', approval({ asked: 'ben', passedOn: [passed] })))).toContain(text);
  });

  it('says who came on call meanwhile', () => {
    expect(last(ask, click('ben', 'look', approval({ asked: 'ben' })))).toContain(
      'Ben is on call by now, and is asked in place of Anna.',
    );
  });

  it('tells a wish for a change and its answer, each once', () => {
    const wished = click('ben', 'ask-change', approval({ change: wish }));
    const kept = click('rosa', 'keep-plan', approval({ change: { ...wish, answer: 'the apps move' } }));

    expect(aloud([ask, wished, kept, kept]).map((line) => /(?:A change|Answered).*/.exec(line)?.[0])).toEqual([
      undefined,
      'A change was asked for: Ben: “All ports?” The request waits as it is meanwhile.',
      'Answered: It stays as it is, because the apps move.',
      undefined,
    ]);
  });

  it.each([
    [{ status: 'denied', by: 'anna', reason: 'not now' }, 'rejected by Anna: not now'],
    [{ status: 'expired', by: null, reason: '' }, 'Decision: expired'],
    [
      { status: 'withdrawn', by: 'rosa', reason: '', from: 'approved' },
      'withdrawn by Rosa after the yes, before anything was written',
    ],
  ])('says how it ended: %j', (how, text) => {
    const ended = { type: 'approval-decided', approvalId: asked.id, ...how };

    expect(last(ask, click('anna', 'reject', { projections: [ended] }))).toContain(text);
  });

  it('says what holds up the work after the yes, and when it is over', () => {
    const why = 'There is a freeze: quarter end.';
    const held = click('anna', 'approve', {
      state: 'approved',
      changed: { hold: { why, until: '2026-11-22T07:00:00Z' } },
    });
    const freed = click('anna', 'look', { state: 'approved', changed: { hold: null } });

    expect(aloud([ask, held, freed]).slice(1)).toEqual([
      expect.stringContaining(`Approved, but held up: ${why} It begins by itself at 22 November 2026, 08:00.`),
      expect.stringContaining('Nothing holds it up any more.'),
    ]);
  });

  it('stands with all of it under the decision', () => {
    const votes = [vote, { person: 'cem', at: '2026-11-21T10:12:00Z' }];
    const decision = { status: 'approved', by: 'cem', reason: '', authority: '2 of 2 have said yes.' };
    const yes = click('cem', 'approve', {
      ...approval({ votes, decision, passedOn: [handed], change: { ...wish, answer: 'they move' } }),
      projections: [{ type: 'approval-decided', approvalId: asked.id, status: 'approved', by: 'cem', reason: '' }],
    });
    const refusal = { reply: { outcome: 'refused', because: 'You asked for this.', errors: [] } };

    expect(tell([ask, click('rosa', 'hand-over', refusal), yes]).decisions).toMatchObject([
      {
        status: 'approved',
        decidedBy: 'Ben and Cem',
        authority: expect.stringMatching(/^2 of 2 have said yes; role approver:security; asked as well/),
        votes: [{ who: 'Ben' }, { who: 'Cem' }],
        risk: ['High', 'a hub passes traffic on', 'mendix-prod is production'],
        onTheWay: [
          { text: 'Anna handed the decision over to Ben.' },
          { text: 'Ben asked for a change: “All ports?” The answer: it stays as it is, because they move.' },
        ],
        refused: [{ who: 'Rosa', because: 'You asked for this.' }],
      },
    ]);
  });
});

describe('what happens beside the decision', () => {
  function post(message: string, place: object, mention: readonly string[] = []): Entry {
    const content = { text: 'Rosa asks.', card: null, speaker: null };
    return ['message-sent', { message, revision: 1, edited: false, place, onlyFor: null, mention, verbs: [], content }];
  }

  it('tells one piece of news once, in however many places it was posted', () => {
    expect(
      aloud([ask, post('approval-plan-3', team, ['anna']), post('approval@slack.D7-plan-3', chat)]).slice(1),
    ).toEqual(['Causeway posted in C1 in Slack, to Anna, and in private to Anna:']);
  });

  it.each([
    [
      { type: 'changes-stopped', stop: { by: 'anna', reason: 'an outage' } },
      'All changes to Azure are stopped by Anna: an outage',
    ],
    [{ type: 'changes-allowed', by: 'anna', reason: 'over' }, 'Changes to Azure are allowed again by Anna: over'],
    [
      {
        type: 'freeze-begun',
        freeze: {
          by: 'anna',
          environments: ['prod'],
          mode: 'second-approval',
          from: '2026-11-21T10:00:00Z',
          until: null,
          reason: 'audit',
        },
      },
      'Anna froze prod from 21 November 2026, 11:00 until somebody lifts it (plans need one more yes): audit',
    ],
    [{ type: 'freezes-lifted', by: 'anna', reason: 'done' }, 'A freeze is lifted by Anna: done'],
  ])('tells a stop and a freeze: %j', (control, text) => {
    expect(last(ask, click('anna', 'control', { projections: [control] }))).toContain(`From then on: ${text}`);
  });

  it('tells whether the work was let begin', () => {
    const event = { type: 'plan-begins', planId };
    function begins(reply: object): Entry {
      return ['plan-begins', { event, reply, flow: 'connect', state: 'applying' }];
    }

    expect(last(ask, begins(done))).toContain('and began to write');
    expect(last(ask, begins({ outcome: 'refused', because: 'All changes are stopped.' }))).toMatch(
      /not let begin\. \/ Answer: refused: All changes are stopped\./,
    );
  });

  it('tells a clock that did something, and no other', () => {
    function rings(effects: readonly object[]): Entry {
      const event = { type: 'timer', name: 'approval-reminder', about: 'x' };
      return ['timer', { event, reply: done, effects, projections: [] }];
    }

    expect(last(ask, rings([{ kind: 'message' }]))).toContain('nobody had decided');
    expect(aloud([ask, rings([])])).toHaveLength(1);
  });

  it('gives the way back chapters of its own', () => {
    const titles = tell([
      ask,
      click('rosa', 'undo', {
        state: 'undo-planned',
        changed: { undo: { id: 'u', plan: { hash: 'abc', steps: [{}] } } },
      }),
      click('rosa', 'ask-approval', {}),
      click('rosa', 'look', { state: 'undone' }),
    ]).chapters.map(({ title }) => title);

    expect(titles).toEqual([
      'The decision',
      'The way back',
      'The decision about the way back',
      'The proof that it is gone',
    ]);
  });
});
