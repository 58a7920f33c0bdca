/** Load balancers: read only. Those of a managed resource group belong to the cluster, which moves them as it likes. */
import type { ResourceType } from '../resource-type.ts';
import { loadBalancerTypeName } from '../type-names.ts';
import { type Json, listOfType, type Resource, type SubResource, type World } from '../world.ts';

export const loadBalancers: ResourceType = { name: loadBalancerTypeName, family: 'network' };

export interface Frontend {
  id: string;
  address: string | undefined;
  /** Lower-case id of its subnet; undefined for a public one. */
  subnetKey: string | undefined;
  balancer: Resource;
}

export function frontends(world: World): Frontend[] {
  return listOfType(world, loadBalancers.name).flatMap((balancer) =>
    ((balancer.properties['frontendIPConfigurations'] ?? []) as { id: string; properties: Json }[]).map((frontend) => ({
      id: frontend.id,
      address: frontend.properties['privateIPAddress'] as string | undefined,
      subnetKey: (frontend.properties['subnet'] as SubResource | undefined)?.id.toLowerCase(),
      balancer,
    })),
  );
}

export function frontendsIn(world: World, subnetKey: string): Frontend[] {
  return frontends(world).filter((frontend) => frontend.subnetKey === subnetKey);
}

/** Ports that its rules forward from this frontend; undefined when it has no rules, or one for all ports. */
export function portsOf(frontend: Frontend): number[] | undefined {
  const rules = (frontend.balancer.properties['loadBalancingRules'] ?? []) as { properties: Json }[];
  const ports = rules
    .filter(
      (rule) =>
        (rule.properties['frontendIPConfiguration'] as SubResource | undefined)?.id.toLowerCase() ===
        frontend.id.toLowerCase(),
    )
    .map((rule) => Number(rule.properties['frontendPort']));
  return ports.length === 0 || ports.includes(0) ? undefined : ports;
}
