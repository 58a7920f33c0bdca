/** One entry of a chain against the one before it; the same for the database and for a file that was exported. */
import { type AuditHead, type ChainedEntry, digestPayload, entryHash } from './chain.ts';
import type { Problem, ProblemKind } from './report.ts';

export interface StoredEntry extends ChainedEntry {
  hash: string;
  /** Canonical JSON; null when it was erased. */
  payload: string | null;
}

export const beforeFirst: AuditHead = { seq: 0, hash: '' };

/** `key`: null when it is not to be had; then nobody can tell whether the payloads are the right ones. */
export function checkEntry(entry: StoredEntry, before: AuditHead, key: string | null): Problem[] {
  const { caseId, seq } = entry;
  const gap: Problem[] =
    seq === before.seq + 1 ? [] : [{ caseId, seq: before.seq + 1, problem: 'entry missing' as const }];
  const problem = problemOf(entry, before, key);
  return problem === null ? gap : [...gap, { caseId, seq, problem }];
}

function problemOf(entry: StoredEntry, before: AuditHead, key: string | null): ProblemKind | null {
  const { payloadDigest, payload, hash, ...place } = entry;
  // After a gap there is no telling what it should follow.
  if (entry.seq === before.seq + 1 && entry.previous !== before.hash) {
    return 'entry out of order';
  }
  if (hash !== entryHash(entry)) {
    return 'entry changed';
  }
  const isOther = key !== null && payload !== null && digestPayload(key, place, payload) !== payloadDigest;
  return isOther ? 'payload changed' : null;
}

/** Where the case itself says that its chain ends, against where it was found to end. */
export function checkHead(caseId: string, known: AuditHead, found: AuditHead): Problem[] {
  if (found.seq < known.seq) {
    return [{ caseId, seq: found.seq + 1, problem: 'tail cut' }];
  }
  if (found.seq > known.seq) {
    return [{ caseId, seq: known.seq + 1, problem: 'entry added' }];
  }
  return found.hash === known.hash ? [] : [{ caseId, seq: found.seq, problem: 'entry changed' }];
}
