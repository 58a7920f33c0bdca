/** Tables of the audit: one hash chain per case, and anchors over all of them. */
import type { InstantText, JsonText } from './column-types.ts';

export interface AuditTable {
  case_id: string;
  seq: number;
  at: InstantText;
  type: string;
  /** Keyed digest of the payload. */
  payload_digest: string;
  previous: string;
  hash: string;
}

export interface AuditPayloadTable {
  case_id: string;
  seq: number;
  body: JsonText;
}

export interface AnchorTable {
  seq: number;
  at: InstantText;
  cases: number;
  digest: string;
  previous: string;
  hash: string;
}

/** Where each case stood at an anchor; only cases that moved since the one before have a row. */
export interface AnchorCaseTable {
  case_id: string;
  /** Sequence of the case's last audit entry. */
  seq: number;
  head: string;
  /** Sequence of the anchor. */
  anchor: number;
}
