/** What one person may choose from, and which of it their words mean. */
import type { ResourceId } from '../plan/plan.ts';
import { parseNetworkId, parseResourceId, shortName } from '../plan/resource-id.ts';
import { type Discovery, type LinkServiceSeen, type NetworkSeen, sameResource } from '../plan/world.ts';
import { matchName } from '../policy/match-name.ts';
import type { Environment, PersonId } from '../policy/people.ts';
import { adminNames, type Context, environmentsFor, findPerson } from './flow.ts';

export interface Choosable extends Discovery {
  /** Environments that they may not ask for; nothing in there is shown to them or used. */
  closed: readonly Environment[];
  /** Whom they ask for more. */
  admins: string;
}

/** One thing, nothing, or the names of several that the words fit. */
export type Match = string | null | readonly string[];

/** Only environments they may ask for, and nothing that belongs to the others. */
export function choosableFor(discovery: Discovery, person: PersonId, context: Context): Choosable {
  const { directory } = context;
  const found = findPerson(directory, person);
  const allowed = found === null ? [] : environmentsFor(directory, found);
  const closed = directory.environments.filter((environment) => !allowed.includes(environment));
  const environments = discovery.environments.filter((seen) => allowed.some(({ name }) => name === seen.name));
  const mayChoose = environments.length > 0;
  return {
    environments,
    networks: mayChoose ? discovery.networks.filter(({ id }) => !isWithin(id, closed)) : [],
    linkServices: mayChoose ? ownServices(discovery, directory.environments) : [],
    unread: discovery.unread.filter(
      (what) => !closed.some(({ name, managedResourceGroup }) => what.includes(`${name} in ${managedResourceGroup}`)),
    ),
    closed,
    admins: adminNames(directory),
  };
}

/** What stands in a managed resource group serves the environment; apps reach what is the company's own. */
function ownServices({ linkServices = [] }: Discovery, environments: readonly Environment[]): LinkServiceSeen[] {
  return linkServices.filter(({ id }) => !isWithin(id, environments));
}

/** Whether a resource lies in the managed resource group of one of these environments. */
function isWithin(id: ResourceId, environments: readonly Environment[]): boolean {
  const parsed = parseResourceId(id);
  return (
    parsed.kind === 'resource' &&
    environments.some(
      ({ subscription, managedResourceGroup }) =>
        sameResource(subscription, parsed.subscription) && sameResource(managedResourceGroup, parsed.resourceGroup),
    )
  );
}

export function isClosed(id: ResourceId, { closed }: Choosable): boolean {
  return isWithin(id, closed);
}

/** Name of the environment: by its name, or by the id of its application or of its managed resource group. */
export function matchEnvironment(words: string, { environments }: Choosable): Match {
  const said = tidyId(words);
  if (!said.startsWith('/')) {
    return matchName(
      said,
      environments.map(({ name }) => name),
    );
  }
  const byGroup = environments.find(({ managedResourceGroup, subscription }) =>
    sameResource(said, `/subscriptions/${subscription}/resourceGroups/${managedResourceGroup}`),
  );
  const byName = environments.find(
    ({ name, subscription }) =>
      sameResource(name, shortName(said)) &&
      said.toLowerCase().startsWith(`/subscriptions/${subscription.toLowerCase()}/`),
  );
  return (byGroup ?? byName)?.name ?? null;
}

/** The id that a name or id stands for. */
export function matchNetwork(words: string, { networks }: Choosable): Match {
  const said = tidyId(words);
  const byId = networks.find(({ id }) => sameResource(id, said));
  return byId?.id ?? matchAmong(said, networks);
}

/** The id or alias that a name, id or alias stands for. */
export function matchLink(words: string, choosable: Choosable): Match {
  const said = tidyId(words);
  const services = choosable.linkServices ?? [];
  const known = services.find(
    ({ id, alias }) => sameResource(id, said) || (alias !== null && sameResource(alias, said)),
  );
  return known?.id ?? (isLink(said) && !isClosed(said, choosable) ? said : matchAmong(said, services));
}

/** A resource id or an alias, of a Private Link service that is not listed. */
function isLink(said: string): boolean {
  const parsed = parseResourceId(said);
  return parsed.kind === 'resource'
    ? /^microsoft\.network\/privatelinkservices$/i.test(parsed.type)
    : /^[a-z0-9][\w-]*(?:\.[\w-]+){2,}\.azure\.privatelinkservice$/i.test(said);
}

function matchAmong(words: string, known: readonly { id: ResourceId; name: string }[]): Match {
  const match = matchName(
    words,
    known.map(({ name }) => name),
  );
  return typeof match === 'string' ? (known.find(({ name }) => name === match)?.id ?? null) : match;
}

/** An id as it can be used: a network's own id, of no environment that is closed to the person. */
export function isUsableNetwork(id: string, choosable: Choosable): boolean {
  return parseNetworkId(id).kind === 'resource' && !isClosed(id, choosable);
}

export function tidyId(words: string): string {
  return words.trim().replace(/\/+$/, '');
}

/** Why the words for a network mean none that this person can use. */
export function networkProblem(words: string, choosable: Choosable): string {
  if (isClosed(words, choosable)) {
    return `${shortName(words)} belongs to an environment that you may not ask for yet. Choose another network, or ask ${choosable.admins} to add you to “mayRequest” in the settings.`;
  }
  if (words.startsWith('/')) {
    return 'This is not the resource id of a virtual network. It looks like /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>; copy it from the network’s Properties page, or choose a network from the list.';
  }
  const match = matchNetwork(words, choosable);
  const names = typeof match === 'string' || match === null ? [] : match;
  const candidates = choosable.networks.filter(({ name }) => names.includes(name)).map(networkTitle);
  return `${unmatched('network', words, candidates)} Choose one from the list, or paste its resource id.`;
}

/** A network as people know it. */
export function networkTitle({ addressPrefixes, name, subscriptionName }: NetworkSeen): string {
  return `${name} (${[...addressPrefixes, subscriptionName].join(', ')})`;
}

export function unmatched(what: string, words: string, candidates: readonly string[]): string {
  return candidates.length === 0
    ? `I see no ${what} called “${words}”.`
    : `“${words}” fits more than one ${what}: ${candidates.join('; ')}.`;
}
