/** What the watchdog sees on a round, what it tells a case, and what it remembers to have told. */
import type { PersonId } from '../policy/people.ts';
import type { Risk } from '../policy/risk.ts';
import type { Place } from './event.ts';

/** Why nobody may be able to decide about an approval. */
export type ApprovalTrouble =
  /** It stands nowhere. */
  | { kind: 'not-posted'; because: string }
  /** Nobody is left who may decide. */
  | { kind: 'nobody-decides' }
  /** Whoever was asked may not decide any more; others may. */
  | { kind: 'asked-cannot' }
  /** A copy does not show where the approval stands. */
  | { kind: 'copy-behind' }
  /** What was told before is over: it stands, and somebody may decide. */
  | { kind: 'over' }
  /** It was approved and waits for the end of a freeze that is over already. */
  | { kind: 'freed' };

/** An approval that waits for a decision, or one that was decided and still looks open somewhere. */
export interface WatchedApproval {
  id: string;
  caseId: string;
  isPending: boolean;
  requester: PersonId;
  /** The thread in which it was asked for. */
  place: Place;
  /** What it is about, in one line. */
  what: string;
  risk: Risk;
  askedAt: string;
  expiresAt: string;
  /** Who is asked and has not said yes; null: nobody in particular. */
  asked: PersonId | null;
  /** Everybody who may decide now. */
  deciders: readonly PersonId[];
  /** Whether it can be seen anywhere; `waiting`: it was not sent yet. */
  posted: 'yes' | 'no' | 'waiting';
  /** Why it could not be posted or edited, as the channel said it; '' when nothing failed. */
  because: string;
  /** Some copy shows an older revision, and nothing is on its way to it. */
  isBehind: boolean;
}

export interface WatchedTurn {
  rotation: string;
  person: PersonId;
  until: string;
}

export interface WatchRound {
  approvals: readonly WatchedApproval[];
  /** Who is on call now, per rotation. */
  onCall: readonly WatchedTurn[];
  /** Approved plans that wait for the end of a freeze that was lifted. */
  freed: readonly { id: string; caseId: string }[];
}

/** What was told about one approval. */
export interface ToldTrouble {
  approvalId: string;
  kind: Exclude<ApprovalTrouble['kind'], 'over' | 'freed'>;
  /** When it was told last. */
  at: string;
  /** How often the case was asked to mend it. */
  times: number;
}

/** The case of the watchdog itself; its audit chain tells what was found and whom it told. */
export interface WatchState {
  flow: 'watch';
  told: readonly ToldTrouble[];
  /** Who was on call at the last round, per rotation; a change is met with a summary. */
  onCall: readonly WatchedTurn[];
}
