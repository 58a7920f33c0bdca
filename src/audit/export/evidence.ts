/** The evidence of one case as it leaves the database: its chain, the anchors that name it, and its story. */
import { z } from 'zod/v4';
import type { ChainedAnchor, AnchoredCase, AuditHead } from '../chain.ts';
import type { Story } from '../story/model.ts';

export const evidenceFormat = 'causeway-case-evidence/1';

export interface ExportedEntry {
  seq: number;
  at: string;
  type: string;
  payloadDigest: string;
  previous: string;
  hash: string;
  /** Missing when it was erased. */
  payload?: unknown;
}

export interface ExportedAnchor extends ChainedAnchor {
  hash: string;
  /** What it names; null for one that only leads on to the copy outside, and does not name this case. */
  moved: readonly AnchoredCase[] | null;
}

/** One thing that was looked at. */
export interface Check {
  /** Null: it could not be looked at from here. */
  good: boolean | null;
  text: string;
}

export interface CaseEvidence {
  format: typeof evidenceFormat;
  caseId: string;
  exportedAt: string;
  /** Which key the payloads' digests are made with; it says nothing about the key itself. */
  keyName: string;
  /** The last entry, as the case itself knows it; null when there is no such case any more. */
  head: AuditHead | null;
  /** What was found when it was exported. */
  checks: readonly Check[];
  story: Story | null;
  entries: readonly ExportedEntry[];
  anchors: readonly ExportedAnchor[];
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Of the first entry or anchor. */
const hashOrNone = z.union([hash, z.literal('')]);
const count = z.int().nonnegative();
const anchored = z.strictObject({ caseId: z.string(), seq: count, head: hash });

/** Loose where it is told to people, strict where it is checked. */
export const evidenceSchema = z.strictObject({
  format: z.literal(evidenceFormat),
  caseId: z.string(),
  exportedAt: z.string(),
  keyName: z.string(),
  head: z.strictObject({ seq: count, hash: hashOrNone }).nullable(),
  checks: z.array(z.strictObject({ good: z.boolean().nullable(), text: z.string() })),
  story: z.unknown(),
  entries: z.array(
    z.strictObject({
      seq: count,
      at: z.string(),
      type: z.string(),
      payloadDigest: z.string(),
      previous: z.string(),
      hash: z.string(),
      payload: z.unknown().optional(),
    }),
  ),
  anchors: z.array(
    z.strictObject({
      seq: count,
      at: z.string(),
      cases: count,
      digest: hash,
      previous: hashOrNone,
      hash,
      moved: z.array(anchored).nullable(),
    }),
  ),
  seal: z.strictObject({
    by: z.string().regex(/^[0-9a-f]{64}$/),
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
});
