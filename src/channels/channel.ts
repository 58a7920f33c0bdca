/**
 * The port between a chat platform and the house. A channel turns what a platform sends into calls of `Inbox`, and
 * sends what the outbox hands it. It decides nothing.
 */
import type { MessageContent } from '../flows/effect.ts';
import type { AsProblem, Inputs, Place, Platform, SaidFile } from '../flows/event.ts';
import type { Reply } from '../flows/reply.ts';
import type { PersonId } from '../flows/people.ts';

/** One revision of one message, as the outbox hands it over. */
export interface Outgoing {
  /** `case/message`; the same for all revisions. */
  key: string;
  caseId: string;
  revision: number;
  place: Place;
  content: MessageContent;
  verbs: readonly string[];
  /** From which the token of each button is derived, per person; null when there are no buttons. */
  tokenId: string | null;
  mention: readonly PersonId[];
  onlyFor: PersonId | null;
  /** The platform's id when the message was posted before; null for the first revision. */
  platformId: string | null;
  /** True when an earlier try may have reached the platform, so it has to be looked for first. */
  mayHaveBeenSent: boolean;
}

/** The platform will never take this message; trying again makes no sense. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** The platform asks to wait. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Not now, because newer wins: an edit waits for those that follow it. Others of its lane need not wait with it. */
export class HeldBack extends Throttled {
  readonly freesLane = true;
}

/** A button that asks for answers: its form is to be opened while the platform's trigger lives. */
export interface FormOpening {
  triggerId: string;
  /** The platform's own id of whoever pressed the button. */
  userId: string;
  /** Key of the message whose card has the inputs; its present revision is shown. */
  messageKey: string;
  verb: string;
  person: PersonId;
}

export interface Channel {
  readonly platform: Platform;
  /** Posts or edits; answers the platform's id. @throws {Undeliverable} @throws {Throttled} */
  send(message: Outgoing): Promise<{ platformId: string }>;
  /**
   * Where a message cannot hold inputs, they stand in a form of their own.
   * @throws {Error} when the trigger is over or the platform does not take the form
   */
  openForm?(opening: FormOpening): Promise<void>;
}

export interface Said {
  /** Unique per thing that was said; a repeated one changes nothing. */
  id: string;
  person: PersonId;
  place: Place;
  text: string;
  files: readonly string[];
  /** What is known of the files. */
  attached?: readonly SaidFile[];
  /** It is a problem, whatever it sounds like. */
  asProblem?: AsProblem;
}

export interface Clicked {
  id: string;
  person: PersonId;
  place: Place;
  verb: string;
  token: string;
  inputs: Inputs;
}

/** A press on a button whose form has to be opened first. */
export interface FormAsked {
  id: string;
  person: PersonId;
  place: Place;
  verb: string;
  token: string;
  /** The platform's own id of this person, and its leave to open a form for them. */
  userId: string;
  triggerId: string;
}

/** What every channel calls; stored before it answers. */
export interface Inbox {
  say(said: Said): Promise<Reply>;
  click(clicked: Clicked): Promise<Reply>;
  /** Records a press of somebody who is not known here; the channel has told them why. Never throws. */
  refuse(press: Omit<Clicked, 'inputs'> & { because: string }): Promise<void>;
}

/** What a channel with forms calls besides. */
export interface FormInbox extends Inbox {
  /** `done`: the form is on its way; else why this person gets none. Nothing is decided by it. */
  open(asked: FormAsked): Promise<Reply>;
}
