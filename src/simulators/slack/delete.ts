/** `POST /_sim/delete`: a person takes a message away, their own or, as an administrator may, one of the app. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { remove } from './messages.ts';
import { findMessage } from './records.ts';
import { person, placeOf, readMove, type Stage } from './scene.ts';

const Delete = z.strictObject({ user: z.string(), channel: z.string(), ts: z.string() });

/** The app has not subscribed to this, so it hears nothing of it outside of direct messages. */
export function deleteMessage({ account }: Stage, body: unknown): { ts: string } {
  const { channel, ts, user } = readMove(Delete, body, 'This cannot be deleted');
  const room = placeOf(account, person(account, user), channel);
  const message = findMessage(account.world, room.id, ts);
  if (message === undefined) {
    throw new BadControlRequest(`There is no message ${ts} in ${channel}.`);
  }
  remove(account, room, message);
  return { ts };
}
