/** One situation of the golden table: what is asked in which world, and how its plan reads as a document. */
import { checkAddresses } from '../../../src/plan/preflight-addresses.ts';
import { planConnection } from '../../../src/plan/planner.ts';
import type { ConnectAnswers, Finding, Json, Naming, Planned } from '../../../src/plan/plan.ts';
import type { Survey } from '../../../src/plan/world.ts';
import { type ChoiceFacts, chooseMethod } from '../../../src/policy/method.ts';

export interface Situation {
  name: string;
  answers: ConnectAnswers;
  survey: Survey;
  /** What was asked about the wish besides the answers. */
  facts?: ChoiceFacts;
  naming?: Naming;
  /**
   * Carried out on the model, read again and taken back. Off where the model has no such world: what cannot be read, or
   * what is not put back by its nature (an address space that was told anew).
   */
  model?: false | 'forth-only';
}

export interface Chosen {
  choice: ReturnType<typeof chooseMethod>;
  /** Null when no method fits. */
  planned: Planned | null;
}

export const caseTags = { 'causeway-case': 'C-1' };

/** As the conversation does it: the rules choose, unless the method was named. */
export function planSituation({ answers, survey, facts, naming }: Situation): Chosen {
  const clashes = checkAddresses(survey).some(({ level }) => level === 'stop');
  const internal = survey.environment.frontends.some(({ privateAddress }) => privateAddress !== null);
  const choice = chooseMethod({
    addressesOverlap: clashes,
    internalLoadBalancer: internal,
    directDatabaseAccess: answers.scenario === 'database-read',
    ...facts,
  });
  const method = answers.method ?? choice.method;
  return {
    choice,
    planned:
      method === 'none' && answers.scenario === null
        ? null
        : planConnection(
            answers,
            survey,
            { method: method === 'none' ? 'peering' : method, because: choice.because },
            caseTags,
            naming,
          ),
  };
}

export function documentOf(situation: Situation): string {
  const { choice, planned } = planSituation(situation);
  return [
    `## ${situation.name}`,
    '',
    `Asked: ${askedWords(situation.answers)}`,
    ...(planned === null
      ? noMethod(choice)
      : planned.kind === 'refused'
        ? refusal(planned.findings)
        : planLines(planned)),
    '',
  ].join('\n');
}

function askedWords({ scenario, networks, apps, service, dnsServers, method, ...wishes }: ConnectAnswers): string {
  const on = Object.entries(wishes).flatMap(([key, value]) => (value === true ? [key] : []));
  return [
    scenario ?? 'whatever fits',
    method === null ? '' : `by ${method}`,
    networks.length === 0 ? '' : `with ${networks.map(shortId).join(', ')}`,
    scenario === 'service-by-endpoint' || scenario === 'dns-servers' || scenario === 'database-read'
      ? ''
      : `for ${apps === '*' ? 'every app' : apps.join(', ')}`,
    service === null || service === undefined
      ? ''
      : `service ${service.fqdn} (${shortId(service.privateLinkService ?? 'no private link service')})`,
    dnsServers === undefined || dnsServers.length === 0 ? '' : `DNS servers ${dnsServers.join(', ')}`,
    on.join(', '),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function noMethod({ because, waysOut }: Chosen['choice']): string[] {
  return [
    '',
    'No method fits.',
    ...because.map(({ note }) => `- because: ${note}`),
    ...waysOut.map((text) => `- way out: ${text}`),
  ];
}

function refusal(findings: readonly Finding[]): string[] {
  return ['', 'Refused:', ...findingLines(findings)];
}

function planLines({ plan }: Extract<Planned, { kind: 'planned' }>): string[] {
  return [
    '',
    `Planned: ${plan.scenario} by ${plan.method}`,
    ...plan.because.map(({ note }) => `- because: ${note}`),
    ...findingLines(plan.findings),
    '',
    'Steps:',
    ...plan.steps.flatMap((step, index) => [
      `${index + 1}. ${step.change} ${step.kind}: ${step.title}`,
      ...(step.after.length === 0 ? [] : [`   after ${step.after.map((id) => numberOf(id, plan.steps)).join(', ')}`]),
      ...(step.body === null ? [] : [`   at ${shortId(step.resource)}`]),
      ...(step.change === 'update' ? [`   before ${shortJson(step.before)}`] : []),
      ...(step.body === null ? [] : [`   sends ${shortJson(step.body)}`]),
    ]),
    '',
    plan.reach.length === 0 ? 'Nobody gains reach.' : 'Who gains reach:',
    ...plan.reach.map(({ from, to }) => `- ${from.join(', ')} → ${to.join('; ')}`),
    ...plan.promises.names.map(
      ({ name, address, endpoint, from = plan.promises.from }) =>
        `Promised: ${name} → ${address === '' ? `the address of ${shortId(endpoint ?? 'nothing that is known')}` : address}, port ${plan.promises.port}, from ${from.map(shortId).join(', ')}`,
    ),
    ...(plan.aftermath === undefined ? [] : [`Afterwards: ${plan.aftermath.text} ${plan.aftermath.wayOut}`]),
    plan.undo.length === 0 ? 'Nothing to undo.' : 'Undo:',
    ...plan.undo.map(({ change, title }, index) => `${index + 1}. ${change}: ${title ?? ''}`),
  ];
}

function numberOf(id: string, steps: readonly { id: string }[]): number {
  return steps.findIndex((step) => step.id === id) + 1;
}

function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ level, code, text, wayOut }) => `- ${level} ${code}: ${text} ⟶ ${wayOut.replaceAll('\n', ' / ')}`,
  );
}

/** Ids are long; what stands before the group says nothing here. */
function shortId(id: string): string {
  return id
    .replace(/^\/subscriptions\/[^/]+\/resourceGroups\//i, '')
    .replaceAll(/\/providers\/Microsoft\.Network\//g, ':')
    .replaceAll(/(?:virtualNetworks|virtualNetworkPeerings|privateDnsZones|virtualNetworkLinks)\//g, '');
}

function shortJson(body: Json): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith('/subscriptions/') ? shortId(value) : value,
  );
}
