/**
 * What administrators ordered in a chat: the stop switch and freezes. A row is never deleted, so that it can be told
 * later who stopped what and why.
 */
import type { Selectable } from 'kysely';
import type { AdHocFreeze, StopSwitch } from '../flows/control-state.ts';
import { instantText, instantTextOrNull } from './instant.ts';
import { fromJson, toJsonOrNull } from './json.ts';
import type { Reader, Store, Tx } from './store.ts';
import type { Tables } from './tables.ts';

/** Who ended it, and why. */
export interface Lifting {
  by: string;
  at: string;
  reason: string;
}

export async function insertStop(tx: Tx, { id, by, at, reason }: StopSwitch & { id: string }): Promise<void> {
  await insertRow(tx, { id, kind: 'stop', by, at, reason, environments: null, mode: null, from: at, until: null });
}

export async function insertFreeze(tx: Tx, freeze: AdHocFreeze): Promise<void> {
  await insertRow(tx, { ...freeze, kind: 'freeze' });
}

/** However many pulled it at the same moment: all of it ends. Returns how many rows that were. */
export async function liftStops(tx: Tx, lifting: Lifting): Promise<number> {
  const result = await tx
    .updateTable('control')
    .set(liftColumns(lifting))
    .where('kind', '=', 'stop')
    .where('lifted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(result.numUpdatedRows);
}

/** Returns how many of these were still in force. */
export async function liftFreezes(tx: Tx, ids: readonly string[], lifting: Lifting): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await tx
    .updateTable('control')
    .set(liftColumns(lifting))
    .where('kind', '=', 'freeze')
    .where('id', 'in', ids)
    .where('lifted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(result.numUpdatedRows);
}

/** The one that was pulled first; null when changes are allowed. */
export async function findStop(db: Reader): Promise<(StopSwitch & { id: string }) | null> {
  const row = await db
    .selectFrom('control')
    .select(['id', 'by', 'at', 'reason'])
    .where('lifted_at', 'is', null)
    .where('kind', '=', 'stop')
    .orderBy('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Those that hold now or begin later, oldest first. */
export async function listFreezes(db: Reader, now: string): Promise<AdHocFreeze[]> {
  const rows = await db
    .selectFrom('control')
    .selectAll()
    .where('lifted_at', 'is', null)
    .where('kind', '=', 'freeze')
    .where((row) => row.or([row('until', 'is', null), row('until', '>', instantText(now))]))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(toFreeze);
}

/**
 * The stop switch, read anew for every write to Azure. Whoever gets an error instead of an answer writes nothing.
 * @throws when the database cannot be read
 */
export function readStop(store: Pick<Store, 'read'>): Promise<StopSwitch | null> {
  return findStop(store.read);
}

async function insertRow(tx: Tx, row: Omit<AdHocFreeze, 'mode'> & { kind: 'stop' | 'freeze'; mode: Mode | null }) {
  await tx
    .insertInto('control')
    .values({
      id: row.id,
      kind: row.kind,
      by: row.by,
      at: instantText(row.at),
      reason: row.reason,
      environments: toJsonOrNull(row.environments),
      mode: row.mode,
      from: instantText(row.from),
      until: instantTextOrNull(row.until),
      lifted_by: null,
      lifted_at: null,
      lifted_because: null,
    })
    .execute();
}

type Mode = AdHocFreeze['mode'];

function liftColumns({ by, at, reason }: Lifting) {
  return { lifted_by: by, lifted_at: instantText(at), lifted_because: reason };
}

function toFreeze(row: Selectable<Tables['control']>): AdHocFreeze {
  return {
    id: row.id,
    by: row.by,
    at: row.at,
    reason: row.reason,
    environments: fromJson(row.environments) as string[] | null,
    // A freeze always has one; the column is for the stop switch as well.
    mode: row.mode ?? 'wait',
    from: row.from,
    until: row.until,
  };
}
