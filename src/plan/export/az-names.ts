/** Zones, records and links as Azure CLI commands. Each refuses to touch one that is there already. */
import { type AzCommand, type AzOption, commandLines, option, type ShellWord, tagsOption } from './az-command.ts';
import { quietly } from './az-whole.ts';
import { exactId, type ExportStep } from './export-step.ts';
import { endpointOf, fieldsAt, isFields, isList, textAt, valueAt } from './json.ts';
import type { Json } from '../plan.ts';
import type { AddressVariable } from './shell.ts';

export function zoneCommand(exported: ExportStep): AzCommand {
  const { body } = exported.step;
  return {
    words: ['network', 'private-dns', 'zone', 'create'],
    options: [...scope(exported), option('name', exported.address.name), ...tagsOption(valueAt(body, 'tags'))],
    sends: withTags({ location: 'global' }, body),
  };
}

export function linkCommand(exported: ExportStep): AzCommand {
  const { body } = exported.step;
  const network = textAt(body, 'properties', 'virtualNetwork', 'id');
  const registers = valueAt(body, 'properties', 'registrationEnabled') === true;
  return {
    words: ['network', 'private-dns', 'link', 'vnet', 'create'],
    options: [
      ...inZone(exported),
      option('virtual-network', network),
      option('registration-enabled', String(registers)),
      ...tagsOption(valueAt(body, 'tags')),
    ],
    sends: withTags(
      { location: 'global', properties: { virtualNetwork: { id: network }, registrationEnabled: registers } },
      body,
    ),
  };
}

export function linkReadyLines(exported: ExportStep): string[] {
  return [
    'wait_until Completed \\',
    ...commandLines({
      words: ['network', 'private-dns', 'link', 'vnet', 'show'],
      options: [option('ids', exactId(exported)), option('query', 'virtualNetworkLinkState'), option('output', 'tsv')],
    }).map((line) => `  ${line}`),
  ];
}

/** Azure CLI makes the set first, empty, and then puts the addresses into it one by one. */
export function recordCommands(exported: ExportStep, variable: AddressVariable): AzCommand[] {
  const ttl = valueAt(exported.step.body, 'properties', 'ttl');
  const records = valueAt(exported.step.body, 'properties', 'aRecords');
  const addresses = isList(records) ? records.map((record) => addressIn(record)) : [];
  const { name } = exported.address;
  const create: AzCommand = {
    words: ['network', 'private-dns', 'record-set', 'a', 'create'],
    options: [...inZone(exported), option('ttl', JSON.stringify(ttl ?? null)), quietly],
    sends: {
      properties: {
        ttl: typeof ttl === 'number' ? ttl : null,
        aRecords: addresses.map((ipv4Address) => ({ ipv4Address })),
      },
    },
  };
  const adds = addresses.map((address): AzCommand => {
    const [group, zone] = [scope(exported), option('zone-name', exported.address.names[0] ?? '')];
    const options: AzOption[] = [
      ...group,
      zone,
      option('record-set-name', name),
      option('ipv4-address', wordFor(address, variable)),
      quietly,
    ];
    return { words: ['network', 'private-dns', 'record-set', 'a', 'add-record'], options, sends: null };
  });
  return [create, ...adds];
}

function addressIn(record: Json): Json {
  return fieldsAt(record)['ipv4Address'] ?? null;
}

function wordFor(address: Json, variable: AddressVariable): string | ShellWord {
  const endpoint = endpointOf(address);
  return endpoint === null ? textOf(address) : { shell: `"$${variable(endpoint)}"` };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : '';
}

function withTags(sends: { readonly [key: string]: Json }, body: Json): Json {
  const tags = valueAt(body, 'tags');
  return isFields(tags) && Object.keys(tags).length > 0 ? { ...sends, tags } : sends;
}

function scope({ address }: ExportStep): AzOption[] {
  return [option('subscription', address.subscription), option('resource-group', address.resourceGroup)];
}

function inZone(exported: ExportStep): AzOption[] {
  const [zone = '', name = ''] = exported.address.names;
  return [...scope(exported), option('zone-name', zone), option('name', name)];
}
