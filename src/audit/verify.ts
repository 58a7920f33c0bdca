/** Looks at every audit entry and every anchor there is, and tells what does not fit. Changes nothing. */
import type { Store } from '../store/store.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { verifyEntries } from './verify-entries.ts';

export type ProblemKind =
  /** The entry does not have the hash that its content gives. */
  | 'entry changed'
  /** Its number is not there, though a later one is. */
  | 'entry missing'
  /** The entry does not follow the one that stands before it. */
  | 'entry out of order'
  /** The chain goes on after the head that the case itself knows. */
  | 'entry added'
  /** The payload is not the one that the entry was made with. */
  | 'payload changed'
  /** The case, or an anchor, knows of later entries than there are. */
  | 'tail cut'
  /** Its entries or an anchor know of a case that is not there. */
  | 'case missing'
  | 'anchor changed'
  | 'anchor missing';

export interface Problem {
  /** Null for a problem of the anchors themselves. */
  caseId: string | null;
  /** Of the entry or the anchor. */
  seq: number;
  problem: ProblemKind;
}

export interface AuditReport {
  cases: number;
  entries: number;
  anchors: number;
  /** Entries whose payload was taken out; that is allowed, and the chain holds without it. */
  erased: { caseId: string; seq: number }[];
  /** Empty when all is well. */
  problems: Problem[];
}

/** `key` is the one that the entries were appended with. */
export async function verifyAudit(store: Store, key: string): Promise<AuditReport> {
  return store.snapshot(async (db) => {
    const entries = await verifyEntries(db, key);
    const anchors = await verifyAnchors(db, entries.heads);
    return {
      cases: entries.heads.size,
      entries: entries.count,
      anchors: anchors.count,
      erased: entries.erased,
      problems: distinct([...entries.problems, ...anchors.problems]),
    };
  });
}

/** A cut tail is seen both by its case and by the anchors. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
