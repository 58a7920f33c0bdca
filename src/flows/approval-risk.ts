/** What a plan, or the way back from one, puts at stake: the facts from which the table of risks is judged. */
import { type NetworkSeen, sameResource, type Survey } from '../plan/world.ts';
import type { Plan, StepKind } from '../plan/plan.ts';
import type { RiskFacts } from '../policy/risk.ts';
import { subscriptionOf, type Work, writesOf } from './connect-work.ts';

const peeringKinds: ReadonlySet<StepKind> = new Set(['peering', 'peering-repair']);
const ruleKinds: ReadonlySet<StepKind> = new Set(['security-rule', 'route', 'route-table']);

interface Staked {
  work: Work;
  plan: Plan;
  production: boolean;
  /** A network of the plan passes traffic on to others. */
  hub: boolean;
}

export function riskFactsOf({ hub, plan, production, work }: Staked): RiskFacts {
  const writes = writesOf(work);
  const kinds = new Set(writes.map(({ kind }) => kind));
  const codes = new Set([...plan.findings, ...work.findings].map(({ code }) => code));
  const peering = [...kinds].some((kind) => peeringKinds.has(kind));
  const { answers } = plan.madeFrom;
  return {
    environment: work.environment,
    production,
    undo: work.isUndo,
    peering,
    hub: peering && hub,
    wildcard: answers.apps === '*',
    ownDnsServers: kinds.has('dns-servers'),
    crossTenant: codes.has('OtherTenant'),
    crossSubscription: new Set(writes.map(subscriptionOf)).size > 1,
    newZone: kinds.has('dns-zone') && codes.has('ZoneHidesOtherNames'),
    care: work.findings.filter(({ level }) => level === 'care').length,
    unknown: work.findings.filter(({ level }) => level === 'unknown').length,
    gateway: peering && answers.useGateway === true,
    securityRules: [...kinds].some((kind) => ruleKinds.has(kind)),
    database: plan.scenario === 'database-read',
  };
}

/** Whether one of the other networks leads on to further ones: it has a gateway, forwards, or is peered with several. */
export function isHubIn({ environment, networks }: Survey): boolean {
  const ours = environment.network?.id ?? '';
  return networks.some((network) => leadsOn(network, ours));
}

const transitSubnets = /^(?:GatewaySubnet|AzureFirewallSubnet|RouteServerSubnet)$/i;

function leadsOn({ peerings, subnets = [] }: NetworkSeen, ours: string): boolean {
  const others = peerings.filter(({ remoteNetwork }) => !sameResource(remoteNetwork, ours));
  return (
    others.length > 1 ||
    others.some(({ allowGatewayTransit }) => allowGatewayTransit) ||
    subnets.some(({ name }) => transitSubnets.test(name))
  );
}
