/** What the last change left unfinished takes nothing new until it was written again. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';
import { endpointBody } from './private-link-bodies.ts';

const { data, hub } = exampleNetworks;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

const places = [
  {
    what: 'a private endpoint in a subnet',
    place: `${hub}/subnets/shared`,
    id: `${exampleGroups.hub}/providers/Microsoft.Network/privateEndpoints/one`,
    body: endpointBody(),
  },
  {
    what: 'a peering with a network',
    place: hub,
    id: `${data}/virtualNetworkPeerings/to-hub`,
    body: peeringTo(hub),
  },
];

it.each(places)('$what whose last change failed is refused', async ({ body, id, place }) => {
  const { body: before } = await arm.get(place);
  await arm.control('faults', [{ match: { method: 'PUT' }, fault: 'lro-fails', times: 1 }]);
  await arm.put(place, before);
  arm.pass();

  const refused = await arm.put(id, body);
  await arm.make(place, before);
  const taken = await arm.put(id, body);

  expect([refused.status, refused.body.error.code]).toEqual([400, 'ReferencedResourceNotProvisioned']);
  expect(refused.body.error.message).toContain('Resource is in Failed state');
  expect(taken.status).toBe(201);
});
