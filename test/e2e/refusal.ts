/** A world in which something stands in the way of a connection, and the way to the card that says so. */
import { exampleGroups } from '../../src/simulators/azure/example-world.ts';

export interface Resource {
  id: string;
  properties: Record<string, unknown>;
  [key: string]: unknown;
}

export interface WorldParts {
  resources: Record<string, Resource>;
  locks: object[];
  roleAssignments: object[];
  denyAssignments: object[];
  policies: object[];
}

export interface Refusal {
  what: string;
  /** Changes a copy of the example world. */
  world?: (world: WorldParts) => void;
  /** One read of this path is refused. */
  unread?: string;
  say: string;
  /** Buttons on the way, by their titles. */
  press: readonly string[];
  /** Stands on the card that comes then. */
  reads: readonly string[];
  /** All buttons of that card. */
  buttons: readonly string[];
  /** Name of its picture. */
  picture?: string;
}

export const toMethod = ['Continue'];
export const byPeering = ['Continue', 'Use peering'];
export const byLink = ['Continue', 'Use Private Link'];
export const stopped = ['Change answers', 'Check again', 'Cancel'];
const forms = ['Text', 'az', 'Bicep', 'Terraform'];
export const planned = [...forms, 'Ask for approval', 'Change answers', 'Cancel'];

export function resource({ resources }: WorldParts, id: string): Resource {
  const found = resources[id.toLowerCase()];
  if (found === undefined) {
    throw new Error(`The example world has no ${id}.`);
  }
  return found;
}

export function addPeering(
  world: WorldParts,
  from: string,
  to: string,
  name: string,
  range: string,
  state: string,
): void {
  const id = `${from}/virtualNetworkPeerings/${name}`;
  world.resources[id.toLowerCase()] = {
    id,
    name,
    type: 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
    properties: {
      provisioningState: 'Succeeded',
      peeringState: state,
      remoteVirtualNetwork: { id: to },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      remoteAddressSpace: { addressPrefixes: [range] },
    },
  };
}

/** A network that was deleted after it had been peered. */
export function gone(name: string): string {
  return `${exampleGroups.hub}/providers/Microsoft.Network/virtualNetworks/${name}`;
}
