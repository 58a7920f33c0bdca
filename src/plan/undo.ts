/** The way back: what the plan created is deleted, what it changed gets its old body, what was there stays untouched. */
import { canonicalJson } from './hash.ts';
import type { Json, PlanStep, StepKind, UndoStep } from './plan.ts';
import { networkOf, shortName } from './resource-id.ts';
import { sameResource } from './world.ts';

/** What goes away with something else, or cannot come back. */
const leftAlone: ReadonlySet<StepKind> = new Set<StepKind>([
  // A connection goes with its endpoint.
  'endpoint-approval',
  'endpoint-wait',
  // A dead half is dead again as soon as the other one is deleted.
  'peering-repair',
]);

/**
 * In the opposite order of the plan: a link goes before its record and its zone. An address space that was told anew is
 * a fact, not a choice, and is not told back.
 */
export function undoSteps(steps: readonly PlanStep[]): UndoStep[] {
  const undone = steps.filter(isUndoable);
  const taken = undone.toReversed().map((step) => ({
    id: `undo/${step.id}`,
    kind: step.kind,
    after: undone.filter((later) => waitsFor(later, step, steps)).map((later) => `undo/${later.id}`),
    change: step.change === 'create' ? ('delete' as const) : ('restore' as const),
    resource: step.resource,
    body: step.change === 'create' ? null : step.before,
    title: titleOf(step),
  }));
  const alone = steps.flatMap((step) => loneHalf(step, steps));
  const late = new Set(alone.map(({ id }) => id));
  const first = taken.filter(({ id }) => !late.has(id));
  return [...first.map((step) => Object.assign(step, { after: step.after.filter((id) => !late.has(id)) })), ...alone];
}

/**
 * A half that stood alone before the plan dies with the half that the plan made; Azure revives none, so it is deleted
 * and made again as it was.
 */
function loneHalf(step: PlanStep, steps: readonly PlanStep[]): UndoStep[] {
  const other = steps.find((each) => each.kind === 'peering' && each.change === 'create' && isOtherHalf(each, step));
  if (step.kind !== 'peering' || step.change === 'create' || other === undefined) {
    return [];
  }
  return [
    {
      id: `undo/${step.id}`,
      kind: 'peering-repair',
      after: [`undo/${other.id}`],
      change: 'restore',
      resource: step.resource,
      body: step.before,
      title: `Make ${nameOf(step)} again, which stood alone before`,
    },
  ];
}

function isOtherHalf(one: PlanStep, other: PlanStep): boolean {
  const own = networkOf(one.resource);
  const remote = remoteIn(other.body ?? other.before);
  const back = remoteIn(one.body);
  const theirs = networkOf(other.resource);
  return (
    own !== null &&
    theirs !== null &&
    back !== null &&
    remote !== null &&
    sameResource(own, remote) &&
    sameResource(theirs, back)
  );
}

function remoteIn(body: Json): string | null {
  const { properties } = (body ?? {}) as { properties?: { remoteVirtualNetwork?: { id?: string } } };
  return properties?.remoteVirtualNetwork?.id ?? null;
}

function isUndoable(step: PlanStep): boolean {
  return (
    !leftAlone.has(step.kind) &&
    (step.change === 'create' || (step.change === 'update' && canonicalJson(step.before) !== canonicalJson(step.body)))
  );
}

/** Also through steps that are left alone: a record waits for the approval, and so for its endpoint. */
function waitsFor(later: PlanStep, step: PlanStep, steps: readonly PlanStep[]): boolean {
  return later.after.some((id) => {
    const between = steps.find((each) => each.id === id);
    return id === step.id || (between !== undefined && !isUndoable(between) && waitsFor(between, step, steps));
  });
}

function titleOf(step: PlanStep): string {
  const name = nameOf(step);
  return step.change === 'create' ? `Delete ${name}` : `Put back ${name}: ${beforeWords(step)}`;
}

const nouns: Readonly<Record<StepKind, string>> = {
  peering: 'the peering',
  'peering-repair': 'the peering',
  'subnet-policy': 'the policy of the subnet',
  'private-link-service': 'the private link service',
  'private-endpoint': 'the private endpoint',
  'endpoint-approval': 'the approval of',
  'endpoint-wait': 'the private endpoint',
  'dns-zone': 'the private zone',
  'dns-record': 'the record',
  'dns-link': 'the zone link',
  'dns-servers': 'the DNS servers of',
  'security-rule': 'the security rule',
  route: 'the route',
  'route-table': 'the route table of the subnet',
};

function nameOf({ kind, resource }: PlanStep): string {
  const parts = resource.split('/');
  const parent = parts.at(-3) ?? '';
  const of = kind === 'dns-record' || kind === 'dns-link' || kind === 'peering' ? ` of ${parent}` : '';
  return `${nouns[kind]} ${shortName(resource)}${of}`;
}

interface BeforeBody {
  properties?: {
    aRecords?: readonly { ipv4Address: string }[];
    dhcpOptions?: { dnsServers?: readonly string[] };
    privateLinkServiceNetworkPolicies?: string;
  };
}

function beforeWords({ kind, before }: PlanStep): string {
  const { properties = {} } = (before ?? {}) as BeforeBody;
  switch (kind) {
    case 'dns-record':
      return (properties.aRecords ?? []).map(({ ipv4Address }) => ipv4Address).join(', ');
    case 'dns-servers':
      return (properties.dhcpOptions?.dnsServers ?? []).join(', ') || 'Azure’s resolver';
    case 'subnet-policy':
      return properties.privateLinkServiceNetworkPolicies ?? 'as before';
    case 'peering':
    case 'peering-repair':
    case 'private-link-service':
    case 'private-endpoint':
    case 'endpoint-approval':
    case 'endpoint-wait':
    case 'dns-zone':
    case 'dns-link':
    case 'security-rule':
    case 'route':
    case 'route-table':
    default:
      return 'as before';
  }
}
