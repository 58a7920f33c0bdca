/**
 * Everything that the bot does is an Effect: a value that `advance` returns and that a handler carries out later.
 * `message` goes out by the outbox, `read` runs beside it, `work` runs in the durable engine (DESIGN.md section 1).
 */
import type { ConnectAnswers, UndoPlan } from '../plan/plan.ts';
import type { PersonId } from '../policy/people.ts';
import type { CardContent } from './card.ts';
import type { TicketScope } from './ticket-list-state.ts';
import type { EventOf, Place, TicketStatus, TimerName } from './event.ts';

/** What a message says. `text` always stands alone: it is the notification, the screen reader's line and the fallback. */
export interface MessageContent {
  text: string;
  card: CardContent | null;
  /** Who is speaking when it is not the bot itself, such as an agent of the desk. */
  speaker: string | null;
  /** The text is a document, such as a script: shown as it is written, or sent as a file of this name. */
  document?: { title: string; name: string };
  /** Shown in the channel as well as in its thread, where the platform can do that. */
  broadcast?: boolean;
}

/** Show a message: post it the first time its key is used, edit it every time after that. */
export interface ShowMessage {
  kind: 'message';
  type: 'show';
  /** Unique within the case, such as `connect` or `approval`; the case id is put in front by `accept`. */
  message: string;
  to: Place;
  content: MessageContent;
  /** Verbs that this revision of the card offers; `accept` mints a token for each. */
  verbs: readonly string[];
  mention: readonly PersonId[];
  /** Shown to this person alone (an ephemeral answer); then `expiresInSeconds` applies. */
  onlyFor: PersonId | null;
  /** An answer that came too late is dropped and the person is told to press again; null: never. */
  expiresInSeconds: number | null;
  /** The first post waits until this instant; an edit of what stands already does not. */
  notBefore?: string;
}

/**
 * Open the form behind a button for whoever pressed it, while the platform's trigger lives. It decides nothing; flows do
 * not ask for it, the inbox does.
 */
export interface OpenForm {
  kind: 'message';
  type: 'open-form';
  /** Whose card has the inputs, as in `ShowMessage`; the form shows its present revision. */
  message: string;
  /** Where the button was pressed; there the person reads that it was too late. */
  to: Place;
  verb: string;
  onlyFor: PersonId;
  /** The platform's own id of this person. */
  userId: string;
  triggerId: string;
  expiresInSeconds: number;
}

/** What one case may say to another. */
type TellableEvent = 'draft-taken' | 'control-lifted' | 'approval-unseen' | 'clicked';

export type ReadEffect =
  | { kind: 'read'; type: 'discover'; question: number }
  | { kind: 'read'; type: 'survey'; question: number; answers: ConnectAnswers }
  | { kind: 'read'; type: 'verify'; question: number; planId: string }
  | { kind: 'read'; type: 'read-ticket'; ticketId: number }
  /** The provider's automatic ticket; `question` names the asking, so that an older answer is not taken. */
  | { kind: 'read'; type: 'find-tickets'; question: number; words: readonly string[]; since: string }
  /** Our own tables: what people changed about verdicts. Told to this person, in this place. */
  | { kind: 'read'; type: 'list-overrides'; person: PersonId; place: Place }
  /** Our own tables: tickets of this person, or of the conversation. Told to this person, in this place. */
  | { kind: 'read'; type: 'list-tickets'; person: PersonId; place: Place; scope: TicketScope }
  /** Nothing is read: another case is told. */
  | { kind: 'read'; type: 'tell-case'; caseId: string; event: EventOf<TellableEvent> };

export interface TicketRequest {
  subject: string;
  body: string;
  priority: 'urgent' | 'high' | 'normal' | 'low';
  tags: readonly string[];
  requester: { name: string; email: string };
  /** For the desk's own fields, by the names that the settings use, such as `environment`. */
  facts?: Readonly<Record<string, string>>;
  /** Our ids of files that go along. */
  files?: readonly string[];
  /** The closed ticket that this one goes on from. */
  followUpOf?: number;
}

export type WorkEffect =
  /** Not before `dueAt`, when there is one. */
  | { kind: 'work'; type: 'apply-plan'; planId: string; dueAt?: string }
  /** Takes a plan back; `undo` is what was approved. */
  | { kind: 'work'; type: 'apply-undo'; planId: string; undoId: string; undo: UndoPlan; dueAt?: string }
  | { kind: 'work'; type: 'open-ticket'; request: TicketRequest }
  | {
      kind: 'work';
      type: 'send-comment';
      ticketId: number;
      /** Ours, unique per comment; how a comment that may have been sent is found again. */
      commentKey: string;
      body: string;
      author: { name: string; email: string };
      /** Our ids of files that go along. */
      files?: readonly string[];
    }
  | { kind: 'work'; type: 'change-ticket'; ticketId: number; status: Extract<TicketStatus, 'open' | 'solved'> }
  | { kind: 'work'; type: 'change-ticket'; ticketId: number; priority: TicketRequest['priority'] }
  | { kind: 'work'; type: 'timer'; name: TimerName; about: string; dueAt: string };

export type Effect = ShowMessage | OpenForm | ReadEffect | WorkEffect;

export type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** An effect as it was stored; its id is `case/revision/index` and doubles as idempotency key. */
export interface Stored<E extends Effect = Effect> {
  id: string;
  caseId: string;
  /** When the event that caused it was accepted. */
  at: string;
  effect: E;
}
