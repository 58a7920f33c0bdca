/** One rule of a network security group. */
import { nothingMore, wholeResource } from './whole-resource.ts';

export const securityRuleWriter = wholeResource(nothingMore);
