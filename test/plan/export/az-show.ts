/** What `az … show --query … --output tsv` prints: for the few expressions that exports use. */
import type { Body } from './az-arm.ts';

/** What is shown has lost its level of properties. */
export function printed(body: Body, expression: string, output: string): string {
  const query = queries[expression];
  if (query === undefined || output !== 'tsv') {
    throw new Error(`no such query here: ${expression}`);
  }
  return query(flat(body) as Body)
    .map((cells) => cells.join('\t'))
    .join('\n');
}

function flat(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(flat);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { properties, ...rest } = value as Body;
  const inner = typeof properties === 'object' && properties !== null ? { ...properties, ...rest } : (value as Body);
  return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, flat(item)]));
}

type Rows = string[][];

function row(value: unknown): Rows {
  return typeof value === 'string' ? [[value]] : [];
}

function listOf(value: unknown): Body[] {
  return Array.isArray(value) ? (value as Body[]) : [];
}

/** What Azure CLI prints for nothing is None. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'None';
}

/** The JMESPath expressions that exports use, one by one. */
const queries: Readonly<Record<string, (shown: Body) => Rows>> = {
  peeringState: (shown) => row(shown['peeringState']),
  virtualNetworkLinkState: (shown) => row(shown['virtualNetworkLinkState']),
  'networkInterfaces[0].id': (shown) => row(listOf(shown['networkInterfaces'])[0]?.['id']),
  'ipConfigurations[0].privateIPAddress': (shown) => row(listOf(shown['ipConfigurations'])[0]?.['privateIPAddress']),
  'privateEndpointConnections[].[id, privateEndpoint.id]': (shown) =>
    listOf(shown['privateEndpointConnections']).map((connection) => [
      textOf(connection['id']),
      textOf((connection['privateEndpoint'] as Body | undefined)?.['id']),
    ]),
  '[privateLinkServiceConnections, manualPrivateLinkServiceConnections][].privateLinkServiceConnectionState.status | [0]':
    (shown) => {
      const all = [shown['privateLinkServiceConnections'], shown['manualPrivateLinkServiceConnections']].flatMap(
        listOf,
      );
      return row((all[0]?.['privateLinkServiceConnectionState'] as Body | undefined)?.['status']);
    },
};
