/** `auth.test` and `users.*`. */
import type { Account } from './account.ts';
import { refusal } from './answers.ts';
import { type Method, reading } from './method.ts';
import type { Json, User } from './records.ts';
import { required } from './request-args.ts';
import { userForApp } from './rooms.ts';

export const userMethods = {
  'auth.test': { ...reading([], 'none', testAuth), takesJson: true },
  'users.info': reading(['users:read'], 'tier4', userInfo),
  'users.lookupByEmail': reading(['users:read.email'], 'tier3', lookUpByEmail),
} as const satisfies Record<string, Method>;

function testAuth(account: Account): Json {
  return {
    url: `https://${account.teamDomain}.slack.com/`,
    team: 'Causeway Test',
    user: 'causeway',
    team_id: account.teamId,
    user_id: account.botUserId,
    bot_id: account.botId,
    is_enterprise_install: false,
  };
}

function userInfo(account: Account, args: Json): Json {
  return { user: shownUser(account, userForApp(account, required(args, 'user'))) };
}

/** Finds people of the workspace only. */
function lookUpByEmail(account: Account, args: Json): Json {
  const email = required(args, 'email').toLowerCase();
  const found = account.world.users.find(
    (user) => user.email?.toLowerCase() === email && user.team_id === account.teamId && !user.deleted,
  );
  if (found === undefined) {
    throw refusal('users_not_found');
  }
  return { user: shownUser(account, found) };
}

export function shownUser(account: Account, user: User): Json {
  const isStranger = user.team_id !== account.teamId;
  return {
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    real_name: user.real_name,
    deleted: user.deleted,
    is_bot: user.is_bot,
    is_stranger: isStranger,
    is_email_confirmed: user.email !== null,
    is_restricted: false,
    is_ultra_restricted: false,
    tz: user.tz,
    updated: 1_700_000_000,
    profile: {
      real_name: user.real_name,
      display_name: user.name,
      team: user.team_id,
      // E-mail needs a right of its own; without it the member is not there.
      ...(user.email !== null && account.settings.scopes.includes('users:read.email') && { email: user.email }),
    },
  };
}
