/** The commands of the Azure CLI that exports use, and what each one sends. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AzArm, Body } from './az-arm.ts';
import { printed } from './az-show.ts';

interface Call {
  arm: AzArm;
  /** Null when the option is absent. */
  one(name: string): string | null;
  /** Exactly one value. */
  given(name: string): string;
  many(name: string): string[];
}

interface Command {
  options: readonly string[];
  /** @returns what is printed. */
  run(call: Call): Promise<string>;
}

const ofGroup = ['resource-group', 'name'];
const filterNames = ['source', 'destination'].flatMap((end) => [`${end}-address-prefixes`, `${end}-port-ranges`]);

export const azCommands: Readonly<Record<string, Command>> = {
  'network vnet peering create': {
    options: [...ofGroup, 'vnet-name', 'remote-vnet', ...switchNames()],
    run: (call) => silently(call.arm.put(peeringId(call), { name: call.given('name'), properties: switches(call) })),
  },
  'network vnet peering update': {
    options: [...ofGroup, 'vnet-name', ...switchNames()],
    async run(call) {
      const found = await call.arm.get(peeringId(call));
      const { remoteVirtualNetwork: _remote, ...set } = switches(call);
      return silently(call.arm.put(peeringId(call), { ...found, properties: { ...propertiesOf(found), ...set } }));
    },
  },
  'network vnet peering sync': {
    options: [...ofGroup, 'vnet-name'],
    async run(call) {
      const { remoteVirtualNetwork, ...rest } = propertiesOf(await call.arm.get(peeringId(call)));
      const kept = Object.fromEntries(Object.values(peeringSwitches).map((property) => [property, rest[property]]));
      const body = { properties: { remoteVirtualNetwork, ...kept } };
      return silently(call.arm.put(peeringId(call), body, { query: '&syncRemoteAddressSpace=true' }));
    },
  },
  'network vnet peering delete': { options: ['ids'], run: (call) => silently(call.arm.remove(call.given('ids'))) },
  'network vnet peering show': { options: ['ids'], run: show },
  'network vnet update': {
    options: ['ids', 'dns-servers'],
    run: (call) =>
      changePart(call, { dhcpOptions: { dnsServers: call.many('dns-servers').filter((text) => text !== '') } }),
  },
  'network vnet subnet update': {
    options: ['ids', 'route-table', 'private-link-service-network-policies', 'private-endpoint-network-policies'],
    run: (call) => changePart(call, subnetPart(call)),
  },
  'network private-dns zone create': {
    options: [...ofGroup, 'tags'],
    run: (call) => silently(call.arm.put(zoneId(call, 'name'), { location: 'global', ...tagsOf(call) }, ifNone)),
  },
  'network private-dns link vnet create': {
    options: [...ofGroup, 'zone-name', 'virtual-network', 'registration-enabled', 'tags'],
    run: (call) => {
      const properties = {
        registrationEnabled: call.given('registration-enabled') === 'true',
        virtualNetwork: { id: call.given('virtual-network') },
      };
      const id = `${zoneId(call, 'zone-name')}/virtualNetworkLinks/${call.given('name')}`;
      return silently(call.arm.put(id, { location: 'global', properties, ...tagsOf(call) }, ifNone));
    },
  },
  'network private-dns link vnet show': { options: ['ids'], run: show },
  'network private-dns record-set a create': {
    options: [...ofGroup, 'zone-name', 'ttl'],
    run: (call) => {
      const id = `${zoneId(call, 'zone-name')}/A/${call.given('name')}`;
      return silently(call.arm.put(id, { properties: { ttl: Number(call.given('ttl')) } }, ifNone));
    },
  },
  'network private-dns record-set a add-record': {
    options: ['resource-group', 'zone-name', 'record-set-name', 'ipv4-address'],
    async run(call) {
      const id = `${zoneId(call, 'zone-name')}/A/${call.given('record-set-name')}`;
      const { ttl, aRecords = [] } = propertiesOf(await call.arm.get(id));
      const records = [...(aRecords as Body[]), { ipv4Address: call.given('ipv4-address') }];
      return silently(call.arm.put(id, { properties: { ttl, aRecords: records } }));
    },
  },
  'network private-endpoint create': {
    options: [
      ...ofGroup,
      'location',
      'subnet',
      'connection-name',
      'private-connection-resource-id',
      'manual-request',
      'request-message',
      'group-ids',
      'tags',
    ],
    run: (call) => silently(call.arm.put(childId(call, 'privateEndpoints', ['name']), endpointBody(call))),
  },
  'network private-endpoint show': { options: ['ids'], run: show },
  'network nic show': { options: ['ids'], run: show },
  'network private-link-service show': { options: ['ids'], run: show },
  'network private-link-service connection update': {
    options: ['ids', 'connection-status', 'description'],
    async run(call) {
      const found = await call.arm.get(call.given('ids'));
      const state = propertiesOf(found)['privateLinkServiceConnectionState'] as Body;
      const description = call.one('description');
      const decided = {
        ...state,
        status: call.given('connection-status'),
        ...(description === null ? {} : { description }),
      };
      const properties = { ...propertiesOf(found), privateLinkServiceConnectionState: decided };
      return silently(call.arm.put(call.given('ids'), { ...found, properties }));
    },
  },
  'network nsg rule create': {
    options: [...ofGroup, 'nsg-name', 'priority', 'direction', 'access', 'protocol', 'description', ...filterNames],
    run: (call) =>
      silently(
        call.arm.put(childId(call, 'networkSecurityGroups', ['nsg-name', 'securityRules', 'name']), ruleBody(call)),
      ),
  },
  'network route-table route create': {
    options: [...ofGroup, 'route-table-name', 'address-prefix', 'next-hop-type', 'next-hop-ip-address'],
    run: (call) => {
      const hop = call.one('next-hop-ip-address');
      const properties = {
        addressPrefix: call.given('address-prefix'),
        nextHopType: call.given('next-hop-type'),
        ...(hop === null ? {} : { nextHopIpAddress: hop }),
      };
      return silently(
        call.arm.put(childId(call, 'routeTables', ['route-table-name', 'routes', 'name']), { properties }),
      );
    },
  },
  'resource create': {
    options: ['id', 'api-version', 'is-full-object', 'properties'],
    run: (call) => {
      const body = JSON.parse(call.given('properties')) as Body;
      if (body['location'] === undefined) {
        throw new Error('location of the resource is required');
      }
      return silently(call.arm.put(call.given('id'), body));
    },
  },
  'resource delete': { options: ['ids'], run: (call) => silently(call.arm.remove(call.given('ids'))) },
  'resource wait': {
    options: ['ids', 'api-version', 'created'],
    async run(call) {
      for (;;) {
        const { provisioningState = 'Succeeded' } = propertiesOf(await call.arm.get(call.given('ids')));
        if (provisioningState === 'Succeeded') {
          return '';
        }
        await wait(10);
      }
    },
  },
  rest: {
    options: ['method', 'url', 'body'],
    run: (call) =>
      silently(call.arm.send(call.given('method').toUpperCase(), call.given('url'), JSON.parse(call.given('body')))),
  },
};

const ifNone = { headers: { 'If-None-Match': '*' } };

async function silently(done: Promise<void>): Promise<string> {
  await done;
  return '';
}

function childId(call: Call, type: string, path: readonly string[]): string {
  const [subscription, group] = [call.given('subscription'), call.given('resource-group')];
  const names = path.map((part) => (part === 'name' || part.endsWith('-name') ? call.given(part) : part));
  return [`/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network`, type, ...names].join(
    '/',
  );
}

function peeringId(call: Call): string {
  return childId(call, 'virtualNetworks', ['vnet-name', 'virtualNetworkPeerings', 'name']);
}

function zoneId(call: Call, option: string): string {
  return childId(call, 'privateDnsZones', [option]);
}

const peeringSwitches = {
  'allow-vnet-access': 'allowVirtualNetworkAccess',
  'allow-forwarded-traffic': 'allowForwardedTraffic',
  'allow-gateway-transit': 'allowGatewayTransit',
  'use-remote-gateways': 'useRemoteGateways',
} as const;

function switchNames(): string[] {
  return ['allow-vnet-access', 'allow-forwarded-traffic', 'allow-gateway-transit', 'use-remote-gateways'];
}

function switches(call: Call): Body {
  const set = Object.entries(peeringSwitches).map(([name, property]) => [property, call.one(name) === 'true']);
  return { remoteVirtualNetwork: { id: call.one('remote-vnet') }, ...Object.fromEntries(set) };
}

function propertiesOf(body: Body): Body {
  return (body['properties'] ?? {}) as Body;
}

/** The whole resource is read, changed and written back. */
async function changePart(call: Call, part: Body): Promise<string> {
  const id = call.given('ids');
  const found = await call.arm.get(id);
  return silently(call.arm.put(id, { ...found, properties: { ...propertiesOf(found), ...part } }));
}

function subnetPart(call: Call): Body {
  const table = call.one('route-table');
  const [service, endpoint] = [
    call.one('private-link-service-network-policies'),
    call.one('private-endpoint-network-policies'),
  ];
  return {
    ...(table === null ? {} : { routeTable: table === 'null' ? undefined : { id: table } }),
    ...(service === null ? {} : { privateLinkServiceNetworkPolicies: service }),
    ...(endpoint === null ? {} : { privateEndpointNetworkPolicies: endpoint }),
  };
}

function tagsOf(call: Call): Body {
  const tags = call.many('tags').map((word) => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)];
  });
  return tags.length === 0 ? {} : { tags: Object.fromEntries(tags) as Body };
}

function endpointBody(call: Call): Body {
  const message = call.one('request-message');
  const groups = call.many('group-ids');
  const connection = {
    name: call.given('connection-name'),
    properties: {
      privateLinkServiceId: call.given('private-connection-resource-id'),
      ...(message === null ? {} : { requestMessage: message }),
      ...(groups.length === 0 ? {} : { groupIds: groups }),
    },
  };
  const manual = call.given('manual-request') === 'true';
  return {
    location: call.given('location'),
    ...tagsOf(call),
    properties: {
      subnet: { id: call.given('subnet') },
      [manual ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections']: [connection],
    },
  };
}

const filters = {
  'source-address-prefixes': ['sourceAddressPrefix', 'sourceAddressPrefixes'],
  'source-port-ranges': ['sourcePortRange', 'sourcePortRanges'],
  'destination-address-prefixes': ['destinationAddressPrefix', 'destinationAddressPrefixes'],
  'destination-port-ranges': ['destinationPortRange', 'destinationPortRanges'],
} as const;

/** One value goes into the singular property, several into the plural one. */
function ruleBody(call: Call): Body {
  const filter = Object.entries(filters).map(([name, [one, several]]) => {
    const values = call.many(name);
    return values.length === 1 ? [one, values[0]] : [several, values];
  });
  const description = call.one('description');
  return {
    properties: {
      priority: Number(call.given('priority')),
      direction: call.given('direction'),
      access: call.given('access'),
      protocol: call.given('protocol'),
      ...(description === null ? {} : { description }),
      ...(Object.fromEntries(filter) as Body),
    },
  };
}

async function show(call: Call): Promise<string> {
  return printed(await call.arm.get(call.given('ids')), call.given('query'), call.given('output'));
}
