/** The living card of a ticket, in the thread that asked and in the support channel (STORYBOARD B4). */
import { answerText } from '../policy/answer-words.ts';
import type { TicketData, Tone } from './card.ts';
import { ticketSeverityLine } from './desk-severity.ts';
import type { ShowMessage } from './effect.ts';
import type { Place, TicketSnapshot } from './event.ts';
import { type Context, nameOf } from './flow.ts';
import { showCard, showText } from './message.ts';
import type { SupportAt } from './state.ts';
import { supportMessage } from './support-card.ts';
import { clockText, hoursText } from './ticket-clock.ts';

type Open = SupportAt<'open'>;

/** The desk's words for where a ticket stands; the policy knows three, and new tickets are simply open. */
const statusLooks: Record<TicketSnapshot['status'], { word: string; tone: Tone; verbs: readonly string[] }> = {
  new: { word: 'Open', tone: 'default', verbs: ['send-reply', 'mark-solved'] },
  open: { word: 'Open', tone: 'default', verbs: ['send-reply', 'mark-solved'] },
  pending: { word: 'Awaiting your reply', tone: 'warning', verbs: ['send-reply', 'mark-solved'] },
  hold: { word: 'On Hold', tone: 'default', verbs: ['send-reply', 'mark-solved'] },
  solved: { word: 'Solved', tone: 'good', verbs: ['reopen'] },
  closed: { word: 'Solved (closed; a reply needs a follow-up ticket)', tone: 'good', verbs: [] },
  deleted: { word: 'Deleted at the desk', tone: 'attention', verbs: [] },
};

export function ticketCards(state: Open, context: Context): ShowMessage[] {
  const place = context.directory.places.support;
  return [
    ticketCard(supportMessage, state.place, state, context),
    ...(place === null ? [] : [ticketCard('ticket', place, state, context)]),
  ];
}

function ticketCard(message: string, to: Place, state: Open, context: Context): ShowMessage {
  const { snapshot, subject, lastWord } = state.ticket;
  const { word, tone, verbs } = statusLooks[snapshot.status];
  const requester = nameOf(context.directory, state.requester);
  const data: TicketData = {
    number: String(snapshot.id),
    url: snapshot.url,
    subject,
    status: word,
    tone,
    severity: ticketSeverityLine(state),
    environment: state.answers.environment === null ? '' : answerText('environment', state.answers.environment),
    requester,
    clock: clockText(state, context),
    hours: hoursText(state, context),
    lastWord: lastWord?.text ?? '',
    lastWordFrom: lastWord?.from ?? '',
    asked: snapshot.status === 'pending' ? `The desk waits for an answer of ${requester}.` : '',
  };
  return showCard(message, to, `Ticket ${snapshot.id}: ${word}. ${subject}`, { name: 'ticket', data }, { verbs });
}

/** A new message when somebody must act or it is over; every other change is an edit of the card. */
export function statusMessages(state: Open, context: Context): ShowMessage[] {
  const { id, status } = state.ticket.snapshot;
  const text = statusTexts[status];
  return text === undefined
    ? []
    : [
        showText(`status-${context.revision}`, state.place, `Ticket ${id} ${text}`, {
          mention: [state.requester],
        }),
      ];
}

const statusTexts: Partial<Record<TicketSnapshot['status'], string>> = {
  pending: 'is awaiting your reply. Answer on the card above with “Send to support”, or write “send: …” here.',
  solved: 'is solved. Was it? If not, press “Reopen” on the card above, or write “reopen”.',
  deleted: 'was deleted at the desk. Write to me in a new message if you still need help.',
};
