/**
 * Words to the desk, from the card or typed. “send: …” goes out as it is, and so does “@Causeway send …” where it can mean
 * nothing else; what may have been meant for the room is asked back with a button, for whoever wrote it alone.
 */
import type { EventOf } from './event.ts';
import { type Context, invalidReply, moveTo, staleReply, stay, type Transition } from './flow.ts';
import { showCard, showText } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { comment } from './ticket-comment.ts';
import { attachedText, filesFor } from './ticket-files.ts';
import type { TypedCommand } from './typed.ts';

type Open = SupportAt<'open'>;
type Click = EventOf<'clicked'>;

/** What is written on the card goes to the desk without its secrets, and the room sees what was sent. */
export function sendReply(state: Open, event: Click, context: Context): Transition {
  const body = redact((event.inputs['reply'] ?? '').trim()).text;
  if (body === '') {
    return stay(state, invalidReply([{ input: 'reply', message: 'Write the reply first, then send it.' }]));
  }
  const { files = [], ...rest } = state;
  const replies = state.ticket.replies + 1;
  const next: Open = { ...rest, ticket: { ...state.ticket, replies } };
  const { author, send } = comment(next, event.person, body, context);
  const shown = [body, attachedText(files)].filter((part) => part !== '').join('\n\n');
  return moveTo(next, [
    showText(`reply-${replies}`, state.place, shown, { speaker: `${author.name} → support` }),
    ...ticketCards(next, context),
    { ...send, ...filesFor(files) },
  ]);
}

/** “send …” without a colon, which no form takes; null for other words. */
export function saidSend({ addressed, text }: EventOf<'said'>): TypedCommand | null {
  const words = /^(?:send|reply)\s+(?<words>\S[\s\S]*)$/i.exec(text.trim())?.groups?.['words'];
  if (words === undefined) {
    return null;
  }
  const isPlain = addressed !== false && !mayBeForRoom.test(words);
  return { verb: isPlain ? 'send-reply' : 'ask-send', inputs: { reply: words } };
}

/** “send me the logs”, “reply to Rosa”, “reply is slow”: a comment that went out cannot be taken back. */
const mayBeForRoom =
  /^(?:an?|all|everything|her|him|is|it|my|our|some|takes?|that|the|their|them|these|this|those|to|us|was|me|your?)\b/i;

export function askSend(state: Open, event: Click, context: Context): Transition {
  const words = redact((event.inputs['reply'] ?? '').trim()).text;
  const { id } = state.ticket.snapshot;
  const message = `ticket-form-${context.revision}`;
  const text = `“${words}” stayed in the room. Is it for the desk? It goes to ticket ${id} as a public comment in your name.`;
  const data = {
    number: String(id),
    title: 'Send this to support?',
    text,
    severity: '',
    severities: [],
    numberLabel: '',
  };
  const asked = { ...state.ticket.asked, [event.person]: { words, message } };
  return moveTo({ ...state, ticket: { ...state.ticket, asked } }, [
    showCard(
      message,
      event.place,
      `${data.title} ${text} Press the button, or write “send it”.`,
      { name: 'ticket-form', data },
      { verbs: ['send-asked'], onlyFor: event.person },
    ),
  ]);
}

/** The button, or “send it”. */
export function sendAsked(state: Open, event: Click, context: Context): Transition {
  const { [event.person]: own, ...others } = state.ticket.asked ?? {};
  if (own === undefined) {
    const message = 'Write “send: …” with what the desk is to read.';
    return stay(state, invalidReply([{ input: 'reply', message }]));
  }
  const key = event.message.split('/').at(-1) ?? '';
  if (key.startsWith('ticket-form-') && key !== own.message) {
    return stay(state, staleReply('You wrote something else since. Use the newest question, or write “send: …”.'));
  }
  const next: Open = { ...state, ticket: { ...state.ticket, asked: others } };
  return sendReply(next, { ...event, inputs: { reply: own.words } }, context);
}
