/** What a person finds on their home: what waits for their decision, and their open tickets. */
import type { CardContent } from '../flows/card.ts';
import type { Directory } from '../flows/flow.ts';
import type { PersonId } from '../flows/people.ts';
import { ticketListCard } from '../flows/ticket-list.ts';
import { waitingCard } from '../flows/watch-summary.ts';
import type { Store } from '../store/store.ts';
import { listTickets } from './ticket-list.ts';
import { approvalsNow } from './watch.ts';

export interface HomeDeps {
  store: Pick<Store, 'read'>;
  directory: Directory;
  now: Temporal.Instant;
}

export async function homeCards({ directory, now, store }: HomeDeps, person: PersonId): Promise<CardContent[]> {
  const at = now.toString({ fractionalSecondDigits: 3 });
  const approvals = await approvalsNow(store.read, directory, at);
  const waiting = waitingCard(person, approvals, { at, directory });
  // Where nobody speaks, no conversation is meant.
  const place = { platform: 'slack' as const, conversation: '', thread: null };
  const { tickets } = await listTickets({ read: store.read, directory, now }, { scope: 'mine', person, place });
  const open = tickets.filter(({ isOver }) => !isOver);
  const list = ticketListCard(open, { scope: 'mine', total: open.length, context: { directory } });
  return [...(waiting === null ? [] : [waiting]), list];
}
