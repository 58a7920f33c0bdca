/**
 * The DNS servers of a network. Azure takes them only with the whole network, and deletes subnets that such a body leaves
 * out; so the whole of it is read, sent back and compared.
 */
import { changedPart } from './changed-part.ts';

export const dnsServersWriter = changedPart;
