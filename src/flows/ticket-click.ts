/** What people do with an open ticket, by a button or by the same words typed. */
import { deskOf, whyNotReopened, whyNotSolved } from './desk-facts.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import type { SupportAt, SupportState } from './state.ts';
import { giveFeedback } from './ticket-feedback.ts';
import { withoutFiles } from './ticket-files.ts';
import { followUp } from './ticket-follow-up.ts';
import { feedbackVerbs } from './ticket-over.ts';
import { providerAnswered, providerForm, providerNumber } from './ticket-provider.ts';
import { askSend, sendAsked, sendReply } from './ticket-send.ts';
import { changeSeverity, severityForm } from './ticket-severity.ts';
import { nextTicket } from './ticket-verbs.ts';

type Open = SupportAt<'open'>;
type Click = EventOf<'clicked'>;
type Act = (state: Open, event: Click, context: Context) => Transition;

const acts: Readonly<Record<string, Act>> = {
  'send-reply': sendReply,
  'ask-send': askSend,
  'send-asked': sendAsked,
  'mark-solved': (state, _event, context) => set(state, 'solved', context),
  reopen: (state, _event, context) => set(state, 'open', context),
  'severity-form': severityForm,
  'change-severity': changeSeverity,
  override: changeSeverity,
  'follow-up': followUp,
  'provider-form': providerForm,
  'provider-number': providerNumber,
  'provider-answered': providerAnswered,
  'leave-files': (state) => withoutFiles(state),
  'it-helped': giveFeedback,
  'did-not-help': giveFeedback,
};

export const ticketActs: ReadonlySet<string> = new Set(Object.keys(acts));

/** What can be done about a ticket that takes nothing any more. */
const lateActs: ReadonlySet<string> = new Set(['follow-up', 'leave-files', 'provider-answered', ...feedbackVerbs]);

/** Null: this verb is not about a ticket, or there is none. */
export function clickTicket(state: SupportState, event: Click, context: Context): Transition | null {
  const act = Object.hasOwn(acts, event.verb) ? acts[event.verb] : undefined;
  if (state.at !== 'open' || act === undefined) {
    return null;
  }
  const over = lateActs.has(event.verb) ? null : whyOver(state);
  return over === null ? act(state, event, context) : stay(state, refusedReply(over));
}

function whyOver(state: Open): string | null {
  const { id, status } = state.ticket.snapshot;
  if (status === 'deleted') {
    return `Ticket ${id} is deleted at the desk. Describe what is left in a new message to me.`;
  }
  if (status !== 'closed') {
    return null;
  }
  const next = nextTicket(state);
  return next === null
    ? `Ticket ${id} is closed for good. Write “follow up: …” with what is left, and I open a ticket that names this one.`
    : `Ticket ${id} is closed; it goes on in ticket ${next}.`;
}

function set(state: Open, status: 'open' | 'solved', { directory }: Context): Transition {
  const desk = deskOf(directory);
  const because = status === 'solved' ? whyNotSolved(state, desk) : whyNotReopened(state, desk);
  return because === null
    ? moveTo(state, [{ kind: 'work', type: 'change-ticket', ticketId: state.ticket.snapshot.id, status }])
    : stay(state, refusedReply(because));
}
