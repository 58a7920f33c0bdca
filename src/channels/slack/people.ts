/**
 * Who a person is in Slack, and what Slack says of a user. The settings name the id; where they allow it, the confirmed
 * address of a profile stands in for it.
 */
import { z } from 'zod/v4';
import type { PersonId } from '../../flows/people.ts';
import { Undeliverable } from '../channel.ts';
import type { SlackApi } from './api.ts';
import type { Installation, SlackOptions } from './deps.ts';
import { Refused } from './errors.ts';

export interface People {
  /** The Slack user behind a person; null when nobody says. */
  userOf(person: PersonId): Promise<string | null>;
  /** E-mail of a user's profile; null when there is none that counts. Never throws. */
  emailOf(user: string): Promise<string | null>;
}

export interface PeopleDeps extends Pick<SlackOptions, 'people' | 'matchByEmail' | 'now' | 'log'> {
  api: SlackApi;
  installation: () => Promise<Installation>;
}

const keptMs = 60 * 60 * 1000;
const maxKept = 2_000;

const Profile = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    deleted: z.boolean().catch(false),
    is_bot: z.boolean().catch(false),
    is_restricted: z.boolean().catch(false),
    is_ultra_restricted: z.boolean().catch(false),
    is_stranger: z.boolean().catch(false),
    is_email_confirmed: z.boolean().catch(false),
    profile: z.object({ email: z.string().optional().catch(undefined) }).catch({}),
  }),
});

type Profile = z.infer<typeof Profile>['user'];

export function createPeople(deps: PeopleDeps): People {
  const emails = createShelf(deps.now);
  const users = createShelf(deps.now);
  return {
    async userOf(person) {
      const stranger = userOfStranger(person);
      const known = deps.people().find(({ id }) => id === person);
      if (stranger !== null || known === undefined) {
        return stranger;
      }
      if (known.slack !== null) {
        const { teamId } = await deps.installation();
        const { team, user } = known.slack;
        // An organisation has one list of people for all its workspaces.
        return team === teamId || team.startsWith('E') ? user : null;
      }
      return deps.matchByEmail() ? users.get(known.email, () => userByEmail(deps, known.email)) : null;
    },
    async emailOf(user) {
      try {
        return await emails.get(user, () => emailByUser(deps, user));
      } catch (error) {
        deps.log('Reading the profile of a Slack user', { user, reason: String(error) });
        return null;
      }
    },
  };
}

/** Somebody whom the settings do not know has an id that ends in the one of Slack. */
function userOfStranger(person: PersonId): string | null {
  return /^slack\/(?:.*\/)?([UW][A-Z0-9]+)$/.exec(person)?.[1] ?? null;
}

async function emailByUser(deps: PeopleDeps, user: string): Promise<string | null> {
  return orNull(async () => {
    const answer = await deps.api.ask('users.info', { user }, Profile);
    return emailIn(answer.user, (await deps.installation()).teamId);
  });
}

async function userByEmail(deps: PeopleDeps, email: string): Promise<string | null> {
  return orNull(async () => {
    const answer = await deps.api.ask('users.lookupByEmail', { email }, Profile);
    const said = emailIn(answer.user, (await deps.installation()).teamId);
    return said?.toLowerCase() === email.toLowerCase() ? answer.user.id : null;
  });
}

/** An address that nobody confirmed, or of somebody who is not of this workspace, says nothing about who they are. */
function emailIn(user: Profile, teamId: string): string | null {
  const isOurs = user.team_id === teamId && !user.is_stranger && !user.is_restricted && !user.is_ultra_restricted;
  const counts = isOurs && !user.deleted && !user.is_bot && user.is_email_confirmed;
  const { email } = user.profile;
  return counts && email !== undefined && email !== '' ? email : null;
}

/** What may not be read is not there. */
async function orNull(ask: () => Promise<string | null>): Promise<string | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refused) {
      return null;
    }
    throw error;
  }
}

interface Shelf {
  get(key: string, ask: () => Promise<string | null>): Promise<string | null>;
}

function createShelf(now: () => Temporal.Instant): Shelf {
  const kept = new Map<string, { value: string | null; until: number }>();
  return {
    async get(key, ask) {
      const at = now().epochMilliseconds;
      const known = kept.get(key);
      if (known !== undefined && known.until > at) {
        return known.value;
      }
      const value = await ask();
      if (kept.size >= maxKept) {
        kept.delete(kept.keys().next().value ?? '');
      }
      kept.set(key, { value, until: at + keptMs });
      return value;
    },
  };
}

/** @throws {Undeliverable} for somebody whom nobody knows in Slack */
export async function mustBeInSlack(people: Pick<People, 'userOf'>, person: PersonId): Promise<string> {
  const user = await people.userOf(person);
  if (user === null) {
    throw new Undeliverable(
      `Writing to ${person} in Slack: the settings do not say who that is there. Add “slack” to this person.`,
    );
  }
  return user;
}
