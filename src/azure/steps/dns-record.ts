/** A set of A records, written in one go; a PUT replaces the whole set. */
import type { RecordSet } from '@azure/arm-privatedns';
import type { PlanStep } from '../../plan/plan.ts';
import { addressOf } from '../../plan/resource-id.ts';
import { precondition, readOrNull, type Standing, type StepWriter } from './step-writer.ts';

interface RecordBody {
  properties: { ttl: number; aRecords: { ipv4Address: string }[] };
}

export const recordWriter: StepWriter = {
  family: 'dns',
  async read(arm, step) {
    const { subscription, resourceGroup, zone, record } = partsOf(step);
    const client = await arm.dns(subscription);
    const found = await readOrNull(() => client.recordSets.get(resourceGroup, zone, 'A', record));
    return found === null ? null : standingOf(found, step);
  },
  async write(arm, step, etag) {
    const { subscription, resourceGroup, zone, record } = partsOf(step);
    const client = await arm.dns(subscription);
    const made = client.recordSets.createOrUpdate(resourceGroup, zone, 'A', record, bodyOf(step), precondition(etag));
    return { kind: 'written', standing: standingOf(await made, step) };
  },
};

function standingOf(found: RecordSet, step: PlanStep): Standing {
  const addresses = (found.aRecords ?? []).flatMap((entry) => entry.ipv4Address ?? []);
  return {
    etag: found.etag ?? null,
    state: 'ready',
    asWanted:
      step.body === null ||
      sameSet(
        addresses,
        bodyOf(step).aRecords.map((entry) => entry.ipv4Address),
      ),
    settling: null,
    answer: { ttl: found.ttl ?? null, addresses },
  };
}

function bodyOf(step: PlanStep): RecordBody['properties'] {
  return (step.body as unknown as RecordBody).properties;
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((address) => right.includes(address));
}

/** `…/privateDnsZones/<zone>/A/<record>` */
function partsOf(step: PlanStep) {
  const { subscription, resourceGroup, names } = addressOf(step.resource);
  const [zone = '', record = ''] = names;
  return { subscription, resourceGroup, zone, record };
}
