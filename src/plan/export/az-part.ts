/**
 * Changes of a few properties of a network or a subnet. The Azure CLI reads the whole resource, changes what is said and
 * writes it back, so that nothing else is lost.
 */
import type { Json } from '../plan.ts';
import { type AzCommand, type AzOption, commandLines, option, says } from './az-command.ts';
import { quietly } from './az-whole.ts';
import { exactId, type ExportStep, versionOf } from './export-step.ts';
import { fieldsAt, isFields, textAt, textsAt, valueAt } from './json.ts';
import { quoted } from './shell.ts';

/** @param body What is changed: the step's own body, or what stood there before. */
export function partLines(exported: ExportStep, body: Json = exported.step.body): string[] {
  const command = partCommand(exported, body);
  return commandLines(says(command, body) ? command : anyPart(exported, body));
}

function partCommand(exported: ExportStep, body: Json): AzCommand {
  const ids = option('ids', exactId(exported));
  if (exported.step.kind === 'dns-servers') {
    const servers = textsAt(body, 'properties', 'dhcpOptions', 'dnsServers') ?? [];
    return {
      words: ['network', 'vnet', 'update'],
      options: [ids, option('dns-servers', ...(servers.length === 0 ? [{ shell: "''" }] : servers)), quietly],
      sends: { properties: { dhcpOptions: { dnsServers: servers } } },
    };
  }
  const subnet = ['network', 'vnet', 'subnet', 'update'];
  if (exported.step.kind === 'route-table') {
    const table = textAt(body, 'properties', 'routeTable', 'id');
    return {
      words: subnet,
      options: [ids, option('route-table', table === '' ? { shell: 'null' } : table), quietly],
      sends: { properties: { routeTable: table === '' ? null : { id: table } } },
    };
  }
  return { words: subnet, options: [ids, ...policyOptions(body), quietly], sends: { properties: policiesIn(body) } };
}

const policies = {
  privateLinkServiceNetworkPolicies: 'private-link-service-network-policies',
  privateEndpointNetworkPolicies: 'private-endpoint-network-policies',
} as const;

function policyOptions(body: Json): AzOption[] {
  return Object.entries(policies).flatMap(([property, name]) => {
    const value = textAt(body, 'properties', property);
    return value === '' ? [] : [option(name, value)];
  });
}

function policiesIn(body: Json): Json {
  const entries = Object.keys(policies).map((property) => [property, valueAt(body, 'properties', property)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [keyof typeof policies, Json] => entry[1] !== undefined));
}

/** For properties that have no option of their own. */
function anyPart(exported: ExportStep, body: Json): Pick<AzCommand, 'words' | 'options'> {
  const set = leaves(fieldsAt(body, 'properties'), 'properties').map(([path, value]) => ({
    shell: quoted(`${path}=${JSON.stringify(value)}`),
  }));
  return {
    words: ['resource', 'update'],
    options: [option('ids', exactId(exported)), option('api-version', versionOf('')), option('set', ...set), quietly],
  };
}

function leaves(value: Json, path: string): [string, Json][] {
  return isFields(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [[path, value]];
}
