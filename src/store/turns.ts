/**
 * Whoever needs several locks takes all of them at once or none, and those who need the same one are served in the order
 * in which they came, across all replicas.
 *
 * Who waits has a row of their own among the locks, their ticket: it says since when and for what, and ends by itself
 * when it is not renewed, as that of a process that died. It belongs to what waits and not to the process, so that a
 * plan which another replica takes over keeps its place.
 */
import { databaseClock } from './dialect.ts';
import { acquireLock, type HeldLock, releaseLock } from './locks.ts';
import type { Tx } from './store.ts';

export interface TurnRequest {
  /** What waits; the same after a restart. */
  waiter: string;
  /** Unique per process. */
  owner: string;
  /** The locks, by name. */
  names: readonly string[];
  ttlSeconds: number;
  /** Told to whoever waits for them. */
  about: string;
}

export type Turn = { held: readonly HeldLock[] } | NotYet;

/** `name`: the lock that is not free. `about`: what it is held for, or wanted for by somebody who came first. */
export interface NotYet {
  held: null;
  name: string;
  about: string;
}

interface Ticket {
  row: string;
  /** Milliseconds on the database's clock. */
  since: number;
  names: readonly string[];
  about: string;
}

const prefix = 'turn/';

/** Safe to repeat: the place in the queue stays as long as it is asked for again within its time to live. */
export async function takeTurn(tx: Tx, request: TurnRequest): Promise<Turn> {
  const { first, names, row, since } = await placeOf(tx, request);
  const held = first === undefined ? await acquireAll(tx, request, names) : null;
  if (held !== null) {
    await tx.deleteFrom('lock').where('name', '=', row).execute();
    return { held };
  }
  await keepTicket(tx, request, { row, since, names, about: request.about });
  const holder = await holderOf(tx, names);
  return holder ?? { held: null, name: overlapOf(first, names), about: first?.about ?? '' };
}

/** The same without taking anything: null when it could be taken now. The place is kept for `ttlSeconds`. */
export async function keepTurn(tx: Tx, request: TurnRequest): Promise<NotYet | null> {
  if (request.names.length === 0) {
    return null;
  }
  const { first, names, row, since } = await placeOf(tx, request);
  await keepTicket(tx, request, { row, since, names, about: request.about });
  const holder = await holderOf(tx, names);
  return first === undefined ? holder : (holder ?? { held: null, name: overlapOf(first, names), about: first.about });
}

/** Who comes next for one of these locks, each the first of those who need the same. */
export async function nextInLine(tx: Tx, names: readonly string[]): Promise<string[]> {
  const tickets = (await readTickets(tx)).toSorted((one, other) => (isBefore(one, other) ? -1 : 1));
  const firsts = tickets.filter(
    (ticket, index) => !tickets.slice(0, index).some((earlier) => overlap(earlier, ticket.names)),
  );
  return firsts.filter((ticket) => overlap(ticket, names)).map(({ row }) => row.slice(prefix.length));
}

/** Gives the place up. */
export async function leaveQueue(tx: Tx, waiter: string): Promise<void> {
  await tx.deleteFrom('lock').where('name', '=', `${prefix}${waiter}`).execute();
}

async function placeOf(
  tx: Tx,
  { names: wanted, waiter }: TurnRequest,
): Promise<{ row: string; since: number; names: string[]; first: Ticket | undefined }> {
  const row = `${prefix}${waiter}`;
  const tickets = await readTickets(tx);
  const since = (await ownSince(tx, row)) ?? (await clockNow(tx));
  const names = [...new Set(wanted)].toSorted();
  const first = tickets.find((other) => other.row !== row && isBefore(other, { since, row }) && overlap(other, names));
  return { row, since, names, first };
}

async function readTickets(tx: Tx): Promise<Ticket[]> {
  const rows = await tx
    .selectFrom('lock')
    .select(['name', 'about'])
    .where('name', 'like', `${prefix}%`)
    .where('until', '>=', databaseClock(tx))
    .execute();
  return rows.map((row) => {
    const { about, names, since } = JSON.parse(row.about) as Omit<Ticket, 'row'>;
    return { row: row.name, since, names, about };
  });
}

/** Also of a ticket that has run out: who waited in a process that died has waited since then. */
async function ownSince(tx: Tx, row: string): Promise<number | null> {
  const own = await tx.selectFrom('lock').select('about').where('name', '=', row).executeTakeFirst();
  return own === undefined ? null : (JSON.parse(own.about) as Omit<Ticket, 'row'>).since;
}

function isBefore(one: Pick<Ticket, 'since' | 'row'>, other: Pick<Ticket, 'since' | 'row'>): boolean {
  return one.since < other.since || (one.since === other.since && one.row < other.row);
}

function overlap(ticket: Ticket, names: readonly string[]): boolean {
  return ticket.names.some((name) => names.includes(name));
}

function overlapOf(ticket: Ticket | undefined, names: readonly string[]): string {
  return ticket?.names.find((name) => names.includes(name)) ?? names[0] ?? '';
}

/** In one order for everybody, so that two that take at the same time never wait for each other. */
async function acquireAll(tx: Tx, request: TurnRequest, names: readonly string[]): Promise<HeldLock[] | null> {
  const { owner, ttlSeconds, about } = request;
  const held: HeldLock[] = [];
  for (const name of names) {
    const fence = await acquireLock(tx, { name, owner, ttlSeconds, about });
    if (fence === null) {
      for (const lock of held) await releaseLock(tx, lock);
      return null;
    }
    held.push({ name, owner, fence });
  }
  return held;
}

async function keepTicket(tx: Tx, { owner, ttlSeconds }: TurnRequest, { row, ...ticket }: Ticket): Promise<void> {
  const clock = databaseClock(tx);
  await tx
    .insertInto('lock')
    .values((value) => ({
      name: row,
      owner,
      until: value(clock, '+', ttlSeconds * 1000),
      fence: 1,
      about: JSON.stringify(ticket),
    }))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((old) => ({
        owner: old.ref('excluded.owner'),
        until: old.ref('excluded.until'),
        about: old.ref('excluded.about'),
      })),
    )
    .execute();
}

async function holderOf(tx: Tx, names: readonly string[]): Promise<NotYet | null> {
  const row = await tx
    .selectFrom('lock')
    .select(['name', 'about'])
    .where('name', 'in', names)
    .where('until', '>=', databaseClock(tx))
    .orderBy('name')
    .executeTakeFirst();
  return row === undefined ? null : { held: null, ...row };
}

async function clockNow(tx: Tx): Promise<number> {
  const { now } = await tx.selectNoFrom(() => databaseClock(tx).as('now')).executeTakeFirstOrThrow();
  return now;
}
