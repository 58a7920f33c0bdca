/** Reads a request path: which resource, collection or operation it names. Ids are compared without regard to case. */
export interface ResourceId {
  /** The whole id in lower case. */
  key: string;
  subscription: string;
  group: string;
  /** In lower case, as in `microsoft.network/virtualnetworks/subnets`. */
  type: string;
  /** In the case of the request. */
  name: string;
  /** Lower-case id of the resource that holds this one; undefined at the top. */
  parentKey: string | undefined;
}

export type Target =
  | { kind: 'subscriptions' }
  | { kind: 'subscription'; subscription: string }
  | { kind: 'groups'; subscription: string }
  | { kind: 'group'; subscription: string; group: string }
  | { kind: 'resource'; id: ResourceId }
  /** `under`: lower-case id of the subscription, group or resource that holds the members. */
  | {
      kind: 'collection';
      subscription: string;
      group: string | undefined;
      type: string;
      under: string;
      nested: boolean;
    }
  | {
      kind: 'operation';
      subscription: string;
      id: string;
      part: 'status' | 'result';
      family: 'network' | 'private-dns';
    }
  | { kind: 'authorization'; scope: string; subscription: string; what: AuthorizationList };

const authorizationLists = ['permissions', 'denyAssignments', 'locks', 'policyAssignments'] as const;

export type AuthorizationList = (typeof authorizationLists)[number];

const operationPath =
  /^\/subscriptions\/(?<subscription>[^/]+)\/(?:resourcegroups\/[^/]+\/)?providers\/microsoft\.network\/(?:locations\/[^/]+\/(?<network>operations|operationresults)|(?<dns>privatednsoperationstatuses|privatednsoperationresults))\/(?<id>[^/]+)$/i;
const authorizationPath =
  /^(?<scope>\/subscriptions\/(?<subscription>[^/]+).*)\/providers\/microsoft\.authorization\/(?<what>[a-z]+)$/i;
const resourcePath =
  /^\/subscriptions\/(?<subscription>[^/]+)(?:\/resourcegroups\/(?<group>[^/]+))?\/providers\/(?<namespace>[^/]+)\/(?<rest>.+)$/i;
const scopePath =
  /^\/subscriptions(?:\/(?<subscription>[^/]+)(?:\/(?<groups>resourcegroups)(?:\/(?<group>[^/]+))?)?)?$/i;

/** `path` is the path of a request, percent-encoded as it was sent. */
export function readTarget(path: string): Target | undefined {
  const plain = decodePath(path);
  return plain === undefined
    ? undefined
    : (readScope(plain) ?? readOperation(plain) ?? readAuthorization(plain) ?? readResource(plain));
}

/** Reads a resource id as it stands in a body; undefined when it is none. */
export function readResourceId(id: string): ResourceId | undefined {
  const target = readResource(id);
  return target?.kind === 'resource' ? target.id : undefined;
}

export function subscriptionKey(subscription: string): string {
  return `/subscriptions/${subscription}`.toLowerCase();
}

export function groupKey(subscription: string, group: string): string {
  return `/subscriptions/${subscription}/resourcegroups/${group}`.toLowerCase();
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replace(/\/+$/, ''));
  } catch {
    return undefined;
  }
}

function readScope(path: string): Target | undefined {
  const parts = scopePath.exec(path)?.groups;
  if (parts === undefined) {
    return undefined;
  }
  const { subscription, groups, group } = parts;
  if (subscription === undefined) {
    return { kind: 'subscriptions' };
  }
  if (group !== undefined) {
    return { kind: 'group', subscription, group };
  }
  return groups === undefined ? { kind: 'subscription', subscription } : { kind: 'groups', subscription };
}

function readOperation(path: string): Target | undefined {
  const parts = operationPath.exec(path)?.groups;
  const { subscription, network, dns, id } = parts ?? {};
  if (subscription === undefined || id === undefined) {
    return undefined;
  }
  const part = /results$/i.test(network ?? dns ?? '') ? 'result' : 'status';
  return { kind: 'operation', subscription, id, part, family: dns === undefined ? 'network' : 'private-dns' };
}

function readAuthorization(path: string): Target | undefined {
  const { scope, subscription, what } = authorizationPath.exec(path)?.groups ?? {};
  const list = authorizationLists.find((known) => known.toLowerCase() === what?.toLowerCase());
  return scope === undefined || subscription === undefined || list === undefined
    ? undefined
    : { kind: 'authorization', scope: scope.toLowerCase(), subscription, what: list };
}

function readResource(path: string): Target | undefined {
  const { subscription, group, namespace, rest } = resourcePath.exec(path)?.groups ?? {};
  if (subscription === undefined || namespace === undefined || rest === undefined) {
    return undefined;
  }
  const segments = rest.split('/');
  const type = [namespace, ...segments.filter((_, index) => index % 2 === 0)].join('/').toLowerCase();
  const scope = group === undefined ? subscriptionKey(subscription) : groupKey(subscription, group);
  const key = path.toLowerCase();
  const nested = segments.length > 2;
  const holder = key
    .split('/')
    .slice(0, segments.length % 2 === 0 ? -2 : -1)
    .join('/');
  if (segments.length % 2 === 1) {
    return { kind: 'collection', subscription, group, type, under: nested ? holder : scope, nested };
  }
  if (group === undefined) {
    return undefined;
  }
  const name = segments.at(-1) ?? '';
  return { kind: 'resource', id: { key, subscription, group, type, name, parentKey: nested ? holder : undefined } };
}
