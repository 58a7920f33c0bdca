/** Which buttons an open ticket has: those that do something where it stands, with the rights that the bot has there. */
import { deskOf, whyNoOtherSeverity, whyNotReopened, whyNotSolved } from './desk-facts.ts';
import type { Directory } from './flow.ts';
import type { SupportAt } from './state.ts';
import { feedbackVerbs } from './ticket-over.ts';

type Open = SupportAt<'open'>;

export function ticketVerbs(state: Open, directory: Directory): string[] {
  const desk = deskOf(directory);
  const { status } = state.ticket.snapshot;
  if (status === 'deleted') {
    return [];
  }
  if (status === 'closed') {
    const more = goesOn(state) || state.ticket.isFollowedUp === true;
    return more ? [] : ['follow-up', ...feedbackOf(state)];
  }
  const provider = desk.whose === 'own' && state.ticket.provider === undefined ? ['provider-form'] : [];
  if (status === 'solved') {
    const again = whyNotReopened(state, desk) === null ? 'reopen' : 'send-reply';
    return [again, ...feedbackOf(state)];
  }
  return [
    'send-reply',
    ...(whyNotSolved(state, desk) === null ? ['mark-solved'] : []),
    ...(whyNoOtherSeverity(state, desk) === null ? ['severity-form'] : []),
    ...provider,
  ];
}

/** Asked once. */
function feedbackOf({ ticket }: Open): string[] {
  return ticket.helpful === undefined ? [...feedbackVerbs] : [];
}

/** The ticket that goes on from one that is closed, as the desk tells it; null when there is none. */
export function nextTicket({ ticket }: Open): number | null {
  const { status, mergedInto = null, followUps = [] } = ticket.snapshot;
  const next = status === 'closed' ? (mergedInto ?? followUps.at(-1) ?? null) : null;
  return next === null || (ticket.previous ?? []).includes(next) ? null : next;
}

function goesOn(state: Open): boolean {
  return nextTicket(state) !== null;
}
