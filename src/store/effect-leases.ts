/**
 * Messages and reads are taken on lease, so that another replica can go on with what a dead one had in hand. Rows of one
 * lane go in order: only the oldest one that is not finished can be leased, by anybody.
 */
import { type ExpressionBuilder, type QueryCreator, type Selectable, sql } from 'kysely';
import type { Effect, EffectOf, ReadEffect } from '../flows/effect.ts';
import { isPostgres } from './dialect.ts';
import { type StoredEffect, toEffect } from './effects.ts';
import { instantText } from './instant.ts';
import { updated } from './row-count.ts';
import type { Tx } from './store.ts';
import type { EffectStatus, Tables } from './tables.ts';

export interface LeaseRequest {
  /** Who takes it; unique per process. */
  owner: string;
  now: string;
  leaseMs: number;
}

export interface Leased<E extends Effect> extends StoredEffect {
  effect: E;
  /** True when an earlier try may have reached the outside: look there before sending again. */
  mayHaveBeenSent: boolean;
}

export type ReadEffectLeased = Leased<ReadEffect>;

export type MessageEffectLeased = Leased<EffectOf<'show'>> | Leased<EffectOf<'open-form'>>;

/**
 * The oldest message that may go now; null when there is none. Look again after each one that was finished. `urgent`:
 * only among those that are of no use later on.
 */
export async function leaseNextMessage(
  tx: Tx,
  request: LeaseRequest & { urgent?: boolean },
): Promise<MessageEffectLeased | null> {
  const [row] = await lease(tx, { ...request, kind: 'message', limit: 1 });
  return row === undefined ? null : (toLeased(row) as MessageEffectLeased);
}

/** Reads that may run now, oldest first, at most `limit`. */
export async function leaseReads(tx: Tx, request: LeaseRequest & { limit: number }): Promise<ReadEffectLeased[]> {
  const rows = await lease(tx, { ...request, kind: 'read' });
  return rows.sort((left, right) => left.seq - right.seq).map((row) => toLeased<ReadEffect>(row));
}

export interface Retry {
  owner: string;
  /** Not before this instant; until then the row holds up its lane. */
  at: string;
  /** How many tries count by now: one that was turned away before it had any effect need not. */
  attempts: number;
  /** True: it does not hold up its lane after all, because whatever comes later may well go before it. */
  freesLane?: boolean;
}

/** Gives a lease back, to be tried again later; false when somebody else has the row by now, or it is finished. */
export async function releaseEffect(tx: Tx, id: string, retry: Retry): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set({
      status: 'open',
      lease_owner: null,
      lease_until: milliseconds(retry.at),
      attempts: retry.attempts,
      ...(retry.freesLane === true ? { due_at: instantText(retry.at) } : {}),
    })
    .where('id', '=', id)
    .where('status', '=', 'leased')
    .where('lease_owner', '=', retry.owner)
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** Holds a lease for longer; false when somebody else has the row by now, or it is finished. */
export async function renewLease(tx: Tx, id: string, { owner, now, leaseMs }: LeaseRequest): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set({ lease_until: milliseconds(now) + leaseMs })
    .where('id', '=', id)
    .where('status', '=', 'leased')
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow();
  return updated(result);
}

interface Choice extends LeaseRequest {
  kind: 'message' | 'read';
  limit: number;
  urgent?: boolean;
}

function lease(tx: Tx, choice: Choice) {
  return (
    tx
      // Apart from the update: PostgreSQL may run a subquery inside it more than once, and lock more than `limit` rows.
      .with('picked', (db) => pick(db, isPostgres(tx), choice))
      .updateTable('effect')
      .set((old) => ({
        status: 'leased' as const,
        lease_owner: choice.owner,
        lease_until: milliseconds(choice.now) + choice.leaseMs,
        attempts: old('attempts', '+', 1),
      }))
      .where('id', 'in', (old) => old.selectFrom('picked').select('picked.id'))
      .returningAll()
      .execute()
  );
}

/** Literally part of the statement: from a parameter, SQLite could not tell that a partial index has all the rows. */
const unfinished = [sql.lit<EffectStatus>('open'), sql.lit<EffectStatus>('leased')];

function pick(db: QueryCreator<Tables>, postgres: boolean, { kind, now, limit, urgent }: Choice) {
  const due = instantText(now);
  const query = db
    .selectFrom('effect as candidate')
    .select('candidate.id')
    .where('candidate.kind', '=', kind)
    .where('candidate.status', 'in', unfinished)
    .where('candidate.lease_until', '<=', milliseconds(now))
    .where((row) => row.or([row('candidate.due_at', 'is', null), row('candidate.due_at', '<=', due)]))
    .where((row) => row.not(row.exists(olderInLane(row, due))))
    .$if(urgent === true, (all) => all.where('candidate.expires_at', 'is not', null))
    .orderBy('candidate.seq')
    .limit(limit);
  // Two replicas that look at the same moment get different rows, and neither waits for the other.
  return postgres ? query.forUpdate().skipLocked() : query;
}

/** One that waits to be tried again holds up its lane; one that is not due yet does not. */
function olderInLane(row: ExpressionBuilder<Tables & { candidate: Tables['effect'] }, 'candidate'>, due: string) {
  return row
    .selectFrom('effect as older')
    .select('older.id')
    .whereRef('older.lane', '=', 'candidate.lane')
    .whereRef('older.seq', '<', 'candidate.seq')
    .where('older.status', 'in', unfinished)
    .where((other) => other.or([other('older.due_at', 'is', null), other('older.due_at', '<=', due)]));
}

function toLeased<E extends Effect>(row: Selectable<Tables['effect']>): Leased<E> {
  const effect = toEffect(row);
  // The row's kind was asked for, and says which effects these can be.
  return { ...effect, effect: effect.effect as E, mayHaveBeenSent: effect.attempts > 1 };
}

function milliseconds(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}
