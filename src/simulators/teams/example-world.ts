/** The people and places that are there when nothing else was asked for: those of the example settings. */
import type { Person, Place } from './records.ts';
import { personalChatId } from './records.ts';

const names: readonly (readonly [string, string])[] = [
  ['requester', 'Rosa Requester'],
  ['approver-1', 'Anna Approver'],
  ['approver-2', 'Ben Approver'],
  ['agent', 'Sam Support'],
  ['admin', 'Ada Admin'],
  ['outsider', 'Otto Outsider'],
];

export function examplePeople(tenantId: string): Person[] {
  return names.map(([id, name], index) => ({
    id,
    name,
    objectId: `a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e0${index + 1}`,
    tenantId,
    email: `${id}@example.com`,
  }));
}

/** A personal chat with everybody, one group chat, and a team with three channels. */
export function examplePlaces(people: readonly Person[]): Place[] {
  const members = people.map((person) => person.id);
  const team = { id: '19:general@thread.tacv2', name: 'Platform' };
  return [
    ...people.map(
      (person): Place => ({
        id: personalChatId(person),
        kind: 'personal',
        name: person.name,
        members: [person.id],
        team: null,
        installed: true,
      }),
    ),
    { id: '19:orders@thread.v2', kind: 'group', name: 'Orders', members, team: null, installed: true },
    ...['general', 'on-call', 'support'].map(
      (name): Place => ({ id: `19:${name}@thread.tacv2`, kind: 'channel', name, members, team, installed: true }),
    ),
  ];
}
