/**
 * Actions on somebody's message: its words to the desk of the thread's ticket, or a problem made out of it. A dialog
 * shows what would go out, and nothing happens before it is sent. The bot reads nothing for it; Teams hands over the one
 * message on which the action was used.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { firstPart } from '../../flows/first-part.ts';
import { caseOfThread } from '../../store/conversations.ts';
import { readFlow } from '../../store/flows.ts';
import { longestWords, sendingText, wordsToSend } from '../sent-words.ts';
import { ticketOfThread, whyNotSent } from '../ticket-of-thread.ts';
import type { TeamsDeps } from './deps.ts';
import { dialogAnswer, dialogField, dialogWords } from './dialog.ts';
import { refusalFor, whoIs, type TeamsPerson } from './identity.ts';
import { wordsOfMessage } from './message-words.ts';
import { decodeConversation, layoutOf, placeOf, type TeamsPlace } from './place.ts';
import type { Answer } from './router.ts';
import { type Activity, MessageAction } from './schema.ts';
import { placeOfSaid } from './talk.ts';

const commands = { send: 'send-to-support', turn: 'turn-into-ticket' } as const;

type ActionDeps = Pick<TeamsDeps, 'inbox' | 'memory' | 'people' | 'store'>;

interface Chosen {
  person: TeamsPerson;
  activity: Activity;
  action: MessageAction;
}

/** @returns what is told instead */
async function readAction(deps: ActionDeps, activity: Activity): Promise<Chosen | { words: string }> {
  const who = whoIs(activity, deps.people());
  const action = MessageAction.safeParse(activity.value);
  if (who.kind === 'stranger') {
    return { words: refusalFor(who, deps.people()) };
  }
  if (!action.success || !Object.values(commands).some((id) => id === action.data.commandId)) {
    return { words: 'I do not know this action. Write “help” to me to see what I can do.' };
  }
  // People can use an app's actions where the bot itself is not, and there it could never answer.
  const { conversation } = decodeConversation(activity.conversation.id);
  return (await deps.memory.reference(conversation)) === null
    ? {
        words: 'I am not part of this conversation, so I cannot do this here. Add me to it, or write to me in private.',
      }
    : { person: who.person, activity, action: action.data };
}

/** `composeExtension/fetchTask` */
export async function offerAction(deps: ActionDeps, activity: Activity): Promise<Answer> {
  const chosen = await readAction(deps, activity);
  if ('words' in chosen) {
    return dialogWords(chosen.words);
  }
  const { messagePayload: message } = chosen.action;
  const words = message === null || message === undefined ? '' : wordsOfMessage(message);
  if (words === '') {
    return dialogWords('There are no words in this message that I could read. Write them to me instead.');
  }
  return chosen.action.commandId === commands.send
    ? offerSending(deps, chosen, words)
    : offerTurning(deps, chosen, words);
}

async function offerSending(deps: ActionDeps, chosen: Chosen, words: string): Promise<Answer> {
  const ticket = await ticketOfThread(deps.store.read, placeOf(await placeMeant(deps, chosen)));
  if (ticket.kind !== 'open') {
    return dialogWords(whyNotSent(ticket));
  }
  const { notes, text } = wordsToSend(words, authorOf(chosen));
  return dialogAnswer({
    title: 'Send to support',
    lines: [sendingText(ticket.number), ...notes],
    label: 'What goes out',
    value: text,
    maxLength: longestWords,
    button: 'Send',
    kept: { ticket: ticket.number },
  });
}

async function offerTurning(deps: ActionDeps, chosen: Chosen, words: string): Promise<Answer> {
  if (await isAboutCase(deps, ownPlace(chosen))) {
    return dialogWords(aboutCase);
  }
  return dialogAnswer({
    title: 'Turn into a ticket',
    lines: ['I read this as the description of a problem, and answer below the message. No ticket is opened yet.'],
    label: 'The problem',
    value: firstPart(words, longestWords),
    maxLength: longestWords,
    button: 'Go on',
    kept: { link: chosen.action.messagePayload?.linkToMessage ?? '' },
  });
}

const aboutCase = 'This thread belongs to a case already. Go on in it, or describe another problem in a new message.';

const Sent = z.object({
  [dialogField]: z.string().catch(''),
  ticket: z.coerce.number().catch(0),
  link: z.string().catch(''),
});

/** `composeExtension/submitAction` */
export async function takeAction(deps: ActionDeps, activity: Activity): Promise<Answer> {
  const chosen = await readAction(deps, activity);
  if ('words' in chosen) {
    return dialogWords(chosen.words);
  }
  const { link, ticket, words } = Sent.parse(chosen.action.data ?? {});
  const text = firstPart(words.trim(), longestWords);
  if (text === '') {
    return dialogWords('There was nothing written, so nothing was sent. Use the action again.');
  }
  return chosen.action.commandId === commands.send
    ? takeSending(deps, chosen, text, ticket)
    : takeTurning(deps, chosen, text, link);
}

async function takeSending(deps: ActionDeps, chosen: Chosen, text: string, asked: number): Promise<Answer> {
  const place = placeOf(await placeMeant(deps, chosen));
  const ticket = await ticketOfThread(deps.store.read, place);
  if (ticket.kind !== 'open') {
    return dialogWords(whyNotSent(ticket));
  }
  if (ticket.number !== asked) {
    return dialogWords(
      `This conversation goes on in ticket ${ticket.number} by now. Nothing was sent; use the action again.`,
    );
  }
  const id = deedId('sent', chosen, text);
  const reply = await deps.inbox.say({ id, person: chosen.person.id, place, text: `send: ${text}`, files: [] });
  return dialogWords(reply.outcome === 'done' ? `On its way to ticket ${ticket.number}.` : reply.because);
}

async function takeTurning(deps: ActionDeps, chosen: Chosen, text: string, link: string): Promise<Answer> {
  const place = ownPlace(chosen);
  const id = deedId('turned', chosen, text);
  const asProblem = { link: link.startsWith('https://teams.microsoft.com/') ? link : null };
  const said = { id, person: chosen.person.id, place: placeOf(place), text, files: [], asProblem };
  const reply = await deps.inbox.say(said);
  return dialogWords(reply.outcome === 'done' ? 'I answer below the message.' : reply.because);
}

/** The thread of the message; in a chat, which has none, the message itself. */
function ownPlace({ action, activity }: Chosen): TeamsPlace {
  const { conversation, thread } = decodeConversation(activity.conversation.id);
  return { conversation, thread: thread ?? action.messagePayload?.id ?? activity.id ?? null };
}

/** In a chat the newest card that takes a reply is meant, as by “send: …”. */
async function placeMeant(deps: ActionDeps, chosen: Chosen): Promise<TeamsPlace> {
  const own = ownPlace(chosen);
  const layout = layoutOf(chosen.activity.conversation);
  return layout === 'threads' || own.thread === null
    ? own
    : placeOfSaid(deps, {
        conversation: own.conversation,
        layout,
        id: own.thread,
        person: chosen.person.id,
        text: 'send: x',
      });
}

async function isAboutCase({ store }: ActionDeps, place: TeamsPlace): Promise<boolean> {
  const caseId = await caseOfThread(store.read, placeOf(place));
  const state = caseId === null ? null : ((await readFlow(store.read, caseId))?.state ?? null);
  return state !== null && state.flow !== 'talk';
}

/** Null for words of one's own. */
function authorOf({ action, person }: Chosen): string | null {
  const user = action.messagePayload?.from?.user ?? null;
  if (user === null) {
    return 'A program in the chat';
  }
  const isOwn = person.entra?.objectId.toLowerCase() === user.id.toLowerCase();
  return isOwn ? null : firstPart(user.displayName.trim(), 100) || 'A colleague';
}

/** Teams repeats what is not answered in time; the same dialog sent again is the same deed. */
function deedId(kind: string, { action, activity, person }: Chosen, text: string): string {
  const deed = createHash('sha256').update(JSON.stringify([activity.id, action.messagePayload?.id, person.id, text]));
  return `teams/${kind}/${activity.conversation.id}/${deed.digest('base64url').slice(0, 16)}`;
}
