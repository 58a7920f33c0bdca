/** Linked scopes: a write that makes use of another resource needs a right on that one too, and on its directory. */
import { ArmError } from './arm-error.ts';
import { clientWords } from './authorization.ts';
import { speaksFor, tenantOf } from './identity.ts';
import { type ResourceId, readResourceId } from './resource-id.ts';
import type { Write } from './resource-type.ts';
import { allows, deniedBy } from './rights.ts';
import { find, type Resource } from './world.ts';

export interface Link {
  /** Type that the id must have, as in `Microsoft.Network/virtualNetworks`. */
  type: string;
  /** What is done with it, as in `peer/action`. */
  verb: string;
}

/**
 * The resource that a write refers to, or undefined when the id is none of this type or its subscription is known and
 * it does not exist. Throws when the caller may not make use of it.
 */
export function linkedResource(
  write: Pick<Write, 'arm' | 'id' | 'caller'>,
  id: string,
  link: Link,
): Resource | undefined {
  const target = readResourceId(id);
  if (target?.type !== link.type.toLowerCase()) {
    return undefined;
  }
  const { world } = write.arm;
  const action = `${link.type}/${link.verb}`;
  refuseForeign(write, target);
  if (deniedBy(world, action, target.key) !== undefined) {
    throw refused(
      write.id,
      `however action '${action}' is blocked by deny assignments on the linked scope(s) '${id}'.`,
    );
  }
  if (!allows(world, action, target.key)) {
    throw refused(
      write.id,
      `however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${id}' (respectively) or the linked scope(s) are invalid.`,
    );
  }
  return find(world, id);
}

/** The subscription of what is referred to has to be one for whose directory the request carries a token. */
export function refuseForeign({ arm, id, caller }: Pick<Write, 'arm' | 'id' | 'caller'>, target: ResourceId): void {
  const tenant = tenantOf(arm.world, target.subscription);
  if (tenant === undefined || !speaksFor(caller, tenant)) {
    throw refused(
      id,
      `however the current tenant '${caller.tenant}' is not authorized to access linked subscription '${target.subscription}'.`,
    );
  }
}

function refused(from: ResourceId, because: string): ArmError {
  return new ArmError(
    403,
    'LinkedAuthorizationFailed',
    `${clientWords} has permission to perform action '${from.type}/write' on scope '${from.key}'; ${because}`,
  );
}
