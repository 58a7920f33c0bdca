/** What a resource type has to say for itself. Each type is one file in types/ and one line in resource-types.ts. */
import type { Caller } from './identity.ts';
import type { Work } from './pace.ts';
import type { ResourceId } from './resource-id.ts';
import type { Arm, Failure, Json, Operation, Resource } from './world.ts';

export interface Write {
  arm: Arm;
  caller: Caller;
  id: ResourceId;
  /** The id as it will be stored. */
  fullId: string;
  body: Json;
  existing: Resource | undefined;
  parent: Resource | undefined;
  query: URLSearchParams;
}

/** What a PUT stores at once, and what its operation adds. */
export interface Draft {
  properties: Json;
  /** Anything beside `properties`: location, tags, sku. */
  top?: Json;
  onSuccess?: Json;
  /** The operation is accepted and fails later. */
  fails?: Failure;
  /** Lower-case id of another network that nobody may write until this is done. */
  takes?: string;
}

export interface ResourceType {
  /** In the case in which the service writes it. */
  name: string;
  /** Network answers 200 or 201 with the resource, private DNS 202 without; each has its own operation URLs. */
  family: 'network' | 'private-dns' | 'other';
  /** Absent: the type can only be read. */
  work?: Work;
  /** Done when it is answered, without an operation; `put`: its deletion is one. */
  immediate?: boolean | 'put';
  /** The part of the work after which the operation says Succeeded, when the service goes on behind it; 1 when absent. */
  operationShare?: number;
  /** Checks a PUT and says what to store; throws ArmError. Its last act may be to change children. */
  put?(write: Write): Draft;
  /** Checks a DELETE; throws ArmError. Returns the lower-case id of another network that it takes, if it takes one. */
  remove?(arm: Arm, resource: Resource): string | undefined | void;
  /** After a PUT has succeeded. */
  finished?(arm: Arm, resource: Resource, operation: Operation): void;
  /** After the resource has gone. */
  removed?(arm: Arm, resource: Resource): void;
  /** The body as GET shows it. */
  show?(arm: Arm, resource: Resource): Resource;
}
