/** Shortcuts: a problem out of somebody's message, and the beginning of both jobs from anywhere in Slack. */
import { caseOfThread } from '../../store/conversations.ts';
import { findEvent } from '../../store/events.ts';
import { readFlow } from '../../store/flows.ts';
import type { Installation } from './deps.ts';
import { idOf, refusalFor, type Who } from './identity.ts';
import { within } from './in-flight.ts';
import { meet } from './meet.ts';
import { slackPlace, threadOf } from './place.ts';
import { NotNow, type Outcome, type Room } from './room.ts';
import { deedId, type Said, say } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { spokenText } from './spoken.ts';

const unknownShortcut = 'I do not know this shortcut. Write “help” to see what I can do.';

export async function takeMessageShortcut(
  room: Room,
  payload: PayloadOf<'message-shortcut'>,
  installation: Installation,
): Promise<Outcome> {
  const { callback_id: name, channel, message } = payload;
  const who = await meet(room, payload, installation);
  if (who === null || name !== 'turn-into-ticket') {
    return { words: unknownShortcut };
  }
  const { deps } = room;
  const text = spokenText(message.text, { botUserId: installation.botUserId, people: deps.people() });
  if (text === '') {
    return { words: 'There are no words in this message that I could read. Describe the problem to me instead.' };
  }
  const thread = threadOf(message);
  const id = deedId('shortcut', payload);
  // Whoever asks for a ticket has a problem, also when the message does not sound like one.
  const said = { id, who, conversation: channel.id, thread, text: `Problem: ${text}` };
  return (await isAboutCase(room, said))
    ? { words: 'This thread belongs to a case already. Go on in it, or describe another problem in a new message.' }
    : say(room, said);
}

/** A stranger learns nothing of what there is; and the shortcut that began the case is not told so when it is repeated. */
async function isAboutCase({ deps }: Room, { conversation, id, thread, who }: Said): Promise<boolean> {
  const { read } = deps.store;
  const caseId = await caseOfThread(read, slackPlace(conversation, thread));
  const state = caseId === null ? null : ((await readFlow(read, caseId))?.state ?? null);
  return who.kind === 'known' && state !== null && state.flow !== 'talk' && (await findEvent(read, id)) === null;
}

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
