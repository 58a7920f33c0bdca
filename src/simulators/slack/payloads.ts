/** What Slack puts around the things that people do: the envelope of an event, the base of an interaction. */
import { type Account, epochSeconds, newId } from './account.ts';
import type { Json, Room, User } from './records.ts';

/** Never a secret: Slack still sends it, and nobody should look at it. */
export const verificationToken = 'causeway-verification-token';

export function newEventId(): string {
  return newId('Ev');
}

/**
 * In a shared channel most members tell no reliable team: only `authorizations` says for whom this is, and only
 * `user_team` of the event who the author belongs to.
 */
export function eventEnvelope(account: Account, id: string, room: Room | null, event: Json): Json {
  const { teamId, appId } = account;
  return {
    token: verificationToken,
    team_id: teamId,
    enterprise_id: null,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: epochSeconds(account.wall()),
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId,
        user_id: account.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: room?.is_ext_shared ?? false,
    event_context: `4-${Buffer.from(JSON.stringify({ et: event['type'], tid: teamId, aid: appId })).toString('base64url')}`,
  };
}

/** How an event tells its author. For somebody of another workspace `team` is still the app's own. */
export function authorOf(account: Account, user: User): Json {
  const isForeign = user.team_id !== account.teamId;
  return {
    user: user.id,
    team: account.teamId,
    ...(isForeign && {
      user_team: user.team_id,
      source_team: user.team_id,
      user_profile: {
        name: user.name,
        real_name: user.real_name,
        display_name: user.name,
        team: user.team_id,
        is_restricted: false,
        is_ultra_restricted: false,
      },
    }),
  };
}

type InteractionType =
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'block_suggestion'
  | 'shortcut'
  | 'message_action';

/** Shortcuts say less of the person than others do, and nothing of the app. */
export function interaction(account: Account, type: InteractionType, user: User, more: Json): Json {
  const { id, name, team_id: team } = user;
  const names = {
    ...(type !== 'message_action' && { username: name }),
    ...(type !== 'shortcut' && { name }),
  };
  const isShortcut = type === 'shortcut' || type === 'message_action';
  return {
    type,
    team: { id: account.teamId, domain: account.teamDomain },
    user: { id, ...names, team_id: team },
    ...(!isShortcut && { api_app_id: account.appId }),
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
    ...more,
  };
}

/** How an interaction names its place: direct messages have no name of their own. */
export function channelOf(room: Room): Json {
  return { id: room.id, name: room.kind === 'im' ? 'directmessage' : room.name };
}

/** Seconds with a fraction, as `action_ts` has them. */
export function actionTs(account: Account): string {
  return account.nextTs();
}

/**
 * What a person typed, as it comes: three characters are escaped, and what the client knew as a mention stays one.
 * @param known ids of users and channels that a client would have completed
 */
export function asTyped(text: string, known: ReadonlySet<string>): string {
  const parts = text.split(/(<[@#][A-Z0-9]+(?:\|[^<>]*)?>)/);
  return parts
    .map((part) => {
      const id = /^<[@#]([A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(part)?.[1];
      return id !== undefined && known.has(id) ? part : escaped(part);
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
