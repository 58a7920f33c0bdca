/** Shortcuts on somebody's message: a problem out of it, or its words to the desk of the thread's ticket. */
import { caseOfThread } from '../../store/conversations.ts';
import { findEvent } from '../../store/events.ts';
import { readFlow } from '../../store/flows.ts';
import type { Installation } from './deps.ts';
import type { Who } from './identity.ts';
import { meet } from './meet.ts';
import { slackPlace, threadOf } from './place.ts';
import type { Outcome, Room } from './room.ts';
import { deedId, type Said, say } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { offerSending, sendingForm } from './send-to-support.ts';
import { unknownShortcut } from './shortcut.ts';
import { spokenText } from './spoken.ts';

type Used = PayloadOf<'message-shortcut'>;

export async function takeMessageShortcut(room: Room, payload: Used, installation: Installation): Promise<Outcome> {
  const who = await meet(room, payload, installation);
  const { callback_id: name } = payload;
  if (who === null || (name !== 'turn-into-ticket' && name !== sendingForm)) {
    return { words: unknownShortcut };
  }
  const text = spokenText(payload.message.text, { botUserId: installation.botUserId, people: room.deps.people() });
  if (text === '') {
    return { words: 'There are no words in this message that I could read. Write them to me instead.' };
  }
  return name === sendingForm ? offerSending(room, payload, who, text) : turnIntoTicket(room, payload, who, text);
}

async function turnIntoTicket(room: Room, payload: Used, who: Who, text: string): Promise<Outcome> {
  const { channel, message } = payload;
  const said: Said = {
    id: deedId('shortcut', payload),
    who,
    conversation: channel.id,
    thread: threadOf(message),
    text,
    // Whoever asks for a ticket has a problem, also when the message does not sound like one.
    asProblem: { link: linkTo(payload) },
  };
  return (await isAboutCase(room, said))
    ? { words: 'This thread belongs to a case already. Go on in it, or describe another problem in a new message.' }
    : say(room, said);
}

/** Where the message stands, as Slack writes it; null where the workspace is not named, as in an organisation. */
function linkTo({ channel, message, team }: Used): string | null {
  const domain = team?.domain ?? '';
  const isKnown = /^[a-z0-9][a-z0-9-]*$/.test(domain) && /^\d+\.\d+$/.test(message.ts);
  return isKnown ? `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}` : null;
}

/** A stranger learns nothing of what there is; and the shortcut that began the case is not told so when it is repeated. */
async function isAboutCase({ deps }: Room, { conversation, id, thread, who }: Said): Promise<boolean> {
  const { read } = deps.store;
  const caseId = await caseOfThread(read, slackPlace(conversation, thread));
  const state = caseId === null ? null : ((await readFlow(read, caseId))?.state ?? null);
  return who.kind === 'known' && state !== null && state.flow !== 'talk' && (await findEvent(read, id)) === null;
}
