/**
 * What the owner of a Private Link service sees of an endpoint: a connection named `<endpoint>.<guid>`. It comes with
 * the endpoint and is never made by the owner, who approves, rejects or removes it; the endpoint shows the same state.
 */
import { badRequest } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { connectionTypeName, endpointTypeName } from '../type-names.ts';
import {
  type Arm,
  find,
  type Json,
  keyOf,
  listOfType,
  type Resource,
  store,
  type SubResource,
  type World,
} from '../world.ts';

export type ConnectionStatus = 'Pending' | 'Approved' | 'Rejected' | 'Disconnected';

export interface ConnectionState {
  status: ConnectionStatus;
  description: string;
  actionsRequired: string;
}

export const endpointConnections: ResourceType = {
  name: connectionTypeName,
  family: 'network',
  work: 'connection',
  immediate: 'put',
  put: decide,
  remove: () => undefined,
  removed: (arm, connection) => tellEndpoint(arm, connection, stateOf('Disconnected', 'Removed by the owner.')),
};

export function stateOf(status: ConnectionStatus, description: string): ConnectionState {
  return { status, description, actionsRequired: 'None' };
}

function decide(write: Write): Draft {
  const { existing } = write;
  if (existing === undefined) {
    throw badRequest(
      'PrivateEndpointConnectionCannotBeCreatedByServiceProvider',
      `Private Endpoint Connection ${write.fullId} cannot be created by service provider.`,
    );
  }
  const wanted = ((write.body['properties'] ?? {}) as Json)['privateLinkServiceConnectionState'];
  const { status, description } = (wanted ?? {}) as { status?: unknown; description?: unknown };
  const decision = (['Approved', 'Rejected'] as const).find(
    (each) => each.toLowerCase() === String(status).toLowerCase(),
  );
  if (decision === undefined) {
    throw badRequest(
      'InvalidPrivateLinkServiceConnectionStatus',
      `Status '${String(status)}' of private endpoint connection ${write.fullId} is invalid. Allowed: Approved, Rejected.`,
    );
  }
  const state = stateOf(decision, typeof description === 'string' ? description : '');
  tellEndpoint(write.arm, existing, state);
  return { properties: { ...existing.properties, privateLinkServiceConnectionState: state } };
}

/** Makes the connection of a new endpoint. */
export function openConnection(arm: Arm, service: Resource, endpoint: Resource, state: ConnectionState): void {
  const name = `${endpoint.name}.${arm.newId()}`;
  store(arm, {
    id: `${service.id}/privateEndpointConnections/${name}`,
    name,
    type: connectionTypeName,
    properties: {
      provisioningState: 'Succeeded',
      privateEndpoint: { id: endpoint.id },
      privateLinkServiceConnectionState: state,
      linkIdentifier: String(Number.parseInt(arm.newId().slice(0, 7), 16)),
      privateEndpointLocation: endpoint.location ?? '',
    },
  });
  tellEndpoint(arm, { properties: { privateEndpoint: { id: endpoint.id } } }, state);
}

/** Stores a decision that did not come through the API of Azure. */
export function setConnection(arm: Arm, connection: Resource, state: ConnectionState): void {
  store(arm, { ...connection, properties: { ...connection.properties, privateLinkServiceConnectionState: state } });
  tellEndpoint(arm, connection, state);
}

export function connectionOf(world: World, endpointKey: string): Resource | undefined {
  return listOfType(world, connectionTypeName).find(
    (each) => (each.properties['privateEndpoint'] as SubResource).id.toLowerCase() === endpointKey,
  );
}

/** The one connection in an endpoint's body, in whichever of its two lists it stands. */
export interface Wish {
  list: 'privateLinkServiceConnections' | 'manualPrivateLinkServiceConnections';
  name: string;
  target: string;
  requestMessage: string | undefined;
  groupIds: string[];
  state: ConnectionState;
}

export function wishIn(properties: Json): Wish | undefined {
  const lists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'] as const;
  const wishes = lists.flatMap((list) =>
    ((properties[list] ?? []) as { name?: string; properties?: Json }[]).map((entry): Wish => {
      const { privateLinkServiceId, requestMessage, groupIds, privateLinkServiceConnectionState } =
        entry.properties ?? {};
      return {
        list,
        name: String(entry.name),
        target: typeof privateLinkServiceId === 'string' ? privateLinkServiceId : '',
        requestMessage: requestMessage as string | undefined,
        groupIds: (groupIds ?? []) as string[],
        state: (privateLinkServiceConnectionState ?? stateOf('Pending', 'Awaiting approval')) as ConnectionState,
      };
    }),
  );
  return wishes.length === 1 ? wishes[0] : undefined;
}

/** The two lists of an endpoint's body, one of them empty. */
export function writeWish(endpointId: string, wish: Wish): Json {
  const entry = {
    id: `${endpointId}/${wish.list}/${wish.name}`,
    name: wish.name,
    type: `${endpointTypeName}/${wish.list}`,
    properties: {
      provisioningState: 'Succeeded',
      privateLinkServiceId: wish.target,
      groupIds: wish.groupIds,
      ...(wish.requestMessage === undefined ? {} : { requestMessage: wish.requestMessage }),
      privateLinkServiceConnectionState: wish.state,
    },
  };
  return { privateLinkServiceConnections: [], manualPrivateLinkServiceConnections: [], [wish.list]: [entry] };
}

function tellEndpoint(arm: Arm, connection: Pick<Resource, 'properties'>, state: ConnectionState): void {
  const endpoint = find(arm.world, (connection.properties['privateEndpoint'] as SubResource).id);
  const wish = endpoint === undefined ? undefined : wishIn(endpoint.properties);
  if (endpoint !== undefined && wish !== undefined) {
    const lists = writeWish(endpoint.id, { ...wish, state });
    store(arm, { ...endpoint, properties: { ...endpoint.properties, ...lists } });
  }
}

export function isConnection(resource: Resource | undefined): resource is Resource {
  return resource !== undefined && keyOf(resource).includes('/privateendpointconnections/');
}
