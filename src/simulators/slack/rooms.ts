/** Which conversations the app may use, as the Web API tells it apart. */
import type { Account } from './account.ts';
import { refusal } from './answers.ts';
import { findRoom, findUser, type Room, type User, type World } from './records.ts';

/** The direct messages of the app and this person; opened when they were not. */
export function openDirect(world: World, botUserId: string, user: User): { room: Room; wasOpen: boolean } {
  const id = directId(user.id);
  const open = findRoom(world, id);
  if (open !== undefined) {
    return { room: open, wasOpen: true };
  }
  const room: Room = {
    id,
    name: user.name,
    kind: 'im',
    is_private: true,
    is_archived: false,
    is_ext_shared: false,
    members: [user.id, botUserId],
  };
  world.rooms.push(room);
  return { room, wasOpen: false };
}

/** `U0REQUESTER` has `D0REQUESTER`. */
export function directId(userId: string): string {
  return `D${userId.slice(1)}`;
}

/** @throws {Refused} where the app cannot see the conversation, or is not in it */
export function roomForApp(account: Account, id: string): Room {
  const room = findRoom(account.world, id);
  const isMember = room?.members.includes(account.botUserId) ?? false;
  if (room === undefined || (room.is_private && !isMember)) {
    throw refusal('channel_not_found');
  }
  if (!isMember) {
    throw refusal('not_in_channel');
  }
  return room;
}

/** @throws {Refused} */
export function roomToWrite(account: Account, id: string): Room {
  const room = roomForApp(account, id);
  if (room.is_archived) {
    throw refusal('is_archived');
  }
  return room;
}

/** A post may name a channel by id or by name, or a person, which is their direct messages. */
export function roomToPost(account: Account, address: string): Room {
  const user = /^[UW]/.test(address) ? findUser(account.world, address) : undefined;
  if (user !== undefined && !user.deleted && user.id !== account.botUserId) {
    return openDirect(account.world, account.botUserId, user).room;
  }
  const name = address.replace(/^#/, '');
  const named = account.world.rooms.find((room) => room.kind === 'channel' && room.name === name);
  return roomToWrite(account, named?.id ?? address);
}

/** @throws {Refused} for nobody of this workspace or its shared channels */
export function userForApp(account: Account, id: string, error = 'user_not_found'): User {
  const user = findUser(account.world, id);
  if (user === undefined) {
    throw refusal(error);
  }
  return user;
}
