/** People as the rules see them, for the rooms that speak with flows only. */
export type { Person, PersonId } from '../policy/people.ts';
