/** What the owner of a service decides about a connection: somebody else, whom the bot cannot press a button for. */
import { BadControlRequest } from '../server.ts';
import {
  connectionOf,
  endpointConnections,
  isConnection,
  setConnection,
  stateOf,
} from './types/endpoint-connections.ts';
import { type Arm, discard, find, keyOf, type Resource } from './world.ts';

const decisions = {
  approve: stateOf('Approved', 'Approved by the owner.'),
  reject: stateOf('Rejected', 'Rejected by the owner.'),
};

/** `POST /_sim/owner`; the connection is named by its own id or by that of its endpoint. */
export function ownerControl(arm: Arm, body: unknown): Resource {
  const { connection: id, decision, description } = (body ?? {}) as Record<string, unknown>;
  const named = typeof id === 'string' ? find(arm.world, id) : undefined;
  const connection = isConnection(named) ? named : connectionOf(arm.world, String(id).toLowerCase());
  if (connection === undefined) {
    throw new BadControlRequest(`There is no private endpoint connection ${JSON.stringify(id)}.`);
  }
  if (decision === 'remove') {
    discard(arm, keyOf(connection));
    endpointConnections.removed?.(arm, connection);
    return connection;
  }
  if (decision !== 'approve' && decision !== 'reject') {
    throw new BadControlRequest(
      `POST /_sim/owner takes {"connection":ID,"decision":"approve"|"reject"|"remove"}, not ${JSON.stringify(decision)}.`,
    );
  }
  const state = decisions[decision];
  setConnection(arm, connection, typeof description === 'string' ? { ...state, description } : state);
  return find(arm.world, connection.id) ?? connection;
}
