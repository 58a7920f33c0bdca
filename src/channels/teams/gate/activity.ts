/** Reads the body once the token is proven, and checks that both speak of the same thing. */
import { z } from 'zod/v4';
import { nestsDeeper } from '../../nesting.ts';
import type { Claims } from './claims.ts';
import { forbidden, type Refusal, unproven, unreadable } from './refusal.ts';
import { isAllowedServiceUrl, type ServiceUrlRules } from './service-url.ts';

export interface ActivityRules extends ServiceUrlRules {
  /** Read at every request, because settings change while the process runs. */
  allowedTenants: () => readonly string[];
}

const maxLevels = 32;
const TenantId = z.string().min(1).nullish();

/** Only what the gate decides by; everything else of the activity is checked by who uses it. */
const Activity = z.object({
  type: z.string().min(1),
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string().min(1), tenantId: TenantId }),
  channelData: z.object({ tenant: z.object({ id: TenantId }).nullish() }).nullish(),
});

type Envelope = z.infer<typeof Activity>;

/** The body as JSON, or why it is none. */
export function readActivity(rawBody: Uint8Array): { json: unknown; envelope: Envelope } | Refusal {
  const text = decode(rawBody);
  if (text === null || nestsDeeper(text, maxLevels)) {
    return unreadable(
      text === null ? 'The body is not UTF-8 text.' : `The body is nested deeper than ${maxLevels} levels.`,
    );
  }
  const json = parse(text);
  const envelope = Activity.safeParse(json);
  return envelope.success ? { json, envelope: envelope.data } : unreadable('The body is no activity.');
}

export function checkActivity(activity: Envelope, claims: Claims, rules: ActivityRules): Refusal | null {
  if (activity.serviceUrl !== claims['serviceurl']) {
    return unproven('The activity names another service URL than the token.');
  }
  if (activity.channelId !== 'msteams') {
    return forbidden('Only Microsoft Teams may send here.');
  }
  if (!isAllowedServiceUrl(activity.serviceUrl, rules)) {
    return forbidden('The service URL is not on the list of those that may be answered (TEAMS_SERVICE_HOSTS).');
  }
  return checkTenant(activity, rules.allowedTenants());
}

function checkTenant({ conversation, channelData }: Envelope, allowed: readonly string[]): Refusal | null {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined && id !== null);
  const [tenant, ...others] = new Set(named.map((id) => id.toLowerCase()));
  if (tenant === undefined || others.length > 0) {
    return forbidden('The activity does not say clearly which tenant it comes from.');
  }
  return allowed.some((id) => id.toLowerCase() === tenant)
    ? null
    : forbidden('The tenant of this activity may not use this bot. An administrator can add it to the settings.');
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Undefined, which is no activity, when the text is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
