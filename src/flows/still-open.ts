/** Whether a case is over, so that what people said in it can be taken out without anything that runs missing it. */
import type { CaseState } from './state.ts';

const overTickets: ReadonlySet<string> = new Set(['solved', 'closed', 'deleted']);

/** Why it is still open, and what ends it; null: it is over. */
export function whyStillOpen(state: CaseState): string | null {
  switch (state.flow) {
    case 'talk':
      return null;
    case 'connect':
      return ['cancelled', 'closed', 'moved', 'undone'].includes(state.at)
        ? null
        : `it stands at “${state.at}”, and going on, or taking back what was made, needs what it holds. Cancel, withdraw or undo it first.`;
    case 'support':
      if (state.at === 'put-off') {
        return null;
      }
      return state.at === 'open' && overTickets.has(state.ticket.snapshot.status)
        ? null
        : 'its problem is not solved. Put it off, or have the ticket solved at the desk first.';
    case 'alert':
      return 'an alert rule goes on for as long as it stands in Azure, and its thread with it.';
    case 'settings':
    case 'watch':
      return 'it is the house’s own and never ends.';
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** What is left of it: a thread in which something new can begin. */
export function erasedState(place: Extract<CaseState, { flow: 'talk' }>['place']): CaseState {
  return { flow: 'talk', person: 'erased', place };
}
