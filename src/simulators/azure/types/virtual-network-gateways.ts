/** Gateways of networks: read only. One stands in the subnet named GatewaySubnet. */
import type { ResourceType } from '../resource-type.ts';
import { gatewayTypeName } from '../type-names.ts';
import { type Json, listOfType, type Resource, type SubResource, type World } from '../world.ts';

export const virtualNetworkGateways: ResourceType = { name: gatewayTypeName, family: 'network' };

/** The gateways that stand in a network. */
export function gatewaysOf(world: World, networkKey: string): Resource[] {
  return listOfType(world, gatewayTypeName).filter((gateway) => networkOfGateway(gateway) === networkKey);
}

/** Lower-case id of the network in which a gateway stands. */
export function networkOfGateway(gateway: Resource): string | undefined {
  const [configuration] = (gateway.properties['ipConfigurations'] ?? []) as { properties?: Json }[];
  const subnet = configuration?.properties?.['subnet'] as SubResource | undefined;
  return subnet?.id.toLowerCase().split('/subnets/')[0];
}
