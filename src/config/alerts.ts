/** Who may send alerts to `/azure/alerts`. */
import { checkStandIn, readUrl } from './address.ts';
import type { RawEnvironment, VariableName } from './environment.ts';
import { readPair } from './pair.ts';
import type { Report } from './problem.ts';

/** Null: the route does not exist. */
export type AlertsConfig = {
  /** Whose tokens count, in lower case. */
  tenantId: string;
  audience: string;
  /** A stand-in for https://login.microsoftonline.com, where the tenant's keys are; absent: Microsoft's. */
  loginUrl?: string;
} | null;

/** Names under which tokens of every directory in the world are signed, and whatever is no part of a path. */
const noTenant = /^(?:common|organizations|consumers)$|[^\w.-]/i;

export function readAlerts(raw: RawEnvironment, host: string, report: Report): AlertsConfig {
  const pair = readPair(raw, 'AZURE_ALERTS_TENANT_ID', 'AZURE_ALERTS_AUDIENCE', report);
  const loginUrl = readLogin(raw, host, report);
  if (pair === null) {
    return null;
  }
  const [tenantId, audience] = pair;
  if (noTenant.test(tenantId)) {
    report(
      'AZURE_ALERTS_TENANT_ID',
      'names no single directory',
      'Write its id, such as 3f0c1c52-8a0e-4b55-9d4e-0f5f3b1f7a11; “az account show --query tenantId” prints it.',
    );
  }
  return { tenantId: tenantId.toLowerCase(), audience, ...(loginUrl !== null && { loginUrl }) };
}

/** Of its own, or the one that stands for the same host for Teams; what is wrong with that one is reported there. */
function readLogin(raw: RawEnvironment, host: string, report: Report): string | null {
  const { AZURE_ALERTS_LOGIN_URL: own, TEAMS_LOGIN_URL: teams } = raw;
  return own === undefined
    ? readStandIn('TEAMS_LOGIN_URL', teams, host, () => undefined)
    : readStandIn('AZURE_ALERTS_LOGIN_URL', own, host, report);
}

function readStandIn(name: VariableName, value: string | undefined, host: string, report: Report): string | null {
  const url = value === undefined ? null : readUrl(name, value, 'http://127.0.0.1:4030', report);
  if (url === null) {
    return null;
  }
  checkStandIn(name, url, host, report);
  return url.href.replace(/\/+$/, '');
}
