/** After the end: was it helpful? One click of whoever asked, kept with the ticket and told in the export. */
import type { EventOf } from './event.ts';
import { type Context, moveTo, nameOf, refusedReply, stay, type Transition } from './flow.ts';
import type { SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { isOver } from './ticket-over.ts';

type Open = SupportAt<'open'>;

export function giveFeedback(state: Open, event: EventOf<'clicked'>, context: Context): Transition {
  const asker = nameOf(context.directory, state.requester);
  if (!isOver(state)) {
    return stay(state, refusedReply(`Ticket ${state.ticket.snapshot.id} is not solved yet. Say it when it is over.`));
  }
  if (event.person !== state.requester) {
    return stay(state, refusedReply(`${asker} asked, so only ${asker} can say whether it was helpful.`));
  }
  const helpful = { yes: event.verb === 'it-helped', at: context.at };
  const next: Open = { ...state, ticket: { ...state.ticket, helpful } };
  return moveTo(next, ticketCards(next, context));
}
