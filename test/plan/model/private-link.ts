/** Private link services, endpoints and their connections. */
import {
  type EndpointConnectionSeen,
  type EndpointSeen,
  type LinkServiceSeen,
  sameResource,
  type SubnetSeen,
  type Survey,
} from '../../../src/plan/world.ts';
import { change, changeSubnet, networkAt, refuse, subnetAt, without } from './base.ts';

export interface ServiceBody {
  loadBalancerFrontendIpConfigurations: { id: string }[];
  ipConfigurations: { properties: { subnet: { id: string } } }[];
  visibility: { subscriptions: string[] };
  autoApproval: { subscriptions: string[] };
}

export function writeLinkService(world: Survey, resource: string, body: ServiceBody): Survey {
  const natSubnets = body.ipConfigurations.map(({ properties }) => properties.subnet.id);
  const policies = natSubnets.map((id) => subnetAt(world, id).linkServicePolicies);
  refuse(policies.includes('Enabled') && 'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled');
  const name = resource.split('/').at(-1) ?? '';
  const service = {
    id: resource,
    name,
    location: world.environment.location,
    alias: `${name}.guid.westeurope.azure.privatelinkservice`,
    frontends: body.loadBalancerFrontendIpConfigurations.map(({ id }) => id),
    natSubnets,
    visibleTo: body.visibility.subscriptions,
    autoApproves: body.autoApproval.subscriptions,
    connections: [],
  };
  const made = { ...world, linkServices: [...(world.linkServices ?? []), service] };
  return natSubnets.reduce<Survey>((next, id) => changeSubnet(next, id, ({ used }) => ({ used: used + 1 })), made);
}

export function removeLinkService(world: Survey, resource: string): Survey {
  const service = world.linkServices?.find(({ id }) => sameResource(id, resource));
  refuse((service?.connections.length ?? 0) > 0 && 'a service with connections cannot be deleted');
  const removed = { ...world, linkServices: without(world.linkServices ?? [], resource) };
  return (service?.natSubnets ?? []).reduce<Survey>(
    (next, id) => changeSubnet(next, id, ({ used }) => ({ used: used - 1 })),
    removed,
  );
}

interface ConnectionBody {
  properties: { privateLinkServiceId: string };
}

export interface EndpointBody {
  subnet: { id: string };
  privateLinkServiceConnections?: ConnectionBody[];
  manualPrivateLinkServiceConnections?: ConnectionBody[];
}

export function writeEndpoint(world: Survey, resource: string, body: EndpointBody): Survey {
  const subnet = subnetAt(world, body.subnet.id);
  refuse(subnet.delegations.length > 0 && 'ResourceNotPermittedOnDelegatedSubnet');
  const manual = body.manualPrivateLinkServiceConnections ?? [];
  const target = [...(body.privateLinkServiceConnections ?? []), ...manual][0]?.properties.privateLinkServiceId ?? '';
  const automatic = manual.length === 0;
  const made: EndpointSeen = {
    id: resource,
    name: resource.split('/').at(-1) ?? '',
    location: networkAt(world, body.subnet.id.replace(/\/subnets\/[^/]+$/, ''))?.location ?? '',
    subnet: body.subnet.id,
    target,
    manual: !automatic,
    state: automatic ? 'Approved' : 'Pending',
    address: endpointAddress(subnet),
  };
  const asked = changeConnections(
    { ...world, endpoints: [...(world.endpoints ?? []), made] },
    (connections, service) =>
      sameResource(service.id, target) || service.alias === target
        ? [...connections, connectionOf(made, service)]
        : [...connections],
  );
  return changeSubnet(asked, subnet.id, ({ used }) => ({ used: used + 1 }));
}

function connectionOf({ id, name, state }: EndpointSeen, service: LinkServiceSeen): EndpointConnectionSeen {
  return { id: `${service.id}/privateEndpointConnections/${name}.guid`, endpoint: id, state };
}

/** The next free address of the subnet, as the model gives them out. */
export function endpointAddress(subnet: SubnetSeen): string {
  const [base = ''] = (subnet.prefixes[0] ?? '').split('/');
  const parts = base.split('.').map(Number);
  return [...parts.slice(0, 3), (parts[3] ?? 0) + 4 + subnet.used].join('.');
}

/** By the owner: the connection of the endpoint itself. */
export function accept(world: Survey, endpoint: string): Survey {
  const found = world.endpoints?.find(({ id }) => sameResource(id, endpoint));
  if (found === undefined) {
    throw new Error(`Azure would refuse: there is no endpoint ${endpoint}`);
  }
  return changeConnections(
    { ...world, endpoints: change(world.endpoints ?? [], endpoint, () => ({ state: 'Approved' })) },
    (connections) => connections.map((each) => (sameResource(each.endpoint, endpoint) ? accepted(each) : each)),
  );
}

function accepted(connection: EndpointConnectionSeen): EndpointConnectionSeen {
  return { ...connection, state: 'Approved' };
}

/** Of every service that was read. */
function changeConnections(
  world: Survey,
  by: (connections: readonly EndpointConnectionSeen[], service: LinkServiceSeen) => EndpointConnectionSeen[],
): Survey {
  return world.linkServices === undefined
    ? world
    : {
        ...world,
        linkServices: world.linkServices.map((service) =>
          Object.assign({}, service, { connections: by(service.connections, service) }),
        ),
      };
}

export function approve(world: Survey, resource: string): Survey {
  const [, service = '', name = ''] = /^(.*)\/privateEndpointConnections\/([^/]+)$/.exec(resource) ?? [];
  const connection = world.linkServices
    ?.find(({ id }) => sameResource(id, service))
    ?.connections.find(({ endpoint }) => (endpoint.split('/').at(-1) ?? '') === name);
  refuse(connection === undefined && 'PrivateEndpointConnectionCannotBeCreatedByServiceProvider');
  return accept(world, connection?.endpoint ?? '');
}

export function removeEndpoint(world: Survey, resource: string): Survey {
  const found = world.endpoints?.find(({ id }) => sameResource(id, resource));
  const removed = changeConnections({ ...world, endpoints: without(world.endpoints ?? [], resource) }, (connections) =>
    connections.filter(({ endpoint }) => !sameResource(endpoint, resource)),
  );
  return changeSubnet(removed, found?.subnet ?? '', ({ used }) => ({ used: used - 1 }));
}
