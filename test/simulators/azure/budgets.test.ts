import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks, exampleSubscriptions } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';
import { dnsClient } from './sdk-clients.ts';

const { hub, data } = exampleNetworks;
const { connectivity } = exampleSubscriptions;
const zones = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench({ speed: 1 });
});
afterEach(() => arm.simulator.close());

function left(answer: { headers: Headers }, kind: string): number {
  return Number(answer.headers.get(`x-ms-ratelimit-remaining-subscription-${kind}`));
}

async function leave(budget: string, remaining: number): Promise<void> {
  await arm.control('budget', { subscription: connectivity, budget, remaining });
}

describe('requests of a subscription', () => {
  it('are counted, and come back with time', async () => {
    const first = await arm.get(hub);
    const second = await arm.get(hub);
    arm.pass(1);
    const later = await arm.get(hub);
    const elsewhere = await arm.get(data);
    const written = await arm.put(`${hub}/virtualNetworkPeerings/a`, peeringTo(data));

    expect([left(first, 'reads'), left(second, 'reads'), left(later, 'reads')]).toEqual([249, 248, 249]);
    expect(left(elsewhere, 'reads')).toBe(249);
    expect(left(written, 'writes')).toBe(199);
  });

  it('are refused when there are none left, with the time to wait', async () => {
    await leave('reads', 1);
    await arm.get(hub);
    const refused = await arm.get(hub);
    const other = await arm.get(data);
    arm.pass(1);

    expect([refused.status, refused.body.error.code]).toEqual([429, 'TooManyRequests']);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect([other.status, (await arm.get(hub)).status]).toEqual([200, 200]);
  });

  it('for private zones have a small budget of their own, which starts again after five minutes', async () => {
    await leave('private-dns-reads', 2);
    const answers = [await arm.get(zones), await arm.get(zones), await arm.get(zones)];
    const network = await arm.get(hub);
    arm.pass(100);
    const tooEarly = await arm.get(zones);
    arm.pass(200);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('300');
    expect(network.status).toBe(200);
    expect([tooEarly.status, tooEarly.headers.get('retry-after')]).toEqual([429, '200']);
    expect((await arm.get(zones)).status).toBe(200);
  });

  it('refuses a budget that it does not know', async () => {
    const answer = await arm.control('budget', { subscription: connectivity, budget: 'patience', remaining: 0 });

    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain('private-dns-reads');
  });
});

it('a real client waits as long as it is told, and then goes on', async () => {
  const fast = await startBench({ speed: 1000, now: () => Temporal.Now.instant() });
  await fast.control('budget', { subscription: connectivity, budget: 'private-dns-reads', remaining: 0 });

  const found = await Array.fromAsync(dnsClient(fast.simulator.origin, connectivity).privateZones.list());

  expect(found.map(({ name }) => name)).toEqual(['azure.mendixapps.io']);
  await fast.simulator.close();
});
