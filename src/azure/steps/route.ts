/** One route of a route table. */
import { nothingMore, wholeResource } from './whole-resource.ts';

export const routeWriter = wholeResource(nothingMore);
