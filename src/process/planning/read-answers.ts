/** The file of `causeway plan --answers` (CONTRACTS.md section 2), read and checked; every problem is told at once. */
import { z } from 'zod/v4';
import type { ConnectAnswers } from '../../plan/plan.ts';
import { parseNetworkId, parseResourceId } from '../../plan/resource-id.ts';
import { needs } from '../../policy/connect-needs.ts';

const scenarios = [
  'apps-by-peering',
  'apps-by-private-link',
  'service-by-endpoint',
  'dns-servers',
  'database-read',
] as const;
const methods = ['peering', 'private-link'] as const;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const appName = new RegExp(`^${label}(?:\\.${label})*$`, 'i');
const domainName = new RegExp(`^${label}(?:\\.${label})+$`, 'i');
const linkAlias = /^[\w.-]+\.[0-9a-f-]{36}\.[a-z0-9]+\.azure\.privatelinkservice$/i;

const hints = {
  environment: 'the name of an environment, or the resource id of its managed application or resource group',
  network:
    'the resource id of a virtual network, such as /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>',
  app: 'the name of an app, such as orders, or a whole domain, such as orders.example.com',
  apps: 'a list of app names, such as ["orders"], or "*" for every app',
  fqdn: 'the name under which apps call the service, such as erp.example.com',
  link: 'the resource id or the alias of a Private Link service, or null when there is none',
  address: 'an IPv4 address, such as 10.20.0.4',
  port: 'a port from 1 to 65535',
  wish: 'true or false',
  need: needs.join(', '),
};

const serviceSchema = z.strictObject(
  {
    fqdn: z.string({ error: hints.fqdn }).regex(domainName, { error: hints.fqdn }),
    privateLinkService: z
      .string({ error: hints.link })
      .refine((text) => linkAlias.test(text) || parseResourceId(text).kind === 'resource', { error: hints.link })
      .nullable()
      .default(null),
    address: z.ipv4({ error: hints.address }).nullable().default(null),
    port: z.int({ error: hints.port }).min(1, { error: hints.port }).max(65_535, { error: hints.port }).default(443),
  },
  { error: 'an object with fqdn and privateLinkService, or null' },
);

const answersSchema = z.strictObject(
  {
    scenario: oneOf(scenarios),
    environment: z.string({ error: hints.environment }).min(1, { error: hints.environment }),
    networks: z
      .array(
        z
          .string({ error: hints.network })
          .refine((text) => parseNetworkId(text).kind === 'resource', { error: hints.network }),
        { error: 'a list of resource ids of virtual networks' },
      )
      .default([]),
    apps: z
      .array(z.string({ error: hints.app }).regex(appName, { error: hints.app }), { error: hints.apps })
      .default([]),
    service: serviceSchema.nullable().default(null),
    dnsServers: z.array(z.ipv4({ error: hints.address }), { error: 'a list of IPv4 addresses' }).default([]),
    method: oneOf(methods),
    isolation: z.boolean({ error: hints.wish }).optional(),
    needs: z.array(z.enum(needs, { error: hints.need }), { error: `a list of ${hints.need}` }).optional(),
    useGateway: z.boolean({ error: hints.wish }).default(false),
    openSecurityRules: z.boolean({ error: hints.wish }).default(false),
  },
  { error: 'one JSON object' },
);

function oneOf<const Values extends readonly string[]>(values: Values) {
  const error = `${values.join(', ')}, or null to let the rules choose`;
  return z.enum(values, { error }).nullable().default(null);
}

export type AnswersReading = { ok: true; answers: ConnectAnswers } | { ok: false; problems: readonly string[] };

/** @param content What stands in the file. */
export function readAnswers(content: string): AnswersReading {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return { ok: false, problems: [`It is no JSON (${error instanceof Error ? error.message : String(error)}).`] };
  }
  // The star is not a list, and a schema of both would not say which app of a list is wrong.
  const everyApp = valueAt(json, ['apps']) === '*';
  const parsed = answersSchema.safeParse(everyApp ? { ...(json as object), apps: [] } : json);
  return parsed.success
    ? { ok: true, answers: { ...parsed.data, ...(everyApp ? { apps: '*' } : {}) } }
    : { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, json)) };
}

function problemsOf(issue: z.core.$ZodIssue, json: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys((issue.path.length === 0 ? answersSchema : serviceSchema).shape).join(', ');
    return issue.keys.map((key) => `${pathText([...issue.path, key])} is no known key. Known here: ${known}.`);
  }
  const value = valueAt(json, issue.path);
  const found = value === undefined ? 'is missing' : `is ${shortJson(value)}`;
  return [`${issue.path.length === 0 ? 'It' : pathText(issue.path)} ${found}. Write ${issue.message}.`];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    const held = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return held ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }, json);
}

const longestShown = 80;

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longestShown ? `${json.slice(0, longestShown)}…` : json;
}
