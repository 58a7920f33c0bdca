/** Who does something, and where; what a person cannot do is refused before the app hears of it. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import type { Deliveries } from './deliveries.ts';
import { findMessage, findRoom, findUser, type Message, type Room, type User, type View } from './records.ts';
import { directId, openDirect } from './rooms.ts';
import type { Sockets } from './sockets.ts';

/** What every move works with. */
export interface Stage {
  account: Account;
  deliveries: Deliveries;
  sockets: Sockets;
}

/** @throws {BadControlRequest} */
export function readMove<Move>(schema: z.ZodType<Move>, body: unknown, what: string): Move {
  const read = schema.safeParse(body);
  if (!read.success) {
    throw new BadControlRequest(`${what}:\n${z.prettifyError(read.error)}`);
  }
  return read.data;
}

/** @throws {BadControlRequest} */
export function person(account: Account, id: string): User {
  const user = findUser(account.world, id);
  if (user === undefined || user.is_bot) {
    const known = account.world.users.filter((entry) => !entry.is_bot).map((entry) => entry.id);
    throw new BadControlRequest(`There is nobody called ${id}; there are ${known.join(', ')}.`);
  }
  return user;
}

/** A person's own direct messages with the app open when they go there. @throws {BadControlRequest} */
export function placeOf(account: Account, user: User, channel: string): Room {
  const room =
    channel === directId(user.id)
      ? openDirect(account.world, account.botUserId, user).room
      : findRoom(account.world, channel);
  if (room === undefined || !room.members.includes(user.id)) {
    throw new BadControlRequest(`${user.id} is in no conversation ${channel}.`);
  }
  return room;
}

/** A message as this person sees it, ephemeral ones included. @throws {BadControlRequest} */
export function messageSeenBy(account: Account, user: User, room: Room, ts: string): Message {
  const ephemeral = account.world.ephemeral.find(
    (entry) => entry.channel === room.id && entry.ts === ts && entry.to === user.id && entry.shown,
  );
  const message = findMessage(account.world, room.id, ts) ?? ephemeral;
  if (message === undefined) {
    throw new BadControlRequest(`${user.id} sees no message ${ts} in ${room.id}.`);
  }
  return message;
}

/** A view on this person's screen, or their App Home. @throws {BadControlRequest} */
export function viewSeenBy(account: Account, user: User, id: string): View {
  const { views, homes } = account.world;
  const view = [...views, ...homes.values()].find((entry) => entry.id === id && entry.user === user.id);
  if (view === undefined) {
    const open = views.filter((entry) => entry.user === user.id).map((entry) => entry.id);
    throw new BadControlRequest(`${user.id} has no view ${id} open; open: ${open.join(', ') || 'none'}.`);
  }
  return view;
}

export function idsOf({ world }: Account): Set<string> {
  return new Set([...world.users.map((user) => user.id), ...world.rooms.map((room) => room.id)]);
}
