/**
 * A private endpoint. It is done when its network interface has an address, which names will lead to; whether its
 * connection is accepted is for other steps.
 */
import { endpointAddress, endpointBody } from '../endpoints.ts';
import { wholeResource } from './whole-resource.ts';

export const endpointWriter = wholeResource(async (arm, { body }) => {
  const endpoint = endpointBody.parse(body);
  const address = await endpointAddress(arm, endpoint);
  return {
    settling: address === null ? 'its network interface to get an address' : null,
    answer: { address, networkInterface: endpoint.properties.networkInterfaces[0]?.id ?? null },
  };
});
