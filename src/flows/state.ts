/** Where a case can stand. One case is one conversation thread: a connection, a problem, or just talk. */
import type { Proof } from '../plan/evidence.ts';
import type { Finding, Method, Plan } from '../plan/plan.ts';
import type { Survey } from '../plan/world.ts';
import type { AnswerKey } from '../policy/answer-words.ts';
import type { MethodChoice } from '../policy/method.ts';
import type { PersonId } from '../policy/people.ts';
import type { TriageAnswers, Verdict } from '../policy/triage.ts';
import type { Place, StepReport, TicketSnapshot } from './event.ts';
import type { VerdictOverride } from './override.ts';

/** The answers of the form so far; '' and null mean not known. */
export interface Draft {
  /** What the person wrote first, shown as understood. */
  words: string;
  environment: string | null;
  /** Resource id of the other network. */
  network: string | null;
  /** Words for the other network that matched nothing yet. */
  networkWords: string | null;
  apps: readonly string[];
  wildcard: boolean;
  isolation: boolean;
  database: boolean;
}

interface ConnectBase {
  flow: 'connect';
  requester: PersonId;
  /** The thread in which it was asked. */
  place: Place;
  draft: Draft;
}

export interface ApprovalState {
  id: string;
  askedAt: string;
  remindAt: string;
  expiresAt: string;
  /** Who was asked, and until when they are on call. */
  asked: PersonId | null;
  decision: {
    status: 'approved' | 'denied' | 'expired' | 'voided' | 'withdrawn';
    by: PersonId | null;
    at: string;
    reason: string;
  } | null;
}

interface PlannedBase extends ConnectBase {
  planId: string;
  plan: Plan;
  approval: ApprovalState;
  steps: readonly StepReport[];
}

export type ConnectState =
  | (ConnectBase & { at: 'discovering'; question: number })
  | (ConnectBase & { at: 'asking' })
  | (ConnectBase & { at: 'surveying'; question: number })
  | (ConnectBase & { at: 'choosing'; survey: Survey; surveyedAt: string; choice: MethodChoice })
  | (ConnectBase & { at: 'stopped'; method: Method; findings: readonly Finding[] })
  | (ConnectBase & { at: 'planned'; planId: string; plan: Plan })
  | (PlannedBase & { at: 'awaiting-approval' })
  | (PlannedBase & { at: 'applying' })
  | (PlannedBase & { at: 'verifying'; question: number })
  | (PlannedBase & { at: 'connected'; proof: Proof })
  | (PlannedBase & { at: 'failed'; step: string; code: string | null; because: string; wayOut: string })
  | (PlannedBase & { at: 'closed'; why: 'denied' | 'expired' | 'voided' | 'withdrawn' | 'left'; because: string })
  | (ConnectBase & { at: 'cancelled' });

export type ConnectAt<At extends ConnectState['at']> = Extract<ConnectState, { at: At }>;
/** Every state in which there is an approval to speak of. */
export type ApprovedState = Extract<ConnectState, { approval: ApprovalState }>;

interface SupportBase {
  flow: 'support';
  requester: PersonId;
  place: Place;
  /** What the person wrote first. */
  words: string;
  answers: TriageAnswers;
  /** Since when, as it was written; null when it was not. */
  since: string | null;
  /** When the problem was raised here; the clock starts then. */
  raisedAt: string;
  /** What people changed about the verdict, oldest first; the rules' own rating is the `from` of the first one. */
  overrides?: readonly VerdictOverride[];
}

export interface OpenTicket {
  snapshot: TicketSnapshot;
  subject: string;
  lastWord: { from: string; text: string } | null;
  /** Comments that were shown or sent, so that none is shown twice. */
  seenComments: readonly number[];
  /** How many replies were sent from here; numbers their keys. */
  replies: number;
  /** What the response clock has said already, as timer and instant. */
  rang?: readonly string[];
}

export type SupportState =
  /** `asked`: what was asked already, so that nobody is asked twice. `corrects`: the facts of a verdict that stands. */
  | (SupportBase & { at: 'asking'; verdict: Verdict; asked?: readonly AnswerKey[]; corrects?: true })
  | (SupportBase & { at: 'judged'; verdict: Verdict })
  /** Somebody is about to say how they see it. */
  | (SupportBase & { at: 'differing'; verdict: Verdict })
  | (SupportBase & { at: 'previewing'; verdict: Verdict; subject: string; body: string })
  | (SupportBase & { at: 'opening'; verdict: Verdict; subject: string; body: string })
  | (SupportBase & { at: 'open'; verdict: Verdict; ticket: OpenTicket })
  | (SupportBase & { at: 'put-off' });

export type SupportAt<At extends SupportState['at']> = Extract<SupportState, { at: At }>;

export interface TalkState {
  flow: 'talk';
  person: PersonId;
  place: Place;
  /** The question that was answered last, for whoever goes on from it. */
  lastQuestion?: string;
}

/** The case of the settings themselves: it holds nothing, but its audit chain tells every change. */
export interface SettingsState {
  flow: 'settings';
}

export type CaseState = ConnectState | SupportState | TalkState | SettingsState;
