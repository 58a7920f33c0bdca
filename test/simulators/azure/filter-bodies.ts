/** Rules, routes, machines and pairs of peerings for tests of what gets through. */
import { exampleGroups } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo } from './arm-client.ts';

export async function connect(
  arm: ArmBench,
  one: string,
  other: string,
  flags: Record<string, unknown> = {},
): Promise<void> {
  await arm.make(`${one}/virtualNetworkPeerings/to-${nameOf(other)}`, peeringTo(other, flags));
  await arm.make(`${other}/virtualNetworkPeerings/to-${nameOf(one)}`, peeringTo(one, flags));
}

function nameOf(id: string): string {
  return id.split('/').at(-1) ?? '';
}

export function rule(priority: number, change: Record<string, unknown> = {}): unknown {
  return {
    properties: {
      priority,
      direction: 'Outbound',
      access: 'Allow',
      protocol: 'Tcp',
      sourcePortRange: '*',
      destinationPortRange: '443',
      sourceAddressPrefix: '*',
      destinationAddressPrefix: '192.168.0.0/22',
      ...change,
    },
  };
}

export function route(addressPrefix: string, nextHopType: string, nextHopIpAddress?: string): unknown {
  return {
    properties: { addressPrefix, nextHopType, ...(nextHopIpAddress === undefined ? {} : { nextHopIpAddress }) },
  };
}

/** Puts machines with open ports into a network, by their interface. */
export async function addMachines(
  arm: ArmBench,
  machines: { name: string; subnet: string; address: string; ports?: number[]; forwards?: boolean }[],
): Promise<void> {
  const { resources } = await arm.world();
  const added = machines.map(({ name, subnet, address, forwards }) => ({
    id: `${exampleGroups.hub}/providers/Microsoft.Network/networkInterfaces/${name}`,
    location: 'westeurope',
    properties: {
      enableIPForwarding: forwards === true,
      ipConfigurations: [{ name: 'a', properties: { privateIPAddress: address, subnet: { id: subnet } } }],
    },
  }));
  await arm.control('world', {
    resources: { ...resources, ...Object.fromEntries(added.map((each) => [each.id, each])) },
    listeners: Object.fromEntries(added.map(({ id }, index) => [id, machines[index]?.ports ?? []])),
  });
}
