/**
 * Reads and shows the world of `/_sim/world`: `{"slack":{"channels":{"<id>":[messages]},"views":[],"homes":{},"users":[],
 * "rooms":[],"ephemeral":[],"files":[]}}` goes in, the inner object comes out. Parts that are not named stay as they are.
 */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import { effectsOf } from './mentions.ts';
import type { Json, Message, User, World } from './records.ts';
import { shownView } from './views.ts';

const Id = z.string().min(1);
const Blocks = z.array(z.record(z.string(), z.unknown()));

const MessageRecord = z.looseObject({
  ts: z.string().regex(/^\d{10}\.\d{6}$/),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  blocks: Blocks.optional(),
});

const ViewRecord = z.looseObject({
  id: Id,
  type: z.enum(['modal', 'home']),
  hash: Id,
  blocks: Blocks,
  user: Id,
  root_view_id: Id,
  previous_view_id: z.string().nullable().default(null),
});

const UserRecord = z.object({
  id: Id.regex(/^[UW][A-Z0-9]+$/),
  name: Id,
  real_name: z.string().optional(),
  email: z.string().nullable().default(null),
  team_id: Id.optional(),
  is_bot: z.boolean().default(false),
  deleted: z.boolean().default(false),
  tz: z.string().default('Europe/Amsterdam'),
});

const RoomRecord = z.object({
  id: Id.regex(/^[CDG][A-Z0-9]+$/),
  name: z.string(),
  kind: z.enum(['channel', 'im']).default('channel'),
  is_private: z.boolean().default(false),
  is_archived: z.boolean().default(false),
  is_ext_shared: z.boolean().default(false),
  members: z.array(Id),
});

const FileRecord = z.looseObject({
  id: Id,
  name: z.string(),
  size: z.int(),
  mimetype: z.string().default('application/octet-stream'),
  text: z.string().default(''),
});

const WorldFile = z.object({
  slack: z
    .object({
      channels: z.record(z.string(), z.array(MessageRecord)).optional(),
      views: z.array(ViewRecord).optional(),
      homes: z.record(z.string(), ViewRecord).optional(),
      users: z.array(UserRecord).optional(),
      rooms: z.array(RoomRecord).optional(),
      ephemeral: z.array(MessageRecord.extend({ channel: Id, to: Id, shown: z.boolean().default(true) })).optional(),
      files: z.array(FileRecord).optional(),
    })
    .optional(),
});

/** @throws {BadControlRequest} for a world that cannot be read. */
export function replaceWorld(world: World, teamId: string, file: unknown): void {
  const read = WorldFile.safeParse(file);
  if (!read.success) {
    throw new BadControlRequest(`This world cannot be read:\n${z.prettifyError(read.error)}`);
  }
  const { channels, views, homes, users, rooms, ephemeral, files } = read.data.slack ?? {};
  Object.assign(world, {
    ...(channels && { channels: new Map(Object.entries(channels).map(([id, list]) => [id, list.map(bare)])) }),
    ...(views && { views: views.map(bare) }),
    ...(homes && { homes: new Map(Object.entries(homes).map(([id, view]) => [id, bare(view)])) }),
    ...(users && {
      users: users.map((user) => whole(user, teamId)),
    }),
    ...(rooms && { rooms }),
    ...(ephemeral && { ephemeral: ephemeral.map(bare) }),
    ...(files && { files }),
  });
}

function whole(user: z.output<typeof UserRecord>, teamId: string): User {
  return { ...user, real_name: user.real_name ?? user.name, team_id: user.team_id ?? teamId };
}

/** Without what is worked out anew each time it is shown. */
function bare({ mentions: _mentions, links: _links, ...rest }: Json): Json {
  return rest;
}

export function showWorld(account: Account): Json {
  const { world } = account;
  const ids = [...new Set([...world.rooms.map((room) => room.id), ...world.channels.keys()])];
  return {
    channels: Object.fromEntries(
      ids.map((id) => [id, (world.channels.get(id) ?? []).map((message) => shownMessage(world, message))]),
    ),
    views: world.views.map((view) => shownView(account, view)),
    homes: Object.fromEntries([...world.homes].map(([user, view]) => [user, shownView(account, view)])),
    users: world.users,
    rooms: world.rooms,
    ephemeral: world.ephemeral.map((message) => shownMessage(world, message)),
    files: world.files,
  };
}

function shownMessage(world: World, message: Message): Json {
  return { ...message, ...effectsOf(world, message) };
}
