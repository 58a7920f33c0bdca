/** One half of a peering as Azure CLI commands. */
import { type AzCommand, commandLines, option } from './az-command.ts';
import { exactId, type ExportStep } from './export-step.ts';
import { fieldsAt, textAt } from './json.ts';
import type { Json } from '../plan.ts';

const switches = {
  allowVirtualNetworkAccess: 'allow-vnet-access',
  allowForwardedTraffic: 'allow-forwarded-traffic',
  allowGatewayTransit: 'allow-gateway-transit',
  useRemoteGateways: 'use-remote-gateways',
} as const;

export function peeringCommand(exported: ExportStep, verb: 'create' | 'update'): AzCommand {
  const { body } = exported.step;
  const properties = fieldsAt(body, 'properties');
  const remote = textAt(body, 'properties', 'remoteVirtualNetwork', 'id');
  const set = Object.entries(switches).map(([property, name]) => ({
    property,
    name,
    on: properties[property] === true,
  }));
  const said: Json = Object.fromEntries(set.map(({ property, on }) => [property, on]));
  return {
    words: ['network', 'vnet', 'peering', verb],
    options: [
      ...whereIs(exported),
      ...(verb === 'create' ? [option('remote-vnet', remote)] : []),
      ...set.map(({ name, on }) => option(name, String(on))),
    ],
    sends: { properties: { remoteVirtualNetwork: { id: remote }, ...said } },
  };
}

/** Also lets this half learn the addresses that the other network has by now. */
export function syncLines(exported: ExportStep): string[] {
  return commandLines({ words: ['network', 'vnet', 'peering', 'sync'], options: whereIs(exported) });
}

export function deleteHalfLines(exported: ExportStep): string[] {
  return commandLines({ words: ['network', 'vnet', 'peering', 'delete'], options: [option('ids', exactId(exported))] });
}

export function connectedLines(exported: ExportStep): string[] {
  return [
    'wait_until Connected \\',
    ...commandLines({
      words: ['network', 'vnet', 'peering', 'show'],
      options: [option('ids', exactId(exported)), option('query', 'peeringState'), option('output', 'tsv')],
    }).map((line) => `  ${line}`),
  ];
}

function whereIs({ address }: ExportStep) {
  const [network = '', peering = ''] = address.names;
  return [
    option('subscription', address.subscription),
    option('resource-group', address.resourceGroup),
    option('vnet-name', network),
    option('name', peering),
  ];
}
