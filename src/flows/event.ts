/**
 * Everything that happens is an Event. Channels, webhooks, timers and finished effects all become one of these before
 * anything else looks at them.
 */
import type { Proof } from '../plan/evidence.ts';
import type { Discovery, Survey } from '../plan/world.ts';
import type { PersonId } from '../policy/people.ts';
import type { ListedOverride } from './override.ts';

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
}

export interface TicketComment {
  id: number;
  author: string;
  /** True when somebody of the desk wrote it, false when it came from our side. */
  fromDesk: boolean;
  body: string;
  createdAt: string;
}

/** One event, without the id and the instant that `accept` stores with it. */
export type Event =
  | { type: 'said'; person: PersonId; place: Place; text: string; files: readonly string[] }
  | { type: 'clicked'; person: PersonId; place: Place; message: string; verb: string; inputs: Inputs }
  | { type: 'discovered'; question: number; discovery: Discovery }
  | { type: 'surveyed'; question: number; survey: Survey }
  | { type: 'verified'; question: number; proof: Proof }
  | { type: 'read-failed'; question: number; of: string; because: string }
  /** Right before the first write; only an answer with outcome `done` lets it begin. */
  | { type: 'plan-begins'; planId: string }
  | { type: 'step-changed'; planId: string; step: StepReport }
  | { type: 'plan-finished'; planId: string; outcome: PlanOutcome }
  | { type: 'ticket-opened'; ticket: TicketSnapshot }
  /** The desk says that something changed; what, is read again. */
  | { type: 'ticket-hinted'; ticketId: number }
  /** Public comments only; private notes never get this far. */
  | { type: 'ticket-read'; ticket: TicketSnapshot; comments: readonly TicketComment[] }
  | { type: 'comment-sent'; ticket: TicketSnapshot; commentKey: string }
  /** The desk does not take something just now; it is tried again in so many seconds, by itself. */
  | { type: 'desk-away'; of: string; because: string; seconds: number }
  | { type: 'timer'; name: TimerName; about: string }
  /** Newest first, for this person alone. */
  | { type: 'overrides-listed'; person: PersonId; place: Place; overrides: readonly ListedOverride[] }
  | { type: 'effect-failed'; effect: string; of: string; because: string }
  | { type: 'settings-changed'; changes: readonly SettingChange[] }
  /** Its person goes on with the draft in another case. */
  | { type: 'draft-taken'; person: PersonId; to: Place };

/** One changed entry of the settings file, by its path. */
export interface SettingChange {
  path: string;
  before: unknown;
  after: unknown;
}

export type TimerName =
  | 'approval-reminder'
  | 'approval-expiry'
  | 'owner-reminder'
  | 'proof-again'
  | 'response-warning'
  | 'response-due';

export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;
