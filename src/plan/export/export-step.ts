/** A plan's steps as every export needs them: numbered, with what each one has to wait for. */
import { writes } from '../draft-step.ts';
import type { Plan, PlanStep, ResourceId, StepKind } from '../plan.ts';
import { addressOf, type ResourceAddress } from '../resource-id.ts';
import { endpointsIn, textsIn } from './json.ts';
import { reasons, stepHeading, waitsForSomebody } from './step-words.ts';

export interface ExportStep {
  step: PlanStep;
  /** From 1, in the order of the plan; also part of the step's name in an export. */
  number: number;
  heading: string;
  reason: string;
  /** False for what is kept, adopted or only waited for. */
  writes: boolean;
  /** For somebody else's decision. */
  waits: boolean;
  address: ResourceAddress;
  /**
   * Earlier steps that have to be done before: those that the plan names, those whose addresses the body needs, and the
   * last one that writes to the same network, because Azure takes one write per network at a time.
   */
  needs: readonly ExportStep[];
}

export function exportSteps(plan: Plan): ExportStep[] {
  const made: ExportStep[] = [];
  for (const [index, step] of plan.steps.entries()) {
    made.push({
      step,
      number: index + 1,
      heading: stepHeading(step, index + 1, plan),
      reason: reasons[step.kind],
      writes: writes(step),
      waits: waitsForSomebody(step),
      address: addressOf(step.resource),
      needs: needsOf(step, made),
    });
  }
  return made;
}

function needsOf(step: PlanStep, earlier: readonly ExportStep[]): ExportStep[] {
  const endpoints = new Set(endpointsIn(step.body).map((id) => id.toLowerCase()));
  const sameNetwork = new Set(
    networksWritten(step).map((network) =>
      earlier.findLast((before) => before.writes && networksTaken(before.step).includes(network)),
    ),
  );
  return earlier.filter(
    (before) =>
      step.after.includes(before.step.id) ||
      endpoints.has(before.step.resource.toLowerCase()) ||
      sameNetwork.has(before),
  );
}

/**
 * What a step has to wait for among those that an export carries out. A step that it leaves to people stands for what
 * that one waits for.
 */
export function needsAmong(exported: ExportStep, isCarriedOut: (step: ExportStep) => boolean): ExportStep[] {
  const found = exported.needs.flatMap((need) => (isCarriedOut(need) ? [need] : needsAmong(need, isCarriedOut)));
  return [...new Set(found)].toSorted((left, right) => left.number - right.number);
}

/** Kinds that change some properties of a resource which belongs to somebody else. */
export const partKinds: ReadonlySet<StepKind> = new Set(['subnet-policy', 'dns-servers', 'route-table']);

const ownsNoNetwork: ReadonlySet<StepKind> = new Set(['dns-zone', 'dns-record', 'endpoint-wait', 'endpoint-approval']);

/** Networks that Azure is busy with while this is written. A link only refers to one, and holds up none. */
function networksTaken(step: PlanStep): ResourceId[] {
  return step.kind === 'dns-link' ? [] : networksWritten(step);
}

function networksWritten(step: PlanStep): ResourceId[] {
  return ownsNoNetwork.has(step.kind)
    ? []
    : [step.resource, ...textsIn(step.body)].flatMap(
        (text) => /^\/subscriptions\/.*\/virtualNetworks\/[^/]+/i.exec(text)?.[0].toLowerCase() ?? [],
      );
}

/** The step that writes the other half of the same peering; null when it stands already. */
export function otherHalf(half: ExportStep, all: readonly ExportStep[]): ExportStep | null {
  const [own, remote] = networksWritten(half.step);
  return (
    all.find((candidate) => {
      const [theirs, theirRemote] = networksWritten(candidate.step);
      return isPeering(candidate) && candidate.writes && theirs === remote && theirRemote === own;
    }) ?? null
  );
}

export function isPeering({ step }: ExportStep): boolean {
  return step.kind === 'peering' || step.kind === 'peering-repair';
}

/** Types as Azure writes them; what stands in an id may be spelt in any way. */
const types: Readonly<Record<StepKind, string>> = {
  peering: 'virtualNetworks/virtualNetworkPeerings',
  'peering-repair': 'virtualNetworks/virtualNetworkPeerings',
  'subnet-policy': 'virtualNetworks/subnets',
  'private-link-service': 'privateLinkServices',
  'private-endpoint': 'privateEndpoints',
  'endpoint-approval': 'privateLinkServices/privateEndpointConnections',
  'endpoint-wait': 'privateEndpoints',
  'dns-zone': 'privateDnsZones',
  'dns-record': 'privateDnsZones/A',
  'dns-link': 'privateDnsZones/virtualNetworkLinks',
  'dns-servers': 'virtualNetworks',
  'security-rule': 'networkSecurityGroups/securityRules',
  route: 'routeTables/routes',
  'route-table': 'virtualNetworks/subnets',
};

/** Versions that the tools have known for long, so that they can check what is written. */
const networkVersion = '2024-05-01';
const dnsVersion = '2024-06-01';

export function versionOf(type: string): string {
  return /\/privateDnsZones(?:\/|$)/i.test(type) ? dnsVersion : networkVersion;
}

/** Such as `Microsoft.Network/virtualNetworks/virtualNetworkPeerings`. */
export function typeOf(kind: StepKind): string {
  return `Microsoft.Network/${types[kind]}`;
}

/** The id with the type spelt as Azure writes it, for tools that mind; names stay as they are. */
export function exactId({ step, address }: ExportStep): ResourceId {
  const [namespace = '', ...kinds] = typeOf(step.kind).split('/');
  const path = kinds.map((kind, index) => `${kind}/${address.names[index] ?? ''}`).join('/');
  return `/subscriptions/${address.subscription}/resourceGroups/${address.resourceGroup}/providers/${namespace}/${path}`;
}
