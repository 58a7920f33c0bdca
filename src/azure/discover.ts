/**
 * What a person can choose from: the environments of the settings with what is in them, and every other network and
 * Private Link service that the bot can see. What could not be read is named, never silently missing.
 */
import { z } from 'zod/v4';
import type { EnvironmentAt } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { type Discovery, type EnvironmentSeen, sameResource } from '../plan/world.ts';
import { managedApplicationVersion } from './api-versions.ts';
import type { Arm } from './arm.ts';
import { mapFew } from './collect.ts';
import { readEnvironment } from './read-environment.ts';
import { readNetworks } from './read-networks.ts';
import { readAllLinkServices, readEndpoints } from './read-private-link.ts';
import { readZones } from './read-zones.ts';
import { readOrNote, type Reading } from './reading.ts';
import { readSubscriptions } from './subscriptions.ts';

export async function discover(arm: Arm, environments: readonly EnvironmentAt[]): Promise<Discovery> {
  const unread: string[] = [];
  const known = [...new Set(environments.map(({ subscription }) => subscription.toLowerCase()))];
  const reading: Reading = { arm, unread, subscriptions: await readSubscriptions(arm, known, unread) };
  const { ids } = reading.subscriptions;
  const [seen, applications, networks, linkServices, endpoints, zones] = await Promise.all([
    mapFew(environments, (at) => readEnvironment(reading, at)),
    mapFew(known, (subscription) => readApplications(reading, subscription)),
    mapFew(ids, (subscription) => readNetworks(reading, subscription)),
    mapFew(ids, (subscription) => readAllLinkServices(reading, subscription)),
    mapFew(environments, (at) =>
      readEndpoints(reading, { subscription: at.subscription, name: at.managedResourceGroup }),
    ),
    readZones(reading, { names: environments.map(({ domainSuffix }) => domainSuffix), group: null }),
  ]);
  const own = seen.flatMap((environment) => environment.network ?? []);
  return {
    environments: seen.map((environment) => withApplication(environment, applications.flat())),
    networks: networks
      .flat()
      .filter((network) => !own.some((mine) => sameResource(mine.id, network.id)))
      .toSorted(byName),
    linkServices: linkServices.flat().toSorted(byName),
    endpoints: endpoints.flat().toSorted(byName),
    zones: zones.toSorted(byName),
    unread: unread.toSorted(),
  };
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name.localeCompare(right.name, 'en');
}

const applicationBody = z.object({
  id: z.string(),
  properties: z.object({ managedResourceGroupId: z.string().optional() }),
});

type Application = z.infer<typeof applicationBody>;

/** Managed applications, such as Mendix on Azure, each of which owns a managed resource group. */
async function readApplications(reading: Reading, subscription: string): Promise<Application[]> {
  const name = reading.subscriptions.nameOf(subscription);
  const path = `/subscriptions/${subscription}/providers/Microsoft.Solutions/applications`;
  const items = await readOrNote(reading, `the managed applications of subscription ${name}`, async () =>
    (await reading.arm.list(path, managedApplicationVersion)).map((item) => applicationBody.parse(item)),
  );
  return items ?? [];
}

function withApplication(environment: EnvironmentSeen, applications: readonly Application[]): EnvironmentSeen {
  const group = `/subscriptions/${environment.subscription}/resourceGroups/${environment.managedResourceGroup}`;
  const owner = applications.find(({ properties }) => sameResource(properties.managedResourceGroupId ?? '', group));
  return owner === undefined
    ? environment
    : { ...environment, application: { id: owner.id, name: shortName(owner.id) } };
}
