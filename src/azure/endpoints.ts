/** Private endpoints and the connections behind them, as Azure shows them, and the address that an endpoint got. */
import { z } from 'zod/v4';
import type { ConnectionState } from '../plan/world.ts';
import { networkVersion } from './api-versions.ts';
import type { Arm } from './arm.ts';

const stateBody = z.object({ status: z.string().optional(), description: z.string().nullish() });

const requestBody = z.object({
  properties: z.object({ privateLinkServiceConnectionState: stateBody.optional() }).optional(),
});

/** As much of a private endpoint as is used. */
export const endpointBody = z.object({
  properties: z.object({
    networkInterfaces: z.array(z.object({ id: z.string() })).default([]),
    privateLinkServiceConnections: z.array(requestBody).default([]),
    manualPrivateLinkServiceConnections: z.array(requestBody).default([]),
  }),
});

export type EndpointBody = z.infer<typeof endpointBody>;

export const connectionBody = z.object({
  id: z.string(),
  etag: z.string().optional(),
  properties: z.object({
    privateEndpoint: z.object({ id: z.string() }).optional(),
    privateLinkServiceConnectionState: stateBody.optional(),
  }),
});

const interfaceBody = z.object({
  properties: z.object({
    ipConfigurations: z
      .array(z.object({ properties: z.object({ privateIPAddress: z.string().optional() }).optional() }))
      .default([]),
  }),
});

/** What is not known yet counts as not decided. */
export function connectionStateOf(text: string | undefined): ConnectionState {
  return text === 'Approved' || text === 'Rejected' || text === 'Disconnected' ? text : 'Pending';
}

/** `said`: what the owner wrote beside the decision; null for nothing. */
export function connectionState(endpoint: EndpointBody): { state: ConnectionState; said: string | null } {
  const state = requestOf(endpoint)?.properties?.privateLinkServiceConnectionState;
  const said = state?.description?.trim() ?? '';
  return { state: connectionStateOf(state?.status), said: said === '' ? null : said };
}

function requestOf({ properties }: EndpointBody): z.infer<typeof requestBody> | undefined {
  return properties.manualPrivateLinkServiceConnections[0] ?? properties.privateLinkServiceConnections[0];
}

/** Null as long as there is no interface, or it has no address. */
export async function endpointAddress(arm: Arm, { properties }: EndpointBody): Promise<string | null> {
  const [networkInterface] = properties.networkInterfaces;
  if (networkInterface === undefined) {
    return null;
  }
  const parsed = interfaceBody.safeParse(await arm.read(networkInterface.id, networkVersion));
  const [first] = parsed.data?.properties.ipConfigurations ?? [];
  return first?.properties?.privateIPAddress ?? null;
}
