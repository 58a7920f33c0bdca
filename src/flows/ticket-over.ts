/** The end of a ticket: what its card asks then, and by which buttons it is answered. */
import { deskOf, whyNotReopened } from './desk-facts.ts';
import { type Context, nameOf } from './flow.ts';
import type { SupportAt } from './state.ts';

type Open = SupportAt<'open'>;

export const feedbackVerbs = ['it-helped', 'did-not-help'] as const;

export function isOver({ ticket }: Open): boolean {
  return ticket.snapshot.status === 'solved' || ticket.snapshot.status === 'closed';
}

/** What the card asks when it is over, or the answer that is kept; empty before. */
export function feedbackText(state: Open, context: Pick<Context, 'directory'>): string {
  const { helpful } = state.ticket;
  if (!isOver(state)) {
    return '';
  }
  const asker = nameOf(context.directory, state.requester);
  return helpful === undefined
    ? `${asker}, did the answer help? ${wayOn(state, context)}`.trim()
    : `${asker} said that it ${helpful.yes ? 'helped' : 'did not help'}.`;
}

/** What to do when something is left after all. */
function wayOn(state: Open, { directory }: Pick<Context, 'directory'>): string {
  if (state.ticket.snapshot.status === 'closed') {
    return state.ticket.isFollowedUp === true ? '' : 'If something is left, open a follow-up.';
  }
  return whyNotReopened(state, deskOf(directory)) === null
    ? 'If something is still wrong, press “Reopen”.'
    : 'If something is still wrong, say so below.';
}
