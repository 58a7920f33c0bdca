import { describe, expect, it } from 'vitest';
import { rotationSchema } from '../../src/policy/on-call.ts';
import { exampleJson } from './loading.ts';
import {
  accepted,
  environment,
  type Json,
  person,
  rotation,
  settings,
  settingsProblems,
  tenant,
} from './settings-samples.ts';

describe('accepts', () => {
  it('the least that is needed, and fills in the rest', () => {
    const read = accepted(settings());

    expect(read).toMatchObject({
      people: [{ entra: null, slack: null }],
      tenants: [],
      onCall: [],
      approvals: [],
      channels: [],
      naming: { pattern: 'causeway-{name}', tags: {} },
      zendesk: { desk: 'provider', rights: 'agent', fields: {} },
    });
  });

  it.each(['admin', 'approver', 'approver:network', 'support', 'requester'])('the role %s', (role) => {
    expect(settingsProblems(settings({ people: [person({ roles: [role] })] }))).toEqual([]);
  });

  it('a rotation that the policy can read', () => {
    const overrides = [{ from: '2026-07-01T09:00', to: '2026-07-03T09:00', person: 'bob' }];
    const people = [person({ roles: ['approver'] }), person({ id: 'bob', roles: ['approver'] })];
    const onCall = [rotation({ people: ['rosa', 'bob'], overrides })];

    const [read] = accepted(settings({ people, onCall, approvals: [{ rotation: 'network' }] })).onCall;

    expect(rotationSchema.parse(read)).toEqual(read);
  });

  it('one channel for two purposes', () => {
    expect(
      settingsProblems(settings({ channels: [{ platform: 'web', id: 'all', for: ['approvals', 'support'] }] })),
    ).toEqual([]);
  });
});

describe('refuses with what to write instead', () => {
  it.each<[string, Json, string]>([
    [
      'an unknown key',
      { colour: 'red' },
      'colour: is no known key. Leave it out; known here: people, tenants, environments, onCall, approvals, freezes, calendars, clock, channels, naming, slack, zendesk, probe, alerts, routing.',
    ],
    [
      'an unknown role',
      { people: [person({ roles: ['boss'] })] },
      'people[0].roles[0]: is "boss". Write a role: admin, approver, approver:GROUP, support or requester.',
    ],
    [
      'a group without a name',
      { people: [person({ roles: ['approver:'] })] },
      'people[0].roles[0]: is "approver:". Write a role: admin, approver, approver:GROUP, support or requester.',
    ],
    [
      'an unknown zone',
      { people: [person({ zone: 'Mars/Base' })] },
      'people[0].zone: is "Mars/Base". Write an IANA time zone, such as Europe/Amsterdam.',
    ],
    [
      'an offset for a zone',
      { people: [person({ zone: '+01:00' })] },
      'people[0].zone: is "+01:00". Write an IANA time zone, such as Europe/Amsterdam.',
    ],
    [
      'a missing key',
      { people: [person({ email: undefined })] },
      'people[0].email: is missing. Write an e-mail address, such as rosa@example.com.',
    ],
    [
      'a number for a list',
      { tenants: 3 },
      'tenants: is 3. Write a list of further directories whose people may use the bot in Teams.',
    ],
    [
      'half a directory identity',
      { people: [person({ entra: { tenant } })] },
      'people[0].entra.objectId: is missing. Write the object id of the person in it, such as 3f0c1c52-8a0e-4b55-9d4e-0f5f3b1f7a11.',
    ],
    [
      'a name for a subscription',
      { environments: [{ ...environment, subscription: 'workloads' }] },
      'environments[0].subscription: is "workloads". Write the id of the subscription that it stands in, such as 3f0c1c52-8a0e-4b55-9d4e-0f5f3b1f7a11.',
    ],
    [
      'an entry of mayRequest that is nobody',
      { environments: [{ ...environment, mayRequest: ['rosa', 'bob'] }] },
      'environments[0].mayRequest[1]: "bob" is neither a role nor the id of a person. Write a role (admin, approver, support, requester) or one of rosa.',
    ],
    [
      'a rotation with somebody unknown',
      { onCall: [rotation({ people: ['rosa', 'bob'] })] },
      'onCall[0].people[1]: "bob" is nobody under people. Write one of rosa.',
    ],
    [
      'a rotation with nobody',
      { onCall: [rotation({ people: [] })] },
      'onCall[0].people: is []. Write at least one id of a person.',
    ],
    [
      'a hand-over on a day that there is not',
      { onCall: [rotation({ start: '2026-02-30T09:00' })] },
      'onCall[0].start: is "2026-02-30T09:00". Write the local date and time of a hand-over, such as 2026-01-05T09:00.',
    ],
    [
      'an override that ends before it begins',
      { onCall: [rotation({ overrides: [{ from: '2026-07-03T09:00', to: '2026-07-01T09:00', person: 'rosa' }] })] },
      'onCall[0].overrides[0]: is {"from":"2026-07-03T09:00","to":"2026-07-01T09:00","person":…. Write a stretch whose “to” is later than its “from”.',
    ],
    [
      'an unknown rhythm',
      { onCall: [rotation({ handover: 'monthly' })] },
      'onCall[0].handover: is "monthly". Write weekly or daily.',
    ],
    [
      'an approval rule for no rotation',
      { onCall: [rotation()], approvals: [{ rotation: 'net' }] },
      'approvals[0].rotation: "net" is no rotation under onCall. Write one of network.',
    ],
    [
      'an approval rule for people who may not decide',
      { onCall: [rotation()], approvals: [{ rotation: 'network' }] },
      'approvals[0].rotation: asks "rosa", who has no role to decide. Give "rosa" the role approver, or take "rosa" out of the rotation.',
    ],
    [
      'an approval rule without rotations',
      { approvals: [{ rotation: 'net' }] },
      'approvals[0].rotation: "net" is no rotation under onCall. Add the rotation under onCall first.',
    ],
    [
      'an unknown purpose',
      { channels: [{ platform: 'web', id: 'x', for: ['party'] }] },
      'channels[0].for[0]: is "party". Write approvals or support or audit.',
    ],
    [
      'a pattern without the name',
      { naming: { pattern: 'network' } },
      'naming.pattern: is "network". Write a pattern for names of new resources, which holds {name} once, such as causeway-{name}.',
    ],
    [
      'a tag that Azure refuses',
      { naming: { tags: { 'cost/centre': '7' } } },
      'naming.tags["cost/centre"]: has a name that cannot be used. Write the name of a tag without < > % & \\ ? /.',
    ],
    [
      'a field that is no number',
      { zendesk: { fields: { environment: 'x' } } },
      'zendesk.fields.environment: is "x". Write the number of a custom field of the desk.',
    ],
    [
      'rights that there are not',
      { zendesk: { rights: 'owner' } },
      'zendesk.rights: is "owner". Write agent or end-user.',
    ],
  ])('%s', (_name, changes, problem) => {
    expect(settingsProblems(settings(changes))).toEqual([`settings.json ${problem}`]);
  });

  it.each<[string, Json, string]>([
    [
      'two people with one id',
      { people: [person(), person({ email: 'other@example.com' })] },
      'people[1].id: is the same as people[0].id',
    ],
    [
      'two people with one Entra account, whatever the case',
      {
        people: [
          person({ entra: { tenant, objectId: tenant } }),
          person({ id: 'bob', entra: { tenant, objectId: tenant.toUpperCase() } }),
        ],
      },
      'people[1].entra: is the same as people[0].entra',
    ],
    [
      'two people with one Slack account',
      {
        people: [
          person({ slack: { team: 'T1', user: 'U1' } }),
          person({ id: 'bob', slack: { team: 'T1', user: 'U1' } }),
        ],
      },
      'people[1].slack: is the same as people[0].slack',
    ],
    [
      'two environments with one name',
      { environments: [environment, environment] },
      'environments[1].name: is the same as environments[0].name',
    ],
    [
      'two rotations with one name',
      { onCall: [rotation(), rotation()] },
      'onCall[1].name: is the same as onCall[0].name',
    ],
    [
      'two channels of a platform for one purpose',
      {
        channels: [
          { platform: 'web', id: 'a', for: ['support'] },
          { platform: 'web', id: 'b', for: ['support'] },
        ],
      },
      'channels[1].for: is the same as channels[0].for',
    ],
  ])('%s', (_name, changes, problem) => {
    expect(settingsProblems(settings(changes))).toEqual([expect.stringContaining(`settings.json ${problem}`)]);
  });

  it('all of it at once, also around an unknown key and beside an entry of no shape', () => {
    const json = settings({
      people: [person({ shoe: 43, zone: 'Mars/Base' }), 7],
      onCall: [rotation({ people: ['ghost'] })],
      calendars: { support: { zone: 'UTC', week: { '9': [], '1': [['12:00', '11:00']] } } },
    });

    const problems = settingsProblems(json);

    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'settings.json people[0].shoe',
      'settings.json calendars.support.week["9"]',
      'settings.json people[0].zone',
      'settings.json people[1]',
      'settings.json calendars.support',
      'settings.json onCall[0].people[0]',
    ]);
  });

  it.each([[[]], ['people'], [null], [7]])('%j instead of settings', (json) => {
    expect(settingsProblems(json)).toEqual([
      expect.stringMatching(/^settings\.json: is .*\. Write an object with people/),
    ]);
  });
});

it('takes the example as it ships', () => {
  expect(settingsProblems(exampleJson())).toEqual([]);
});
