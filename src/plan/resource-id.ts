/** Azure resource ids: `/subscriptions/<id>/resourceGroups/<name>/providers/<namespace>/<type>/<name>…`. */
import type { ResourceId } from './plan.ts';

export interface ResourceAddress {
  kind: 'resource';
  subscription: string;
  resourceGroup: string;
  /** Namespace and all types, such as `Microsoft.Network/virtualNetworks/virtualNetworkPeerings`. */
  type: string;
  /** Names along the type, the parent's first. */
  names: readonly string[];
  /** The last name. */
  name: string;
}

export type ParsedResourceId = ResourceAddress | { kind: 'malformed'; because: string };

const expectedForm =
  '/subscriptions/<subscription id>/resourceGroups/<resource group>/providers/Microsoft.Network/virtualNetworks/<name>';

const shape = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)((?:\/[^/]+\/[^/]+)+)$/i;

/** A refusal shows the text and the form that was expected. */
export function parseResourceId(text: string): ParsedResourceId {
  const trimmed = text.trim().replace(/\/+$/, '');
  const match = shape.exec(trimmed);
  const [, subscription, resourceGroup, namespace, tail] = match ?? [];
  if (
    subscription === undefined ||
    resourceGroup === undefined ||
    namespace === undefined ||
    tail === undefined ||
    /\s/.test(trimmed)
  ) {
    return {
      kind: 'malformed',
      because: `“${shorten(trimmed)}” is no Azure resource id. It looks like ${expectedForm}.`,
    };
  }
  const parts = tail.slice(1).split('/');
  const types = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  return {
    kind: 'resource',
    subscription,
    resourceGroup,
    type: [namespace, ...types].join('/'),
    names,
    name: names.at(-1) ?? '',
  };
}

/** For ids that Azure wrote itself. @throws {Error} when it is no resource id. */
export function addressOf(id: ResourceId): ResourceAddress {
  const parsed = parseResourceId(id);
  if (parsed.kind === 'malformed') {
    throw new Error(`Reading a resource id that should come from Azure: ${parsed.because} Make the plan again.`);
  }
  return parsed;
}

/** Reads the id of a virtual network; anything else is refused with the expected form. */
export function parseNetworkId(text: string): ParsedResourceId {
  const parsed = parseResourceId(text);
  if (parsed.kind === 'resource' && parsed.type.toLowerCase() !== 'microsoft.network/virtualnetworks') {
    return {
      kind: 'malformed',
      because: `“${shorten(text)}” is a ${parsed.type}, not a virtual network. A virtual network’s id looks like ${expectedForm}.`,
    };
  }
  return parsed;
}

/** `/subscriptions/<id>/resourceGroups/<name>` of a resource. */
export function groupOf(id: ResourceId): ResourceId {
  return id.split(/\/providers\//i)[0] ?? id;
}

/** Id of the resource that a child resource is part of; null for one that stands alone. */
export function parentOf(id: ResourceId): ResourceId | null {
  const parent = id.replace(/\/[^/]+\/[^/]+$/, '');
  return parseResourceId(parent).kind === 'resource' ? parent : null;
}

/** The virtual network that a subnet or peering is part of; null for anything else. */
export function networkOf(id: ResourceId): ResourceId | null {
  return /^(.*\/virtualNetworks\/[^/]+)\//i.exec(id)?.[1] ?? null;
}

/** The last part of an id: what people call the resource. */
export function shortName(id: ResourceId): string {
  return id.split('/').at(-1) ?? id;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
