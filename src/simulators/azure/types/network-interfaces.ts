/** Network interfaces: read only. Those of private endpoints and of link services come and go with their owners. */
import type { ResourceType } from '../resource-type.ts';
import { interfaceTypeName } from '../type-names.ts';
import { type Arm, type Json, listOfType, type Resource, store, type SubResource, type World } from '../world.ts';

export const networkInterfaces: ResourceType = { name: interfaceTypeName, family: 'network' };

export interface IpConfiguration {
  id: string;
  name: string;
  properties: Json & { privateIPAddress?: string; subnet?: SubResource };
}

export interface InterfaceDraft {
  group: string;
  name: string;
  location: string;
  subnet: SubResource;
  addresses: readonly { name: string; address: string; isStatic: boolean }[];
  /** `privateEndpoint` or `privateLinkService`, as the interface names its owner. */
  owner: Record<string, SubResource>;
}

export function makeInterface(arm: Arm, draft: InterfaceDraft): Resource {
  const id = `${draft.group}/providers/${interfaceTypeName}/${draft.name}`;
  return store(arm, {
    id,
    name: draft.name,
    type: interfaceTypeName,
    location: draft.location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: arm.newId(),
      ipConfigurations: draft.addresses.map(({ name, address, isStatic }, index) => ({
        id: `${id}/ipConfigurations/${name}`,
        name,
        type: `${interfaceTypeName}/ipConfigurations`,
        etag: `W/"${arm.newId()}"`,
        properties: {
          provisioningState: 'Succeeded',
          privateIPAddress: address,
          privateIPAllocationMethod: isStatic ? 'Static' : 'Dynamic',
          subnet: draft.subnet,
          primary: index === 0,
          privateIPAddressVersion: 'IPv4',
        },
      })),
      dnsSettings: { dnsServers: [], appliedDnsServers: [] },
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      hostedWorkloads: [],
      tapConfigurations: [],
      nicType: 'Standard',
      ...draft.owner,
    },
  });
}

export function configurationsOf(networkInterface: Resource): IpConfiguration[] {
  return (networkInterface.properties['ipConfigurations'] ?? []) as IpConfiguration[];
}

/** The interface that holds an address in one of a network's subnets. */
export function interfaceAt(world: World, networkKey: string, address: string): Resource | undefined {
  return listOfType(world, interfaceTypeName).find((each) =>
    configurationsOf(each).some(
      ({ properties }) =>
        properties.privateIPAddress === address &&
        properties.subnet?.id.toLowerCase().startsWith(`${networkKey}/subnets/`) === true,
    ),
  );
}
