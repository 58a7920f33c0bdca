/**
 * Adds an entry beside the way of an event: what was sent, what could not be taken. An event that is accepted adds its
 * own, with the case in its hands.
 */
import { isPostgres } from '../store/dialect.ts';
import { insertFlow } from '../store/flows.ts';
import { instantText } from '../store/instant.ts';
import type { Tx } from '../store/store.ts';
import { appendAudit, AuditConflict, type NewAuditEntry } from './append.ts';
import type { AuditHead } from './chain.ts';

/** The case of the house itself: settings, and what belongs to a case that never began. */
export const houseCase = 'settings';

type Note = Omit<NewAuditEntry, 'head'>;

interface HeldCase {
  caseId: string;
  head: AuditHead;
  /** Of its last entry. */
  at: string;
}

/**
 * Holds the case, so that a write which takes other rows of it takes this one first, as an event does: two that come
 * from two sides would wait for each other.
 */
export async function holdCase(tx: Tx, caseId: string): Promise<HeldCase> {
  return (await readHead(tx, caseId)) ?? (await readHead(tx, houseCase)) ?? openHouseCase(tx);
}

/** `held` is where the entry goes; `note.caseId` may never have begun, and then its name is kept in the payload. */
export async function noteIn(tx: Tx, held: HeldCase, note: Note): Promise<void> {
  // As with events: time never runs backwards within a case, whatever the clocks of two replicas say.
  const at = laterOf(instantText(note.at), held.at);
  const payload = note.caseId === held.caseId ? note.payload : { of: note.caseId, note: note.payload };
  const head = await appendAudit(tx, { ...note, caseId: held.caseId, head: held.head, at, payload });
  await tx
    .updateTable('flow')
    .set({ audit_seq: head.seq, audit_head: head.hash, at })
    .where('case_id', '=', held.caseId)
    .execute();
}

async function readHead(tx: Tx, caseId: string): Promise<HeldCase | null> {
  const query = tx.selectFrom('flow').select(['audit_seq', 'audit_head', 'at']).where('case_id', '=', caseId);
  const row = await (isPostgres(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : { caseId, head: { seq: row.audit_seq, hash: row.audit_head }, at: row.at };
}

/** Of two writes that open it at one moment the second waits for the first, and then reads what that one made. */
async function openHouseCase(tx: Tx): Promise<HeldCase> {
  const at = Temporal.Instant.fromEpochMilliseconds(0).toString();
  await insertFlow(tx, houseCase, { state: { flow: 'settings' }, revision: 0, at, auditSeq: 0, auditHead: '' });
  const held = await readHead(tx, houseCase);
  if (held === null) {
    throw new AuditConflict('Opening the case of the house: it is not there yet. Try the write again.');
  }
  return held;
}

function laterOf(now: string, before: string): string {
  return now > before ? now : before;
}
