/** Policies of a subnet, such as the one that keeps private link services out of it. Nothing else of it changes. */
import { changedPart } from './changed-part.ts';

export const subnetPolicyWriter = changedPart;
