/** A closed ticket takes no answers; what is left goes into a new one that names it. */
import type { TicketRequest } from './effect.ts';
import type { EventOf } from './event.ts';
import { firstPart } from './first-part.ts';
import { type Context, invalidReply, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { redact } from './redact.ts';
import type { SupportAt } from './state.ts';
import { requestFor } from './support-ticket.ts';
import { ticketCards } from './ticket-card.ts';
import { filesFor } from './ticket-files.ts';
import { nextTicket } from './ticket-verbs.ts';

type Open = SupportAt<'open'>;

export function followUp(state: Open, event: EventOf<'clicked'>, context: Context): Transition {
  const { id, status, subject } = state.ticket.snapshot;
  const because = whyNot(state, status);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const words = redact((event.inputs['reply'] ?? '').trim()).text;
  if (words === '') {
    const message = 'Say what is left: write “follow up: …”, or fill in the reply first.';
    return stay(state, invalidReply([{ input: 'reply', message }]));
  }
  const { files = [] } = state;
  const title = redact(subject === '' ? state.ticket.subject : subject).text;
  const request: TicketRequest = {
    ...requestFor(state, firstPart(`Follow-up: ${title}`, 140), `${words}\n\nThis goes on from ticket ${id}.`, context),
    followUpOf: id,
    ...filesFor(files),
  };
  const next: Open = { ...state, ticket: { ...state.ticket, isFollowedUp: true } };
  const told = `${words}\n\n(The follow-up to ticket ${id} is on its way to the desk.)`;
  return moveTo(next, [
    showText(`follow-up-${context.revision}`, state.place, told),
    ...ticketCards(next, context),
    { kind: 'work', type: 'open-ticket', request },
  ]);
}

function whyNot(state: Open, status: Open['ticket']['snapshot']['status']): string | null {
  const { id } = state.ticket.snapshot;
  if (status !== 'closed') {
    return `Ticket ${id} is not closed for good, so it needs no follow-up. Write “send: …” to go on in it.`;
  }
  const next = nextTicket(state);
  if (next !== null) {
    return `Ticket ${id} goes on in ticket ${next} already.`;
  }
  return state.ticket.isFollowedUp === true ? `The follow-up to ticket ${id} is on its way to the desk.` : null;
}
