/** What is kept of a request for approval: who was asked, who said yes, and where its card stands. */
import type { Plan } from '../plan/plan.ts';
import type { Need } from '../policy/approvers.ts';
import type { PersonId } from '../policy/people.ts';
import type { Risk } from '../policy/risk.ts';
import type { Place } from './event.ts';

/** Where the card of a request stands. */
export interface ApprovalCopy {
  place: Place;
  /** Name of the message; the first copy has the plain one. */
  message: string;
  /** In whose private chat; null in a channel. */
  reader: PersonId | null;
}

/** Somebody said yes. For which need it counts is judged anew each time: roles change. */
export interface Vote {
  person: PersonId;
  at: string;
}

/** Whoever decides would like something to be different; the request waits as it is meanwhile. */
export interface ChangeWish {
  by: PersonId;
  at: string;
  what: string;
  /** The question in the requester's thread. */
  message: string;
  /** Why it is to stay as it is; null while nobody has said so. */
  answer: string | null;
}

/** Somebody else on call was asked. */
export interface PassedOn {
  /** Null: nobody had decided in time. */
  from: PersonId | null;
  to: PersonId;
  at: string;
}

export interface ApprovalState {
  id: string;
  askedAt: string;
  remindAt: string;
  escalateAt: string;
  expiresAt: string;
  /** Who is asked; null: everybody who may decide. */
  asked: PersonId | null;
  /** Where and until when they are on call; null when that is not why they are asked. */
  onCall: { rotation: string; until: string } | null;
  /** Everybody who was asked, in that order. */
  told: readonly PersonId[];
  risk: Risk;
  /** The reasons of the risk, the gravest first. */
  because: readonly string[];
  /** Who has to say yes, as the rules said when it was asked. */
  needs: readonly Need[];
  votes: readonly Vote[];
  copies: readonly ApprovalCopy[];
  passedOn: readonly PassedOn[];
  change: ChangeWish | null;
  /** What is different from the last plan that was asked for here; empty when there was none. */
  differences: readonly string[];
  decision: {
    status: 'approved' | 'denied' | 'expired' | 'voided' | 'withdrawn';
    by: PersonId | null;
    at: string;
    reason: string;
    /** Whose yes it rests on, where one was not enough. */
    authority?: string;
  } | null;
}

/** Why an approved plan is not carried out yet. */
export interface Hold {
  why: string;
  /** When it begins by itself; null: nobody knows yet. */
  until: string | null;
  /** When it is looked at again at the latest, where it begins by itself at an end that nobody knows yet. */
  again?: string;
}

/** When what is held up asks again by itself; null: somebody has to try again, as after a stop. */
export function dueOf({ again, until }: Hold): string | null {
  return until ?? again ?? null;
}

/** A plan that somebody was asked about, and that comes to nothing as it is. */
export interface LastPlan {
  plan: Plan;
  /** How it ended, for whoever presses a button of its card. */
  approval: ApprovalState;
}
