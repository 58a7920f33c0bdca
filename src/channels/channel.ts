/**
 * The port between a chat platform and the house. A channel turns what a platform sends into calls of `Inbox`, and
 * sends what the outbox hands it. It decides nothing.
 */
import type { MessageContent } from '../flows/effect.ts';
import type { Inputs, Place, Platform } from '../flows/event.ts';
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

export interface Channel {
  readonly platform: Platform;
  /** Posts or edits; answers the platform's id. @throws {Undeliverable} @throws {Throttled} */
  send(message: Outgoing): Promise<{ platformId: string }>;
}

export interface Said {
  /** Unique per thing that was said; a repeated one changes nothing. */
  id: string;
  person: PersonId;
  place: Place;
  text: string;
  files: readonly string[];
}

export interface Clicked {
  id: string;
  person: PersonId;
  place: Place;
  verb: string;
  token: string;
  inputs: Inputs;
}

/** What every channel calls; stored before it answers. */
export interface Inbox {
  say(said: Said): Promise<Reply>;
  click(clicked: Clicked): Promise<Reply>;
}
