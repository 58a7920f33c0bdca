/** What the simulated workspace keeps, in the wire format wherever a client sees it. */
export type Json = Record<string, unknown>;

export interface User {
  id: string;
  /** Handle, such as `rosa`. */
  name: string;
  real_name: string;
  email: string | null;
  /** Another one than the workspace's own: somebody who is there through Slack Connect. */
  team_id: string;
  is_bot: boolean;
  deleted: boolean;
  tz: string;
}

export interface Room {
  id: string;
  name: string;
  kind: 'channel' | 'im';
  is_private: boolean;
  is_archived: boolean;
  /** Shared with another workspace (Slack Connect). */
  is_ext_shared: boolean;
  /** Ids of users; the app hears and writes only where its bot user is one of them. */
  members: string[];
}

/** One message of a channel, as `conversations.history` shows it. */
export interface Message extends Json {
  ts: string;
  thread_ts?: string;
  text: string;
  blocks?: Json[];
}

/** A message that one person alone sees, and that no history knows. */
export interface Ephemeral extends Message {
  channel: string;
  /** Who sees it. */
  to: string;
  /** False: Slack took it, and shows it to nobody, because its thread has no reply yet. */
  shown: boolean;
}

/** A view as interactions carry it, and whose screen it is on. */
export interface View extends Json {
  id: string;
  type: 'modal' | 'home';
  hash: string;
  blocks: Json[];
  /** Who sees it. */
  user: string;
  root_view_id: string;
  previous_view_id: string | null;
}

export interface StoredFile extends Json {
  id: string;
  name: string;
  size: number;
  mimetype: string;
  /** Words of it as UTF-8, for tests. */
  text: string;
}

export interface World {
  users: User[];
  rooms: Room[];
  channels: Map<string, Message[]>;
  ephemeral: Ephemeral[];
  /** Open modals, the lowest of each stack first. */
  views: View[];
  /** App Homes by user. */
  homes: Map<string, View>;
  files: StoredFile[];
}

export function findRoom(world: World, id: string): Room | undefined {
  return world.rooms.find((room) => room.id === id);
}

export function findUser(world: World, id: string): User | undefined {
  return world.users.find((user) => user.id === id);
}

export function messagesOf(world: World, channel: string): Message[] {
  const found = world.channels.get(channel);
  if (found !== undefined) {
    return found;
  }
  const empty: Message[] = [];
  world.channels.set(channel, empty);
  return empty;
}

export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.channels.get(channel)?.find((message) => message.ts === ts);
}
