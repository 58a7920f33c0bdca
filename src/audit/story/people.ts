/** Who the people were, as the settings knew them at the time; a later change of the settings changes nothing here. */
import type { OpenEntry } from './entry.ts';
import { isObject, type JsonObject, objectOf, textOf, textsOf } from './json.ts';
import type { PersonTold } from './model.ts';

export interface People {
  /** As of this entry, or of the nearest one that knows them; the id when none does. */
  nameOf(id: unknown, seq: number): string;
  rolesOf(id: unknown, seq: number): readonly string[];
  identityOn(platform: string, id: unknown, seq: number): string;
  zoneOf(id: unknown): string | null;
  all(): PersonTold[];
}

interface Seen {
  seq: number;
  person: JsonObject;
}

export function peopleIn(entries: readonly OpenEntry[]): People {
  const seen = new Map<string, Seen[]>();
  for (const { payload, seq } of entries) {
    for (const [id, person] of Object.entries(objectOf(payload['people']))) {
      if (isObject(person)) {
        seen.set(id, [...(seen.get(id) ?? []), { seq, person }]);
      }
    }
  }
  function find(id: unknown, seq: number): JsonObject {
    const known = seen.get(textOf(id)) ?? [];
    return (known.findLast((one) => one.seq <= seq) ?? known[0])?.person ?? {};
  }
  return {
    nameOf: (id, seq) => textOf(find(id, seq)['name']) || textOf(id),
    rolesOf: (id, seq) => textsOf(find(id, seq)['roles']),
    identityOn: (platform, id, seq) => identityOf(platform, find(id, seq)),
    zoneOf: (id) => textOf(find(id, 0)['zone']) || null,
    all: () => [...seen].map(([id, known]) => personTold(id, known)),
  };
}

function personTold(id: string, known: readonly Seen[]): PersonTold {
  const roles = [...new Set(known.flatMap(({ person }) => textsOf(person['roles'])))];
  const identities = [...new Set(known.flatMap(({ person }) => identitiesOf(person)))];
  const name = textOf(known[0]?.person['name']) || id;
  return { id, name, roles, identities };
}

function identitiesOf(person: JsonObject): string[] {
  const own = [textOf(person['email']), identityOf('teams', person), identityOf('slack', person)];
  return own.filter((text) => text !== '');
}

function identityOf(platform: string, person: JsonObject): string {
  const entra = objectOf(person['entra']);
  const slack = objectOf(person['slack']);
  if (platform === 'teams' && 'objectId' in entra) {
    return `Entra object ${textOf(entra['objectId'])} of tenant ${textOf(entra['tenant'])}`;
  }
  return platform === 'slack' && 'user' in slack
    ? `Slack member ${textOf(slack['user'])} of workspace ${textOf(slack['team'])}`
    : '';
}
