/**
 * What is to be done, and what became of it. `effect-leases.ts` hands messages and reads to the outbox,
 * `effect-work.ts` hands work to the durable engine.
 */
import type { Selectable } from 'kysely';
import type { Effect, Stored } from '../flows/effect.ts';
import { instantText, instantTextOrNull } from './instant.ts';
import { fromJson, toJsonOrNull } from './json.ts';
import { updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { EffectStatus, Tables } from './tables.ts';

export interface NewEffect extends Stored {
  /** Effects of one lane go one after the other; null: no order. */
  lane: string | null;
  messageKey: string | null;
  /** Not before this instant. */
  dueAt: string | null;
  /** Not after this instant; whoever leases it looks. */
  expiresAt: string | null;
}

export interface StoredEffect extends NewEffect {
  seq: number;
  status: EffectStatus;
  /** How often it was leased or claimed. */
  attempts: number;
  runId: string | null;
  outcome: unknown;
  finishedAt: string | null;
}

/**
 * In the order in which they are to go. Insert them after the flow was written: whoever loses that race must not have
 * put effects before the winner's.
 */
export async function insertEffects(tx: Tx, effects: readonly NewEffect[]): Promise<void> {
  if (effects.length === 0) return;
  await tx.insertInto('effect').values(effects.map(toColumns)).execute();
}

export async function readEffect(db: Reader, id: string): Promise<StoredEffect | null> {
  const row = await db.selectFrom('effect').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toEffect(row);
}

export interface EffectEnd {
  status: Extract<EffectStatus, 'done' | 'failed' | 'dropped'>;
  outcome: unknown;
  finishedAt: string;
}

/** Ends a message or a read. False when it was finished before; the first end stays. */
export async function finishEffect(tx: Tx, id: string, end: EffectEnd): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set(endColumns(end))
    .where('id', '=', id)
    .where('status', 'in', ['open', 'leased'])
    .executeTakeFirstOrThrow();
  return updated(result);
}

export function endColumns(end: EffectEnd) {
  return {
    status: end.status,
    outcome: toJsonOrNull(end.outcome),
    finished_at: instantText(end.finishedAt),
    lease_owner: null,
    lease_until: 0,
  };
}

function toColumns(effect: NewEffect) {
  return {
    id: effect.id,
    case_id: effect.caseId,
    kind: effect.effect.kind,
    type: effect.effect.type,
    body: JSON.stringify(effect.effect),
    at: instantText(effect.at),
    lane: effect.lane,
    message_key: effect.messageKey,
    status: 'open' as const,
    due_at: instantTextOrNull(effect.dueAt),
    expires_at: instantTextOrNull(effect.expiresAt),
    lease_owner: null,
    run_id: null,
    outcome: null,
    finished_at: null,
  };
}

export function toEffect(row: Selectable<Tables['effect']>): StoredEffect {
  return {
    id: row.id,
    seq: row.seq,
    caseId: row.case_id,
    at: row.at,
    effect: fromJson(row.body) as Effect,
    lane: row.lane,
    messageKey: row.message_key,
    status: row.status,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    attempts: row.attempts,
    runId: row.run_id,
    outcome: fromJson(row.outcome),
    finishedAt: row.finished_at,
  };
}
