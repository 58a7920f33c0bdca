/**
 * Which open tickets are read next, so that nothing stays unknown that no webhook told. Pure: what it needs to know
 * comes in, and what to read comes out, the longest overdue first and never more than the budget allows.
 */
import type { Rights } from './desk.ts';

export interface WatchedTicket {
  id: number;
  openedAt: Temporal.Instant;
  /** Null: not since it was opened. */
  readAt: Temporal.Instant | null;
}

export interface ReconcileInput {
  rights: Rights;
  /** Whether the desk tells of changes by webhook; then this is only the net below. */
  isTold: boolean;
  now: Temporal.Instant;
  tickets: readonly WatchedTicket[];
  /** Requests that may be spent in this pass, those that follow a change included. */
  budget: number;
}

export interface ReconcilePlan {
  /**
   * Ids to look at, most overdue first; with an agent's rights each batch is one request, else each id is. A ticket that
   * turns out to have changed costs one or two requests more; half of the budget is left for those.
   */
  batches: readonly (readonly number[])[];
  /** When the next ticket is due, those that the budget left out included; null where nothing is open. */
  nextAt: Temporal.Instant | null;
}

/** The first hour of a ticket is when people wait for an answer. */
const freshMinutes = 60;
const freshIntervalSeconds = 60;
const laterIntervalSeconds = 300;
/** As many tickets as `show_many` gives. */
const batchSize = 100;

export function planReconcile(input: ReconcileInput): ReconcilePlan {
  const { now, tickets, rights } = input;
  const byLateness = tickets
    .map((ticket) => ({ id: ticket.id, dueAt: dueAt(ticket, input) }))
    .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt) || a.id - b.id);
  const due = byLateness.filter((ticket) => Temporal.Instant.compare(ticket.dueAt, now) <= 0);
  const size = rights === 'agent' ? batchSize : 1;
  const ids = due.slice(0, requestsForLooking(input.budget) * size).map(({ id }) => id);
  const left = byLateness[ids.length];
  return {
    batches: inBatches(ids, size),
    nextAt: left?.dueAt ?? (ids.length > 0 ? soonest(input) : null),
  };
}

/** At least one, or nothing would ever be looked at. */
function requestsForLooking(budget: number): number {
  return budget <= 0 ? 0 : Math.max(1, Math.floor(budget / 2));
}

/** From its last reading on; one that was never read is due since it was opened. */
function dueAt(ticket: WatchedTicket, input: ReconcileInput): Temporal.Instant {
  return ticket.readAt === null
    ? ticket.openedAt
    : ticket.readAt.add({ seconds: intervalSeconds(ticket, ticket.readAt, input) });
}

function intervalSeconds({ openedAt }: WatchedTicket, readAt: Temporal.Instant, { isTold }: ReconcileInput): number {
  const isFresh = readAt.since(openedAt).total('minutes') < freshMinutes;
  return isFresh && !isTold ? freshIntervalSeconds : laterIntervalSeconds;
}

/** When all that is open is being read now. */
function soonest({ now, isTold }: ReconcileInput): Temporal.Instant {
  return now.add({ seconds: isTold ? laterIntervalSeconds : freshIntervalSeconds });
}

function inBatches(ids: readonly number[], size: number): number[][] {
  const batches: number[][] = [];
  for (let start = 0; start < ids.length; start += size) {
    batches.push(ids.slice(start, start + size));
  }
  return batches;
}
