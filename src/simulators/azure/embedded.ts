/**
 * Resources that stand inside the body of another one and have an id of their own as well: subnets and peerings of a
 * network, rules of a security group, routes of a route table. They are stored on their own and embedded when shown.
 */
import {
  connectionTypeName,
  linkServiceTypeName,
  networkTypeName,
  routeTableTypeName,
  securityGroupTypeName,
} from './type-names.ts';
import { type Arm, discard, type Json, keyOf, listOfType, type Resource, store, type World } from './world.ts';

interface Collection {
  /** Property of the holder's body. */
  property: string;
  /** Type of the members; its last part stands in their ids. */
  type: string;
}

const collections: Record<string, readonly Collection[]> = {
  [networkTypeName.toLowerCase()]: ['subnets', 'virtualNetworkPeerings'].map((name) =>
    collection(networkTypeName, name),
  ),
  [securityGroupTypeName.toLowerCase()]: [collection(securityGroupTypeName, 'securityRules')],
  [routeTableTypeName.toLowerCase()]: [collection(routeTableTypeName, 'routes')],
  [linkServiceTypeName.toLowerCase()]: [{ property: 'privateEndpointConnections', type: connectionTypeName }],
};

export function collectionsIn(holder: Resource): readonly Collection[] {
  return collections[holder.type.toLowerCase()] ?? [];
}

function membersOf(world: World, holder: Resource): Resource[] {
  return collectionsIn(holder).flatMap(({ type }) => listOfType(world, type, keyOf(holder)));
}

/** What the body of a PUT lists, as resources of their own. */
export function readMembers(holderId: string, type: string, bodies: readonly Json[]): Resource[] {
  return bodies.map((body) => {
    const name = String(body['name']);
    const id = `${holderId}/${type.slice(type.lastIndexOf('/') + 1)}/${name}`;
    return { id, name, type, properties: { ...((body['properties'] ?? {}) as Json) } };
  });
}

/** Makes exactly these the members: what is not among them goes. */
export function replaceMembers(arm: Arm, holder: Resource, members: readonly Resource[]): void {
  const kept = new Set(members.map(keyOf));
  for (const each of membersOf(arm.world, holder)) {
    if (!kept.has(keyOf(each))) {
      discard(arm, keyOf(each));
    }
  }
  for (const member of members) {
    store(arm, { ...member, properties: { ...member.properties, provisioningState: 'Updating' } });
  }
}

/** Marks the members as done together with their holder. */
export function membersDone(arm: Arm, holder: Resource): void {
  for (const each of membersOf(arm.world, holder)) {
    each.properties = { ...each.properties, provisioningState: 'Succeeded' };
  }
}

function collection(holderType: string, name: string): Collection {
  return { property: name, type: `${holderType}/${name}` };
}
