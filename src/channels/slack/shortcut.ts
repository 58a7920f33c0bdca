/** Global shortcuts: the beginning of both jobs from anywhere in Slack. */
import type { Installation } from './deps.ts';
import { idOf, refusalFor, type Who } from './identity.ts';
import { within } from './in-flight.ts';
import { meet } from './meet.ts';
import { NotNow, type Outcome, type Room } from './room.ts';
import { deedId, say } from './say.ts';
import type { PayloadOf } from './schema.ts';

export const unknownShortcut = 'I do not know this shortcut. Write “help” to see what I can do.';

/** By the shortcut's name. */
const words: Readonly<Record<string, string>> = { connect: 'connect', support: 'support' };

export async function takeShortcut(
  room: Room,
  payload: PayloadOf<'shortcut'>,
  installation: Installation,
): Promise<Outcome> {
  const who = await meet(room, payload, installation);
  const text = Object.hasOwn(words, payload.callback_id) ? words[payload.callback_id] : undefined;
  return who === null || text === undefined
    ? { words: unknownShortcut }
    : begin(room, { who, text, id: deedId('shortcut', payload) });
}

/** Slack opens the direct messages with somebody in a moment, once. */
const patienceMs = 1_500;

/** Begins something in private, for whoever is nowhere in particular. */
export async function begin(room: Room, { id, text, who }: { id: string; text: string; who: Who }): Promise<Outcome> {
  if (who.kind === 'stranger') {
    return { words: refusalFor(who, room.deps.people()) };
  }
  const known = await room.memory.direct(who.userId);
  const conversation = known ?? (await within(patienceMs, room.out.directOf(who.userId)));
  if (conversation === null) {
    throw new NotNow(`Opening the direct messages with ${idOf(who)}: it takes too long. Press it again.`);
  }
  return say(room, { id, who, conversation, thread: null, text });
}
