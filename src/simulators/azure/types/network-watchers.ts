/** Network Watchers: one for each region of a subscription, made by Azure itself; read only. */
import type { ResourceType } from '../resource-type.ts';

export const networkWatchers: ResourceType = { name: 'Microsoft.Network/networkWatchers', family: 'network' };
