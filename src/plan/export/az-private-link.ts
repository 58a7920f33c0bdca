/** Private endpoints and the approval of their connections as Azure CLI commands. */
import { type AzCommand, commandLines, option, says, tagsOption } from './az-command.ts';
import { quietly } from './az-whole.ts';
import { exactId, type ExportStep, versionOf } from './export-step.ts';
import { isList, textAt, textsAt, valueAt } from './json.ts';
import type { Json, ResourceId } from '../plan.ts';
import { noAddress, quoted, quotedJson } from './shell.ts';

const connections = {
  manual: 'manualPrivateLinkServiceConnections',
  automatic: 'privateLinkServiceConnections',
} as const;

export function endpointCommand(exported: ExportStep): AzCommand {
  const { body } = exported.step;
  const manual = valueAt(body, 'properties', connections.manual) !== undefined;
  const kind = manual ? connections.manual : connections.automatic;
  const asked = valueAt(body, 'properties', kind);
  const connection: Json = (isList(asked) ? asked[0] : undefined) ?? null;
  const subnet = textAt(body, 'properties', 'subnet', 'id');
  const message = textAt(connection, 'properties', 'requestMessage');
  const groups = textsAt(connection, 'properties', 'groupIds') ?? [];
  const target = textAt(connection, 'properties', 'privateLinkServiceId');
  const tags = valueAt(body, 'tags');
  const { subscription, resourceGroup, name } = exported.address;
  return {
    words: ['network', 'private-endpoint', 'create'],
    options: [
      option('subscription', subscription),
      option('resource-group', resourceGroup),
      option('name', name),
      option('location', textAt(body, 'location')),
      option('subnet', subnet),
      option('connection-name', textAt(connection, 'name')),
      option('private-connection-resource-id', target),
      option('manual-request', String(manual)),
      ...(message === '' ? [] : [option('request-message', message)]),
      ...(groups.length === 0 ? [] : [option('group-ids', ...groups)]),
      ...tagsOption(tags),
    ],
    sends: {
      location: textAt(body, 'location'),
      ...(tags === undefined ? {} : { tags }),
      properties: {
        subnet: { id: subnet },
        [kind]: [
          {
            name: textAt(connection, 'name'),
            properties: {
              privateLinkServiceId: target,
              ...(message === '' ? {} : { requestMessage: message }),
              ...(groups.length === 0 ? {} : { groupIds: groups }),
            },
          },
        ],
      },
    },
  };
}

/** The connection gets its name from Azure, so it is looked up by its endpoint. */
export function approvalLines(exported: ExportStep, endpoint: ResourceId | null): string[] {
  const { step, number } = exported;
  const connection = `connection_${number}`;
  const wanted = endpoint ?? `/${exported.address.name}`;
  const update = decisionCommand(step.body, connection);
  return [
    `${connection}="$(connection_of ${quoted(serviceOf(exported))} ${quoted(wanted)})"`,
    ...(says(update, step.body) ? commandLines(update) : putLines(exported, connection)),
  ];
}

function decisionCommand(body: Json, connection: string): AzCommand {
  const path = ['properties', 'privateLinkServiceConnectionState'] as const;
  const [status, description] = [textAt(body, ...path, 'status'), textAt(body, ...path, 'description')];
  return {
    words: ['network', 'private-link-service', 'connection', 'update'],
    options: [
      option('ids', { shell: `"$${connection}"` }),
      option('connection-status', status),
      ...(description === '' ? [] : [option('description', description)]),
      quietly,
    ],
    sends: {
      properties: { privateLinkServiceConnectionState: { status, ...(description === '' ? {} : { description }) } },
    },
  };
}

function putLines({ step }: ExportStep, connection: string): string[] {
  const url = `"https://management.azure.com\${${connection}}?api-version=${versionOf('')}"`;
  return commandLines({
    words: ['rest'],
    options: [
      option('method', 'put'),
      option('url', { shell: url }),
      option('body', { shell: quotedJson(step.body, noAddress) }),
      quietly,
    ],
  });
}

function serviceOf(exported: ExportStep): ResourceId {
  return exactId(exported).replace(/\/privateEndpointConnections\/.*$/, '');
}

/** What the owner of the service runs, and how to see whether they have. */
export function ownerLines(exported: ExportStep): string[] {
  const id = exactId(exported);
  return [
    '# The owner of the service sees the request in the Azure portal, under Private Link Center, Pending connections. Or they run:',
    '#   az network private-link-service show --ids <id of their service> --query privateEndpointConnections',
    '#   az network private-link-service connection update --ids <id of the connection> --connection-status Approved',
    ...commandLines({
      words: ['network', 'private-endpoint', 'show'],
      options: [option('ids', id), option('query', connectionStatus), option('output', 'tsv')],
    }),
  ];
}

const connectionStatus =
  '[privateLinkServiceConnections, manualPrivateLinkServiceConnections][].privateLinkServiceConnectionState.status | [0]';
