/**
 * Anchors: from time to time, one hash over how far every case's chain has come, chained to the anchor before. A chain
 * alone does not tell that its end was cut off, or that a whole case is gone; the anchors do.
 *
 * An anchor names the cases that have moved since the one before, and covers all others through that one.
 */
import type { ExpressionBuilder, Selectable } from 'kysely';
import { instantText } from '../store/instant.ts';
import { inserted } from '../store/row-count.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type AnchoredCase, anchorDigest, anchorHash } from './chain.ts';

export type Anchor = Selectable<Tables['anchor']>;

/** The newest anchor, which is a new one if anything has moved since the last; null when there is no entry at all. */
export async function writeAnchor(store: Store, at: Temporal.Instant): Promise<Anchor | null> {
  return store.write(async (tx) => {
    const last = await newestAnchor(tx);
    const moved = await movedCases(tx);
    if (moved.length === 0) return last;
    const anchor = chain(last, instantText(at), moved);
    return (await insertAnchor(tx, anchor, moved)) ? anchor : newestAnchor(tx);
  });
}

interface MovedCase extends AnchoredCase {
  /** 1 when an earlier anchor names it. */
  known: number;
}

function chain(last: Anchor | null, at: string, moved: readonly MovedCase[]): Anchor {
  const anchor = {
    seq: (last?.seq ?? 0) + 1,
    at,
    cases: (last?.cases ?? 0) + moved.filter((one) => one.known === 0).length,
    digest: anchorDigest(moved),
    previous: last?.hash ?? '',
  };
  return { ...anchor, hash: anchorHash(anchor) };
}

async function newestAnchor(db: Reader): Promise<Anchor | null> {
  const row = await db.selectFrom('anchor').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

async function movedCases(db: Reader): Promise<MovedCase[]> {
  return db
    .selectFrom('flow')
    .select(['flow.case_id as caseId', 'flow.audit_seq as seq', 'flow.audit_head as head'])
    .select((flow) =>
      flow
        .case()
        .when(flow.exists(anchored(flow)))
        .then(1)
        .else(0)
        .end()
        .as('known'),
    )
    .where('flow.audit_seq', '>', 0)
    .where((flow) => flow.not(flow.exists(anchored(flow).whereRef('anchor_case.seq', '=', 'flow.audit_seq'))))
    .execute();
}

function anchored(flow: ExpressionBuilder<Tables, 'flow'>) {
  return flow.selectFrom('anchor_case').select('anchor_case.seq').whereRef('anchor_case.case_id', '=', 'flow.case_id');
}

/** SQLite takes 32,766 parameters in one statement; a first anchor may name every case there is. */
const rowsPerInsert = 1000;

/** False when another replica wrote this anchor first; its own stands, and the next one names what it had not seen. */
async function insertAnchor(tx: Tx, anchor: Anchor, moved: readonly AnchoredCase[]): Promise<boolean> {
  const result = await tx
    .insertInto('anchor')
    .values(anchor)
    .onConflict((conflict) => conflict.column('seq').doNothing())
    .executeTakeFirstOrThrow();
  if (!inserted(result)) return false;
  const rows = moved.map(({ caseId, seq, head }) => ({ case_id: caseId, seq, head, anchor: anchor.seq }));
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    await tx
      .insertInto('anchor_case')
      .values(rows.slice(from, from + rowsPerInsert))
      .execute();
  }
  return true;
}
