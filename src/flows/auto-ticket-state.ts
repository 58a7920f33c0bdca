/** How far the search for a ticket that the provider has opened by itself has come. */
import type { TicketSnapshot } from './event.ts';

export interface AutoTicketSearch {
  /** Revision of the asking; an answer to an older one is not taken. */
  question: number;
  found: readonly TicketSnapshot[];
  /** Its number, while it is being read. */
  linking: number | null;
  /** Somebody has said that there is none. */
  isNone?: true;
}
