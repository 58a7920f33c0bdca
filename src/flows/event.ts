/**
 * Everything that happens is an Event. Channels, webhooks, timers and finished effects all become one of these before
 * anything else looks at them.
 */
import type { Proof } from '../plan/evidence.ts';
import type { Discovery, Survey } from '../plan/world.ts';
import type { PersonId } from '../policy/people.ts';
import type { AlertNotice } from './alert-state.ts';
import type { Control } from './control-state.ts';
import type { ListedOverride } from './override.ts';
import type { ListedTicket, TicketScope } from './ticket-list-state.ts';
import type { ApprovalTrouble, WatchRound } from './watch-state.ts';

export type Platform = 'web' | 'teams' | 'slack';

/** Where in a chat something was said. `thread` is the platform's id of the thread's first message; null at top level. */
export interface Place {
  platform: Platform;
  conversation: string;
  thread: string | null;
}

/** What a person typed or chose in a card, by input id. Everything is text here; `cards/check.ts` judged it before. */
export type Inputs = Readonly<Record<string, string>>;

export type StepState = 'waiting' | 'running' | 'done' | 'failed';

export interface StepReport {
  id: string;
  state: StepState;
  /** Seconds from start to end; null while it runs. */
  seconds: number | null;
  /** Since when it runs, ISO 8601; absent before that. */
  startedAt?: string;
  /** What it waits for or why it failed, in people's words. */
  note: string | null;
  /** The code Azure gave, for the small print. */
  code: string | null;
}

export type PlanOutcome =
  | { kind: 'complete' }
  | { kind: 'failed'; step: string; code: string | null; because: string; wayOut: string }
  /** The world moved after the approval, so nothing was written. */
  | { kind: 'void'; differences: readonly string[] }
  /** The case said no when it was asked right before the first write (`plan-begins`); it knows why. */
  | { kind: 'not-begun' };

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';

export type TicketPriority = 'urgent' | 'high' | 'normal' | 'low';

export interface TicketSnapshot {
  id: number;
  subject: string;
  status: TicketStatus;
  /** Null or missing when the desk does not say it. */
  priority?: TicketPriority | null;
  /** Where an agent or the requester opens it. */
  url: string;
  /** The desk's own instant, ISO 8601; the newer one wins. */
  updatedAt: string;
  /** What the desk calls this status, where it has one of its own. */
  label?: string | null;
  /** The ticket that goes on, when this one was merged into it. */
  mergedInto?: number | null;
  /** Tickets that were opened at the desk to go on from this one, which is closed. */
  followUps?: readonly number[];
}

/** A file of a comment, told by name; whoever wants it opens it at the desk. */
export interface TicketAttachment {
  name: string;
  /** In bytes. */
  size: number;
  /** Null when it was taken away, or when the desk found malware in it. */
  link: string | null;
  malware: boolean;
}

export interface TicketComment {
  id: number;
  author: string;
  /** True when somebody of the desk wrote it, false when it came from our side. */
  fromDesk: boolean;
  body: string;
  createdAt: string;
  attachments?: readonly TicketAttachment[];
  /** From our side, but not written through this bot: by e-mail, or in the desk's portal. */
  byOtherWay?: boolean;
  /** Another one whenever the comment says something else than before, as after a redaction. */
  fingerprint?: string;
}

/** A file that came with a message and is kept by us; `id` is our own. */
export interface SaidFile {
  id: string;
  name: string;
  /** In bytes; null when the platform does not say it. */
  size: number | null;
}

/** Where the words of a problem stand in the chat; null where nothing leads there. */
export interface AsProblem {
  link: string | null;
}

/** One event, without the id and the instant that `accept` stores with it. */
export type Event =
  | {
      type: 'said';
      person: PersonId;
      place: Place;
      text: string;
      files: readonly string[];
      attached?: readonly SaidFile[];
      /** Whether the bot was called by its name, where it hears words that were not said to it; absent: to it. */
      addressed?: boolean;
      /** Somebody made a problem out of a message, in so many words; `link` leads back to it. */
      asProblem?: AsProblem;
    }
  | { type: 'clicked'; person: PersonId; place: Place; message: string; verb: string; inputs: Inputs }
  | { type: 'discovered'; question: number; discovery: Discovery }
  | { type: 'surveyed'; question: number; survey: Survey }
  | { type: 'verified'; question: number; proof: Proof }
  | { type: 'read-failed'; question: number; of: string; because: string }
  /** Right before the first write; only an answer with outcome `done` lets it begin. */
  | { type: 'plan-begins'; planId: string }
  | { type: 'step-changed'; planId: string; step: StepReport }
  | { type: 'plan-finished'; planId: string; outcome: PlanOutcome }
  /** `leftOut`: files that could not go along, each with the reason. */
  | { type: 'ticket-opened'; ticket: TicketSnapshot; leftOut?: readonly string[] }
  /** The desk says that something changed; what, is read again. */
  | { type: 'ticket-hinted'; ticketId: number }
  /** Public comments only. `complete`: these are all of them, so that one that is missing was withdrawn. */
  | { type: 'ticket-read'; ticket: TicketSnapshot; comments: readonly TicketComment[]; complete?: boolean }
  /** Nothing had changed; the card says when that was, where the desk tells nothing by itself. */
  | { type: 'ticket-looked'; ticketId: number }
  | { type: 'comment-sent'; ticket: TicketSnapshot; commentKey: string; leftOut?: readonly string[] }
  /** Nothing is wrong, but the desk or the rights of the bot there do not allow it; never tried again. */
  | { type: 'ticket-refused'; effect: string; of: string; because: string }
  /** The desk does not take something just now; it is tried again in so many seconds, by itself. */
  | { type: 'desk-away'; of: string; because: string; seconds: number }
  | { type: 'timer'; name: TimerName; about: string }
  /** Newest first, for this person alone. */
  | { type: 'overrides-listed'; person: PersonId; place: Place; overrides: readonly ListedOverride[] }
  /** Open ones first; `total` counts those that are not told as well. */
  | {
      type: 'tickets-listed';
      person: PersonId;
      place: Place;
      scope: TicketScope;
      tickets: readonly ListedTicket[];
      total: number;
    }
  | { type: 'effect-failed'; effect: string; of: string; because: string }
  | { type: 'settings-changed'; changes: readonly SettingChange[] }
  /** Its person goes on with the draft in another case. */
  | { type: 'draft-taken'; person: PersonId; to: Place }
  /** A stop or a freeze that was made in this case is over. */
  | { type: 'control-lifted'; control: Control; by: PersonId; at: string; reason: string }
  /** What the watchdog found about an approval of this case. */
  | { type: 'approval-unseen'; approvalId: string; why: ApprovalTrouble }
  /** Azure Monitor tells of an alert; null: about nothing that the settings know. */
  | { type: 'alert-told'; alert: AlertNotice; environment: string | null }
  /** Tickets of the desk that may be the provider's automatic one; null: these rights cannot search there. */
  | { type: 'tickets-found'; question: number; tickets: readonly TicketSnapshot[] | null }
  /** What the watchdog saw on its round; for its own case only. */
  | { type: 'watched'; round: WatchRound };

/** One changed entry of the settings file, by its path. */
export interface SettingChange {
  path: string;
  before: unknown;
  after: unknown;
}

export type TimerName =
  | 'approval-reminder'
  | 'approval-escalation'
  | 'approval-expiry'
  | 'owner-reminder'
  | 'alert-card'
  | 'proof-again'
  | 'response-warning'
  | 'response-due';

export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;
