/** The link of a private zone to a network. It answers names only some time after its operation has ended. */
import type { VirtualNetworkLink } from '@azure/arm-privatedns';
import type { PlanStep } from '../../plan/plan.ts';
import { addressOf } from '../../plan/resource-id.ts';
import { sameResource } from '../../plan/world.ts';
import { submit } from '../long-operation.ts';
import { precondition, readOrNull, type Standing, stateOf, type StepWriter } from './step-writer.ts';

interface LinkBody {
  location: string;
  tags?: Record<string, string>;
  properties: { virtualNetwork: { id: string }; registrationEnabled: boolean; resolutionPolicy?: string };
}

export const linkWriter: StepWriter = {
  family: 'dns',
  async read(arm, step) {
    const { subscription, resourceGroup, zone, link } = partsOf(step);
    const client = await arm.dns(subscription);
    const found = await readOrNull(() => client.virtualNetworkLinks.get(resourceGroup, zone, link));
    return found === null ? null : standingOf(found, step);
  },
  async write(arm, step, etag) {
    const { subscription, resourceGroup, zone, link } = partsOf(step);
    const client = await arm.dns(subscription);
    const { properties, ...top } = step.body as unknown as LinkBody;
    const body = { ...top, ...properties };
    return submit(client.virtualNetworkLinks.createOrUpdate(resourceGroup, zone, link, body, precondition(etag)));
  },
  list: {
    of: (step) => step.resource.slice(0, step.resource.lastIndexOf('/')),
    async read(arm, step) {
      const { subscription, resourceGroup, zone } = partsOf(step);
      const client = await arm.dns(subscription);
      const found = new Map<string, unknown>();
      for await (const link of client.virtualNetworkLinks.list(resourceGroup, zone)) {
        found.set((link.id ?? '').toLowerCase(), link);
      }
      return found;
    },
    standingOf: (found, step) => standingOf(found as VirtualNetworkLink, step),
  },
};

function standingOf(found: VirtualNetworkLink, step: PlanStep): Standing {
  const linkState = found.virtualNetworkLinkState ?? '';
  const wanted = step.body === null ? null : (step.body as unknown as LinkBody).properties.virtualNetwork.id;
  return {
    etag: found.etag ?? null,
    state: stateOf(found.provisioningState),
    asWanted: wanted === null || sameResource(found.virtualNetwork?.id ?? '', wanted),
    settling: linkState === 'Completed' ? null : `the link to take effect (now ${linkState})`,
    answer: { virtualNetworkLinkState: linkState, provisioningState: found.provisioningState ?? null },
    tags: found.tags ?? {},
  };
}

/** `…/privateDnsZones/<zone>/virtualNetworkLinks/<link>` */
function partsOf(step: PlanStep) {
  const { subscription, resourceGroup, names } = addressOf(step.resource);
  const [zone = '', link = ''] = names;
  return { subscription, resourceGroup, zone, link };
}
