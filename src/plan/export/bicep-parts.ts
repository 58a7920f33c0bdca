/**
 * Which module a step goes into. A Bicep module writes to one resource group, so a plan becomes several; each needs only
 * modules before it. An address that an endpoint gets has to cross from one module to the next.
 */
import type { ResourceId } from '../plan.ts';
import { type ExportStep, needsAmong } from './export-step.ts';
import { endpointsIn } from './json.ts';

export interface BicepPart {
  /** From 1. */
  number: number;
  subscription: string;
  resourceGroup: string;
  steps: ExportStep[];
}

export function bicepParts(steps: readonly ExportStep[]): BicepPart[] {
  const parts: BicepPart[] = [];
  const deployed = new Set(steps);
  for (const exported of steps) {
    const { subscription, resourceGroup } = exported.address;
    const first = earliest(
      exported,
      needsAmong(exported, (step) => deployed.has(step)),
      parts,
    );
    const home = parts.find(
      (part) =>
        part.number >= first &&
        sameText(part.subscription, subscription) &&
        sameText(part.resourceGroup, resourceGroup),
    );
    if (home === undefined) {
      parts.push({ number: parts.length + 1, subscription, resourceGroup, steps: [exported] });
    } else {
      home.steps.push(exported);
    }
  }
  return parts;
}

/** Not before anything it needs, and after the part that makes an endpoint whose address it needs. */
function earliest(exported: ExportStep, needs: readonly ExportStep[], parts: readonly BicepPart[]): number {
  const endpoints = endpointsIn(exported.step.body);
  const numbers = needs.map((need) => {
    const number = parts.find((part) => part.steps.includes(need))?.number ?? 0;
    return number + (endpoints.some((id) => sameText(id, need.step.resource)) ? 1 : 0);
  });
  return Math.max(1, ...numbers);
}

/** Parts that have to be deployed before this one. */
export function partsBefore(part: BicepPart, all: readonly BicepPart[]): BicepPart[] {
  const others = new Set(all.flatMap((other) => (other === part ? [] : other.steps)));
  const needs = new Set(part.steps.flatMap((step) => needsAmong(step, (need) => others.has(need))));
  return all.filter((other) => other !== part && other.steps.some((step) => needs.has(step)));
}

/** Endpoints whose addresses are needed in a part. */
export function endpointsOf(part: BicepPart): ResourceId[] {
  return endpointsIn(part.steps.map(({ step }) => step.body));
}

/** How an endpoint is called in Bicep: by the step that has it, or by its place among those of no step. */
export function endpointName(endpoint: ResourceId, steps: readonly ExportStep[]): string {
  const number = steps.find(
    ({ step }) => step.kind === 'private-endpoint' && sameText(step.resource, endpoint),
  )?.number;
  if (number !== undefined) {
    return `Step${number}`;
  }
  const strangers = endpointsIn(steps.map(({ step }) => step.body)).filter(
    (id) => !steps.some(({ step }) => step.kind === 'private-endpoint' && sameText(step.resource, id)),
  );
  return `Endpoint${strangers.findIndex((id) => sameText(id, endpoint)) + 1}`;
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
