/** The bot's registration in Microsoft Teams, or its stand-ins on this machine. */
import { checkStandIn, isLoopback, readUrl } from './address.ts';
import type { AzureConfig } from './azure.ts';
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Report } from './problem.ts';
import type { ZendeskConfig } from './zendesk.ts';

/** A bot with an identity in Microsoft Entra. */
export interface RegisteredBot {
  kind: 'registered';
  appId: string;
  /** The directory in which the bot is registered. */
  tenantId: string;
  credential: { kind: 'secret'; secret: string } | { kind: 'managed-identity' };
  /** Exact names of the hosts to which messages may be sent. */
  serviceHosts: readonly string[];
  /** Stands for the Bot Framework's metadata; service URLs on loopback are accepted then. Null: Microsoft's. */
  openIdMetadataUrl: string | null;
  /** Stands for https://login.microsoftonline.com; null: the real one. */
  loginUrl: string | null;
}

/** Microsoft's playground on this machine: no token comes in, none goes out, loopback only. */
interface LocalBot {
  kind: 'local';
}

export type TeamsConfig = RegisteredBot | LocalBot;

const microsoftHosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

/** What says that somebody wants Teams at all. */
const wishes: readonly VariableName[] = [
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_TYPE',
  'MICROSOFT_APP_TENANT_ID',
  'MICROSOFT_APP_PASSWORD',
  'TEAMS_SERVICE_HOSTS',
  'TEAMS_OPENID_METADATA_URL',
  'TEAMS_LOGIN_URL',
];

const types = ['SingleTenant', 'UserAssignedMSI'] as const;

interface Around {
  host: string;
  azure: AzureConfig;
  zendesk: ZendeskConfig;
}

/** Null: the route does not exist. */
export function readTeams(raw: RawEnvironment, around: Around, report: Report): TeamsConfig | null {
  if (raw.TEAMS_LOCAL !== undefined) {
    return readLocal(raw, around, report);
  }
  if (!wishes.some((name) => raw[name] !== undefined)) {
    return null;
  }
  const type = readType(raw, report);
  const needed: readonly VariableName[] = [
    'MICROSOFT_APP_ID',
    'MICROSOFT_APP_TENANT_ID',
    ...(type === 'SingleTenant' ? (['MICROSOFT_APP_PASSWORD'] as const) : []),
  ];
  const missing = needed.filter((name) => raw[name] === undefined);
  if (missing.length > 0) {
    report(
      missing.join(', '),
      `${missing.length === 1 ? 'is' : 'are'} not set, but other settings of Teams are`,
      'Set all of them (docs/teams.md tells where they come from), or leave every setting of Teams empty.',
    );
  }
  return {
    kind: 'registered',
    appId: raw.MICROSOFT_APP_ID ?? '',
    tenantId: raw.MICROSOFT_APP_TENANT_ID ?? '',
    credential:
      type === 'SingleTenant'
        ? { kind: 'secret', secret: raw.MICROSOFT_APP_PASSWORD ?? '' }
        : { kind: 'managed-identity' },
    serviceHosts: readHosts(raw.TEAMS_SERVICE_HOSTS, report),
    openIdMetadataUrl: readStandIn('TEAMS_OPENID_METADATA_URL', raw, around.host, report),
    loginUrl: readStandIn('TEAMS_LOGIN_URL', raw, around.host, report),
  };
}

function readType(raw: RawEnvironment, report: Report): (typeof types)[number] {
  const given = raw.MICROSOFT_APP_TYPE ?? 'SingleTenant';
  const known = types.find((type) => type === given);
  if (known === undefined) {
    report('MICROSOFT_APP_TYPE', `“${given}” is not supported`, `Write ${types.join(' or ')}.`);
  }
  return known ?? 'SingleTenant';
}

const hostName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

function readHosts(text: string | undefined, report: Report): readonly string[] {
  if (text === undefined) {
    return microsoftHosts;
  }
  const hosts = text.split(',').map((host) => host.trim().toLowerCase());
  const wrong = hosts.filter((host) => !hostName.test(host));
  if (wrong.length > 0) {
    report(
      'TEAMS_SERVICE_HOSTS',
      `${wrong.map((host) => `“${host}”`).join(', ')} is no host name`,
      'Write exact host names with commas between them, such as smba.trafficmanager.net.',
    );
  }
  return hosts;
}

function readStandIn(
  name: 'TEAMS_OPENID_METADATA_URL' | 'TEAMS_LOGIN_URL',
  raw: RawEnvironment,
  host: string,
  report: Report,
): string | null {
  const value = raw[name];
  if (value === undefined) {
    return null;
  }
  const url = readUrl(name, value, 'http://127.0.0.1:4030', report);
  if (url !== null) {
    checkStandIn(name, url, host, report);
  }
  return url === null ? null : url.href.replace(/\/+$/, '');
}

/** Without tokens nobody is who they say, so nothing real may be within reach. */
function readLocal(raw: RawEnvironment, { host, azure, zendesk }: Around, report: Report): TeamsConfig {
  const problems = [
    ...(raw.TEAMS_LOCAL === '1' ? [] : ['it knows the value 1 only']),
    ...(wishes.some((name) => raw[name] !== undefined) ? ['other settings of Teams are set'] : []),
    ...(isLoopback(host) ? [] : [`HOST (${host}) lets other machines in`]),
    ...(azure.kind === 'azure' ? ['Azure is the real one'] : []),
    ...(zendesk.kind === 'desk' ? ['the desk is a real one'] : []),
  ];
  if (problems.length > 0) {
    report(
      'TEAMS_LOCAL',
      `is for Microsoft’s playground on this machine, but ${problems.join(', and ')}`,
      'Leave it empty, or mend that.',
    );
  }
  return { kind: 'local' };
}
