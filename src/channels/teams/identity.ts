/**
 * Who speaks. Only two things of a verified activity count: the object id in the directory, and the directory. Names,
 * addresses and what stands in a card are what somebody typed.
 */
import type { Settings } from '../../config/settings.ts';
import { adminNames } from '../../flows/flow.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Activity } from './schema.ts';

export type TeamsPerson = Settings['people'][number];

export type Who = { kind: 'known'; person: TeamsPerson } | Stranger;

interface Stranger {
  kind: 'stranger';
  /** Good for help and refusals only; no settings can name it. */
  id: PersonId;
  why: 'unknown' | 'guest' | 'no-object-id' | 'no-tenant';
}

/** Settings allow no slash in a person's id, so nobody can be mistaken for one of these. */
const strangerPrefix = 'teams/';

export function whoIs(activity: Activity, people: readonly TeamsPerson[]): Who {
  const { from } = activity;
  const tenant = tenantOf(activity);
  function stranger(why: Stranger['why']): Who {
    return { kind: 'stranger', id: `${strangerPrefix}${from.id}`, why };
  }
  if (from.aadObjectId === null || from.aadObjectId === undefined) {
    return stranger('no-object-id');
  }
  if (tenant === null) {
    return stranger('no-tenant');
  }
  if (isGuest(activity, tenant)) {
    return stranger('guest');
  }
  const person = people.find(
    ({ entra }) => entra !== null && same(entra.objectId, from.aadObjectId) && same(entra.tenant, tenant),
  );
  return person === undefined ? stranger('unknown') : { kind: 'known', person };
}

/** Null when Teams does not say it, or says two things. */
export function tenantOf({ conversation, channelData }: Activity): string | null {
  const said = [conversation.tenantId, channelData?.tenant?.id].filter((id) => typeof id === 'string' && id !== '');
  const [first, second] = said;
  return first === undefined || first === null || (second !== undefined && !same(first, second)) ? null : first;
}

/** Somebody whose home is another directory, whatever the settings say of them. */
function isGuest({ from }: Activity, tenant: string): boolean {
  return (
    from.userRole?.toLowerCase() === 'guest' ||
    (from.userPrincipalName?.toLowerCase().includes('#ext#') ?? false) ||
    (typeof from.tenantId === 'string' && from.tenantId !== '' && !same(from.tenantId, tenant))
  );
}

/** The id by which the Bot Framework knows a stranger; null for a person of the settings. */
export function userIdOfStranger(person: PersonId): string | null {
  return person.startsWith(strangerPrefix) ? person.slice(strangerPrefix.length) : null;
}

export function idOf(who: Who): PersonId {
  return who.kind === 'known' ? who.person.id : who.id;
}

/** Why a stranger may not press buttons here. */
export function refusalFor(who: Stranger, people: readonly TeamsPerson[]): string {
  const admins = adminNames({ people });
  switch (who.why) {
    case 'guest':
      return `You are a guest in this organisation, and I work for its members only. Ask ${admins} who can do this for you.`;
    case 'no-object-id':
    case 'no-tenant':
      return `Teams did not tell me who you are in the directory, so I cannot do this for you. Sign in with your work account, or ask ${admins}.`;
    case 'unknown':
      return `I do not know you yet, so I cannot do this for you. Ask ${admins} to add you to the settings.`;
    default: {
      const never: never = who.why;
      return never;
    }
  }
}

function same(left: string | null | undefined, right: string | null | undefined): boolean {
  return left?.toLowerCase() === right?.toLowerCase();
}
