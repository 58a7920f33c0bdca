/** Attaches a route table to a subnet; Azure keeps the attachment in the subnet, of which nothing else changes. */
import { changedPart } from './changed-part.ts';

export const routeTableWriter = changedPart;
