import { describe, expect, it } from 'vitest';
import { calendarFor } from '../../src/flows/flow.ts';
import { ruleFor } from '../../src/policy/approval-rule.ts';
import { adminPlaces } from '../../src/process/admin-places.ts';
import { directoryOf } from '../../src/process/directory.ts';
import { accepted, environment, person, rotation, settings } from '../config/settings-samples.ts';

const week = { '1': [['09:00', '17:00']] };

it('gives each person the office hours that the settings name for them, and everybody else those of the desk', () => {
  const read = accepted(
    settings({
      people: [person(), person({ id: 'constructor', calendar: 'apac' }), person({ id: 'tom', calendar: 'support' })],
      environments: [environment],
      calendars: { apac: { zone: 'Asia/Singapore', week }, support: { zone: 'UTC', week } },
    }),
  );

  const directory = directoryOf(read);

  expect(['rosa', 'constructor', 'tom', 'toString'].map((id) => calendarFor(directory, id).zone)).toEqual([
    'UTC',
    'Asia/Singapore',
    'UTC',
    'UTC',
  ]);
});

it('closes the office on listed days and on those of the holidays file, with their names', () => {
  const read = accepted(settings({ calendars: { support: { zone: 'UTC', week, holidays: ['2026-12-24'] } } }));
  const { support } = read.calendars;
  const fileHolidays = { '2026-12-25': 'Christmas', '2026-12-28': '' };

  const { calendar } = directoryOf({ ...read, calendars: { support: { ...support, fileHolidays } } });

  expect(calendar.holidays).toEqual(['2026-12-24', '2026-12-25', '2026-12-28']);
  expect(calendar.holidayNames).toEqual({ '2026-12-25': 'Christmas' });
});

it('has the shares of the clock as parts of one, and the rotation that is called', () => {
  const onCall = [rotation(), rotation({ name: 'desk' })];
  const people = [person({ roles: ['approver'] })];
  const read = accepted(settings({ people, onCall, clock: { warnAtPercent: { high: 50 }, escalateTo: 'desk' } }));

  const { clock } = directoryOf(read);

  expect(clock.warnShare).toEqual({ critical: 0.75, high: 0.5, medium: 0.75 });
  expect(clock.escalation?.name).toBe('desk');
});

it('has the rules for approvals with their rotations, and one for everything else at the end', () => {
  const onCall = [rotation(), rotation({ name: 'security' })];
  const roles = ['approver', 'approver:security'];
  const people = ['rosa', 'ann', 'bob'].map((id) => person({ id, roles }));
  const approvals = [
    {
      environments: ['mendix-prod'],
      rotation: 'security',
      second: { group: 'security' },
      expiryMinutes: 40,
    },
    { risks: ['low'] },
  ];
  const read = accepted(
    settings({ people, onCall, approvals, environments: [environment, { ...environment, name: 'mendix-acc' }] }),
  );

  const { approvalRules = [] } = directoryOf(read);

  expect(approvalRules).toMatchObject([
    {
      rotation: { name: 'security' },
      second: { group: 'security', rotation: null },
      expiryMinutes: 40,
      remindMinutes: 20,
      escalateMinutes: 30,
    },
    { risks: ['low'], rotation: { name: 'network' }, second: null, expiryMinutes: 120 },
    { environments: null, risks: null, rotation: { name: 'network' }, count: 1 },
  ]);
  expect(ruleFor(approvalRules, { environment: 'mendix-acc', risk: 'high' }).rotation?.name).toBe('network');
});

it('has the freezes of the calendar', () => {
  const freeze = { name: 'move', zone: 'UTC', from: '2027-06-11T18:00', until: '2027-06-14T07:00', reason: 'we move' };

  expect(directoryOf(accepted(settings({ freezes: [freeze] }))).freezes).toEqual([
    { ...freeze, every: null, environments: null, mode: 'wait' },
  ]);
});

describe('places', () => {
  const entra = {
    tenant: '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10',
    objectId: 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e01',
  };
  const read = accepted(
    settings({
      people: [
        person({ id: 'rosa', email: 'rosa@example.com', entra, slack: { team: 'T1', user: 'U1' } }),
        person({ id: 'ada', email: 'ada@example.com', entra: { ...entra, objectId: entra.tenant }, roles: ['admin'] }),
        person({ id: 'bob', email: 'bob@example.com', slack: { team: 'T1', user: 'U2' }, roles: ['admin'] }),
        person({ id: 'otto', email: 'otto@example.com', roles: ['admin'] }),
      ],
      channels: [
        { platform: 'slack', id: 'C1', for: ['approvals'] },
        { platform: 'teams', id: '19:a@thread.tacv2', for: ['approvals', 'support'] },
        { platform: 'web', id: 'on-call', for: ['approvals'] },
        { platform: 'slack', id: 'C2', for: ['support'] },
      ],
    }),
  );

  it('of approvals are every channel of the platforms that run, the first one first', () => {
    const { places } = directoryOf(read, ['teams', 'slack']);

    expect(places.approvalCopies?.map(({ conversation }) => conversation)).toEqual(['C1', '19:a@thread.tacv2']);
    expect(places.approvals).toEqual(places.approvalCopies?.[0]);
    expect(directoryOf(read).places.approvalCopies?.map(({ conversation }) => conversation)).toEqual(['on-call']);
  });

  it('in private are where the settings know somebody, in the order of the platforms', () => {
    const { personPlaces } = directoryOf(read, ['web', 'teams', 'slack']);
    function of(id: string): string[] {
      return (personPlaces?.get(id) ?? []).map(({ conversation, platform }) => `${platform} ${conversation}`);
    }

    expect(of('rosa')).toEqual(['web dm-rosa', 'teams @rosa', 'slack @rosa']);
    expect(of('otto')).toEqual(['web dm-otto']);
  });

  it('of administrators are their own chats, also where there is no local page', () => {
    expect(adminPlaces(directoryOf(read, ['teams', 'slack']))).toEqual([
      { platform: 'teams', conversation: '@ada', thread: null },
      { platform: 'slack', conversation: '@bob', thread: null },
    ]);
  });
});

it('names the organisation and the workspace only where everybody is in the same one', () => {
  const objectId = '3f0a6d52-91c7-4c58-8e2b-0d7f4a1b9c63';
  const [one, two] = ['7c9d1f0e-2b64-4b0f-9a83-5e1d6c2f8a44', '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10'];
  const tom = person({ id: 'tom', entra: { tenant: one, objectId }, slack: { team: 'T1', user: 'U1' } });
  const ann = { id: 'ann', slack: { team: 'T1', user: 'U2' } };

  const { homes } = directoryOf(accepted(settings({ people: [person(), tom, person(ann)] })));
  const far = person({ ...ann, entra: { tenant: two, objectId } });
  const { homes: several } = directoryOf(accepted(settings({ people: [person(), tom, far], tenants: [one, two] })));

  expect(homes).toEqual({ teams: one, slack: 'T1' });
  expect(several).toEqual({ teams: null, slack: 'T1' });
});
