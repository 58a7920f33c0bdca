/**
 * Catching up by the desk's export of changes, which only an admin's account may read: one request tells of everything
 * that changed, however many tickets are open. The export leaves out the last minute, so that what it covers was looked
 * at a minute ago.
 */
import { putFact, readFacts } from '../store/facts.ts';
import { markRead } from '../store/tickets.ts';
import type { DeskChanges, DeskTicket } from './desk.ts';
import type { OpenTicket, PassDeps } from './reconcile-pass.ts';
import { ZendeskError } from './zendesk-error.ts';

const cursorKey = 'desk/changes';
/** Zendesk allows ten a minute, for all programs of the account together. */
const mostPages = 2;
const lagSeconds = 60;

interface Position {
  cursor: string;
  /** Up to here everything that changed was told. */
  at: string;
}

/** Deals with a ticket; false when it has to be looked at again soon. */
type Settle = (ticket: OpenTicket, found: DeskTicket) => Promise<boolean>;

/** @returns the cases whose tickets need no other look in this pass. */
export async function catchUp(deps: PassDeps, open: readonly OpenTicket[], settle: Settle): Promise<Set<string>> {
  const { now, signal, store } = deps;
  const nothing = new Set<string>();
  if (open.length === 0 || signal.aborted) {
    return nothing;
  }
  const position = ((await readFacts(store.read, [cursorKey])).get(cursorKey)?.value ?? null) as Position | null;
  const asked = now();
  const changes = await readPages(deps, position).catch(orLookOtherwise);
  if (changes === null) {
    return nothing;
  }
  const changed = new Map(changes.tickets.map((ticket) => [ticket.id, ticket]));
  const late = new Set<string>();
  for (const ticket of open) {
    const found = changed.get(ticket.followedId ?? ticket.ticketId);
    if (found !== undefined && !(await settle(ticket, found))) {
      late.add(ticket.caseId);
    }
  }
  const at = asked.subtract({ seconds: lagSeconds }).toString({ fractionalSecondDigits: 3 });
  if (changes.cursor === null) {
    return nothing;
  }
  const isAll = changes.endOfStream && position !== null;
  const covered = isAll ? open.filter((ticket) => isSince(ticket, position) && !late.has(ticket.caseId)) : [];
  const ids = covered.map(({ caseId }) => caseId);
  const next: Position = { cursor: changes.cursor, at: changes.endOfStream ? at : (position?.at ?? '') };
  await store.write(async (tx) => {
    await markRead(tx, ids, at);
    await putFact(tx, cursorKey, next, asked.toString());
  });
  return new Set(ids);
}

/** A cursor that the desk has forgotten, or a right that was taken away: then each ticket is looked at. */
function orLookOtherwise(error: unknown): null {
  if (error instanceof ZendeskError) {
    return null;
  }
  throw error;
}

/** What was not looked at since the export was followed may have changed before that. */
function isSince({ readAt, seenAt }: OpenTicket, { at }: Position): boolean {
  return readAt !== null && seenAt !== null && at !== '' && readAt >= at;
}

async function readPages({ desk, now }: PassDeps, position: Position | null): Promise<DeskChanges | null> {
  let from: Parameters<typeof desk.readChanges>[0] =
    position === null ? { since: now().subtract({ seconds: 2 * lagSeconds }) } : { cursor: position.cursor };
  const tickets: DeskTicket[] = [];
  for (let page = 1; ; page += 1) {
    const read = await desk.readChanges(from);
    if (read === null) {
      return null;
    }
    tickets.push(...read.tickets);
    if (read.endOfStream || read.cursor === null || page === mostPages) {
      return { ...read, tickets };
    }
    from = { cursor: read.cursor };
  }
}
