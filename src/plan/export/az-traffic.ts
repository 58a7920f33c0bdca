/** Rules of security groups and routes as Azure CLI commands. */
import { type AzCommand, option } from './az-command.ts';
import { quietly } from './az-whole.ts';
import type { ExportStep } from './export-step.ts';
import { fieldsAt, textAt, textsAt, valueAt } from './json.ts';
import type { Json } from '../plan.ts';

/** Each is one value, or a list of several under another name. */
const fields = [
  { one: 'sourceAddressPrefix', several: 'sourceAddressPrefixes', name: 'source-address-prefixes' },
  { one: 'sourcePortRange', several: 'sourcePortRanges', name: 'source-port-ranges' },
  { one: 'destinationAddressPrefix', several: 'destinationAddressPrefixes', name: 'destination-address-prefixes' },
  { one: 'destinationPortRange', several: 'destinationPortRanges', name: 'destination-port-ranges' },
] as const;

export function ruleCommand({ address, step }: ExportStep): AzCommand {
  const { body } = step;
  const properties = fieldsAt(body, 'properties');
  const description = textAt(body, 'properties', 'description');
  const priority = valueAt(body, 'properties', 'priority') ?? null;
  const filter = fields.map(({ one, several, name }) => ({ one, several, name, values: valuesOf(body, one, several) }));
  const said = filter.map(({ one, several, values }): [string, Json] =>
    values.length === 1 ? [one, values[0] ?? null] : [several, values],
  );
  const words = ['direction', 'access', 'protocol'].map((key) => [key, textAt(properties, key)] as const);
  return {
    words: ['network', 'nsg', 'rule', 'create'],
    options: [
      option('subscription', address.subscription),
      option('resource-group', address.resourceGroup),
      option('nsg-name', address.names[0] ?? ''),
      option('name', address.name),
      option('priority', JSON.stringify(priority)),
      ...words.map(([key, value]) => option(key, value)),
      ...filter.map(({ name, values }) => option(name, ...values)),
      ...(description === '' ? [] : [option('description', description)]),
    ],
    sends: {
      properties: {
        priority,
        ...Object.fromEntries(words),
        ...Object.fromEntries(said),
        ...(description === '' ? {} : { description }),
      },
    },
  };
}

function valuesOf(body: Json, one: string, several: string): readonly string[] {
  const single = textAt(body, 'properties', one);
  return single === '' ? (textsAt(body, 'properties', several) ?? []) : [single];
}

export function routeCommand({ address, step }: ExportStep): AzCommand {
  const [prefix, kind, hop] = ['addressPrefix', 'nextHopType', 'nextHopIpAddress'].map((key) =>
    textAt(step.body, 'properties', key),
  );
  const by = hop === undefined || hop === '' ? null : hop;
  return {
    words: ['network', 'route-table', 'route', 'create'],
    options: [
      option('subscription', address.subscription),
      option('resource-group', address.resourceGroup),
      option('route-table-name', address.names[0] ?? ''),
      option('name', address.name),
      option('address-prefix', prefix ?? ''),
      option('next-hop-type', kind ?? ''),
      ...(by === null ? [] : [option('next-hop-ip-address', by)]),
      quietly,
    ],
    sends: {
      properties: {
        addressPrefix: prefix ?? '',
        nextHopType: kind ?? '',
        ...(by === null ? {} : { nextHopIpAddress: by }),
      },
    },
  };
}
