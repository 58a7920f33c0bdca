/**
 * Evidence has three kinds, always told apart (DESIGN.md section 8): `read` (Azure says so), `computed` (from zone,
 * record, links and the network's DNS servers) and `observed` (a probe or a pasted answer). Only observed counts as
 * "it works". `good` is null when it could not be found out; that is never shown as green.
 */
export type EvidenceKind = 'read' | 'computed' | 'observed';

export interface Evidence {
  kind: EvidenceKind;
  /** Stable name of what was looked at, such as `peering-state` or `name-resolves`. */
  code: string;
  /** One sentence for people, with the values that were seen. */
  text: string;
  good: boolean | null;
}

/** A check that a person can run from inside a network, because the bot does not stand there. */
export interface CheckToRun {
  from: string;
  command: string;
  /** What the answer must contain. */
  expect: string;
}

export interface Proof {
  evidence: readonly Evidence[];
  toRun: readonly CheckToRun[];
}
