/** Something was said, in whatever way: it goes into the inbox under the id of what happened in Slack. */
import { createHash } from 'node:crypto';
import type { AsProblem, SaidFile } from '../../flows/event.ts';
import { attachedFiles } from '../incoming-file.ts';
import { idOf, refusalFor, type Who } from './identity.ts';
import { slackPlace } from './place.ts';
import { nothing, type Outcome, type Room } from './room.ts';
import { threadMeant } from './talk.ts';

const maxText = 8_000;

export interface Said {
  id: string;
  who: Who;
  conversation: string;
  /** Null when only the bot's answer can begin one. */
  thread: string | null;
  /** Readable words. */
  text: string;
  attached?: readonly SaidFile[];
  asProblem?: AsProblem;
}

export async function say(
  { deps }: Room,
  { asProblem, attached = [], conversation, id, text, thread, who }: Said,
): Promise<Outcome> {
  if (who.kind === 'stranger' && who.why === 'outside') {
    return { words: refusalFor(who, deps.people()) };
  }
  if (text.length > maxText) {
    const words = `I read messages of at most ${maxText} characters, and this one has ${text.length}. Send the important part.`;
    return { words };
  }
  const place = slackPlace(conversation, thread);
  const files = attached.map((file) => file.id);
  const meant = asProblem === undefined ? {} : { asProblem };
  await deps.inbox.say({ id, person: idOf(who), place, text, files, ...attachedFiles(attached), ...meant });
  return nothing;
}

/** Said in no thread: it may still go on with a case, else it begins one; `thread` is the one that it begins then. */
export async function sayAtTopLevel(room: Room, said: Said): Promise<Outcome> {
  const { conversation, text, who } = said;
  const meant = await threadMeant(room.deps.store.read, { conversation, person: idOf(who), text });
  return meant.kind === 'several'
    ? { words: 'More than one case here could be meant. Write it in the thread of the one that you mean.' }
    : say(room, meant.kind === 'thread' ? { ...said, thread: meant.thread } : said);
}

/** What was done in Slack has one trigger; where there is none, what it says stands for it. */
export function deedId(kind: string, payload: { trigger_id: string | null }): string {
  const deed = payload.trigger_id ?? createHash('sha256').update(JSON.stringify(payload)).digest('base64url');
  return `slack/${kind}/${deed}`;
}
