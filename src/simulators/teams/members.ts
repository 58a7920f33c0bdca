/** Who is in a conversation, as the connector tells a bot. */
import type { SimRequest, SimResponse } from '../server.ts';
import { failure } from './answers.ts';
import { type Account, findPerson, type Json, type Person, personMri, type Place } from './records.ts';

const defaultPageSize = 50;

export function listMembers(account: Account, place: Place): SimResponse {
  return { status: 200, body: membersOf(account, place).map(asMember) };
}

/** By the id of the connector or by the directory's. */
export function getMember(account: Account, place: Place, id: string): SimResponse {
  const person = findPerson(account.world, id);
  if (person === undefined || !place.members.includes(person.id)) {
    throw failure(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
  }
  return { status: 200, body: asMember(person) };
}

export function pageMembers(account: Account, place: Place, request: SimRequest): SimResponse {
  const size = Number(request.query.get('pageSize') ?? defaultPageSize);
  const from = Number(request.query.get('continuationToken') ?? 0);
  const all = membersOf(account, place);
  return {
    status: 200,
    body: {
      members: all.slice(from, from + size).map(asMember),
      ...(from + size < all.length && { continuationToken: String(from + size) }),
    },
  };
}

function membersOf({ world }: Account, place: Place): Person[] {
  return world.people.filter((person) => place.members.includes(person.id));
}

function asMember(person: Person): Json {
  const [givenName = '', ...surname] = person.name.split(' ');
  return {
    id: personMri(person),
    name: person.name,
    objectId: person.objectId,
    aadObjectId: person.objectId,
    givenName,
    surname: surname.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    tenantId: person.tenantId,
    userRole: 'user',
  };
}
