/**
 * Who speaks, and in whose name. Only two things of a verified payload count: the user's id and the workspace that the
 * user is at home in. Names and what stands in a card are what somebody typed.
 */
import { adminNames } from '../../flows/flow.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Installation, SlackPerson } from './deps.ts';
import type { Payload, PayloadOf } from './schema.ts';

export type Who = { kind: 'known'; person: SlackPerson; userId: string } | Stranger;

interface Stranger {
  kind: 'stranger';
  /** Good for help and refusals only; no settings can name it, because they allow no slash. */
  id: PersonId;
  userId: string;
  why: 'unknown' | 'outside';
}

/** Whoever did it, with their home as Slack says it. */
interface Actor {
  userId: string;
  /** Workspace, or organisation where Slack names only that; null when it does not say. */
  team: string | null;
  /** The organisation that the app's workspace belongs to; null when it has none. */
  ownEnterprise: string | null;
}

type Interaction = Exclude<Payload, PayloadOf<'event'> | PayloadOf<'command'>>;

/** Null for what nobody did. */
export function actorOf(payload: Payload, installation: Installation): Actor | null {
  if (payload.kind === 'event') {
    return actorOfEvent(payload);
  }
  if (payload.kind === 'command') {
    const { enterprise_id: enterprise, team_id: team, user_id: userId } = payload;
    return { userId, team, ownEnterprise: team === installation.teamId ? enterprise : null };
  }
  return actorOfInteraction(payload, installation);
}

/** In a channel that is shared with others, the envelope says nothing about who speaks. */
function actorOfEvent(payload: PayloadOf<'event'>): Actor | null {
  const { event } = payload;
  if (event.user === null) {
    return null;
  }
  const said = event.user_team ?? event.team ?? event.source_team;
  const around = payload.is_ext_shared_channel ? null : (payload.context_team_id ?? payload.team_id);
  const [authorization] = payload.authorizations;
  return {
    userId: event.user,
    team: said ?? around,
    ownEnterprise: authorization?.enterprise_id ?? payload.context_enterprise_id,
  };
}

function actorOfInteraction({ enterprise, team, user }: Interaction, { teamId }: Installation): Actor {
  const own = team?.id === teamId ? (team.enterprise_id ?? enterprise?.id ?? null) : null;
  return { userId: user.id, team: user.team_id ?? team?.id ?? null, ownEnterprise: own };
}

/** False for a request about an installation of this app somewhere else. */
export function isForUs(payload: Payload, installation: Installation): boolean {
  return namedIn(payload).includes(installation.teamId) || isOnOurMessage(payload, installation);
}

/** Every workspace that a payload names as the one that it is about. */
function namedIn(payload: Payload): (string | null)[] {
  if (payload.kind === 'event') {
    const authorized = payload.authorizations.map((authorization) => authorization.team_id);
    return [payload.team_id, payload.context_team_id, ...authorized];
  }
  return payload.kind === 'command'
    ? [payload.team_id]
    : [payload.team?.id ?? null, payload.user.team_id, ...viewOf(payload)];
}

function viewOf(payload: Interaction): (string | null)[] {
  const view = 'view' in payload ? (payload.view ?? null) : null;
  return view === null ? [] : [view.team_id, view.app_installed_team_id];
}

/** In a shared channel, people of the other company press buttons in the name of their own workspace. */
function isOnOurMessage(payload: Payload, { botId, botUserId, teamId }: Installation): boolean {
  const message = payload.kind === 'action' ? (payload.message ?? null) : null;
  return message !== null && (message.team === teamId || message.user === botUserId || message.bot_id === botId);
}

/** True when Slack says that this user belongs to the company that the app is installed for. */
export function isInside({ ownEnterprise, team }: Actor, { teamId }: Installation): boolean {
  return team !== null && (team === teamId || team === ownEnterprise);
}

export function personBySlackId(
  { ownEnterprise, userId }: Actor,
  { teamId }: Installation,
  people: readonly SlackPerson[],
): SlackPerson | null {
  const found = people.find(
    ({ slack }) => slack !== null && slack.user === userId && (slack.team === teamId || slack.team === ownEnterprise),
  );
  return found ?? null;
}

/** Whom the settings give a Slack id is known by that alone. */
export function personByEmail(email: string, people: readonly SlackPerson[]): SlackPerson | null {
  const wanted = email.toLowerCase();
  return people.find((person) => person.slack === null && person.email.toLowerCase() === wanted) ?? null;
}

export function strangerOf(userId: string, why: Stranger['why']): Stranger {
  return { kind: 'stranger', id: `slack/${userId}`, userId, why };
}

export function idOf(who: Who): PersonId {
  return who.kind === 'known' ? who.person.id : who.id;
}

/** Why a stranger may not do this here. */
export function refusalFor({ why }: Stranger, people: readonly SlackPerson[]): string {
  const admins = adminNames({ people });
  return why === 'outside'
    ? `You are not a member of this workspace, and I work for its members only. Ask ${admins} who can do this for you.`
    : `I do not know you yet, so I cannot do this for you. Ask ${admins} to add you to the settings.`;
}
