/**
 * Reads exported Terraform, and says which body each resource stands for: what the providers' own documentation says
 * that they send, written down apart from the export.
 */
import { parse } from '@cdktf/hcl2json';
import type { Json } from '../../../src/plan/plan.ts';

export type Block = { [key: string]: Json };

interface Parsed {
  resource: Record<string, Record<string, Block[]>>;
  data: Record<string, Record<string, Block[]>>;
  provider: Record<string, Block[]>;
  import: Block[];
}

export interface TerraformResource {
  type: string;
  name: string;
  block: Block;
}

export interface Terraform {
  resources: TerraformResource[];
  data: TerraformResource[];
  providers: Block[];
  imports: Block[];
}

export async function readTerraform(text: string): Promise<Terraform> {
  const parsed = (await parse('main.tf', text)) as Partial<Parsed>;
  return {
    resources: listed(parsed.resource ?? {}),
    data: listed(parsed.data ?? {}),
    providers: parsed.provider?.['azurerm'] ?? [],
    imports: (parsed.import ?? []).map((block) => literal(block) as Block),
  };
}

function listed(types: Record<string, Record<string, Block[]>>): TerraformResource[] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, blocks]) =>
      blocks.map((block) => ({ type, name, block: literal(block) as Block })),
    ),
  );
}

/** The parser keeps texts in the form of a template: an expression in `${…}`, and its begin doubled in a text. */
function literal(value: Json): Json {
  if (typeof value === 'string') {
    const [, expression] = /^\$\{([^]*)\}$/.exec(value) ?? [];
    return expression === undefined ? undoubled(value) : { expression };
  }
  if (Array.isArray(value)) {
    return value.map(literal);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [undoubled(key), literal(item)]))
    : value;
}

function undoubled(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Null: the resource says no body. */
export function bodyOf({ type, block }: TerraformResource): Json {
  if (type === 'azapi_update_resource') {
    return block['body'] ?? null;
  }
  if (type === 'azapi_resource') {
    return { ...pick(block, 'location', 'tags'), ...(block['body'] as Block) };
  }
  const body = azurerm[type]?.(block) ?? null;
  return body === null ? null : withoutNothing(body);
}

/** What is not said is not sent. */
function withoutNothing(value: Json | undefined): Json {
  if (Array.isArray(value)) {
    return value.map(withoutNothing);
  }
  if (typeof value !== 'object' || value === null) {
    return value ?? null;
  }
  const said = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(said.map(([key, item]) => [key, withoutNothing(item)]));
}

type Loose = { [key: string]: Json | undefined | Loose };

const azurerm: Readonly<Record<string, (block: Block) => Json>> = {
  azurerm_virtual_network_peering: (block) =>
    properties({
      remoteVirtualNetwork: { id: block['remote_virtual_network_id'] },
      allowVirtualNetworkAccess: block['allow_virtual_network_access'],
      allowForwardedTraffic: block['allow_forwarded_traffic'],
      allowGatewayTransit: block['allow_gateway_transit'],
      useRemoteGateways: block['use_remote_gateways'],
    }),
  azurerm_private_dns_zone: (block) => ({ location: 'global', ...pick(block, 'tags') }),
  azurerm_private_dns_a_record: (block) =>
    properties({ ttl: block['ttl'], aRecords: listOf(block['records']).map((ipv4Address) => ({ ipv4Address })) }),
  azurerm_private_dns_zone_virtual_network_link: (block) => ({
    location: 'global',
    ...pick(block, 'tags'),
    ...properties({
      virtualNetwork: { id: block['virtual_network_id'] },
      registrationEnabled: block['registration_enabled'],
    }),
  }),
  azurerm_private_link_service: (block) => ({
    ...pick(block, 'location', 'tags'),
    ...properties({
      loadBalancerFrontendIpConfigurations: listOf(block['load_balancer_frontend_ip_configuration_ids']).map((id) => ({
        id,
      })),
      ipConfigurations: listOf(block['nat_ip_configuration']).map((item) => natAddress(item as Block)),
      visibility: subscriptions(block['visibility_subscription_ids']),
      autoApproval: subscriptions(block['auto_approval_subscription_ids']),
      fqdns: block['fqdns'],
      enableProxyProtocol: block['enable_proxy_protocol'],
    }),
  }),
  azurerm_private_endpoint: (block) => {
    const asked = listOf(block['private_service_connection'])[0] as Block;
    const connection = {
      name: asked['name'],
      properties: {
        privateLinkServiceId: asked['private_connection_resource_id'] ?? asked['private_connection_resource_alias'],
        requestMessage: asked['request_message'],
        groupIds: asked['subresource_names'],
      },
    };
    const kind =
      asked['is_manual_connection'] === true ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections';
    return {
      ...pick(block, 'location', 'tags'),
      ...properties({
        subnet: { id: block['subnet_id'] },
        customNetworkInterfaceName: block['custom_network_interface_name'],
        [kind]: [connection] as unknown as Json,
      }),
    };
  },
  azurerm_network_security_rule: (block) =>
    properties({
      ...pick(block, 'priority', 'direction', 'access', 'protocol', 'description'),
      sourceAddressPrefix: block['source_address_prefix'],
      sourceAddressPrefixes: block['source_address_prefixes'],
      sourcePortRange: block['source_port_range'],
      sourcePortRanges: block['source_port_ranges'],
      destinationAddressPrefix: block['destination_address_prefix'],
      destinationAddressPrefixes: block['destination_address_prefixes'],
      destinationPortRange: block['destination_port_range'],
      destinationPortRanges: block['destination_port_ranges'],
    }),
  azurerm_route: (block) =>
    properties({
      addressPrefix: block['address_prefix'],
      nextHopType: block['next_hop_type'],
      nextHopIpAddress: block['next_hop_in_ip_address'],
    }),
};

function properties(said: Loose): { properties: Json } {
  return { properties: said as Json };
}

function natAddress(item: Block): Json {
  const address = item['private_ip_address'];
  return {
    name: item['name'] ?? null,
    properties: {
      subnet: { id: item['subnet_id'] ?? null },
      primary: item['primary'] ?? null,
      privateIPAllocationMethod: address === undefined ? 'Dynamic' : 'Static',
      ...(address === undefined ? {} : { privateIPAddress: address }),
      ...(item['private_ip_address_version'] === undefined
        ? {}
        : { privateIPAddressVersion: item['private_ip_address_version'] }),
    },
  };
}

function subscriptions(ids: Json | undefined): Loose | undefined {
  return ids === undefined ? undefined : { subscriptions: ids };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function pick(block: Block, ...names: readonly string[]): Block {
  return Object.fromEntries(names.flatMap((name) => (block[name] === undefined ? [] : [[name, block[name]]])));
}
