/** What stops or holds up changes to Azure by the hand of an administrator. */
import type { AdHocFreeze } from '../policy/freeze.ts';
import type { PersonId } from '../policy/people.ts';

export type { AdHocFreeze } from '../policy/freeze.ts';

/** All changes are stopped. */
export interface StopSwitch {
  /** Who pulled it. */
  by: PersonId;
  at: string;
  reason: string;
  /** `case/revision` of the thread in which it was pulled. */
  id?: string;
}

export type Control = ({ kind: 'stop' } & StopSwitch & { id: string }) | ({ kind: 'freeze' } & AdHocFreeze);
