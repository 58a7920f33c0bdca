/**
 * What is common to kinds that change named properties of a resource that Azure only takes whole. The whole of it is
 * read, only those properties are replaced, and it goes back on condition that nobody changed it meanwhile. When it is
 * done, everything else must be as it was.
 */
import type { Json, PlanStep } from '../../plan/plan.ts';
import { networkVersion } from '../api-versions.ts';
import { firstMissing, patched } from '../json.ts';
import { type Standing, stateOf, type StepWriter } from './step-writer.ts';
import { type NetworkResource, readNetworkResource } from './whole-resource.ts';

/** What Azure keeps up to date by itself, and what others may do meanwhile without taking anything from us. */
const ofAzure: ReadonlySet<string> = new Set([
  'etag',
  'provisioningState',
  'ipConfigurations',
  'ipConfigurationProfiles',
  'privateEndpoints',
  'resourceNavigationLinks',
  'serviceAssociationLinks',
  'peeringState',
  'peeringSyncLevel',
  'remoteVirtualNetworkAddressSpace',
]);

export const changedPart: StepWriter = {
  family: 'plain',
  async read(arm, step) {
    const found = await readNetworkResource(arm, step.resource);
    return found === null ? null : standingOf(found, step);
  },
  whole: ({ whole = {} }, { body }) => patched(whole, body),
  write: (arm, step, etag) => arm.put(step.resource, networkVersion, { body: step.body, etag }),
  strayed: ({ whole }, sent) => firstMissing(whole, sent, { ignored: ofAzure, mayHoldMore: true }),
};

function standingOf(found: NetworkResource, step: PlanStep): Standing {
  return {
    etag: found.etag,
    state: stateOf(found.provisioningState),
    asWanted: step.body === null || firstMissing(found.body, step.body) === null,
    settling: null,
    answer: { provisioningState: found.provisioningState ?? null, changed: changedValues(step) },
    whole: found.body,
  };
}

function changedValues(step: PlanStep): Json {
  return (step.body as { properties?: Json } | null)?.properties ?? null;
}
