/** Tables of alerts and of the daily digest. */
import type { InstantText } from './column-types.ts';

/** One alert instance of Azure Monitor, by its id in lower case. */
export interface AlertTable {
  id: string;
  case_id: string;
  at: InstantText;
  /** 1 once the service has told that it fired; what is told last may come first. */
  fired: number;
  resolved: number;
}

/** Which case an alert rule of an environment runs in; '' is an environment that the settings do not know. */
export interface AlertThreadTable {
  environment: string;
  rule: string;
  /** Counts the cases that this rule has had. */
  turn: number;
  case_id: string;
  /** When everything in it was resolved; null while something is open. */
  over_at: InstantText | null;
}

/** A daily digest that was posted, or is about to be. */
export interface DigestTable {
  /** `platform/conversation` */
  channel: string;
  /** Local date. */
  day: string;
  at: InstantText;
}
