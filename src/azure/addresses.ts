/** Addresses that a plan cannot know, because the endpoint that gets them is made by an earlier step of the same plan. */
import { addressOfKey, type Json, type PlanStep, type ResourceId } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { sameResource } from '../plan/world.ts';
import { networkVersion } from './api-versions.ts';
import type { Arm } from './arm.ts';
import { endpointAddress, endpointBody } from './endpoints.ts';
import { NotYetError } from './errors.ts';
import { isFields, isList } from './json.ts';

export interface AddressSource {
  arm: Arm;
  steps: readonly PlanStep[];
  /** What is stored of the answer of a step that is done. */
  answerOf: (stepId: string) => Promise<Json>;
}

/** @throws {NotYetError} when an endpoint has no address. */
export async function fillAddresses(step: PlanStep, source: AddressSource): Promise<PlanStep> {
  const wanted = [...new Set(endpointsIn(step.body))];
  if (wanted.length === 0) {
    return step;
  }
  const found = await Promise.all(
    wanted.map(async (id): Promise<[ResourceId, string]> => [id, await addressOfEndpoint(id, source)]),
  );
  return { ...step, body: filled(step.body, new Map(found)) };
}

async function addressOfEndpoint(id: ResourceId, { arm, steps, answerOf }: AddressSource): Promise<string> {
  const step = steps.find((other) => other.kind === 'private-endpoint' && sameResource(other.resource, id));
  const kept = step === undefined ? null : await answerOf(step.id);
  const address = (kept as { address?: unknown } | null)?.address ?? (await readAddress(arm, id));
  if (typeof address !== 'string') {
    throw new NotYetError(`The private endpoint ${shortName(id)} has no address yet.`);
  }
  return address;
}

async function readAddress(arm: Arm, id: ResourceId): Promise<string | null> {
  const endpoint = endpointBody.safeParse(await arm.read(id, networkVersion));
  return endpoint.data === undefined ? null : endpointAddress(arm, endpoint.data);
}

function endpointsIn(body: Json): ResourceId[] {
  if (isList(body)) {
    return body.flatMap(endpointsIn);
  }
  if (!isFields(body)) {
    return [];
  }
  const id = body[addressOfKey];
  return typeof id === 'string' ? [id] : Object.values(body).flatMap(endpointsIn);
}

function filled(body: Json, addresses: ReadonlyMap<ResourceId, string>): Json {
  if (isList(body)) {
    return body.map((item) => filled(item, addresses));
  }
  if (!isFields(body)) {
    return body;
  }
  const id = body[addressOfKey];
  return typeof id === 'string'
    ? (addresses.get(id) ?? null)
    : Object.fromEntries(Object.entries(body).map(([key, value]) => [key, filled(value, addresses)]));
}
