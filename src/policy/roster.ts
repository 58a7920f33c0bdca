/**
 * Who is on call, from wherever that is known. A rotation of the settings is the only source so far; another one (a
 * paging service, a calendar) has to answer the same two questions.
 */
import { nextOnCall, type OnCall, personOnCall, type Rotation, type Turn } from './on-call.ts';

export interface Roster {
  /** Null: nobody. */
  onCallAt(at: Temporal.Instant): OnCall | null;
  /** Whoever takes over next from the one on call now; null when there is nobody else. */
  next(at: Temporal.Instant): Turn | null;
}

export function rosterOf(rotation: Rotation): Roster {
  return {
    onCallAt: (at) => personOnCall(rotation, at),
    next: (at) => nextOnCall(rotation, at),
  };
}
