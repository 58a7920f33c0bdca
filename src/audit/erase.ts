/**
 * Takes payloads out of the chain of a case. The entries and their hashes stay, so the chain holds without them; that
 * somebody took them out, when and why, is an entry itself.
 */
import type { Reader, Tx } from '../store/store.ts';

export const erasureType = 'payloads-erased';

export interface KeptPayload {
  seq: number;
  type: string;
  /** Canonical JSON. */
  body: string;
}

/** Payloads that are still there. What says that others were erased is not among them: it holds no words of theirs. */
export async function keptPayloads(db: Reader, caseId: string): Promise<KeptPayload[]> {
  return db
    .selectFrom('audit_payload')
    .innerJoin('audit', (join) =>
      join.onRef('audit.case_id', '=', 'audit_payload.case_id').onRef('audit.seq', '=', 'audit_payload.seq'),
    )
    .select(['audit.seq', 'audit.type', 'audit_payload.body'])
    .where('audit.case_id', '=', caseId)
    .where('audit.type', '!=', erasureType)
    .orderBy('audit.seq')
    .execute();
}

/** Numbers of the entries of which this one says that their payload was taken out. */
export function erasedBy({ payload, type }: { type: string; payload: string | null }): number[] {
  if (type !== erasureType || payload === null) {
    return [];
  }
  const { entries } = JSON.parse(payload) as { entries?: unknown };
  return Array.isArray(entries) ? entries.filter((seq) => typeof seq === 'number') : [];
}

export async function erasePayloads(tx: Tx, caseId: string, seqs: readonly number[]): Promise<void> {
  for (const seq of seqs) {
    await tx.deleteFrom('audit_payload').where('case_id', '=', caseId).where('seq', '=', seq).execute();
  }
}
