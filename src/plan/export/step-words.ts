/** What is told about a step in every format: which of how many, what for, and where it is described. */
import type { Change, Finding, Plan, PlanStep, Scenario, StepKind, UndoStep } from '../plan.ts';
import { shortName } from '../resource-id.ts';

export const scenarioWords: Readonly<Record<Scenario, string>> = {
  'apps-by-peering': 'apps reached through a network peering',
  'apps-by-private-link': 'apps reached through Private Link',
  'service-by-endpoint': 'an internal service reached by apps through a private endpoint',
  'dns-servers': 'own DNS servers for the environment',
  'database-read': 'direct read access to the database',
};

const changeWords: Readonly<Record<Change, string>> = {
  create: 'create',
  update: 'change',
  keep: 'keep as it is',
  adopt: 'use as it is',
};

export const findingWords: Readonly<Record<Finding['level'], string>> = {
  stop: 'Stops you',
  care: 'Take care',
  unknown: 'Could not check',
};

export const reasons: Readonly<Record<StepKind, string>> = {
  peering:
    'A peering has two halves, one in each network; traffic flows when both stand. A half is written whole, so every switch is said.',
  'peering-repair':
    'The other half of this peering was deleted. Azure takes no change to a half that is left over, so it is deleted and made again.',
  'subnet-policy':
    'A Private Link service takes addresses from a subnet only when network policies for such services are off in it. Nothing else of the subnet changes.',
  'private-link-service':
    'It exposes one frontend of the load balancer to private endpoints, and nothing else of the network.',
  'private-endpoint': 'It is the one address in this network behind which the other side answers.',
  'endpoint-approval': 'Until the connection of the endpoint is accepted, nothing flows through it.',
  'endpoint-wait': 'Only the owner of the service can accept the connection; nothing is written here.',
  'dns-zone': 'It answers for this name in the networks that are linked to it, and for no others.',
  'dns-record': 'It leads the name to the private address.',
  'dns-link':
    'From now on the network asks the zone. It comes after the record, so that nobody remembers “no such name”.',
  'dns-servers':
    'Azure takes DNS servers only with the whole network. It is read first, only the servers are changed, and everything else is sent back as it was.',
  'security-rule': 'Without it the security group would hold this traffic up.',
  route: 'It tells this network the way to the other one.',
  'route-table':
    'Routes count for a subnet only when their table is attached to it. Nothing else of the subnet changes.',
};

/** Somebody else has not decided yet. */
export function waitsForSomebody(step: Pick<PlanStep, 'kind' | 'change'>): boolean {
  return step.kind === 'endpoint-wait' && step.change !== 'keep';
}

export function changeWord(step: Pick<PlanStep, 'kind' | 'change'>): string {
  return waitsForSomebody(step) ? 'wait' : changeWords[step.change];
}

/** "Step 2 of 7, create: Peer hub-vnet with mendix-prod-vnet" */
export function stepHeading(step: PlanStep, number: number, plan: Plan): string {
  return `Step ${number} of ${plan.steps.length}, ${changeWord(step)}: ${step.title}`;
}

export function undoTitle(step: UndoStep): string {
  return step.title ?? `${step.change === 'delete' ? 'Delete' : 'Restore'} ${shortName(step.resource)} (${step.kind})`;
}

/** The first characters are enough to tell plans apart. */
export function shortHash(plan: Plan): string {
  return plan.hash.replaceAll(/[^0-9a-z]/gi, '').slice(0, 12);
}
