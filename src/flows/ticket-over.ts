/** The end of a ticket: what its card asks then, and by which buttons it is answered. */
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
    ? `${asker}, was it solved? If not, say so here. And did the answer help?`
    : `${asker} said that it ${helpful.yes ? 'helped' : 'did not help'}.`;
}
