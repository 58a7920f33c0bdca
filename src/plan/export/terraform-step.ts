/** How each step is written in Terraform: as an azurerm resource that says the same, or else with azapi. */
import { canonicalJson } from '../hash.ts';
import type { Plan, ResourceId, StepKind } from '../plan.ts';
import type { AddressValue, AzurermResource, AzurermWriter } from './azurerm.ts';
import { linkResource, recordResource, zoneResource } from './azurerm-names.ts';
import { endpointResource, linkServiceResource } from './azurerm-private-link.ts';
import { peeringResource, routeResource, ruleResource } from './azurerm-traffic.ts';
import { exactId, type ExportStep, needsAmong, partKinds } from './export-step.ts';
import { attribute, block, type HclBlock, type HclEntry } from './hcl.ts';
import { expression, list, literal } from './hcl-value.ts';
import { endpointsIn } from './json.ts';
import { shortHash } from './step-words.ts';
import { approvalResources, label, partResource, wholeResource } from './terraform-azapi.ts';

export interface Context {
  plan: Plan;
  steps: readonly ExportStep[];
  /** Name of the provider for a subscription. */
  aliasOf(subscription: string): string;
}

const writers: Partial<Record<StepKind, AzurermWriter>> = {
  peering: peeringResource,
  'peering-repair': peeringResource,
  'private-link-service': linkServiceResource,
  'private-endpoint': endpointResource,
  'dns-zone': zoneResource,
  'dns-record': recordResource,
  'dns-link': linkResource,
  'security-rule': ruleResource,
  route: routeResource,
};

/** Null: azurerm has nothing that says all of the step's body. */
function azurermFor(exported: ExportStep, steps: readonly ExportStep[]): AzurermResource | null {
  const { kind, body } = exported.step;
  const resource = writers[kind]?.(exported, addressValue(steps)) ?? null;
  return resource !== null && canonicalJson(resource.sends) === canonicalJson(body) ? resource : null;
}

export function stepBlocks(exported: ExportStep, context: Context): HclBlock[] {
  const { step, address } = exported;
  const { steps } = context;
  const waits = waitEntries(exported, steps);
  if (partKinds.has(step.kind)) {
    return [partResource(exported, waits)];
  }
  if (step.kind === 'endpoint-approval') {
    return approvalResources(exported, steps, waits);
  }
  const azurerm = azurermFor(exported, steps);
  const resource =
    azurerm === null
      ? wholeResource(exported, addressValue(steps), waits)
      : block(
          'resource',
          [azurerm.type, label(exported)],
          [
            attribute('provider', expression(`azurerm.${context.aliasOf(address.subscription)}`)),
            ...azurerm.entries,
            ...triggers(exported, context.plan),
            ...waits,
          ],
        );
  const imported = step.change === 'update' && step.kind !== 'peering-repair';
  return imported ? [importBlock(exported, steps), resource] : [resource];
}

/** What is there already is taken over before it is changed. */
function importBlock(exported: ExportStep, steps: readonly ExportStep[]): HclBlock {
  return block(
    'import',
    [],
    [attribute('to', expression(referenceTo(exported, steps))), attribute('id', literal(exactId(exported)))],
  );
}

/** A half that is written again also learns the addresses that the other network has by now. */
function triggers({ step }: ExportStep, plan: Plan): HclEntry[] {
  return step.kind === 'peering' && step.change === 'update'
    ? [attribute('triggers', { kind: 'object', entries: [['plan', literal(shortHash(plan))]] })]
    : [];
}

function waitEntries(exported: ExportStep, steps: readonly ExportStep[]): HclEntry[] {
  const needed = needsAmong(exported, ({ writes }) => writes);
  return needed.length === 0
    ? []
    : [attribute('depends_on', list(needed.map((need) => expression(referenceTo(need, steps)))))];
}

function referenceTo(exported: ExportStep, steps: readonly ExportStep[]): string {
  const { kind } = exported.step;
  if (partKinds.has(kind) || kind === 'endpoint-approval') {
    return `azapi_update_resource.${label(exported)}`;
  }
  return `${azurermFor(exported, steps)?.type ?? 'azapi_resource'}.${label(exported)}`;
}

/** From the resource that makes the endpoint, or from a reading of one that azurerm does not make. */
function addressValue(steps: readonly ExportStep[]): AddressValue {
  return (endpoint) => {
    const maker = makerOf(endpoint, steps);
    const source =
      maker === null
        ? `data.azurerm_private_endpoint_connection.${readName(endpoint, steps)}`
        : `azurerm_private_endpoint.${label(maker)}`;
    return expression(`${source}.private_service_connection[0].private_ip_address`);
  };
}

function makerOf(endpoint: ResourceId, steps: readonly ExportStep[]): ExportStep | null {
  const maker = stepOf(endpoint, steps);
  return maker !== null && maker.writes && azurermFor(maker, steps) !== null ? maker : null;
}

function stepOf(endpoint: ResourceId, steps: readonly ExportStep[]): ExportStep | null {
  return (
    steps.find(
      ({ step }) => step.kind === 'private-endpoint' && step.resource.toLowerCase() === endpoint.toLowerCase(),
    ) ?? null
  );
}

export interface EndpointReading {
  endpoint: ResourceId;
  name: string;
  /** Absent when nothing has to be done before. */
  waits: readonly HclEntry[];
}

/** Endpoints whose addresses are needed, and which azurerm does not make. */
export function endpointReadings(steps: readonly ExportStep[]): EndpointReading[] {
  return read(steps).map((endpoint) => {
    const maker = stepOf(endpoint, steps);
    const waits =
      maker === null || !maker.writes ? [] : [attribute('depends_on', list([expression(referenceTo(maker, steps))]))];
    return { endpoint, name: readName(endpoint, steps), waits };
  });
}

function read(steps: readonly ExportStep[]): ResourceId[] {
  return endpointsIn(steps.map(({ step }) => step.body)).filter((endpoint) => makerOf(endpoint, steps) === null);
}

function readName(endpoint: ResourceId, steps: readonly ExportStep[]): string {
  return `endpoint_${read(steps).findIndex((id) => id.toLowerCase() === endpoint.toLowerCase()) + 1}`;
}
