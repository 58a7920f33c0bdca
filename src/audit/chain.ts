/**
 * The hashes of the audit. Each entry's hash covers the hash before it, so that nothing in a chain can be changed,
 * taken out or put in without everything after it being made anew, and the anchors with it.
 */
import { createHash, createHmac } from 'node:crypto';

/** The last entry of a case's chain. */
export interface AuditHead {
  /** 0 before the first entry. */
  seq: number;
  /** '' before the first entry. */
  hash: string;
}

export interface ChainedEntry {
  caseId: string;
  /** From 1, without a gap. */
  seq: number;
  at: string;
  type: string;
  payloadDigest: string;
  /** Hash of the entry before; '' for the first. */
  previous: string;
}

export function entryHash({ caseId, seq, at, type, payloadDigest, previous }: ChainedEntry): string {
  return hashOf(['entry', caseId, seq, at, type, payloadDigest, previous]);
}

/**
 * Of the payload's canonical JSON, at its place in the chain. Keyed, so that an erased payload cannot be found out by
 * trying likely ones, and so that nobody without the key can make a chain anew with an entry less, or at another time.
 */
export function digestPayload(key: string, place: Omit<ChainedEntry, 'payloadDigest'>, payloadText: string): string {
  const { caseId, seq, at, type, previous } = place;
  const parts = ['payload', caseId, seq, at, type, previous, payloadText];
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
}

/** Tells keys apart and says nothing about them. */
export function keyName(key: string): string {
  return createHmac('sha256', key).update('name of this key').digest('hex').slice(0, 16);
}

/** Where a case stood when it was anchored. */
export interface AnchoredCase {
  caseId: string;
  seq: number;
  head: string;
}

/** One hash over cases, whatever their order. */
export function anchorDigest(cases: readonly AnchoredCase[]): string {
  const sorted = cases.toSorted((left, right) => (left.caseId < right.caseId ? -1 : 1));
  return hashOf(['cases', ...sorted.map(({ caseId, seq, head }) => [caseId, seq, head])]);
}

export interface ChainedAnchor {
  seq: number;
  at: string;
  cases: number;
  digest: string;
  previous: string;
}

export function anchorHash({ seq, at, cases, digest, previous }: ChainedAnchor): string {
  return hashOf(['anchor', seq, at, cases, digest, previous]);
}

/** An id that follows from another one, so that whoever makes it again makes the same. */
export function deriveId(prefix: string, from: string): string {
  return `${prefix}-${hashOf(['id', prefix, from]).slice(0, 20)}`;
}

/** As a JSON list, so that no two lists of parts give the same bytes. */
function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
