/** What the rest of the house may expect of the conversation, whichever database stands behind it. */
import { emptyBeforeEach } from '../store/contract/stores.ts';
import { acceptContract } from './contract/accept.ts';
import { approvalContract } from './contract/approval.ts';
import { clickContract } from './contract/clicks.ts';
import { eraseContract } from './contract/erase.ts';
import { evidenceContract } from './contract/evidence.ts';
import { failureContract } from './contract/failures.ts';
import { formContract } from './contract/forms.ts';
import { laneContract } from './contract/lanes.ts';
import { leaseContract } from './contract/leases.ts';
import { quietContract } from './contract/quiet.ts';
import { readContract } from './contract/reads.ts';
import { relayContract } from './contract/relay.ts';
import type { UseGround } from './house.ts';

export function conversationContract(ground: UseGround): void {
  emptyBeforeEach(() => ({ ...ground(), openImpatient: () => Promise.reject(new Error('not used here')) }));
  acceptContract(ground);
  failureContract(ground);
  evidenceContract(ground);
  eraseContract(ground);
  clickContract(ground);
  formContract(ground);
  approvalContract(ground);
  laneContract(ground);
  leaseContract(ground);
  quietContract(ground);
  readContract(ground);
  relayContract(ground);
}
