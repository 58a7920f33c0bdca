/** Private endpoints by the address at which they answer, and what the policies of their subnet make of them. */
import { endpointTypeName } from '../type-names.ts';
import { find, type Resource, type SubResource, textIn, type World } from '../world.ts';
import { interfaceAt } from './network-interfaces.ts';

export function endpointAt(world: World, networkKey: string, address: string): Resource | undefined {
  const owner = interfaceAt(world, networkKey, address)?.properties['privateEndpoint'] as SubResource | undefined;
  const endpoint = find(world, owner?.id);
  return endpoint?.type === endpointTypeName ? endpoint : undefined;
}

/** Routes of others count for an endpoint only where its subnet says so. */
export function obeysRoutes(world: World, endpoint: Resource): boolean {
  return ['enabled', 'routetableenabled'].includes(policiesOf(world, endpoint));
}

/** And so do security rules. */
export function obeysSecurityRules(world: World, endpoint: Resource): boolean {
  return ['enabled', 'networksecuritygroupenabled'].includes(policiesOf(world, endpoint));
}

function policiesOf(world: World, endpoint: Resource): string {
  const subnet = find(world, (endpoint.properties['subnet'] as SubResource).id);
  return textIn(subnet?.properties, 'privateEndpointNetworkPolicies', 'Disabled').toLowerCase();
}
