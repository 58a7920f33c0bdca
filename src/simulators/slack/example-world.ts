/** The people, channels and rights that are there when nothing else was asked for: those of the example settings. */
import { botUserId, type Settings } from './account.ts';
import type { Room, User } from './records.ts';

const people: readonly (readonly [id: string, handle: string, name: string])[] = [
  ['U0REQUESTER', 'requester', 'Rosa Requester'],
  ['U0APPROVER1', 'approver-1', 'Anna Approver'],
  ['U0APPROVER2', 'approver-2', 'Ben Approver'],
  ['U0AGENT', 'agent', 'Sam Support'],
  ['U0ADMIN', 'admin', 'Ada Admin'],
  ['U0OUTSIDER', 'outsider', 'Otto Outsider'],
];

/** Somebody of another company, who is in the shared channel through Slack Connect. */
const foreigner = 'U0FOREIGN';
const foreignTeam = 'T0OTHER';

export function exampleUsers(teamId: string): User[] {
  return [
    ...people.map(([id, name, realName]) => user(id, name, realName, `${name}@example.com`, teamId)),
    user(foreigner, 'fiona', 'Fiona Foreign', 'fiona@other.example', foreignTeam),
    { ...user(botUserId, 'causeway', 'Causeway', null, teamId), is_bot: true },
  ];
}

function user(id: string, name: string, realName: string, email: string | null, teamId: string): User {
  return {
    id,
    name,
    real_name: realName,
    email,
    team_id: teamId,
    is_bot: false,
    deleted: false,
    tz: 'Europe/Amsterdam',
  };
}

export function exampleRooms(): Room[] {
  const members = [...people.map(([id]) => id), botUserId];
  return [
    channel('C0TEAM', 'team', members),
    channel('C0ONCALL', 'on-call', members),
    channel('C0SUPPORT', 'support', members),
    { ...channel('C0SHARED', 'shared', [...members, foreigner]), is_ext_shared: true },
  ];
}

function channel(id: string, name: string, members: string[]): Room {
  return {
    id,
    name,
    kind: 'channel',
    is_private: false,
    is_archived: false,
    is_ext_shared: false,
    members: [...members],
  };
}

/** What the app's manifest asks for, optional scopes included; a test holds the two together. */
export function exampleSettings(eventsUrl: string | null): Settings {
  return {
    eventsUrl,
    scopes: [
      'app_mentions:read',
      'channels:history',
      'channels:read',
      'chat:write',
      'commands',
      'files:read',
      'files:write',
      'groups:history',
      'groups:read',
      'im:history',
      'im:read',
      'im:write',
      'links:read',
      'links:write',
      'mpim:read',
      'users:read',
      'users:read.email',
    ],
    unfurlDomains: ['support.example.com'],
    limits: 'on',
    newerBlocks: true,
    echoes: true,
    delivery: 'auto',
    slowMs: 12_000,
    ackMs: 3_000,
  };
}
