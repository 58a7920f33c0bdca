/** Zones, records and links as azurerm resources. */
import type { Json } from '../plan.ts';
import { type AddressValue, type AzurermResource, named, tagsOf } from './azurerm.ts';
import type { ExportStep } from './export-step.ts';
import { attribute } from './hcl.ts';
import { type HclValue, list, literal } from './hcl-value.ts';
import { endpointOf, fieldsAt, isList, textAt, valueAt } from './json.ts';

export function zoneResource(exported: ExportStep): AzurermResource {
  const tags = tagsOf(exported.step.body);
  return {
    type: 'azurerm_private_dns_zone',
    entries: [...named(exported), ...tags.entries],
    sends: { location: 'global', ...tags.sends },
  };
}

export function recordResource(exported: ExportStep, address: AddressValue): AzurermResource {
  const { body } = exported.step;
  const ttl = valueAt(body, 'properties', 'ttl');
  const records = valueAt(body, 'properties', 'aRecords');
  const addresses = (isList(records) ? records : []).map((record) => fieldsAt(record)['ipv4Address'] ?? null);
  return {
    type: 'azurerm_private_dns_a_record',
    entries: [
      ...named(exported),
      attribute('zone_name', literal(exported.address.names[0] ?? '')),
      attribute('ttl', literal(typeof ttl === 'number' ? ttl : null)),
      attribute('records', list(addresses.map((value) => recordValue(value, address)))),
    ],
    sends: { properties: { ttl: ttl ?? null, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) } },
  };
}

function recordValue(value: Json, address: AddressValue): HclValue {
  const endpoint = endpointOf(value);
  return endpoint === null ? literal(typeof value === 'string' ? value : null) : address(endpoint);
}

export function linkResource(exported: ExportStep): AzurermResource {
  const { body } = exported.step;
  const tags = tagsOf(body);
  const network = textAt(body, 'properties', 'virtualNetwork', 'id');
  const registers = valueAt(body, 'properties', 'registrationEnabled') === true;
  return {
    type: 'azurerm_private_dns_zone_virtual_network_link',
    entries: [
      ...named(exported),
      attribute('private_dns_zone_name', literal(exported.address.names[0] ?? '')),
      attribute('virtual_network_id', literal(network)),
      attribute('registration_enabled', literal(registers)),
      ...tags.entries,
    ],
    sends: {
      location: 'global',
      properties: { virtualNetwork: { id: network }, registrationEnabled: registers },
      ...tags.sends,
    },
  };
}
