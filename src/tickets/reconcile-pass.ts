/**
 * One look at the open tickets for what no webhook told. What has changed goes to its case as a hint, and the case reads
 * it; what has not is noted as looked at. A ticket that is left out for want of budget is the first of the next pass, and
 * so is one whose hint could not be stored.
 */
import type { Event } from '../flows/event.ts';
import type { Store } from '../store/store.ts';
import { currentId, listOpenTickets, markRead, type Ticket } from '../store/tickets.ts';
import type { Desk, DeskTicket } from './desk.ts';
import { planReconcile } from './reconcile.ts';
import { catchUp } from './reconcile-export.ts';

export interface PassDeps {
  store: Store;
  desk: Desk;
  deliver: (delivery: { id: string; caseId: string; event: Event }) => Promise<unknown>;
  /** Whether the desk tells of changes by webhook. */
  isTold: () => boolean;
  now: () => Temporal.Instant;
  /** Requests that this pass may cost, those that follow a change included. */
  budget: number;
  /** Aborted when another replica does this now, or the process ends: stop before the next request. */
  signal: AbortSignal;
}

export interface PassResult {
  looked: number;
  hinted: number;
  /** When there is something to do again; null when nothing is open. */
  nextAt: Temporal.Instant | null;
}

export type OpenTicket = Ticket & { ticketId: number };

/** What a ticket that has changed costs: itself, its comments, and sometimes who wrote them. */
const requestsPerChange = { agent: 3, 'end-user': 2 } as const;

export async function reconcileOnce(deps: PassDeps): Promise<PassResult> {
  const { budget, desk, isTold, now, signal, store } = deps;
  const open = await listOpenTickets(store.read);
  const half = Math.floor(budget / 2);
  const cost = requestsPerChange[desk.rights()];
  const work: Work = { deps, changesLeft: Math.max(1, Math.floor(half / cost)), looked: 0, hinted: 0 };
  const covered = await catchUp(deps, open, (ticket, found) => settle(work, ticket, found));
  const rest = open.filter((ticket) => !covered.has(ticket.caseId));
  const at = now();
  const { batches, nextAt } = planReconcile({
    rights: desk.rights(),
    isTold: isTold(),
    now: at,
    tickets: rest.map((ticket, index) => ({
      id: index,
      openedAt: Temporal.Instant.from(ticket.expectedAt ?? ticket.updatedAt ?? at.toString()),
      readAt: ticket.readAt === null ? null : Temporal.Instant.from(ticket.readAt),
    })),
    budget,
  });
  // What looking does not need is free for what has changed.
  work.changesLeft += Math.max(0, Math.floor((half - batches.length) / cost));
  for (const batch of batches) {
    if (signal.aborted || work.changesLeft <= 0) {
      break;
    }
    await lookAt(
      work,
      batch.flatMap((index) => rest[index] ?? []),
    );
  }
  const { hinted, looked } = work;
  return { looked, hinted, nextAt };
}

interface Work {
  deps: PassDeps;
  changesLeft: number;
  looked: number;
  hinted: number;
}

/** One request with an agent's rights; the batch of a requester is one ticket. */
async function lookAt(work: Work, tickets: readonly OpenTicket[]): Promise<void> {
  const { deps } = work;
  const ids = [...new Set(tickets.map(numberOf))];
  const found = new Map((await deps.desk.readMany(ids)).map((ticket) => [ticket.id, ticket]));
  const settled: string[] = [];
  for (const ticket of tickets) {
    if (await settle(work, ticket, found.get(numberOf(ticket)) ?? null)) {
      settled.push(ticket.caseId);
    }
  }
  await deps.store.write((tx) => markRead(tx, settled, stamp(deps.now())));
}

/** False when it has to be looked at again soon. */
async function settle(work: Work, ticket: OpenTicket, found: DeskTicket | null): Promise<boolean> {
  const { deps } = work;
  if (!hasChanged(ticket, found)) {
    work.looked += 1;
    await tellQuiet(deps, ticket);
    return true;
  }
  if (work.changesLeft <= 0) {
    return false;
  }
  work.changesLeft -= 1;
  work.hinted += 1;
  const ticketId = numberOf(ticket);
  const what = found === null ? 'gone' : `${found.updatedAt}/${found.status}`;
  // Another one for each look: a reading that failed is asked for again.
  const id = `reconcile/${ticket.caseId}/${ticketId}/${what}/${stamp(deps.now())}`;
  await deps.deliver({ id, caseId: ticket.caseId, event: { type: 'ticket-hinted', ticketId } });
  return true;
}

/** The desk's clock ticks in seconds: what was read within that second may have missed what came after it. */
const sameSecondMargin = 5;

function hasChanged({ readAt, seenAt, status }: OpenTicket, found: DeskTicket | null): boolean {
  if (found === null || seenAt === null || found.status !== status) {
    return true;
  }
  const changed = Temporal.Instant.from(found.updatedAt);
  if (Temporal.Instant.compare(changed, seenAt) > 0) {
    return true;
  }
  return readAt !== null && Temporal.Instant.from(readAt).since(changed).total('seconds') < sameSecondMargin;
}

/** Where only looking finds anything, the card says when that was; not at every look, or it would never rest. */
const quietMinutes = 30;

async function tellQuiet({ deliver, isTold, now }: PassDeps, { caseId, readAt, ...ticket }: OpenTicket): Promise<void> {
  const slot = Math.floor(now().epochMilliseconds / (quietMinutes * 60_000));
  const before =
    readAt === null ? 0 : Math.floor(Temporal.Instant.from(readAt).epochMilliseconds / (quietMinutes * 60_000));
  if (!isTold() && slot > before) {
    const ticketId = numberOf(ticket);
    await deliver({ id: `looked/${caseId}/${slot}`, caseId, event: { type: 'ticket-looked', ticketId } });
  }
}

function numberOf(ticket: Pick<OpenTicket, 'followedId' | 'ticketId'>): number {
  return currentId(ticket) ?? ticket.ticketId;
}

function stamp(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 3 });
}
