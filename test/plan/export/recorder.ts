/** Stands for Azure where only what is sent counts: takes every write, and shows it again as done. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressOf } from '../../../src/plan/resource-id.ts';
import type { Json, PlanStep, ResourceId } from '../../../src/plan/plan.ts';

type Fields = { [key: string]: Json };

export interface Recorder {
  origin: string;
  /** Bodies by lower-case id, in the order in which they were sent. */
  sent: { id: string; body: Fields }[];
  close(): void;
}

/** The address that every endpoint has here. */
export const recordedAddress = '10.9.8.7';

export async function startRecorder(steps: readonly PlanStep[]): Promise<Recorder> {
  const sent: Recorder['sent'] = [];
  const endpoints = steps.filter(({ kind }) => kind === 'private-endpoint').map(({ resource }) => resource);
  const server: Server = createServer((request, response) => {
    const id = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    let text = '';
    request.on('data', (data) => (text += String(data)));
    request.on('end', () => {
      if (request.method === 'PUT') {
        sent.push({ id: id.toLowerCase(), body: JSON.parse(text) as Fields });
      }
      const before = steps.find((step) => step.resource.toLowerCase() === id.toLowerCase())?.before ?? {};
      const own = sent.findLast((each) => each.id === id.toLowerCase())?.body ?? (before as Fields);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.method === 'GET' ? shown(id, own, endpoints) : own));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () => server.close(),
  };
}

/** What was written, with what Azure would add. */
function shown(id: ResourceId, own: Fields, endpoints: readonly ResourceId[]): Json {
  const added: Fields = {
    provisioningState: 'Succeeded',
    peeringState: 'Connected',
    virtualNetworkLinkState: 'Completed',
    ...(/\/privateEndpoints\/[^/]+$/i.test(id)
      ? {
          networkInterfaces: [
            { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n' },
          ],
        }
      : {}),
    ...(/\/networkInterfaces\/[^/]+$/i.test(id)
      ? { ipConfigurations: [{ properties: { privateIPAddress: recordedAddress } }] }
      : {}),
    ...(/\/privateLinkServices\/[^/]+$/i.test(id)
      ? { privateEndpointConnections: endpoints.map((endpoint) => connection(id, endpoint)) }
      : {}),
  };
  const properties = typeof own['properties'] === 'object' ? (own['properties'] as Fields) : {};
  return { id, ...own, properties: { ...added, ...properties } };
}

function connection(service: ResourceId, endpoint: ResourceId): Json {
  const id = `${service}/privateEndpointConnections/${addressOf(endpoint).name}.8c8b2f3e`;
  return { id, properties: { privateEndpoint: { id: endpoint } } };
}
