/**
 * Which rights each kind of step needs, and where. The roles that an administrator gives to the bot hold exactly these;
 * the checks before a plan compare them with what the bot may do.
 *
 * Sources: Microsoft's pages on peering permissions and on role-based access control for Private Link.
 */
import type { ResourceId, StepKind } from './plan.ts';
import { parentOf } from './resource-id.ts';

/**
 * `self`: the resource that is written. `parent`: the one that it is part of. The others are resources that the step only
 * refers to; Azure asks for a right there too ("linked scope").
 */
export type ActionScope =
  | 'self'
  | 'parent'
  | 'remote-network'
  | 'linked-network'
  | 'subnet'
  | 'frontend'
  | 'subnet-references'
  | 'network-references'
  | 'route-table';

export interface RequiredAction {
  action: string;
  scope: ActionScope;
  /** `undo`: only to take the step back. */
  when: 'read' | 'write' | 'undo';
  because: string;
}

const network = 'Microsoft.Network';
const networks = `${network}/virtualNetworks`;
const peerings = `${networks}/virtualNetworkPeerings`;
const linkServices = `${network}/privateLinkServices`;
const zones = `${network}/privateDnsZones`;

function read(action: string, scope: ActionScope, because: string): RequiredAction {
  return { action: `${action}/read`, scope, when: 'read', because };
}

function write(action: string, scope: ActionScope, because: string): RequiredAction {
  return { action, scope, when: 'write', because };
}

function undo(action: string, because: string): RequiredAction {
  return { action: `${action}/delete`, scope: 'self', when: 'undo', because };
}

const peeringActions: readonly RequiredAction[] = [
  read(networks, 'parent', 'to compare address spaces before anything is written'),
  read(peerings, 'self', 'to see the state of the half'),
  write(`${peerings}/write`, 'self', 'to write one half of a peering'),
  write(`${networks}/peer/action`, 'remote-network', 'Azure asks for it on the network at the other end'),
];

/** A whole subnet or network is written back, so Azure asks for the right to use everything that it refers to. */
const joins: readonly [type: string, because: string][] = [
  ['networkSecurityGroups', 'a subnet that is written refers to its security group'],
  ['routeTables', 'a subnet that is written refers to its route table'],
];

function joinActions(scope: ActionScope): RequiredAction[] {
  return joins.map(([type, because]) => write(`${network}/${type}/join/action`, scope, because));
}

export const requiredActions: Readonly<Record<StepKind, readonly RequiredAction[]>> = {
  peering: [...peeringActions, undo(peerings, 'to take the half away again')],
  'peering-repair': [
    ...peeringActions,
    write(`${peerings}/delete`, 'self', 'Azure writes to no dead half, so it is deleted and made again'),
  ],
  'subnet-policy': [
    read(`${networks}/subnets`, 'self', 'to send the subnet back unchanged but for one property'),
    write(`${networks}/subnets/write`, 'self', 'to let a private link service take addresses of the subnet'),
    ...joinActions('subnet-references'),
  ],
  'private-link-service': [
    read(linkServices, 'self', 'to see whether it is there and in which state'),
    write(`${linkServices}/write`, 'self', 'to make the private link service'),
    write(`${networks}/subnets/join/action`, 'subnet', 'it takes its addresses from this subnet'),
    write(`${network}/loadBalancers/frontendIPConfigurations/join/action`, 'frontend', 'it stands on this frontend'),
    undo(linkServices, 'to take it away again'),
  ],
  'private-endpoint': [
    read(`${network}/privateEndpoints`, 'self', 'to see its state and its network interface'),
    read(`${network}/networkInterfaces`, 'parent', 'to learn its address'),
    write(`${network}/privateEndpoints/write`, 'self', 'to make the private endpoint'),
    write(`${networks}/subnets/join/action`, 'subnet', 'it takes its address from this subnet'),
    undo(`${network}/privateEndpoints`, 'to take it away again'),
  ],
  'endpoint-approval': [
    read(`${linkServices}/privateEndpointConnections`, 'parent', 'to find the connection of the endpoint'),
    write(`${linkServices}/privateEndpointConnections/write`, 'parent', 'to accept the connection'),
  ],
  'endpoint-wait': [read(`${network}/privateEndpoints`, 'self', 'to see whether the owner has accepted it')],
  'dns-zone': [
    read(zones, 'self', 'to see whether it is there'),
    write(`${zones}/write`, 'self', 'to make the private zone'),
    undo(zones, 'to take it away again'),
  ],
  'dns-record': [
    read(`${zones}/A`, 'self', 'to see where the name leads'),
    write(`${zones}/A/write`, 'self', 'to let the name lead to its address'),
    undo(`${zones}/A`, 'to take it away again'),
  ],
  'dns-link': [
    read(`${zones}/virtualNetworkLinks`, 'self', 'to see which networks use the zone'),
    write(`${zones}/virtualNetworkLinks/write`, 'self', 'to let a network use the zone'),
    write(`${networks}/join/action`, 'linked-network', 'Azure asks for it on the network that is linked'),
    undo(`${zones}/virtualNetworkLinks`, 'to take it away again'),
  ],
  'dns-servers': [
    read(networks, 'self', 'to send the network back unchanged but for its DNS servers'),
    write(`${networks}/write`, 'self', 'DNS servers are a property of the network itself'),
    ...joinActions('network-references'),
  ],
  'security-rule': [
    read(`${network}/networkSecurityGroups`, 'parent', 'to see the rules beside it'),
    read(`${network}/networkSecurityGroups/securityRules`, 'self', 'to see whether it is there'),
    write(`${network}/networkSecurityGroups/securityRules/write`, 'self', 'to let the connection through'),
    undo(`${network}/networkSecurityGroups/securityRules`, 'to take it away again'),
  ],
  route: [
    read(`${network}/routeTables`, 'parent', 'to see the routes beside it'),
    read(`${network}/routeTables/routes`, 'self', 'to see whether it is there'),
    write(`${network}/routeTables/routes/write`, 'self', 'to send the traffic the right way'),
    undo(`${network}/routeTables/routes`, 'to take it away again'),
  ],
  'route-table': [
    read(`${networks}/subnets`, 'self', 'to send the subnet back unchanged but for its route table'),
    write(`${networks}/subnets/write`, 'self', 'to attach the route table to the subnet'),
    write(`${network}/routeTables/join/action`, 'route-table', 'the subnet refers to it'),
  ],
};

/** Rights that are needed whatever the plan holds: what is compared before it, and the operations of its writes. */
export const surveyActions: readonly Omit<RequiredAction, 'scope' | 'when'>[] = [
  { action: `${network}/loadBalancers/read`, because: 'to find the address of the apps' },
  { action: `${network}/networkSecurityGroups/read`, because: 'to find rules that would block the connection' },
  { action: `${network}/routeTables/read`, because: 'to find routes that would lead it astray' },
  { action: `${network}/locations/operations/read`, because: 'to see how far a long write is' },
  { action: `${network}/locations/operationResults/read`, because: 'to see how a long write ended' },
  { action: `${network}/privateDnsOperationStatuses/read`, because: 'to see how far a long write of a zone is' },
  { action: `${network}/privateDnsOperationResults/read`, because: 'to see how a long write of a zone ended' },
  { action: 'Microsoft.Authorization/permissions/read', because: 'to find a missing right before anybody approves' },
  { action: 'Microsoft.Authorization/denyAssignments/read', because: 'to find a forbidden write before it' },
  { action: 'Microsoft.Authorization/locks/read', because: 'to find a lock before it' },
  { action: 'Microsoft.DBforPostgreSQL/flexibleServers/read', because: 'to find the read replica of the database' },
  { action: 'Microsoft.Resources/subscriptions/read', because: 'to call subscriptions by their names' },
  { action: 'Microsoft.Solutions/applications/read', because: 'to find the managed application of an environment' },
  {
    action: `${network}/locations/checkPrivateLinkServiceVisibility/action`,
    because: 'to find out whether an alias may be used',
  },
  { action: 'Microsoft.Authorization/policyAssignments/read', because: 'to see whether policies may refuse a write' },
  {
    action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/action',
    because: 'to find a write that a policy would refuse',
  },
];

/** What a try by Network Watcher needs, where the settings name a machine for it. */
export const probeActions: readonly Omit<RequiredAction, 'scope' | 'when'>[] = [
  { action: 'Microsoft.Compute/virtualMachines/read', because: 'to find out in which network the machine stands' },
  { action: `${network}/networkInterfaces/read`, because: 'that stands at its network interface' },
  { action: `${network}/networkWatchers/connectivityCheck/action`, because: 'to try a connection' },
  { action: `${network}/networkWatchers/connectivityCheck/read`, because: 'to read what became of it' },
];

/** What a step would refer to, as far as it says so itself or as the reading showed. */
export interface References {
  securityGroups: readonly ResourceId[];
  routeTables: readonly ResourceId[];
}

/** Where each required action of a step has to be allowed; `references` is what the written subnets refer to. */
export function scopesOf(
  step: { resource: ResourceId; body: unknown },
  { scope, action }: RequiredAction,
  references: References,
): ResourceId[] {
  const { properties } = (step.body ?? {}) as { properties?: BodyReferences };
  switch (scope) {
    case 'self':
      return [step.resource];
    case 'parent':
      return [parentOf(step.resource) ?? step.resource];
    case 'remote-network':
      return idsOf([properties?.remoteVirtualNetwork]);
    case 'linked-network':
      return idsOf([properties?.virtualNetwork]);
    case 'subnet':
      return idsOf([
        properties?.subnet,
        ...(properties?.ipConfigurations ?? []).map((entry) => entry.properties?.subnet),
      ]);
    case 'frontend':
      return idsOf(properties?.loadBalancerFrontendIpConfigurations ?? []);
    case 'route-table':
      return idsOf([properties?.routeTable]);
    case 'subnet-references':
    case 'network-references':
      return [...(action.includes('/routeTables/') ? references.routeTables : references.securityGroups)];
    default: {
      const never: never = scope;
      return never;
    }
  }
}

interface Reference {
  id?: string;
}

interface BodyReferences {
  remoteVirtualNetwork?: Reference;
  virtualNetwork?: Reference;
  subnet?: Reference;
  routeTable?: Reference;
  ipConfigurations?: readonly { properties?: { subnet?: Reference } }[];
  loadBalancerFrontendIpConfigurations?: readonly Reference[];
}

function idsOf(references: readonly (Reference | undefined)[]): ResourceId[] {
  return references.flatMap((reference) => reference?.id ?? []);
}
