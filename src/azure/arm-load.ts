/** Loads the SDK and makes its clients, all with the same pinned host, sign-in and way of keeping errors. */
import type { NetworkManagementClient } from '@azure/arm-network';
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import type { HttpClient, Pipeline, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { PlainCalls, Send } from './arm-plain.ts';
import { type LongOperation, plainOperation } from './long-operation.ts';

export interface ArmOptions {
  /** Origin of a stand-in on loopback; null: the real Azure. */
  armUrl: string | null;
  /** Default: a fixed test token for a stand-in, else whatever `@azure/identity` finds in the environment. */
  credential?: TokenCredential;
  /** What the SDK waits before it tries a lost or failed call again; twice as long each time, three times. */
  retryDelayMs?: number;
  /** After how long a call that is not answered is given up, and sent again. */
  answerMs?: number;
  /** Shared with whoever else sends. Default: a set of its own, for a stand-in twenty times the real one, its usual speed. */
  budgets?: PipelinePolicy;
}

const usualStandInScale = 20;

/** `plain`: bodies go and come as they are, without the SDK's models. */
export type OperationFamily = 'network' | 'dns' | 'plain';

interface LoadedArm extends PlainCalls {
  network(subscription: string): NetworkManagementClient;
  dns(subscription: string): PrivateDnsManagementClient;
  resume(family: OperationFamily, subscription: string, serialized: string): LongOperation | null;
}

/** Two seconds in all: people wait for readings, and the executor tries again by itself. */
const usualRetryDelayMs = 300;
/** Azure's own gateway waits a minute for what stands behind it, and then says so itself. */
const usualAnswerMs = 70_000;

export async function loadArm(options: ArmOptions): Promise<LoadedArm> {
  const [network, dns, pipelines, transport, plain, { createTenants }, guard, { keepBudgets }] = await Promise.all([
    import('@azure/arm-network'),
    import('@azure/arm-privatedns'),
    import('@azure/core-rest-pipeline'),
    import('./arm-transport.ts'),
    import('./arm-plain.ts'),
    import('./tenants.ts'),
    import('./write-guard.ts'),
    import('./budgets.ts'),
  ]);
  const credential = await credentialFor(options);
  const tenants = createTenants(credential);
  const httpClient = transport.pinnedHttpClient(options.armUrl, options.answerMs ?? usualAnswerMs);
  const retryOptions = { maxRetries: 3, retryDelayInMs: options.retryDelayMs ?? usualRetryDelayMs };
  const additionalPolicies = [transport.keepOperationErrors, tenants.speakForOthers].map((policy) => ({
    policy,
    position: 'perCall' as const,
  }));
  const settings = { httpClient, additionalPolicies, retryOptions };
  const budgets = options.budgets ?? keepBudgets(options.armUrl === null ? 1 : usualStandInScale);
  const prepare = preparer(tenants.signIn, budgets, guard.askBeforeWriting);
  const networks = oncePerKey((id) => {
    const client = new network.NetworkManagementClient(credential, id, settings);
    prepare(client.pipeline);
    return client;
  });
  const zones = oncePerKey((id) => {
    const client = new dns.PrivateDnsManagementClient(credential, id, settings);
    prepare(client.pipeline);
    return client;
  });
  const rest = pipelines.createPipelineFromOptions({ retryOptions });
  prepare(rest);
  const send = sendThrough({ httpClient, networks, rest });
  return {
    network: networks,
    dns: zones,
    ...plain.plainCalls(send),
    resume(family, subscription, serialized) {
      if (family === 'plain') {
        return plain.resumePlain(send, serialized);
      }
      if (!urlsIn(plain.parseBody(serialized)).every(transport.isPublicEndpoint)) {
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

/** To sign in the SDK knows one directory only. What is asked before a change comes last, for each repeat anew. */
function preparer(
  signIn: PipelinePolicy,
  budgets: PipelinePolicy,
  askFirst: PipelinePolicy,
): (pipeline: Pipeline) => void {
  return (pipeline) => {
    pipeline.removePolicy({ name: signIn.name });
    pipeline.addPolicy(signIn, { phase: 'Sign' });
    pipeline.addPolicy(budgets, { afterPhase: 'Retry', beforePolicies: [signIn.name] });
    pipeline.addPolicy(askFirst, { afterPhase: 'Sign', afterPolicies: [budgets.name] });
  };
}

/** Plain calls go the way of the SDK's own in the same subscription; what stands in none has a way of its own. */
function sendThrough(ways: {
  httpClient: HttpClient;
  networks: (subscription: string) => NetworkManagementClient;
  rest: Pipeline;
}): Send {
  return (request) => {
    const subscription = /\/subscriptions\/([^/?]+)/i.exec(request.url)?.[1];
    const pipeline = subscription === undefined ? ways.rest : ways.networks(subscription).pipeline;
    return pipeline.sendRequest(ways.httpClient, request);
  };
}

/** Every URL in a stored operation; one that is missing is as bad as a foreign one. */
function urlsIn(parsed: unknown): string[] {
  const { state } = (parsed ?? {}) as { state?: { config?: Record<string, unknown> } };
  const { operationLocation, resourceLocation, initialRequestUrl } = state?.config ?? {};
  return [operationLocation, initialRequestUrl, resourceLocation ?? initialRequestUrl].map((url) =>
    typeof url === 'string' ? url : '',
  );
}

/** With a stand-in no real credential is read. */
async function credentialFor({ armUrl, credential }: ArmOptions): Promise<TokenCredential> {
  if (credential !== undefined) {
    return credential;
  }
  return armUrl === null ? new (await import('@azure/identity')).DefaultAzureCredential() : testCredential;
}

const testCredential: TokenCredential = {
  getToken: (_scopes, options) =>
    Promise.resolve({ token: testToken(options?.tenantId), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

/** Says its directory as a real token does, and proves nothing. */
function testToken(tenantId: string | undefined): string {
  return tenantId === undefined
    ? 'stand-in'
    : `stand-in.${Buffer.from(JSON.stringify({ tid: tenantId })).toString('base64url')}.`;
}

function oncePerKey<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key.toLowerCase()) ?? make(key);
    made.set(key.toLowerCase(), value);
    return value;
  };
}
