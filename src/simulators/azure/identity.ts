/**
 * Who calls, as far as tokens say it. A token that is a JWT names its directory (`tid`); any other text is a test token
 * of the home directory. As an auxiliary token a test token stands for every directory, because it cannot say which.
 */
import { ArmError } from './arm-error.ts';
import { subscriptionKey } from './resource-id.ts';
import { textIn, type World } from './world.ts';

export const homeTenant = '72f988bf-0000-4000-8000-000000000001';

export interface Caller {
  tenant: string;
  /** Directories for which the request carries a token besides its own. */
  alsoOf: readonly string[] | 'every';
}

export function callerOf(headers: Readonly<Record<string, string>>): Caller {
  const others = (headers['x-ms-authorization-auxiliary'] ?? '')
    .split(',')
    .map((part) => part.trim().replace(/^bearer\s+/i, ''))
    .filter((token) => token !== '')
    .map(tenantInToken);
  return {
    tenant: tenantInToken((headers['authorization'] ?? '').replace(/^bearer\s+/i, '')) ?? homeTenant,
    alsoOf: others.includes(undefined) ? 'every' : others.filter((tenant) => tenant !== undefined),
  };
}

/** Undefined for a subscription that the world does not have. */
export function tenantOf(world: World, subscription: string): string | undefined {
  const found = world.subscriptions.get(subscriptionKey(subscription));
  return found === undefined ? undefined : textIn(found, 'tenantId', homeTenant);
}

/** Whether the request carries a token that counts in this directory. */
export function speaksFor(caller: Caller, tenant: string): boolean {
  return caller.tenant === tenant || caller.alsoOf === 'every' || caller.alsoOf.includes(tenant);
}

/** A request goes only to subscriptions of the token's own directory; auxiliary tokens count for what it refers to. */
export function refuseForeignTenant(world: World, caller: Caller, subscription: string): void {
  const tenant = tenantOf(world, subscription);
  if (tenant !== undefined && tenant !== caller.tenant) {
    throw new ArmError(
      401,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenant}/'. It must match the tenant 'https://sts.windows.net/${tenant}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${tenant}' to get the token.`,
      {
        'WWW-Authenticate': `Bearer authorization_uri="https://login.windows.net/${tenant}", error="invalid_token", error_description="The access token is from the wrong issuer."`,
      },
    );
  }
}

function tenantInToken(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { tid } = claims as { tid?: unknown };
    return typeof tid === 'string' ? tid : undefined;
  } catch {
    return undefined;
  }
}
