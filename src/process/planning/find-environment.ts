/** Which environment of the settings is meant: by its name, or by an id that leads to its managed resource group. */
import { z } from 'zod/v4';
import { managedApplicationVersion } from '../../azure/api-versions.ts';
import type { Arm } from '../../azure/arm.ts';
import { shortReason } from '../../azure/errors.ts';
import { parseResourceId } from '../../plan/resource-id.ts';
import type { Environment } from '../../policy/people.ts';

export type FoundEnvironment = { environment: Environment; problem?: never } | { problem: string; environment?: never };

export async function findEnvironment(
  arm: Arm,
  environments: readonly Environment[],
  nameOrId: string,
): Promise<FoundEnvironment> {
  const known = environments.map(({ name }) => name).join(', ');
  if (!nameOrId.startsWith('/')) {
    const environment = environments.find(({ name }) => sameText(name, nameOrId));
    return environment === undefined
      ? {
          problem: `environment is “${nameOrId}”, which the settings do not name. Write one of ${known}, or a resource id.`,
        }
      : { environment };
  }
  const group = isApplication(nameOrId) ? await groupOfApplication(arm, nameOrId) : { id: nameOrId };
  if ('problem' in group) {
    return group;
  }
  const environment = environments.find((candidate) => isIn(group.id, candidate));
  return environment === undefined
    ? {
        problem: `environment is ${nameOrId}, which belongs to no environment of the settings. Write one of ${known}, or add it to the settings under “environments”.`,
      }
    : { environment };
}

function isApplication(id: string): boolean {
  const parsed = parseResourceId(id);
  return parsed.kind === 'resource' && sameText(parsed.type, 'Microsoft.Solutions/applications');
}

const applicationBody = z.object({ properties: z.object({ managedResourceGroupId: z.string() }) });

async function groupOfApplication(arm: Arm, id: string): Promise<{ id: string } | { problem: string }> {
  try {
    const body = await arm.read(id, managedApplicationVersion);
    const parsed = applicationBody.safeParse(body);
    return parsed.success
      ? { id: parsed.data.properties.managedResourceGroupId }
      : {
          problem: `environment is ${id}, and Azure knows no such managed application. Copy its resource id, or write its name.`,
        };
  } catch (error) {
    return {
      problem: `environment is ${id}, which could not be read (${shortReason(error)}). Write the name of the environment instead.`,
    };
  }
}

/** The managed resource group itself, or anything in it. */
function isIn(id: string, { subscription, managedResourceGroup }: Environment): boolean {
  const [, of, group] = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)(?:\/|$)/i.exec(id) ?? [];
  return of !== undefined && group !== undefined && sameText(of, subscription) && sameText(group, managedResourceGroup);
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
