/** Peerings, rules of security groups and routes as azurerm resources. */
import type { Json } from '../plan.ts';
import { type AzurermResource, named, whenText } from './azurerm.ts';
import type { ExportStep } from './export-step.ts';
import { attribute, type HclEntry } from './hcl.ts';
import { literal, texts } from './hcl-value.ts';
import { textAt, textsAt, valueAt } from './json.ts';

const switches = {
  allowVirtualNetworkAccess: 'allow_virtual_network_access',
  allowForwardedTraffic: 'allow_forwarded_traffic',
  allowGatewayTransit: 'allow_gateway_transit',
  useRemoteGateways: 'use_remote_gateways',
} as const;

export function peeringResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const remote = textAt(body, 'properties', 'remoteVirtualNetwork', 'id');
  const set = Object.entries(switches).map(([property, name]) => ({
    property,
    name,
    on: valueAt(body, 'properties', property) === true,
  }));
  const said: Json = Object.fromEntries(set.map(({ property, on }) => [property, on]));
  return {
    type: 'azurerm_virtual_network_peering',
    entries: [
      ...named(exported),
      attribute('virtual_network_name', literal(exported.address.names[0] ?? '')),
      attribute('remote_virtual_network_id', literal(remote)),
      ...set.map(({ name, on }) => attribute(name, literal(on))),
    ],
    sends: { properties: { remoteVirtualNetwork: { id: remote }, ...said } },
  };
}

/** Each is one value, or a list of several under another name. */
const fields = [
  ['sourceAddressPrefix', 'sourceAddressPrefixes', 'source_address_prefix', 'source_address_prefixes'],
  ['sourcePortRange', 'sourcePortRanges', 'source_port_range', 'source_port_ranges'],
  [
    'destinationAddressPrefix',
    'destinationAddressPrefixes',
    'destination_address_prefix',
    'destination_address_prefixes',
  ],
  ['destinationPortRange', 'destinationPortRanges', 'destination_port_range', 'destination_port_ranges'],
] as const;

export function ruleResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const priority = valueAt(body, 'properties', 'priority');
  const words = ['direction', 'access', 'protocol'].map((name) => [name, textAt(body, 'properties', name)] as const);
  const description = textAt(body, 'properties', 'description');
  const filter = fields.map((field) => filterField(body, field));
  return {
    type: 'azurerm_network_security_rule',
    entries: [
      ...named(exported),
      attribute('network_security_group_name', literal(exported.address.names[0] ?? '')),
      attribute('priority', literal(typeof priority === 'number' ? priority : null)),
      ...words.map(([name, value]) => attribute(name, literal(value))),
      ...filter.map(({ entry }) => entry),
      ...whenText('description', description),
    ],
    sends: {
      properties: {
        priority: priority ?? null,
        ...Object.fromEntries(words),
        ...Object.fromEntries(filter.map(({ sent }) => sent)),
        ...(description === '' ? {} : { description }),
      },
    },
  };
}

function filterField(
  body: Json,
  [one, several, oneName, severalName]: (typeof fields)[number],
): { entry: HclEntry; sent: [string, Json] } {
  const single = textAt(body, 'properties', one);
  const values = textsAt(body, 'properties', several) ?? [];
  return single === ''
    ? { entry: attribute(severalName, texts(values)), sent: [several, values] }
    : { entry: attribute(oneName, literal(single)), sent: [one, single] };
}

export function routeResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const prefix = textAt(body, 'properties', 'addressPrefix');
  const kind = textAt(body, 'properties', 'nextHopType');
  const hop = textAt(body, 'properties', 'nextHopIpAddress');
  return {
    type: 'azurerm_route',
    entries: [
      ...named(exported),
      attribute('route_table_name', literal(exported.address.names[0] ?? '')),
      attribute('address_prefix', literal(prefix)),
      attribute('next_hop_type', literal(kind)),
      ...whenText('next_hop_in_ip_address', hop),
    ],
    sends: {
      properties: { addressPrefix: prefix, nextHopType: kind, ...(hop === '' ? {} : { nextHopIpAddress: hop }) },
    },
  };
}
