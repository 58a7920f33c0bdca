/**
 * The negative proof: what a connection must not open. Which way there is follows from peerings, the security groups on
 * it, and what Private Link is; where a peering opens more than was asked for, that is said, not hidden.
 */
import type { Evidence } from '../plan/evidence.ts';
import { graphOf, keyOf, networksOf, reachableFrom } from '../plan/network-graph.ts';
import type { Plan } from '../plan/plan.ts';
import { networkOf, shortName } from '../plan/resource-id.ts';
import { closingRule } from '../plan/security-rules.ts';
import { type EndpointSeen, type NetworkSeen, sameResource, type SubnetSeen, type Survey } from '../plan/world.ts';
import { placeName } from './promised-tries.ts';
import { networkAt } from './verify-steps.ts';

/** Something beside what was promised, and whether it can be reached. */
export interface Beside {
  network: NetworkSeen;
  from: string;
  /** "the database mendix-prod-db" */
  what: string;
  address: string;
  port: number;
  /** Null: it cannot be read. */
  isClosed: boolean | null;
  because: string;
}

const databasePort = 5432;
const webPort = 443;

/** Of each network that gained something, towards the environment. */
export function besides(plan: Plan, seen: Survey): Beside[] {
  const ours = seen.environment.network;
  if (ours === null) {
    return [];
  }
  return plan.promises.from
    .filter((id) => !sameResource(id, ours.id))
    .flatMap((id) => networkAt(id, seen) ?? [])
    .flatMap((network) => {
      const from = placeName(network.id, plan.promises.from);
      return targetsOf(plan, ours, seen).map((target): Beside => {
        const { what, address, port } = target;
        const { isClosed, because } = judge(network, ours, target, seen);
        return { network, from, what, address, port, isClosed, because };
      });
    });
}

/** One line for all that is alike. */
export function closedEvidence(all: readonly Beside[]): Evidence[] {
  const groups = Map.groupBy(all, ({ because, from, isClosed }) => `${from}\n${isClosed}\n${because}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : lineOf(first, listOf(group, first.isClosed === true ? 'or' : 'and'));
  });
}

function lineOf({ because, from, isClosed }: Beside, what: string): Evidence {
  const base = { kind: 'computed', code: 'closed', closed: true } as const;
  if (isClosed === null) {
    return { ...base, good: null, text: `Whether ${from} can open ${what}, could not be found out: ${because}.` };
  }
  return isClosed
    ? { ...base, good: true, text: `${from} cannot open ${what}: ${because}.` }
    : { ...base, good: null, care: true, text: `${from} can open ${what} as well: ${because}.` };
}

/** "the database db (192.168.1.4, port 5432) and the apps around the endpoint (192.168.0.10, port 443)" */
function listOf(all: readonly Beside[], joint = 'and'): string {
  const words = all.map(({ address, port, what }) => `${what} (${address}, port ${port})`);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} ${joint} ${last}`;
}

/** What a probe found about one of them. */
export type BesideSight = { kind: 'open' } | { kind: 'closed' } | { kind: 'unknown'; because: string };

export interface BesideTried {
  one: Beside;
  sight: BesideSight;
}

/** @param who "The machine probe-vm in data-vnet" */
export function triedEvidence(who: string, tried: readonly BesideTried[]): Evidence[] {
  const base = { kind: 'observed', code: 'closed', closed: true } as const;
  const closed = tried.filter(({ sight }) => sight.kind === 'closed').map(({ one }) => one);
  return [
    ...(closed.length === 0 ? [] : [{ ...base, good: true, text: `${who} cannot open ${listOf(closed, 'or')}.` }]),
    ...tried.flatMap(({ one, sight }): Evidence[] => {
      switch (sight.kind) {
        case 'open':
          return [{ ...base, ...openWords(one, `${who} can open ${listOf([one])}.`) }];
        case 'unknown':
          return [{ ...base, good: null, text: `${who} could not try ${listOf([one])}: ${sight.because}.` }];
        case 'closed':
        default:
          return [];
      }
    }),
  ];
}

/** Against what should be it is a no; where nobody knew what should be, somebody has to look. */
function openWords({ isClosed }: Beside, text: string): Pick<Evidence, 'good' | 'text' | 'care'> {
  return isClosed === true ? { good: false, text } : { good: null, care: true, text };
}

/** What follows from a model is not yet seen. */
export function notTried(beside: readonly Beside[], tried: readonly BesideTried[]): Evidence[] {
  const known = new Set(tried.filter(({ sight }) => sight.kind !== 'unknown').map(({ one }) => one));
  const open = beside.filter((one) => one.isClosed === true && !known.has(one));
  return [...Map.groupBy(open, ({ from }) => from)].map(([from, group]): Evidence => {
    const text = `Nobody has tried from ${from} whether ${listOf(group)} ${group.length === 1 ? 'stays' : 'stay'} closed.`;
    return { kind: 'observed', code: 'closed', closed: true, good: null, text };
  });
}

interface Target {
  what: string;
  address: string;
  port: number;
  /** The subnet in which it stands; null when that is not known. */
  subnet: SubnetSeen | null;
  /** Security groups count for private endpoints only where the subnet says so. */
  obeysRules: boolean;
}

/** Databases that were not asked for; and, behind an endpoint, the way around it. */
function targetsOf(plan: Plan, ours: NetworkSeen, seen: Survey): Target[] {
  const promised = new Set(plan.promises.names.map(({ address }) => address));
  const databases = (seen.endpoints ?? [])
    .filter((endpoint) => isDatabase(endpoint) && sameResource(networkOf(endpoint.subnet) ?? '', ours.id))
    .flatMap((endpoint): Target[] => {
      const subnet = subnetOf(ours, endpoint.subnet);
      const obeysRules = subnet !== null && /^(?:Enabled|NetworkSecurityGroupEnabled)$/i.test(subnet.endpointPolicies);
      const what = `the database ${shortName(endpoint.target)}`;
      return endpoint.address === null || promised.has(endpoint.address)
        ? []
        : [{ what, address: endpoint.address, port: databasePort, subnet, obeysRules }];
    });
  return [...databases, ...(plan.method === 'private-link' ? frontendTargets(ours, seen) : [])];
}

function isDatabase({ target }: EndpointSeen): boolean {
  return /\/providers\/Microsoft\.DBforPostgreSQL\/flexibleServers\//i.test(target);
}

function frontendTargets(ours: NetworkSeen, { environment }: Survey): Target[] {
  return environment.frontends.flatMap(({ privateAddress, subnet }): Target[] =>
    privateAddress === null
      ? []
      : [
          {
            what: 'the apps around the endpoint',
            address: privateAddress,
            port: webPort,
            subnet: subnetOf(ours, subnet ?? ''),
            obeysRules: true,
          },
        ],
  );
}

function subnetOf({ subnets = [] }: NetworkSeen, id: string): SubnetSeen | null {
  return subnets.find((subnet) => sameResource(subnet.id, id)) ?? null;
}

type Verdict = Pick<Beside, 'isClosed' | 'because'>;

function judge(network: NetworkSeen, ours: NetworkSeen, target: Target, seen: Survey): Verdict {
  const { address, port, subnet, obeysRules } = target;
  const graph = graphOf(networksOf(seen));
  if (!reachableFrom(graph, keyOf(network.id)).has(keyOf(ours.id))) {
    return seen.neighbours === undefined
      ? { isClosed: null, because: 'the networks around it were not read' }
      : { isClosed: true, because: `no peering leads from ${network.name} to ${ours.name}` };
  }
  const flow = { from: network.addressPrefixes, to: [`${address}/32`], port };
  const inbound = obeysRules
    ? closedAt(subnet === null ? [] : [subnet], { ...flow, direction: 'Inbound' }, seen)
    : null;
  const outbound = closedAt(machineSubnets(network), { ...flow, direction: 'Outbound' }, seen);
  const rule = inbound ?? outbound;
  return rule === null
    ? { isClosed: false, because: `a way leads to all of ${ours.name}, and no security rule closes this` }
    : { isClosed: true, because: `the security rule ${rule} denies it` };
}

/** Name of a rule when every one of the subnets has one that denies all of it. */
function closedAt(
  subnets: readonly SubnetSeen[],
  flow: Parameters<typeof closingRule>[1],
  seen: Survey,
): string | null {
  const rules = subnets.map(({ securityGroup }) => {
    const group = seen.securityGroups?.find(({ id }) => sameResource(id, securityGroup ?? ''));
    return group === undefined ? null : closingRule(group.rules, flow);
  });
  return rules.length > 0 && rules.every((rule) => rule !== null) ? (rules[0]?.name ?? null) : null;
}

function machineSubnets({ subnets = [] }: NetworkSeen): SubnetSeen[] {
  return subnets.filter(({ name, delegations }) => name.toLowerCase() !== 'gatewaysubnet' && delegations.length === 0);
}
