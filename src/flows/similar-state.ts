/** Tickets that are open about the same environment and the same symptom, as a preview knows them. */
import type { PersonId } from '../policy/people.ts';

/** A row of our own tables. */
export interface OpenTicketRow {
  number: number;
  /** As the row says it: its name, else its kind. */
  environment: string;
  requester: PersonId;
}

export interface SimilarTicket {
  number: number;
  /** Null: it was opened at the desk. */
  requester: PersonId | null;
}

export interface Similar {
  /** Revision of the question to the desk; null where it cannot be searched. */
  question: number | null;
  found: readonly SimilarTicket[];
  /** The one that is being read, because somebody wants to add to it. */
  adding: { number: number; by: PersonId; body: string } | null;
}
