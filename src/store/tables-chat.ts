/** Tables of the local page: what the platform's servers are to Teams and Slack. */
import type { InstantText, JsonText } from './column-types.ts';

/** The local page's own transcript: what the platform's servers are to Teams and Slack. */
export interface ChatMessageTable {
  id: string;
  /** Grows with every new or edited message. */
  seq: number;
  conversation: string;
  thread: string | null;
  revision: number;
  /** Person id, or `causeway`. */
  sender: string;
  /** Name shown when the sender speaks for somebody else. */
  speaker: string | null;
  only_for: string | null;
  text: string;
  /** Key of the bot's message; its card is rendered per viewer. */
  message_key: string | null;
  card: JsonText | null;
  verbs: JsonText;
  mention: JsonText;
  at: InstantText;
}

export interface ChatSeenTable {
  person: string;
  conversation: string;
  seq: number;
}

export interface ChatFileTable {
  id: string;
  name: string;
  bytes: Uint8Array;
  at: InstantText;
}
