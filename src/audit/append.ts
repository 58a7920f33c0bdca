/** Adds one entry to the audit chain of a case, in the transaction of what it tells of. */
import { instantText } from '../store/instant.ts';
import { inserted } from '../store/row-count.ts';
import type { Tx } from '../store/store.ts';
import { canonicalJson, type CleanText } from './canonical-json.ts';
import { type AuditHead, type ChainedEntry, digestPayload, entryHash } from './chain.ts';

export interface NewAuditEntry {
  caseId: string;
  /** As the case's flow row has it, which this write has locked. */
  head: AuditHead;
  at: string;
  type: string;
  /** Text and names belong here and nowhere else: only this can be erased later. */
  payload: unknown;
  seal: Seal;
}

/** The same for the whole installation. */
export interface Seal {
  /** Of the payloads' digests. */
  key: string;
  /** Takes out what must not be kept, such as a password that somebody pasted. */
  clean: CleanText;
}

/** Another write has just added an entry to this chain. */
export class AuditConflict extends Error {
  override readonly name = 'AuditConflict';
  /** What PostgreSQL says when two transactions got into each other's way: run the write again. */
  readonly code = '40001';
}

/** Returns the new head, which belongs into the flow row. @throws {AuditConflict} */
export async function appendAudit(tx: Tx, entry: NewAuditEntry): Promise<AuditHead> {
  const body = canonicalJson(entry.payload, entry.seal.clean);
  const place = {
    caseId: entry.caseId,
    seq: entry.head.seq + 1,
    at: instantText(entry.at),
    type: entry.type,
    previous: entry.head.hash,
  };
  const chained = { ...place, payloadDigest: digestPayload(entry.seal.key, place, body) };
  const hash = entryHash(chained);
  await insertEntry(tx, chained, hash);
  await tx.insertInto('audit_payload').values({ case_id: chained.caseId, seq: chained.seq, body }).execute();
  return { seq: chained.seq, hash };
}

async function insertEntry(
  tx: Tx,
  { caseId, seq, at, type, payloadDigest: digest, previous }: ChainedEntry,
  hash: string,
) {
  const result = await tx
    .insertInto('audit')
    .values({ case_id: caseId, seq, at, type, payload_digest: digest, previous, hash })
    .onConflict((conflict) => conflict.columns(['case_id', 'seq']).doNothing())
    .executeTakeFirstOrThrow();
  if (inserted(result)) return;
  throw new AuditConflict(`Adding audit entry ${seq} of ${caseId}: there is one already. Load the case and try again.`);
}
