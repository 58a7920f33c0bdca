/** Public IP addresses: read only. A load balancer that answers to the internet names one. */
import type { ResourceType } from '../resource-type.ts';

export const publicAddresses: ResourceType = { name: 'Microsoft.Network/publicIPAddresses', family: 'network' };
