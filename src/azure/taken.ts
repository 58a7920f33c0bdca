/**
 * What a write has for itself while Azure works on it: a second write there is refused. Peerings, subnets, endpoints,
 * link services and DNS servers all take the network; rules, routes and connections take the resource they belong to.
 */
import type { Json, PlanStep, ResourceId } from '../plan/plan.ts';
import { isFields, isList } from './json.ts';

type Writing = Pick<PlanStep, 'kind' | 'resource' | 'body'>;

const children = /\/(?:subnets|virtualNetworkPeerings|securityRules|routes|privateEndpointConnections)\/[^/]+$/i;

/** Lower-case ids. */
export function takenBy({ kind, resource, body }: Writing): ResourceId[] {
  switch (kind) {
    case 'dns-zone':
    case 'dns-record':
    case 'dns-link':
    case 'endpoint-wait':
      return [];
    case 'private-link-service':
    case 'private-endpoint':
      return networksIn(body);
    case 'peering':
    case 'peering-repair':
      return [...new Set([owner(resource), ...networksIn(body)])];
    case 'subnet-policy':
    case 'route-table':
    case 'dns-servers':
    case 'endpoint-approval':
    case 'security-rule':
    case 'route':
      return [owner(resource)];
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** What a write only refers to: it waits for a write there, and holds up none. */
export function referredBy({ kind, body }: Writing): ResourceId[] {
  return kind === 'dns-link' ? networksIn(body) : [];
}

/** The private zone of a zone, a record or a link; null for anything else. */
export function zoneOf({ resource }: Pick<Writing, 'resource'>): ResourceId | null {
  return /^.*\/privateDnsZones\/[^/]+/i.exec(resource)?.[0].toLowerCase() ?? null;
}

function owner(resource: ResourceId): ResourceId {
  return resource.replace(children, '').toLowerCase();
}

/** Networks that are named anywhere in a body, by themselves or by one of their subnets. */
function networksIn(body: Json): ResourceId[] {
  const texts = textsIn(body).flatMap((text) => /^\/subscriptions\/.*\/virtualNetworks\/[^/]+/i.exec(text)?.[0] ?? []);
  return [...new Set(texts.map((id) => id.toLowerCase()))];
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (isList(value)) {
    return value.flatMap(textsIn);
  }
  return isFields(value) ? Object.values(value).flatMap(textsIn) : [];
}
