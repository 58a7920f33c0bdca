/** What a Teams library is asked for: it takes a verified activity and calls the handler that it is for. */
import type { Activity } from './schema.ts';

/** What goes back in the same response. */
export interface Answer {
  status: number;
  body?: object;
}

export interface TurnHandlers {
  /** Something was written, in words. */
  said: (activity: Activity) => Promise<Answer>;
  /** A button of an older client was pressed (Action.Submit). */
  submitted: (activity: Activity) => Promise<Answer>;
  /** A button was pressed, or a card asks to be renewed (Action.Execute). */
  pressed: (activity: Activity) => Promise<Answer>;
  /** Somebody answered the question whether a file may be sent. */
  consented: (activity: Activity) => Promise<Answer>;
  installed: (activity: Activity) => Promise<Answer>;
  /** Somebody chose an action of this app on a message. */
  actionChosen: (activity: Activity) => Promise<Answer>;
  /** The dialog of such an action was sent. */
  actionSent: (activity: Activity) => Promise<Answer>;
}

export interface Turn {
  /** As it came. */
  raw: unknown;
  activity: Activity;
  authorization: string | null;
}

export interface Router {
  /** Rethrows what a handler throws. */
  run(turn: Turn): Promise<Answer>;
}
