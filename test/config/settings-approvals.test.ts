/** Rules for approvals, freezes and holidays in the settings: what is taken, and what is refused with what to write. */
import { describe, expect, it } from 'vitest';
import { settingsDifference } from '../../src/config/settings-difference.ts';
import { accepted, environment, type Json, person, rotation, settings, settingsProblems } from './settings-samples.ts';

const people = [
  person({ roles: ['requester'] }),
  person({ id: 'ann', roles: ['approver'] }),
  person({ id: 'bob', roles: ['approver:network', 'approver:security'] }),
  person({ id: 'cas', roles: ['approver:network'] }),
];
const onCall = [rotation({ people: ['ann'] }), rotation({ name: 'security', people: ['bob'] })];
const environments = [environment, { ...environment, name: 'mendix-acc', mayRequest: ['requester', 'approver'] }];

function house(changes: Json): Json {
  return settings({ people, onCall, environments, ...changes });
}

const freeze = {
  name: 'year-end',
  zone: 'Europe/Amsterdam',
  from: '2026-12-18T18:00',
  until: '2027-01-04T09:00',
  reason: 'the books are closed',
};

describe('accepts', () => {
  it('the rule of one rotation, and fills in the rest', () => {
    expect(accepted(house({ approvals: [{ rotation: 'network' }] })).approvals).toEqual([
      { environments: null, risks: null, rotation: 'network', group: null, count: 1, second: null, onCallOnly: false },
    ]);
  });

  it('several rules, with groups, counts and times', () => {
    const approvals = [
      {
        environments: ['mendix-prod'],
        risks: ['high'],
        rotation: 'network',
        group: 'network',
        count: 2,
        second: { group: 'security', rotation: 'security', count: 1 },
        expiryMinutes: 240,
        remindMinutes: 30,
        escalateMinutes: 60,
      },
      { environments: ['mendix-prod'], second: { group: 'security', rotation: null, count: 1 } },
      { risks: ['low', 'medium'] },
    ];

    expect(accepted(house({ approvals })).approvals).toMatchObject(approvals);
  });

  it.each([
    {},
    { every: 'year', from: '12-18T18:00', until: '01-04T09:00' },
    { every: 'year', from: '02-29T00:00', until: '03-01T00:00' },
    { every: 'quarter', from: '03-17T00:00', until: '01-01T00:00', environments: ['mendix-acc'] },
    { every: 'quarter', from: '02-31T00:00', until: '03-01T00:00' },
    { mode: 'second-approval', environments: ['mendix-acc'] },
  ])('a freeze with %j', (changes) => {
    expect(
      settingsProblems(house({ approvals: [{ group: 'network' }], freezes: [{ ...freeze, ...changes }] })),
    ).toEqual([]);
  });

  it('holidays of a rotation, and what is production', () => {
    const read = accepted(
      house({
        onCall: [rotation({ people: ['ann'], holidays: ['2026-12-25'] })],
        environments: [{ ...environment, production: false }],
      }),
    );

    expect(read.onCall[0]?.holidays).toEqual(['2026-12-25']);
    expect(read.environments[0]?.production).toBe(false);
  });
});

const order = 'times in their order: remindMinutes, then escalateMinutes, then expiryMinutes';

it.each<[string, Json, string]>([
  [
    'a rotation that there is not',
    { approvals: [{ rotation: 'net' }] },
    'approvals[0].rotation: "net" is no rotation under onCall. Write one of network, security.',
  ],
  [
    'a second rotation that there is not',
    { approvals: [{ second: { group: 'security', rotation: 'sec' } }] },
    'approvals[0].second.rotation: "sec" is no rotation under onCall. Write one of network, security.',
  ],
  [
    'an environment that there is not',
    { approvals: [{ environments: ['mendix-prd'] }] },
    'approvals[0].environments[0]: "mendix-prd" is no environment. Write one of mendix-prod, mendix-acc.',
  ],
  [
    'no environment at all',
    { approvals: [{ environments: [] }] },
    'approvals[0].environments: is []. Write at least one name of an environment.',
  ],
  [
    'an unknown risk',
    { approvals: [{ risks: ['extreme'] }] },
    'approvals[0].risks[0]: is "extreme". Write low or medium or high.',
  ],
  [
    'a group of nobody',
    { approvals: [{ group: 'database' }] },
    'approvals[0].group: "database" is a group of nobody. Give somebody the role approver:database, or name another group.',
  ],
  [
    'a second group of nobody',
    { approvals: [{ second: { group: 'board' } }] },
    'approvals[0].second.group: "board" is a group of nobody. Give somebody the role approver:board, or name another group.',
  ],
  ['a count of nought', { approvals: [{ count: 0 }] }, 'approvals[0].count: is 0. Write a whole number from 1 to 9.'],
  [
    'a count that is too great',
    { approvals: [{ environments: ['mendix-prod'], group: 'network', count: 4 }] },
    'approvals[0]: needs 4 people to say yes, and only 3 could. Give more people the role approver, or of the group that is asked; or lower the count.',
  ],
  [
    'a count that is too great when an approver asks',
    { approvals: [{ environments: ['mendix-acc'], group: 'network', count: 3 }] },
    'approvals[0]: needs 3 people to say yes, and only 2 could when "ann" asks. Give more people the role approver, or of the group that is asked; or lower the count.',
  ],
  [
    'one person who would have to say yes twice',
    {
      people: people.slice(0, 3),
      environments: [environment],
      approvals: [{ group: 'network', count: 2, second: { group: 'security' } }],
    },
    'approvals[0]: needs 3 people to say yes, and only 2 could.',
  ],
  [
    'people on call who are not of the group',
    { approvals: [{ rotation: 'security' }] },
    'approvals[0].rotation: asks "bob", who has no role to decide. Give "bob" the role approver, name the group network in the rule, or take "bob" out of the rotation.',
  ],
  [
    'people on call for a second group who are not of it',
    { approvals: [{ second: { group: 'security', rotation: 'network' } }] },
    'approvals[0].second.rotation: asks "ann", who has no role to decide. Give "ann" the role approver:security, or take "ann" out of the rotation.',
  ],
  [
    'a rule that another one hides',
    {
      approvals: [
        { environments: ['mendix-prod'] },
        { risks: ['high'] },
        { environments: ['mendix-prod'], risks: ['high'] },
      ],
    },
    'approvals[2]: never counts, because the rules before it fit whatever it fits. Move it up, or take it out.',
  ],
  [
    'a reminder after the escalation',
    { approvals: [{ remindMinutes: 95 }] },
    `approvals[0]: is {"remindMinutes":95}. Write ${order}.`,
  ],
  [
    'an escalation after the expiry',
    { approvals: [{ expiryMinutes: 60, escalateMinutes: 60 }] },
    `approvals[0]: is {"expiryMinutes":60,"escalateMinutes":60}. Write ${order}.`,
  ],
  [
    'an expiry of a moment',
    { approvals: [{ expiryMinutes: 1 }] },
    'approvals[0].expiryMinutes: is 1. Write a whole number of minutes from 5 to 10080.',
  ],
  ['an unknown key', { approvals: [{ who: 'ann' }] }, 'approvals[0].who: is no known key.'],
  [
    'a holiday that there is not',
    { onCall: [rotation({ people: ['ann'], holidays: ['2026-02-30'] })] },
    'onCall[0].holidays[0]: is "2026-02-30". Write a local date, such as 2026-12-25.',
  ],
  [
    'a freeze of an environment that there is not',
    { freezes: [{ ...freeze, environments: ['x'] }] },
    'freezes[0].environments[0]: "x" is no environment. Write one of mendix-prod, mendix-acc.',
  ],
  ['two freezes of one name', { freezes: [freeze, freeze] }, 'freezes[1].name: is the same as freezes[0].name'],
  [
    'a freeze that ends before it begins',
    { freezes: [{ ...freeze, until: '2026-12-18T18:00' }] },
    'freezes[0]: is {"name":"year-end"',
  ],
  [
    'a yearly date for once',
    { freezes: [{ ...freeze, from: '12-18T18:00' }] },
    'freezes[0].from: is "12-18T18:00". Write a local date and time such as 2026-12-18T18:00.',
  ],
  [
    'a month of a quarter that there is not',
    { freezes: [{ ...freeze, every: 'quarter', from: '04-01T00:00', until: '01-01T00:00' }] },
    'freezes[0].from: is "04-01T00:00". Write month of the quarter (01 to 03), day and time such as 03-17T00:00.',
  ],
  [
    'a day of the year that there is not',
    { freezes: [{ ...freeze, every: 'year', from: '02-30T00:00', until: '03-01T00:00' }] },
    'freezes[0].from: is "02-30T00:00". Write month, day and time such as 12-18T18:00.',
  ],
  [
    'a freeze without a reason',
    { freezes: [{ ...freeze, reason: ' ' }] },
    'freezes[0].reason: is " ". Write the reason in a few words, as people read it on the card.',
  ],
  [
    'an unknown mode',
    { freezes: [{ ...freeze, mode: 'stop' }] },
    'freezes[0].mode: is "stop". Write wait or second-approval.',
  ],
  [
    'a second approval that nobody can give',
    { freezes: [{ ...freeze, mode: 'second-approval' }], people: people.slice(0, 2), onCall: [] },
    'freezes[0]: needs 2 people to say yes about mendix-prod, and only 1 could. Give more people the role approver, or let plans wait (mode wait).',
  ],
  [
    'one person under two names',
    { people: [...people, person({ id: 'ann2', email: 'ANN@example.com', roles: ['approver'] })] },
    'people[4].email: is the same as people[1].email, but two entries for one person could approve for each other. Change or remove one of them.',
  ],
])('refuses %s', (_what, changes, problem) => {
  expect(settingsProblems(house(changes))).toEqual([expect.stringContaining(`settings.json ${problem}`)]);
});

it('tells what changed, for the audit', () => {
  const before = accepted(house({ freezes: [freeze], approvals: [{ rotation: 'network' }] }));
  const after = accepted(
    house({
      freezes: [{ ...freeze, until: '2027-01-08T09:00' }],
      approvals: [{ rotation: 'network', expiryMinutes: 60 }],
      onCall: [rotation({ people: ['ann'], holidays: ['2026-12-25'] }), onCall[1]],
      environments: [{ ...environment, production: true }, environments[1]],
    }),
  );

  expect(settingsDifference(before, after)).toEqual([
    { path: 'environments[mendix-prod].production', before: null, after: true },
    { path: 'onCall[network].holidays', before: [], after: ['2026-12-25'] },
    { path: 'approvals[0].expiryMinutes', before: null, after: 60 },
    { path: 'freezes[year-end].until', before: '2027-01-04T09:00', after: '2027-01-08T09:00' },
  ]);
});
