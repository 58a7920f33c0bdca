/** What GET always shows of a resource, and what somebody who wrote a world by hand may have left out. */
import { readResourceId } from './resource-id.ts';
import { interfaceTypeName } from './type-names.ts';
import { type Peering, peeringTypeName, prefixesOf } from './types/peering-state.ts';
import { linkTypeName } from './types/private-dns-zones.ts';
import { subnetTypeName } from './types/subnets.ts';
import { type Arm, find, type Json, type Resource, type SubResource, textIn } from './world.ts';

export function completeBody(arm: Arm, resource: Resource): void {
  const type = resource.type.toLowerCase();
  const isRecord = /privatednszones\/(?:a|aaaa|cname|mx|ptr|soa|srv|txt)$/.test(type);
  const { properties } = resource;
  resource.properties = isRecord ? properties : { provisioningState: 'Succeeded', ...properties };
  if (withGuid.test(type)) {
    resource.properties['resourceGuid'] ??= arm.newId();
  }
  completions[type]?.(arm, resource);
}

const withGuid =
  /\/(?:virtualnetworks|virtualnetworkpeerings|loadbalancers|networkinterfaces|networksecuritygroups|routetables|virtualnetworkgateways|publicipaddresses)$/;

const completions: Record<string, (arm: Arm, resource: Resource) => void> = {
  [peeringTypeName.toLowerCase()]: (arm, resource) => {
    const peering = resource as Peering;
    const remote = find(arm.world, (resource.properties['remoteVirtualNetwork'] as { id?: string } | undefined)?.id);
    peering.properties.peeringState ??= 'Initiated';
    peering.properties.remoteAddressSpace ??= { addressPrefixes: prefixesOf(remote) };
  },
  [linkTypeName.toLowerCase()]: (_arm, link) => {
    link.properties['virtualNetworkLinkState'] ??= 'Completed';
  },
  [subnetTypeName.toLowerCase()]: (arm, subnet) => {
    subnet.properties['privateEndpointNetworkPolicies'] ??= 'Disabled';
    subnet.properties['privateLinkServiceNetworkPolicies'] ??= 'Enabled';
    leaveOutKnown(arm, subnet, 'ipConfigurations');
    leaveOutKnown(arm, subnet, 'privateEndpoints');
  },
  [interfaceTypeName.toLowerCase()]: (_arm, networkInterface) => {
    const configurations = (networkInterface.properties['ipConfigurations'] ?? []) as Json[];
    for (const [index, each] of configurations.entries()) {
      each['id'] ??= `${networkInterface.id}/ipConfigurations/${textIn(each, 'name', `ipconfig${index + 1}`)}`;
    }
  },
};

/** Who uses a subnet follows from the resources of the world; only users that it does not have stay written down. */
function leaveOutKnown(arm: Arm, subnet: Resource, property: string): void {
  const users = subnet.properties[property] as SubResource[] | undefined;
  if (users === undefined) {
    return;
  }
  const others = users.filter(({ id }) => find(arm.world, holderOf(id)) === undefined);
  delete subnet.properties[property];
  if (others.length > 0) {
    subnet.properties[property] = others;
  }
}

function holderOf(id: string): string {
  const parsed = readResourceId(id);
  return parsed?.type.endsWith('configurations') === true ? (parsed.parentKey ?? id) : id;
}
