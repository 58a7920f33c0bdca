/** The people, rooms and settings of the cases. */
import type { Place } from '../../src/flows/event.ts';
import type { Directory } from '../../src/flows/flow.ts';
import { parseCalendar } from '../../src/policy/office-clock.ts';
import type { Person, Role } from '../../src/policy/people.ts';

/** A Monday, 10:00 in Amsterdam. */
export const monday = '2026-03-02T09:00:00.000Z';
export const team: Place = { platform: 'web', conversation: 'team', thread: 't1' };
export const onCallRoom: Place = { platform: 'web', conversation: 'on-call', thread: null };
export const supportRoom: Place = { platform: 'web', conversation: 'support', thread: null };

export function person(id: string, name: string, ...roles: Role[]): Person {
  return { id, name, email: `${id}@example.com`, zone: 'Europe/Amsterdam', roles };
}

export const people = [
  person('rosa', 'Rosa Requester', 'requester'),
  person('anna', 'Anna Approver', 'approver'),
  person('ben', 'Ben Approver', 'approver'),
  person('sam', 'Sam Support', 'support'),
  person('ada', 'Ada Admin', 'admin'),
  person('gus', 'Gus Group', 'approver:finance'),
  person('otto', 'Otto Outsider'),
];

const week = Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [['09:00', '17:00']]]));
const { calendar } = parseCalendar({ zone: 'Europe/Amsterdam', week, holidays: [] });
if (calendar === undefined) {
  throw new Error('Reading the calendar of the test cases: it is not valid. Correct it in test/flows/directory.ts.');
}

export const directory: Directory = {
  people,
  environments: [
    {
      name: 'mendix-prod',
      subscription: 'sub-mendix',
      managedResourceGroup: 'mrg-prod',
      domainSuffix: 'azure.mendixapps.io',
      mayRequest: ['requester', 'approver', 'admin'],
    },
    {
      name: 'payroll',
      subscription: 'sub-mendix',
      managedResourceGroup: 'mrg-payroll',
      domainSuffix: 'azure.mendixapps.io',
      mayRequest: ['admin'],
    },
  ],
  rotation: {
    name: 'network',
    zone: 'Europe/Amsterdam',
    start: '2026-01-05T09:00',
    handover: 'weekly',
    people: ['anna', 'ben'],
    overrides: [],
  },
  calendar,
  personCalendars: new Map(),
  clock: { warnShare: { critical: 0.75, high: 0.75, medium: 0.75 }, escalation: null },
  places: { approvals: onCallRoom, support: supportRoom },
};
