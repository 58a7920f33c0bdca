/**
 * Accepts the connection of one endpoint to a Private Link service of ours. Azure names connections `<endpoint>.<guid>`
 * and makes them itself, some time after the endpoint: so the real one is looked up each time, and never invented.
 */
import type { PlanStep } from '../../plan/plan.ts';
import { addressOf } from '../../plan/resource-id.ts';
import type { ConnectionState } from '../../plan/world.ts';
import { networkVersion } from '../api-versions.ts';
import type { Arm } from '../arm.ts';
import { connectionBody, connectionState, connectionStateOf, endpointBody } from '../endpoints.ts';
import { explainFailure, NotYetError } from '../errors.ts';
import type { StepWriter } from './step-writer.ts';

interface Connection {
  id: string;
  etag: string | null;
  endpoint: string;
  state: ConnectionState;
}

export const approvalWriter: StepWriter = {
  family: 'plain',
  async read(arm, step) {
    const connection = await connectionOf(arm, step);
    // As long as nobody has decided there is nothing that could be as wanted or not.
    if (connection === null || connection.state === 'Pending') {
      return null;
    }
    const { id, etag, state, endpoint } = connection;
    const asWanted = step.body === null || state === wantedState(step);
    const isBehind = asWanted && state === 'Approved' && (await endpointSays(arm, endpoint)) === 'Pending';
    const settling = isBehind ? 'the endpoint to learn that it was accepted' : null;
    return { etag, state: 'ready', asWanted, settling, answer: { connection: id, state } };
  },
  async write(arm, step) {
    const connection = await connectionOf(arm, step);
    if (connection === null) {
      const { name } = addressOf(step.resource);
      throw new NotYetError(`The Private Link service does not list the connection of ${name} yet.`);
    }
    return arm.put(connection.id, networkVersion, { body: step.body, etag: null });
  },
};

/** Null for an endpoint of somebody else, which is not ours to read. */
async function endpointSays(arm: Arm, endpoint: string): Promise<ConnectionState | null> {
  try {
    const parsed = endpointBody.safeParse(await arm.read(endpoint, networkVersion));
    return parsed.success ? connectionState(parsed.data).state : null;
  } catch (error) {
    if (explainFailure(error).class === 'retry') {
      throw error;
    }
    return null;
  }
}

function wantedState(step: PlanStep): string | undefined {
  const body = step.body as { properties?: { privateLinkServiceConnectionState?: { status?: string } } };
  return body.properties?.privateLinkServiceConnectionState?.status;
}

/** `…/privateLinkServices/<service>/privateEndpointConnections/<endpoint>` */
async function connectionOf(arm: Arm, step: PlanStep): Promise<Connection | null> {
  const { name } = addressOf(step.resource);
  const list = step.resource.slice(0, step.resource.lastIndexOf('/'));
  const all = (await arm.list(list, networkVersion)).map((item) => connectionSeen(item));
  const own = all.filter((connection) => belongsTo(connection, name));
  // An endpoint of this name that was deleted leaves its connection behind for a while.
  return (
    own.find(({ state }) => state === 'Pending') ?? own.find(({ state }) => state === 'Approved') ?? own[0] ?? null
  );
}

function connectionSeen(item: unknown): Connection {
  const { id, etag, properties } = connectionBody.parse(item);
  return {
    id,
    etag: etag ?? null,
    endpoint: properties.privateEndpoint?.id ?? '',
    state: connectionStateOf(properties.privateLinkServiceConnectionState?.status),
  };
}

function belongsTo({ id, endpoint }: Connection, name: string): boolean {
  const connection = addressOf(id).name.toLowerCase();
  const wanted = name.toLowerCase();
  const shown = endpoint.toLowerCase().split('/').at(-1);
  return shown === wanted || (shown === '' && connection.startsWith(`${wanted}.`)) || connection === wanted;
}
