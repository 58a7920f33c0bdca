/**
 * What stands in the way of a connection, found before anybody is asked to approve it (STORYBOARD A3). `stop` is what
 * Azure or the rules would refuse, `care` works with a consequence, `unknown` could not be read. Here: what every
 * scenario asks; the rest is beside this, by subject.
 */
import { care, stop, unknown } from './finding.ts';
import type { ConnectAnswers, Finding, FindingLevel } from './plan.ts';
import { parseNetworkId } from './resource-id.ts';
import { type NetworkSeen, sameResource, type Survey } from './world.ts';

const worstFirst: readonly FindingLevel[] = ['stop', 'care', 'unknown'];

/** Worst first, each said once, and with what could not be read. */
export function allFindings(found: readonly Finding[], survey: Survey): Finding[] {
  const findings = [...found, ...survey.unread.map(unreadFinding)];
  const once = findings.filter(
    (finding, index) =>
      findings.findIndex(({ code, text }) => code === finding.code && text === finding.text) === index,
  );
  return once.toSorted((left, right) => worstFirst.indexOf(left.level) - worstFirst.indexOf(right.level));
}

export function isStopped(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.level === 'stop');
}

/** Codes of the findings that mean "not read", as opposed to "not possible". */
export const notReadCodes: ReadonlySet<string> = new Set([
  'NetworkNotRead',
  'EnvironmentNetworkNotRead',
  'LoadBalancerNotRead',
  'SubnetsNotRead',
  'DatabaseNotRead',
  'DatabaseAddressNotRead',
]);

/** `whatFor` completes "Choose the network …"; null when the scenario can do without another network. */
export function checkNetworks(answers: ConnectAnswers, survey: Survey, whatFor: string | null): Finding[] {
  const ours = survey.environment.network;
  const findings = answers.networks.flatMap((id) => checkNetworkId(id, survey.networks, ours));
  if (answers.networks.length === 0 && whatFor !== null) {
    findings.push(
      stop('NoNetwork', 'No other network was named.', `Choose the network ${whatFor}, or paste its resource id.`),
    );
  }
  if (ours === null) {
    const where = `the managed resource group ${survey.environment.managedResourceGroup}`;
    findings.push(
      stop(
        'EnvironmentNetworkNotRead',
        `I found no virtual network of ${survey.environment.name} in ${where}.`,
        'Check the name of the managed resource group in the settings, and that the bot’s identity may read it.',
      ),
    );
  }
  return [...findings, ...checkTenants(survey)];
}

function checkNetworkId(id: string, networks: readonly NetworkSeen[], ours: NetworkSeen | null): Finding[] {
  const parsed = parseNetworkId(id);
  if (parsed.kind === 'malformed') {
    return [
      stop(
        'MalformedResourceId',
        parsed.because,
        'Copy the id from the Properties page of the network in the Azure portal.',
      ),
    ];
  }
  if (ours !== null && sameResource(ours.id, id)) {
    return [
      stop(
        'SameNetwork',
        `${parsed.name} is the environment’s own network; the apps are in it already.`,
        'Choose the network at the other end of the connection.',
      ),
    ];
  }
  if (networks.some((network) => sameResource(network.id, id))) {
    return [];
  }
  return [
    stop(
      'NetworkNotRead',
      `I could not read the network ${parsed.name} in resource group ${parsed.resourceGroup}.`,
      'Check that the id is right, and ask the owner of the network to give the bot’s identity the role Reader on it.',
    ),
  ];
}

/** Azure wants to see a token of either directory when a write in one refers to a resource of the other. */
function checkTenants(survey: Survey): Finding[] {
  const ours = survey.environment.network?.tenant;
  return survey.networks
    .filter(({ tenant }) => ours !== undefined && tenant !== undefined && !sameResource(tenant, ours))
    .map(({ name, tenant }) =>
      care(
        'OtherTenant',
        `${name} belongs to another directory (${tenant ?? ''}). Each write that refers to both needs a second token, of the bot’s application in that directory.`,
        'Have an administrator of that directory add the bot’s application there and give it the roles of the guide; otherwise Azure refuses with LinkedAuthorizationFailed.',
      ),
    );
}

export function checkLoadBalancer(survey: Survey): Finding[] {
  const { name, frontends, location } = survey.environment;
  if (survey.environment.frontendsUnread === true) {
    return [
      stop(
        'LoadBalancerNotRead',
        `I could not read the load balancers of ${name}, so I do not know at which address its apps answer.`,
        'Ask for the role Reader on the managed resource group for the bot’s identity, then plan again.',
      ),
    ];
  }
  const internal = frontends.filter((frontend) => frontend.privateAddress !== null);
  if (internal.length === 0) {
    return [
      stop(
        'InternalLoadBalancerMissing',
        `${name} has no internal load balancer that I can see, so its apps have no private address.`,
        `Turn on “internal load balancer” for ${name} in the Mendix portal (cluster settings), wait until it is applied, then plan again.`,
      ),
    ];
  }
  const addresses = [...new Set(internal.map((frontend) => frontend.privateAddress))];
  const far = survey.networks.filter((network) => network.location.toLowerCase() !== location.toLowerCase());
  return [
    ...(addresses.length > 1 ? [severalAddresses(name, addresses.join(', '))] : []),
    ...(far.length > 0 && internal.some((frontend) => frontend.sku.toLowerCase() === 'basic')
      ? [basicAcrossRegions(name, far)]
      : []),
  ];
}

function severalAddresses(environment: string, addresses: string): Finding {
  return care(
    'SeveralInternalAddresses',
    `${environment} has several internal addresses: ${addresses}. The plan uses the one of the first load balancer by name.`,
    'Compare the address in the plan with the one under which an app answers inside the cluster’s network.',
  );
}

function basicAcrossRegions(environment: string, far: readonly NetworkSeen[]): Finding {
  return stop(
    'BasicLoadBalancerAcrossRegions',
    `The internal load balancer of ${environment} is of the Basic kind, which answers no network in another region (${far.map((network) => network.name).join(', ')}).`,
    'Open a ticket and ask for a Standard load balancer, or connect a network in the same region.',
  );
}

function unreadFinding(what: string): Finding {
  return unknown(
    'NotRead',
    `I could not read ${what}.`,
    'Give the bot’s identity the right to read it and plan again, or go on: the first write will tell.',
  );
}
