/** What the rooms of the Slack channel work with, and what its receiving half asks of its sending half. */
import type { SlackConfig } from '../../config/slack.ts';
import type { Settings } from '../../config/settings.ts';
import type { CardContent } from '../../flows/card.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Store } from '../../store/store.ts';
import type { Channel, FormInbox, FormOpening } from '../channel.ts';

export type SlackPerson = Settings['people'][number];

export interface SlackOptions {
  store: Store;
  inbox: FormInbox;
  bot: SlackConfig;
  people: () => readonly SlackPerson[];
  /** True when a person without a Slack id in the settings may be known by the e-mail of their Slack profile. */
  matchByEmail: () => boolean;
  /** What concerns a person, for their App Home, the most urgent first; absent: nothing. */
  home?: (person: PersonId) => Promise<readonly CardContent[]>;
  /** Secret of the installation, from which the tokens of buttons are derived. */
  tokenKey: string;
  now: () => Temporal.Instant;
  /** Random and unguessable. */
  newId: () => string;
  /** From 0 to below 1; spreads what is tried again. */
  random: () => number;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** Which app this is and where it is installed, as Slack says (`auth.test`). */
export interface Installation {
  teamId: string;
  botUserId: string;
  botId: string;
}

/** Whom something is said to, and where they are. `conversation` is null where there is none, as on the App Home. */
export interface Listener {
  userId: string;
  conversation: string | null;
  /** `thread_ts`; null at top level. */
  thread: string | null;
}

/** What is shown below a link. */
export interface LinkNote {
  headline: string;
  /** Empty ones are left out. */
  lines: readonly string[];
  /** When this was so; null where nobody knows. */
  at: Temporal.Instant | null;
}

/** Links of a message, and what to show for each. */
export interface SharedLinks {
  channel: string;
  ts: string;
  notes: ReadonlyMap<string, LinkNote>;
}

/** The sending half as the receiving half sees it. Everything here but `channel` is safe to call without waiting. */
export interface SlackOut {
  channel: Channel;
  /** Asked once and kept; again after a failure. @throws {Error} when Slack does not answer or the token is refused */
  installation(): Promise<Installation>;
  /** E-mail of a Slack user's profile; null when there is none, or it may not be read. Kept for an hour. */
  emailOf(userId: string): Promise<string | null>;
  /** Words for one person alone: ephemeral where they are, else in their direct messages. Never throws. */
  tell(listener: Listener, text: string): Promise<void>;
  /** @throws {Error} when the trigger is over or Slack does not take the form */
  openForm(opening: FormOpening): Promise<void>;
  /** A form that belongs to no card. @throws {Error} when the trigger is over or Slack does not take it */
  openView(triggerId: string, view: object): Promise<void>;
  /** The direct messages of a user with the bot, opened when there are none. @throws {Error} when Slack does not open them */
  directOf(userId: string): Promise<string>;
  /** A button was pressed on a message that stands here; a copy that nobody knew of is kept in step. Never throws. */
  copySeen(messageKey: string, spot: { channel: string; ts: string }): Promise<void>;
  /**
   * The form was sent, and Slack waits for the answer: an edit now would flash up before it closes. Kept in step again
   * once it is released, unless it was closed meanwhile.
   */
  holdForm(viewId: string): void;
  releaseForm(viewId: string): void;
  /** The form was taken or closed; it is not kept in step any more. */
  formClosed(viewId: string): Promise<void>;
  /**
   * Shows the App Home of this user. Its buttons have verbs of the help card and no token: a press begins something new
   * in the direct messages. Never throws.
   */
  showHome(userId: string, person: SlackPerson | null): Promise<void>;
  /** Shows below a message what its links stand for, where no outsider reads along; else nothing. Never throws. */
  unfurl(shared: SharedLinks): Promise<void>;
  /** Waits for what is on its way, at most this long. */
  stop(graceMs: number): Promise<void>;
}
