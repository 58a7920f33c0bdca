/**
 * Two directories (tenants). A subscription is asked with a token of its own directory; a write that refers to
 * something in another directory also carries a token of that one. Everything else goes out as usual, and which
 * subscription is foreign is learned from Azure's own challenge, so nobody has to configure it.
 *
 * Source: learn.microsoft.com/azure/azure-resource-manager/management/authenticate-multi-tenant
 */
import {
  auxiliaryAuthenticationHeaderPolicy,
  bearerTokenAuthenticationPolicy,
  bearerTokenAuthenticationPolicyName,
  type PipelinePolicy,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { publicEndpoint } from './arm-transport.ts';

export interface Tenants {
  /** Takes the place of the SDK's own policy of this name, which knows one directory only. */
  signIn: PipelinePolicy;
  /** Adds tokens of the directories to which a body refers, where they are others than the one that is asked. */
  speakForOthers: PipelinePolicy;
}

/** By lower-case subscription; the directory of the credential itself stands for all that are not there. */
type Foreign = Map<string, string>;

const home = '';
const scopes = [`${publicEndpoint}/.default`];

export function createTenants(credential: TokenCredential): Tenants {
  const foreign: Foreign = new Map();
  return { signIn: signIn(credential, foreign), speakForOthers: speakForOthers(credential, foreign) };
}

function signIn(credential: TokenCredential, foreign: Foreign): PipelinePolicy {
  // Each directory keeps its token in a policy of its own. One policy for all would, where it may not sign in to a
  // second directory, try again until its token for the first one expires (measured).
  const policyOf = oncePer((tenant) =>
    bearerTokenAuthenticationPolicy({ credential: credentialOf(credential, tenant), scopes }),
  );
  return {
    name: bearerTokenAuthenticationPolicyName,
    async sendRequest(request, next) {
      const [subscription] = subscriptionsIn(request.url);
      const tenant = tenantOf(foreign, subscription);
      const response = await policyOf(tenant).sendRequest(request, next);
      const named = tenantNamed(response);
      if (subscription === undefined || named === null || named === tenant || !(await maySignIn(credential, named))) {
        return response;
      }
      foreign.set(subscription.toLowerCase(), named);
      return policyOf(named).sendRequest(request, next);
    },
  };
}

/** Where it may not, Azure's own answer, which says what is wrong, is left to be told. */
async function maySignIn(credential: TokenCredential, tenant: string): Promise<boolean> {
  try {
    return (await credentialOf(credential, tenant).getToken(scopes)) !== null;
  } catch {
    return false;
  }
}

function speakForOthers(credential: TokenCredential, foreign: Foreign): PipelinePolicy {
  const policyOf = oncePer((tenants) =>
    auxiliaryAuthenticationHeaderPolicy({
      scopes,
      credentials: tenants.split(',').map((tenant) => credentialOf(credential, tenant)),
    }),
  );
  return {
    name: 'speakForOthers',
    sendRequest(request, next) {
      const own = tenantOf(foreign, subscriptionsIn(request.url)[0]);
      const referred = subscriptionsIn(typeof request.body === 'string' ? request.body : '');
      const others = new Set(referred.map((subscription) => tenantOf(foreign, subscription)));
      others.delete(own);
      return others.size === 0 ? next(request) : policyOf([...others].sort().join(',')).sendRequest(request, next);
    },
  };
}

function credentialOf(credential: TokenCredential, tenant: string): TokenCredential {
  return tenant === home
    ? credential
    : { getToken: (wanted, options) => credential.getToken(wanted, { ...options, tenantId: tenant }) };
}

function tenantOf(foreign: Foreign, subscription: string | undefined): string {
  return foreign.get(subscription?.toLowerCase() ?? '') ?? home;
}

/** The directory in `authorization_uri="https://login.windows.net/<directory>"`, when the token is of another one. */
function tenantNamed({ status, headers, bodyAsText }: PipelineResponse): string | null {
  const isForeign = status === 401 && (bodyAsText ?? '').includes('InvalidAuthenticationTokenTenant');
  const challenge = isForeign ? (headers.get('WWW-Authenticate') ?? '') : '';
  return /authorization_uri="https:\/\/[^/"]+\/([0-9a-f-]{36})/i.exec(challenge)?.[1]?.toLowerCase() ?? null;
}

function subscriptionsIn(text: string): string[] {
  return [...text.matchAll(/\/subscriptions\/([^/"?]+)/gi)].map((match) => match[1] ?? '');
}

function oncePer(make: (key: string) => PipelinePolicy): (key: string) => PipelinePolicy {
  const made = new Map<string, PipelinePolicy>();
  return (key) => {
    const policy = made.get(key) ?? make(key);
    made.set(key, policy);
    return policy;
  };
}
