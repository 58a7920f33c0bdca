/** What a list of tickets is made of. */
import type { PersonId } from '../policy/people.ts';
import type { Tone } from './card-parts.ts';
import type { Place } from './event.ts';

/** `channel`: of all threads of the conversation in which somebody asked. */
export type TicketScope = 'mine' | 'channel';

export interface ListedTicket {
  number: number;
  /** Where it stands at the desk. */
  url: string;
  subject: string;
  status: string;
  tone: Tone;
  /** Solved, closed or deleted. */
  isOver: boolean;
  /** Empty while nobody has said it. */
  severity: string;
  environment: string;
  requester: PersonId;
  clock: string;
  /** The thread that asked. */
  place: Place;
}
