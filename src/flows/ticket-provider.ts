/**
 * Where the desk is our own, the provider answers in a ticket of its own, opened in its portal. The time that was
 * promised counts from that one; its number is entered here, and so is that it was answered: nobody tells us.
 */
import { deskOf, portalWay } from './desk-facts.ts';
import type { EventOf } from './event.ts';
import { type Context, invalidReply, moveTo, nameOf, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { clockTimers } from './ticket-clock.ts';
import { formCard, settledForm } from './ticket-form.ts';

type Open = SupportAt<'open'>;
type Click = EventOf<'clicked'>;

export function providerForm(state: Open, event: Click, context: Context): Transition {
  const because = whyNoProvider(state, context);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const form = formCard(state, event.place, context, {
    title: 'The provider’s ticket',
    text: `Open it ${portalWay}. Its number starts the clock.`,
    severity: '',
    severities: [],
    numberLabel: 'Number of the provider’s ticket',
    verb: 'provider-number',
  });
  return moveTo(state, [form]);
}

export function providerNumber(state: Open, event: Click, context: Context): Transition {
  const because = whyNoProvider(state, context);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const number = /^#?([a-z]{0,8}-?\d{1,15})$/i.exec((event.inputs['number'] ?? '').trim())?.[1] ?? '';
  if (number === '') {
    const message = 'Give the number of the provider’s ticket, such as 12345.';
    return stay(state, invalidReply([{ input: 'number', message }]));
  }
  const { provider: before } = state.ticket;
  // A number that was mistyped is corrected; the clock has started.
  const provider = { answeredAt: null, at: context.at, ...before, number, by: event.person };
  const next: Open = { ...state, ticket: { ...state.ticket, provider } };
  const told = `The provider’s ticket is ${number}, as ${nameOf(context.directory, event.person)} says.`;
  return moveTo(next, [
    showText(`provider-${context.revision}`, state.place, told),
    ...settledForm(event, `Provider’s ticket: ${number}`, 'Its first answer is awaited.'),
    ...ticketCards(next, context),
    ...(before === undefined ? clockTimers(next, context) : []),
  ]);
}

export function providerAnswered(state: Open, _event: Click, context: Context): Transition {
  const { provider } = state.ticket;
  if (provider === undefined) {
    const because = whyNoProvider(state, context) ?? 'Give its number first: write “provider ticket 12345”.';
    return stay(state, refusedReply(because));
  }
  const ticket = { ...state.ticket, provider: { ...provider, answeredAt: provider.answeredAt ?? context.at } };
  const next: Open = { ...state, ticket };
  return moveTo(next, ticketCards(next, context));
}

function whyNoProvider({ ticket }: Open, { directory }: Context): string | null {
  return deskOf(directory).whose === 'own'
    ? null
    : `This desk is the provider’s own: ticket ${ticket.snapshot.id} is the provider’s ticket.`;
}
