/** A private DNS zone. One that is there is used as it is: its tags and its other records belong to somebody. */
import type { PlanStep } from '../../plan/plan.ts';
import { addressOf } from '../../plan/resource-id.ts';
import { submit } from '../long-operation.ts';
import { precondition, readOrNull, stateOf, type StepWriter } from './step-writer.ts';

interface ZoneBody {
  location: string;
  tags: Record<string, string>;
}

export const zoneWriter: StepWriter = {
  family: 'dns',
  async read(arm, step) {
    const { subscription, resourceGroup, name } = addressOf(step.resource);
    const client = await arm.dns(subscription);
    const found = await readOrNull(() => client.privateZones.get(resourceGroup, name));
    return found === null
      ? null
      : {
          etag: found.etag ?? null,
          state: stateOf(found.provisioningState),
          asWanted: true,
          settling: null,
          answer: { provisioningState: found.provisioningState ?? null },
          tags: found.tags ?? {},
        };
  },
  async write(arm, step, etag) {
    const { subscription, resourceGroup, name } = addressOf(step.resource);
    const client = await arm.dns(subscription);
    const body: ZoneBody = bodyOf(step);
    return submit(client.privateZones.createOrUpdate(resourceGroup, name, body, precondition(etag)));
  },
};

function bodyOf(step: PlanStep): ZoneBody {
  return step.body as unknown as ZoneBody;
}
