/** A Private Link service on a frontend of a load balancer. Azure gives it an alias, which its users may need. */
import { isFields } from '../json.ts';
import { wholeResource } from './whole-resource.ts';

export const linkServiceWriter = wholeResource((_arm, { body }) => {
  const properties = body['properties'];
  return { settling: null, answer: { alias: (isFields(properties) ? properties['alias'] : null) ?? null } };
});
