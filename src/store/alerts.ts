/** Alerts as they were told, and which case an alert rule runs in at the moment. */
import { isPostgres } from './dialect.ts';
import { instantText } from './instant.ts';
import { inserted } from './row-count.ts';
import type { Reader, Tx } from './store.ts';

export interface AlertSeen {
  caseId: string;
  fired: boolean;
  resolved: boolean;
}

export async function readAlert(db: Reader, id: string): Promise<AlertSeen | null> {
  const row = await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : { caseId: row.case_id, fired: row.fired === 1, resolved: row.resolved === 1 };
}

/** How many alerts of this case have fired and are not resolved. */
export async function countOpenAlerts(db: Reader, caseId: string): Promise<number> {
  const row = await db
    .selectFrom('alert')
    .select((all) => all.fn.countAll<number | string>().as('open'))
    .where('case_id', '=', caseId)
    .where('resolved', '=', 0)
    .executeTakeFirstOrThrow();
  return Number(row.open);
}

/** What was told of an alert is never taken back: whichever of both came first, it knows both afterwards. */
export async function putAlert(
  tx: Tx,
  alert: { id: string; caseId: string; condition: 'Fired' | 'Resolved'; at: string },
): Promise<void> {
  const told = alert.condition === 'Fired' ? { fired: 1 } : { resolved: 1 };
  await tx
    .insertInto('alert')
    .values({ id: alert.id, case_id: alert.caseId, at: instantText(alert.at), fired: 0, resolved: 0, ...told })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(told))
    .execute();
}

/** The row of an alert rule in one environment; `environment` is '' for one that is not known. */
export interface ThreadKey {
  environment: string;
  rule: string;
}

export interface AlertThread {
  caseId: string;
  /** Null while it is open. */
  overAt: string | null;
}

export async function readThread(db: Reader, key: ThreadKey): Promise<AlertThread | null> {
  const row = await db
    .selectFrom('alert_thread')
    .selectAll()
    .where('environment', '=', key.environment)
    .where('rule', '=', key.rule)
    .executeTakeFirst();
  return row === undefined ? null : { caseId: row.case_id, overAt: row.over_at };
}

export interface ThreadRequest extends ThreadKey {
  caseIdOf: (turn: number) => string;
  /** A thread that was over before this instant is left alone, and another one begins. */
  overBefore: string;
}

/** The one case of this rule: of two replicas that ask at once, both get the same. */
export async function threadFor(tx: Tx, request: ThreadRequest): Promise<string> {
  const { environment, rule, caseIdOf, overBefore } = request;
  await tx
    .insertInto('alert_thread')
    .values({ environment, rule, turn: 1, case_id: caseIdOf(1), over_at: null })
    .onConflict((conflict) => conflict.columns(['environment', 'rule']).doNothing())
    .execute();
  const query = tx
    .selectFrom('alert_thread')
    .selectAll()
    .where('environment', '=', environment)
    .where('rule', '=', rule);
  const row = await (isPostgres(tx) ? query.forUpdate() : query).executeTakeFirstOrThrow();
  if (row.over_at === null || row.over_at >= instantText(overBefore)) {
    return row.case_id;
  }
  const turn = row.turn + 1;
  const next = { turn, case_id: caseIdOf(turn), over_at: null };
  await tx
    .updateTable('alert_thread')
    .set(next)
    .where('environment', '=', environment)
    .where('rule', '=', rule)
    .execute();
  return next.case_id;
}

/** @param overAt null: something is open in it again. */
export async function setThreadOver(tx: Tx, caseId: string, overAt: string | null): Promise<void> {
  await tx
    .updateTable('alert_thread')
    .set({ over_at: overAt === null ? null : instantText(overAt) })
    .where('case_id', '=', caseId)
    .execute();
}

export interface Forgotten {
  /** Alerts that are resolved are forgotten when they were first told before this instant. */
  resolvedBefore: string;
  /** All others: rules that never resolve anything would grow for ever. */
  toldBefore: string;
  at: string;
}

/** A thread of which nothing is left is over; the next alert of its rule begins another one. */
export async function forgetAlerts(tx: Tx, { at, resolvedBefore, toldBefore }: Forgotten): Promise<void> {
  await tx
    .deleteFrom('alert')
    .where((row) =>
      row.or([
        row.and([row('resolved', '=', 1), row('at', '<', instantText(resolvedBefore))]),
        row('at', '<', instantText(toldBefore)),
      ]),
    )
    .execute();
  await tx
    .updateTable('alert_thread')
    .set({ over_at: instantText(at) })
    .where('over_at', 'is', null)
    .where((row) =>
      row.not(
        row.exists(row.selectFrom('alert').select('alert.id').whereRef('alert.case_id', '=', 'alert_thread.case_id')),
      ),
    )
    .execute();
}

/** True for whoever comes first, of all replicas. */
export async function claimDigest(tx: Tx, digest: { channel: string; day: string; at: string }): Promise<boolean> {
  const result = await tx
    .insertInto('digest')
    .values({ ...digest, at: instantText(digest.at) })
    .onConflict((conflict) => conflict.columns(['channel', 'day']).doNothing())
    .executeTakeFirstOrThrow();
  return inserted(result);
}

export async function isDigestClaimed(db: Reader, channel: string, day: string): Promise<boolean> {
  const row = await db
    .selectFrom('digest')
    .select('day')
    .where('channel', '=', channel)
    .where('day', '=', day)
    .executeTakeFirst();
  return row !== undefined;
}
