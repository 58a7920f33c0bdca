/**
 * A message's words to the desk: a form shows what would go out, and only what is sent from there leaves the room. The
 * bot reads nothing for it; Slack hands over the one message on which the shortcut was used.
 */
import { z } from 'zod/v4';
import { plainText } from '../../cards/block-kit/slack-text.ts';
import { longestWords, sendingText, wordsToSend } from '../sent-words.ts';
import { ticketOfThread, type ThreadTicket, whyNotSent } from '../ticket-of-thread.ts';
import { refusalFor, type Who } from './identity.ts';
import { noticeView } from './notice-view.ts';
import { slackPlace, threadOf } from './place.ts';
import { nothing, type Outcome, type Room } from './room.ts';
import { deedId } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { threadMeant } from './talk.ts';

/** Name of the shortcut and of its form. */
export const sendingForm = 'send-to-support';

const field = 'reply';

/** What the form keeps of where it was opened. */
const Kept = z.object({ channel: z.string(), thread: z.string(), ticket: z.number() });

type Used = PayloadOf<'message-shortcut'>;

export async function offerSending(room: Room, payload: Used, who: Who, words: string): Promise<Outcome> {
  const { deps, out } = room;
  const { channel, message, trigger_id: triggerId } = payload;
  if (who.kind === 'stranger') {
    return { words: refusalFor(who, deps.people()) };
  }
  const { thread, ticket } = await ticketMeant(room, payload, who.person.id);
  if (ticket.kind !== 'open') {
    return { words: whyNotSent(ticket) };
  }
  if (triggerId === null) {
    return { words: 'Slack did not let me open the form. Use the shortcut again.' };
  }
  const kept: z.infer<typeof Kept> = { channel: channel.id, thread, ticket: ticket.number };
  await out.openView(triggerId, formView(kept, wordsToSend(words, authorOf(room, message, who.userId))));
  return nothing;
}

/** In direct messages the thread need not be said: there, the newest card that takes a reply is meant. */
async function ticketMeant(
  { deps }: Room,
  { channel, message }: Used,
  person: string,
): Promise<{ thread: string; ticket: ThreadTicket }> {
  const own = threadOf(message);
  const ticket = await ticketOfThread(deps.store.read, slackPlace(channel.id, own));
  if (ticket.kind !== 'none' || !channel.id.startsWith('D') || message.thread_ts !== null) {
    return { thread: own, ticket };
  }
  const meant = await threadMeant(deps.store.read, { conversation: channel.id, person, text: 'send: x' });
  return meant.kind === 'thread'
    ? { thread: meant.thread, ticket: await ticketOfThread(deps.store.read, slackPlace(channel.id, meant.thread)) }
    : { thread: own, ticket };
}

/** Null for words of one's own. */
function authorOf({ deps }: Room, { bot_id: bot, user }: Used['message'], sender: string): string | null {
  if (user === sender && bot === null) {
    return null;
  }
  const known = deps.people().find(({ slack }) => slack !== null && slack.user === user);
  return known?.name ?? (bot === null ? 'A colleague' : 'A program in the chat');
}

function formView(kept: z.infer<typeof Kept>, { notes, text }: ReturnType<typeof wordsToSend>): object {
  const lines = [sendingText(kept.ticket), ...notes];
  return {
    type: 'modal',
    callback_id: sendingForm,
    private_metadata: JSON.stringify(kept),
    title: plainText('Send to support'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    blocks: [
      ...lines.map((line) => ({ type: 'section', text: plainText(line) })),
      {
        type: 'input',
        block_id: field,
        label: plainText('What goes out'),
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          initial_value: text,
          max_length: longestWords,
        },
      },
    ],
  };
}

const Written = z.object({ [field]: z.object({ [field]: z.object({ value: z.string().nullish() }) }) });

/** The same as “send: …”, written in the thread by whoever sent the form. */
export async function takeSending({ deps }: Room, payload: PayloadOf<'submission'>, who: Who): Promise<Outcome> {
  if (who.kind === 'stranger') {
    return notSent(refusalFor(who, deps.people()));
  }
  const { private_metadata: metadata, state } = payload.view;
  const kept = Kept.safeParse(parse(metadata));
  const written = Written.safeParse(state.values);
  const text = written.success ? (written.data[field][field].value ?? '').trim() : '';
  if (!kept.success || text === '') {
    return notSent('I could not read this form. Use the shortcut again.');
  }
  const { channel, thread, ticket: asked } = kept.data;
  const place = slackPlace(channel, thread);
  const ticket = await ticketOfThread(deps.store.read, place);
  if (ticket.kind !== 'open') {
    return notSent(whyNotSent(ticket), text);
  }
  if (ticket.number !== asked) {
    return notSent(`This thread goes on in ticket ${ticket.number} by now. Use the shortcut again.`, text);
  }
  const id = deedId('sent', payload);
  const reply = await deps.inbox.say({ id, person: who.person.id, place, text: `send: ${text}`, files: [] });
  return reply.outcome === 'done' ? nothing : notSent(reply.because, text);
}

function notSent(words: string, written = ''): Outcome {
  const lines = written === '' ? [] : [`You wrote:\n${written}`];
  return { words, body: noticeView({ title: 'Not sent', words }, lines) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
