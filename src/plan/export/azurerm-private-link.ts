/** Private Link services and private endpoints as azurerm resources. */
import type { Json } from '../plan.ts';
import { type AzurermResource, named, tagsOf, whenText } from './azurerm.ts';
import type { ExportStep } from './export-step.ts';
import { attribute, block, type HclEntry } from './hcl.ts';
import { literal, texts } from './hcl-value.ts';
import { isList, textAt, textsAt, valueAt } from './json.ts';

export function linkServiceResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const tags = tagsOf(body);
  const frontends = itemsAt(body, 'loadBalancerFrontendIpConfigurations').map((item) => textAt(item, 'id'));
  const addresses = itemsAt(body, 'ipConfigurations').map(natAddress);
  const lists = subscriptionLists(body);
  const proxy = valueAt(body, 'properties', 'enableProxyProtocol');
  return {
    type: 'azurerm_private_link_service',
    entries: [
      ...named(exported),
      attribute('location', literal(textAt(body, 'location'))),
      attribute('load_balancer_frontend_ip_configuration_ids', texts(frontends)),
      ...lists.entries,
      ...(typeof proxy === 'boolean' ? [attribute('enable_proxy_protocol', literal(proxy))] : []),
      ...tags.entries,
      ...addresses.map(({ entry }) => entry),
    ],
    sends: {
      location: textAt(body, 'location'),
      ...tags.sends,
      properties: {
        loadBalancerFrontendIpConfigurations: frontends.map((id) => ({ id })),
        ipConfigurations: addresses.map(({ sent }) => sent),
        ...lists.sends,
        ...(typeof proxy === 'boolean' ? { enableProxyProtocol: proxy } : {}),
      },
    },
  };
}

function subscriptionLists(body: Json): { entries: HclEntry[]; sends: { [key: string]: Json } } {
  const visible = textsAt(body, 'properties', 'visibility', 'subscriptions');
  const approved = textsAt(body, 'properties', 'autoApproval', 'subscriptions');
  const names = textsAt(body, 'properties', 'fqdns');
  return {
    entries: [
      ...(visible === null ? [] : [attribute('visibility_subscription_ids', texts(visible))]),
      ...(approved === null ? [] : [attribute('auto_approval_subscription_ids', texts(approved))]),
      ...(names === null ? [] : [attribute('fqdns', texts(names))]),
    ],
    sends: {
      ...(visible === null ? {} : { visibility: { subscriptions: visible } }),
      ...(approved === null ? {} : { autoApproval: { subscriptions: approved } }),
      ...(names === null ? {} : { fqdns: names }),
    },
  };
}

/** azurerm allocates dynamically unless an address is given. */
function natAddress(item: Json): { entry: HclEntry; sent: Json } {
  const address = textAt(item, 'properties', 'privateIPAddress');
  const version = textAt(item, 'properties', 'privateIPAddressVersion');
  const primary = valueAt(item, 'properties', 'primary') === true;
  const subnet = textAt(item, 'properties', 'subnet', 'id');
  const name = textAt(item, 'name');
  return {
    entry: block(
      'nat_ip_configuration',
      [],
      [
        attribute('name', literal(name)),
        attribute('primary', literal(primary)),
        attribute('subnet_id', literal(subnet)),
        ...whenText('private_ip_address', address),
        ...whenText('private_ip_address_version', version),
      ],
    ),
    sent: {
      name,
      properties: {
        subnet: { id: subnet },
        primary,
        privateIPAllocationMethod: address === '' ? 'Dynamic' : 'Static',
        ...(address === '' ? {} : { privateIPAddress: address }),
        ...(version === '' ? {} : { privateIPAddressVersion: version }),
      },
    },
  };
}

export function endpointResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const tags = tagsOf(body);
  const manual = valueAt(body, 'properties', 'manualPrivateLinkServiceConnections') !== undefined;
  const kind = manual ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections';
  const connection = requested(itemsAt(body, kind)[0] ?? null, manual);
  const subnet = textAt(body, 'properties', 'subnet', 'id');
  const networkInterface = textAt(body, 'properties', 'customNetworkInterfaceName');
  return {
    type: 'azurerm_private_endpoint',
    entries: [
      ...named(exported),
      attribute('location', literal(textAt(body, 'location'))),
      attribute('subnet_id', literal(subnet)),
      ...whenText('custom_network_interface_name', networkInterface),
      ...tags.entries,
      connection.entry,
    ],
    sends: {
      location: textAt(body, 'location'),
      ...tags.sends,
      properties: {
        subnet: { id: subnet },
        ...(networkInterface === '' ? {} : { customNetworkInterfaceName: networkInterface }),
        [kind]: [connection.sent],
      },
    },
  };
}

function requested(connection: Json, manual: boolean): { entry: HclEntry; sent: Json } {
  const name = textAt(connection, 'name');
  const target = textAt(connection, 'properties', 'privateLinkServiceId');
  const message = textAt(connection, 'properties', 'requestMessage');
  const groups = textsAt(connection, 'properties', 'groupIds') ?? [];
  const isId = /^\/subscriptions\//i.test(target);
  return {
    entry: block(
      'private_service_connection',
      [],
      [
        attribute('name', literal(name)),
        attribute(isId ? 'private_connection_resource_id' : 'private_connection_resource_alias', literal(target)),
        attribute('is_manual_connection', literal(manual)),
        ...whenText('request_message', message),
        ...(groups.length === 0 ? [] : [attribute('subresource_names', texts(groups))]),
      ],
    ),
    sent: {
      name,
      properties: {
        privateLinkServiceId: target,
        ...(message === '' ? {} : { requestMessage: message }),
        ...(groups.length === 0 ? {} : { groupIds: groups }),
      },
    },
  };
}

function itemsAt(body: Json, name: string): readonly Json[] {
  const found = valueAt(body, 'properties', name);
  return isList(found) ? found : [];
}
