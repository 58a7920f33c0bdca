import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApprovalRule, defaultRule } from '../../src/policy/approval-rule.ts';
import {
  changeKinds,
  decidersOf,
  type DecisionRequest,
  mayControl,
  mayDecide,
  missingOf,
  type Need,
  neededDecisions,
  progressOf,
} from '../../src/policy/approvers.ts';
import type { Role } from '../../src/policy/people.ts';
import { risks } from '../../src/policy/risk.ts';

function needsOf(rule: Partial<ApprovalRule> = {}, change: (typeof changeKinds)[number] = 'network'): Need[] {
  return neededDecisions({
    change,
    environment: 'mendix-prod',
    production: true,
    risk: 'high',
    rule: { ...defaultRule, ...rule },
  });
}

function person(id: string, name: string, roles: readonly Role[]) {
  return { id, name, roles };
}

const people = [
  person('rae', 'Rae', ['requester', 'approver']),
  person('ann', 'Ann', ['approver']),
  person('bob', 'Bob', ['approver:network']),
  person('sec', 'Sec', ['approver:security']),
  person('two', 'Two', ['approver:security', 'approver']),
  person('sam', 'Sam', ['support']),
  person('ada', 'Ada', ['admin']),
];

function request(id: string, more: Partial<DecisionRequest> = {}): DecisionRequest {
  const found = people.find((known) => known.id === id) ?? person(id, id, []);
  return { person: found, requestedBy: 'rae', needs: needsOf(), votes: [], people, onCall: 'ann', ...more };
}

describe('how many have to say yes', () => {
  it.each(changeKinds.flatMap((change) => risks.map((risk) => [change, risk] as const)))(
    'is one as it ships, for %s at %s risk',
    (change, risk) => {
      for (const production of [true, false]) {
        const needs = neededDecisions({ change, environment: 'x', production, risk, rule: defaultRule });

        expect(needs).toHaveLength(1);
        expect(needs[0]?.count).toBe(1);
      }
    },
  );

  it('is what the rule of the settings says, when that is more', () => {
    expect(needsOf({ group: 'network', count: 2, second: { group: 'security', rotation: null, count: 1 } })).toEqual([
      { group: 'network', roles: ['approver', 'approver:network'], count: 2 },
      { group: 'security', roles: ['approver:security'], count: 1 },
    ]);
  });

  it('is a matter of administrators for settings, the stop switch and freezes', () => {
    expect(needsOf({}, 'settings')).toEqual([{ group: null, roles: ['admin'], count: 1 }]);
    expect(needsOf({}, 'control')).toEqual([{ group: null, roles: ['admin'], count: 1 }]);
    expect(people.filter(mayControl).map(({ id }) => id)).toEqual(['ada']);
  });
});

describe('who may decide', () => {
  it.each<[string, DecisionRequest]>([
    ['an approver', request('ann')],
    ['an approver of the group', request('bob', { needs: needsOf({ group: 'network' }) })],
    ['an administrator, about the settings', request('ada', { needs: needsOf({}, 'settings') })],
  ])('is %s, with the last word where one is enough', (_who, asked) => {
    expect(mayDecide(asked)).toEqual({ allowed: true, need: asked.needs[0], last: true });
  });

  it.each<[string, DecisionRequest, string]>([
    [
      'the requester, whatever their roles',
      request('rae'),
      'You asked for this plan, so somebody else has to decide. On call now: Ann. Also allowed: Two.',
    ],
    [
      'the requester who is on call',
      request('rae', { onCall: 'rae' }),
      'You asked for this plan, so somebody else has to decide. Who may decide: Ann, Two.',
    ],
    [
      'somebody without the role',
      request('sam'),
      'Deciding needs the role approver, which you do not have. On call now: Ann. Also allowed: Two.',
    ],
    [
      'an approver of another group',
      request('sec', { needs: needsOf({ group: 'network' }) }),
      'Deciding needs the role approver or approver:network, which you do not have.',
    ],
    ['an approver of a group, when the plan has none', request('bob'), 'Deciding needs the role approver, which you'],
    ['an administrator, about a plan', request('ada'), 'Deciding needs the role approver, which you do not have.'],
    ['an approver, about the settings', request('ann', { needs: needsOf({}, 'settings') }), 'needs the role admin'],
    ['somebody whom nobody knows', request('ghost'), 'Deciding needs the role approver'],
    [
      'anybody, when there is nobody else',
      request('sam', { onCall: null, people: [] }),
      'ask an administrator to add somebody',
    ],
    [
      'who has said yes already',
      request('ann', { needs: needsOf({ count: 2 }), votes: ['ann'] }),
      'You have approved this already; it needs somebody else as well. Who may decide: Two.',
    ],
    [
      'who would be one too many of their group',
      request('ann', {
        needs: needsOf({ second: { group: 'security', rotation: null, count: 1 } }),
        votes: ['two'],
        people: people
          .filter(({ id }) => id !== 'sec')
          .map((one) => (one.id === 'two' ? person('two', 'Two', ['approver']) : one)),
      }),
      'Enough people with your role have approved this; it needs others as well.',
    ],
  ])('is not %s, and says who is', (_who, asked, because) => {
    expect(mayDecide(asked)).toEqual({ allowed: false, because: expect.stringContaining(because) });
  });

  it('goes by the roles at the click, not by those of the directory', () => {
    const removed = { id: 'ann', roles: [] };

    expect(mayDecide({ ...request('ann'), person: removed })).toMatchObject({ allowed: false });
  });
});

describe('several who have to say yes', () => {
  const needs = needsOf({ second: { group: 'security', rotation: null, count: 1 } });

  it('makes room: who can fill either need moves to the other one', () => {
    const asked = request('ann', { needs, votes: ['two'] });

    expect(mayDecide(asked)).toEqual({ allowed: true, need: needs[0], last: true });
    expect(progressOf({ ...asked, votes: ['two', 'ann'] }).map(({ by }) => by)).toEqual([['ann'], ['two']]);
  });

  it('does not count the yes of somebody who has lost the role since', () => {
    const since = people.map((one) => (one.id === 'ann' ? person('ann', 'Ann', []) : one));

    expect(missingOf(progressOf({ ...request('sec', { needs }), votes: ['ann'], people: since }))).toBe(2);
  });

  it('counts nobody twice, and never the requester', () => {
    const twice = needsOf({ count: 2 });

    expect(missingOf(progressOf(request('ann', { needs: twice, votes: ['ann', 'ann', 'rae'] })))).toBe(1);
  });

  it('names those whose yes would still help', () => {
    const asked = request('ann', { needs, votes: ['ann'] });

    expect(decidersOf(asked).map(({ id }) => id)).toEqual(['sec', 'two']);
  });

  const roles: fc.Arbitrary<Role> = fc.constantFrom('approver', 'approver:a', 'approver:b', 'support');
  const crowd = fc
    .array(fc.uniqueArray(roles, { maxLength: 2 }), { maxLength: 5 })
    .map((all) => all.map((has, index) => person(`p${index}`, `P${index}`, has)));
  const someNeeds = fc.array(
    fc.record({
      group: fc.constant(null),
      roles: fc.uniqueArray(roles, { minLength: 1, maxLength: 2 }),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  );

  it('places as many as any placing could, and lets exactly those decide who help', () => {
    fc.assert(
      fc.property(crowd, someNeeds, fc.array(fc.nat({ max: 5 }), { maxLength: 4 }), (all, wanted, chosen) => {
        const votes = chosen.map((index) => `p${index}`);
        const voted = { needs: wanted, votes, people: all, requestedBy: 'p0' };
        const progress = progressOf(voted);
        const slots = wanted.flatMap((need) => Array.from({ length: need.count }, () => need));
        function most(ids: readonly string[]): number {
          const voters = all.filter(({ id }) => id !== 'p0' && ids.includes(id));
          return mostPlaced(voters, slots);
        }

        expect(progress.flatMap(({ by }) => by)).toHaveLength(most(votes));
        for (const { by, need } of progress) {
          expect(
            by.every((id) => all.find((one) => one.id === id)?.roles.some((role) => need.roles.includes(role))),
          ).toBe(true);
        }
        const helping = all.filter(({ id }) => id !== 'p0' && most([...votes, id]) > most(votes)).map(({ id }) => id);
        expect(decidersOf(voted).map(({ id }) => id)).toEqual(helping);
        const allowed = all.filter((one) => mayDecide({ ...voted, person: one, onCall: null }).allowed);
        expect(allowed.map(({ id }) => id)).toEqual(helping);
      }),
    );
  });
});

/** Every placing is tried. */
function mostPlaced(voters: readonly { roles: readonly string[] }[], slots: readonly Need[]): number {
  const [first, ...rest] = voters;
  if (first === undefined) {
    return 0;
  }
  const placed = slots.flatMap((need, index) =>
    first.roles.some((role) => need.roles.includes(role)) ? [1 + mostPlaced(rest, slots.toSpliced(index, 1))] : [],
  );
  return Math.max(mostPlaced(rest, slots), ...placed);
}
