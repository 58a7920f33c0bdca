/**
 * The way to Azure Resource Manager. The SDK is loaded at the first call, because a bot without Azure should not pay for
 * it; there is one client per subscription.
 */
import type { NetworkManagementClient } from '@azure/arm-network';
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import type { TokenCredential } from '@azure/identity';
import { type LongOperation, plainOperation } from './long-operation.ts';

export interface ArmOptions {
  /** Origin of a stand-in on loopback; then a fixed test token is used and no real credential is read. */
  armUrl: string | null;
  /** Default: whatever `@azure/identity` finds in the environment. */
  credential?: TokenCredential;
  /** What the SDK waits before it tries a lost or failed call again; twice as long each time, three times. */
  retryDelayMs?: number;
}

export interface Arm {
  network(subscription: string): Promise<NetworkManagementClient>;
  dns(subscription: string): Promise<PrivateDnsManagementClient>;
  /** All pages of a list that the SDK has no client for. `path` begins with a slash. */
  list(path: string, apiVersion: string): Promise<unknown[]>;
  /**
   * Goes on with an operation that an earlier process began. Null when what was stored names another host: then nothing
   * is asked there, and the resource has to be read instead.
   */
  resume(family: 'network' | 'dns', subscription: string, serialized: string): Promise<LongOperation | null>;
}

interface Loaded {
  network(subscription: string): NetworkManagementClient;
  dns(subscription: string): PrivateDnsManagementClient;
  get(url: string): Promise<{ status: number; body: unknown }>;
  resume(family: 'network' | 'dns', subscription: string, serialized: string): LongOperation | null;
}

/** An answer to a plain call that is neither a success nor an error of the SDK. */
export class ArmAnswerError extends Error {
  override readonly name = 'ArmAnswerError';
  readonly statusCode: number;
  readonly code: string | undefined;
  constructor(message: string, statusCode: number, code: string | undefined) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

export function createArm(options: ArmOptions): Arm {
  let loading: Promise<Loaded> | null = null;
  function loaded(): Promise<Loaded> {
    loading ??= load(options);
    return loading;
  }
  return {
    network: async (subscription) => (await loaded()).network(subscription),
    dns: async (subscription) => (await loaded()).dns(subscription),
    list: async (path, apiVersion) => listAll(await loaded(), path, apiVersion),
    resume: async (family, subscription, serialized) => (await loaded()).resume(family, subscription, serialized),
  };
}

/** Two seconds in all: people wait for readings, and the executor tries again by itself. */
const usualRetryDelayMs = 300;

async function load(options: ArmOptions): Promise<Loaded> {
  const [network, dns, pipelines, transport] = await Promise.all([
    import('@azure/arm-network'),
    import('@azure/arm-privatedns'),
    import('@azure/core-rest-pipeline'),
    import('./arm-transport.ts'),
  ]);
  const credential = await credentialFor(options);
  const httpClient = transport.pinnedHttpClient(options.armUrl);
  const policy = { policy: transport.keepOperationErrors, position: 'perCall' as const };
  const retryOptions = { maxRetries: 3, retryDelayInMs: options.retryDelayMs ?? usualRetryDelayMs };
  const settings = { httpClient, additionalPolicies: [policy], retryOptions };
  const networks = oncePerKey((id) => new network.NetworkManagementClient(credential, id, settings));
  const zones = oncePerKey((id) => new dns.PrivateDnsManagementClient(credential, id, settings));
  const pipeline = pipelines.createPipelineFromOptions({ retryOptions });
  const scopes = [`${transport.publicEndpoint}/.default`];
  pipeline.addPolicy(pipelines.bearerTokenAuthenticationPolicy({ credential, scopes }), { phase: 'Sign' });
  return {
    network: networks,
    dns: zones,
    async get(url) {
      const absolute = url.startsWith('/') ? `${transport.publicEndpoint}${url}` : url;
      const response = await pipeline.sendRequest(httpClient, pipelines.createPipelineRequest({ url: absolute }));
      return { status: response.status, body: parseBody(response.bodyAsText) };
    },
    resume(family, subscription, serialized) {
      if (!urlsIn(serialized).every(transport.isPublicEndpoint)) {
        return null;
      }
      const [client, zoneClient] = [networks(subscription), zones(subscription)];
      return plainOperation(
        family === 'network'
          ? network.restorePoller(client, serialized, client.virtualNetworkPeerings.createOrUpdate)
          : dns.restorePoller(zoneClient, serialized, zoneClient.privateZones.createOrUpdate),
      );
    },
  };
}

/** Every URL in a stored operation; one that is missing is as bad as a foreign one. */
function urlsIn(serialized: string): string[] {
  const { state } = (parseBody(serialized) ?? {}) as { state?: { config?: Record<string, unknown> } };
  const { operationLocation, resourceLocation, initialRequestUrl } = state?.config ?? {};
  return [operationLocation, initialRequestUrl, resourceLocation ?? initialRequestUrl].map((url) =>
    typeof url === 'string' ? url : '',
  );
}

async function credentialFor({ armUrl, credential }: ArmOptions): Promise<TokenCredential> {
  if (armUrl !== null) {
    return {
      getToken: () => Promise.resolve({ token: 'stand-in', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    };
  }
  return credential ?? new (await import('@azure/identity')).DefaultAzureCredential();
}

function oncePerKey<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key.toLowerCase()) ?? make(key);
    made.set(key.toLowerCase(), value);
    return value;
  };
}

async function listAll(loaded: Loaded, path: string, apiVersion: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let next: string | null = `${path}?api-version=${apiVersion}`;
  while (next !== null) {
    const { status, body } = await loaded.get(next);
    if (status !== 200 || typeof body !== 'object' || body === null) {
      throw answerError(path, status, body);
    }
    const { value, nextLink } = body as { value?: unknown[]; nextLink?: unknown };
    items.push(...(value ?? []));
    next = typeof nextLink === 'string' && nextLink !== '' ? nextLink : null;
  }
  return items;
}

function answerError(path: string, status: number, body: unknown): ArmAnswerError {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const said = typeof error?.message === 'string' ? error.message : `Azure answered ${status}.`;
  return new ArmAnswerError(
    `Listing ${path}: ${said}`,
    status,
    typeof error?.code === 'string' ? error.code : undefined,
  );
}

function parseBody(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
