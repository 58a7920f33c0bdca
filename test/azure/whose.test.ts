/** What Azure left unfinished is written again when it is ours; what somebody else left unfinished is theirs. */
import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../../src/plan/plan.ts';
import { exampleGroups, exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { type House, hub } from './house.ts';
import { carryOut, putAsOthers, readAsOthers, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const network = `${exampleGroups.hub}/providers/Microsoft.Network`;
const tags = { 'created-by': 'causeway', 'causeway-case': 'C-1' };
const zone = stepOf('dns-zone', `${network}/privateDnsZones/orders.example`, { body: { location: 'global', tags } });
const link = stepOf('dns-link', `${zone.resource}/virtualNetworkLinks/causeway-hub-vnet`, {
  body: { location: 'global', tags, properties: { virtualNetwork: { id: hub }, registrationEnabled: false } },
});
const endpoint = stepOf('private-endpoint', `${network}/privateEndpoints/causeway-inventory`, {
  body: {
    location: 'westeurope',
    tags,
    properties: {
      subnet: { id: `${hub}/subnets/shared` },
      manualPrivateLinkServiceConnections: [
        { name: 'inventory', properties: { privateLinkServiceId: exampleLinkServices.inventory } },
      ],
    },
  },
});

interface Tagged {
  tags?: unknown;
  properties: { provisioningState: string };
}

/** Somebody makes what the step wants to make, with tags of their own, and Azure does not finish it. */
async function leftBy(step: PlanStep, whose: Record<string, string>): Promise<void> {
  if (step === link) {
    await putAsOthers(house, zone.resource, zone.body);
  }
  await failAsOthers(step.resource, { ...(step.body as object), tags: whose });
}

async function failAsOthers(id: string, body: unknown): Promise<void> {
  await house.fault('lro-fails', `*${id}`);
  const headers = { authorization: 'Bearer somebody', 'content-type': 'application/json' };
  await fetch(`${house.origin}${id}?api-version=2024-06-01`, { method: 'PUT', headers, body: JSON.stringify(body) });
  while ((await readAsOthers<Tagged>(house, id))?.properties.provisioningState !== 'Failed') {
    // The simulator is fast.
  }
}

const tagged = { zone, link, endpoint };

describe.each(Object.entries(tagged))('a failed %s', (_name, step) => {
  it('of somebody else stays as it is', async () => {
    await leftBy(step, { owner: 'somebody' });
    const before = await readAsOthers(house, step.resource);

    const { result } = await carryOut(house, store, step);

    expect(result).toMatchObject({ ok: false, code: 'MadeByOthers' });
    expect(await readAsOthers(house, step.resource)).toEqual(before);
  });

  it('that an earlier plan of ours left is made again', async () => {
    await leftBy(step, { ...tags, 'causeway-case': 'C-0' });

    const { result } = await carryOut(house, store, step);

    expect(result).toEqual({ ok: true });
    const now = await readAsOthers<Tagged>(house, step.resource);
    expect(now).toMatchObject({ tags, properties: { provisioningState: 'Succeeded' } });
  });

  it('that the step itself left is made again, also when a second try was refused', async () => {
    if (step === link) {
      await carryOut(house, store, zone);
    }
    await house.fault('lro-fails', `*${step.resource}`);
    expect((await carryOut(house, store, step)).result).toMatchObject({ ok: false, code: 'InternalServerError' });
    await house.fault('authorization-failed', `*${step.resource}`);
    expect((await carryOut(house, store, step)).result).toMatchObject({ ok: false, code: 'AuthorizationFailed' });

    expect((await carryOut(house, store, step)).result).toEqual({ ok: true });
  });

  it('that is to be used as it is, is used when it works, and else it is said', async () => {
    await leftBy(step, { owner: 'somebody' });
    const before = await house.writes();

    const { result } = await carryOut(house, store, { ...step, change: 'adopt', body: null });

    expect(result).toMatchObject(step === zone ? { ok: true } : { ok: false, code: 'LeftUnfinished' });
    expect(await house.writes()).toEqual(before);
  });
});

describe('what carries no tags', () => {
  const table = `${network}/routeTables/to-mendix`;
  const half = stepOf('peering', `${hub}/virtualNetworkPeerings/causeway-to-data-vnet`, {
    body: {
      properties: {
        remoteVirtualNetwork: { id: exampleNetworks.data },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    },
  });

  it('is made again when just that was wanted', async () => {
    await failAsOthers(half.resource, half.body);

    expect((await carryOut(house, store, half)).result).toEqual({ ok: true });
  });

  it('stays as it is when it is something else', async () => {
    const theirs = { ...(half.body as { properties: object }).properties, allowForwardedTraffic: true };
    await failAsOthers(half.resource, { properties: theirs });

    expect((await carryOut(house, store, half)).result).toMatchObject({ ok: false, code: 'MadeByOthers' });
  });

  it.each([
    stepOf('route', `${table}/routes/to-mendix`, {
      body: { properties: { addressPrefix: '192.168.0.0/22', nextHopType: 'VnetLocal' } },
    }),
    stepOf('route-table', `${hub}/subnets/people`, {
      change: 'update',
      body: { properties: { routeTable: { id: table } } },
    }),
  ])('is made again by the step that left it ($kind)', async (step) => {
    await putAsOthers(house, table, { location: 'westeurope', properties: { routes: [] } });
    await house.fault('lro-fails', `*${step.resource}`);
    expect((await carryOut(house, store, step)).result).toMatchObject({ ok: false, code: 'InternalServerError' });

    expect((await carryOut(house, store, step)).result).toEqual({ ok: true });

    expect(await readAsOthers(house, step.resource)).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
  });
});

describe('an endpoint whose connection was removed before it was finished', () => {
  async function loseConnection(): Promise<void> {
    const { resources } = await house.world();
    const key = endpoint.resource.toLowerCase();
    const text = JSON.stringify(resources[key]).replaceAll('"Pending"', '"Disconnected"');
    await house.post('world', { arm: { resources: { ...resources, [key]: JSON.parse(text) } } });
  }

  it('is deleted and made again, because Azure takes no write to it any more', async () => {
    await house.fault('lro-fails', `*${endpoint.resource}`);
    await carryOut(house, store, endpoint);
    await loseConnection();

    const { result, row } = await carryOut(house, store, endpoint);

    expect(result).toEqual({ ok: true });
    expect(row?.answer).toMatchObject({ address: expect.stringMatching(/^10\.20\.1\./) });
    const methods = (await house.get<{ method: string; path: string }[]>('requests'))
      .filter(({ method, path }) => method !== 'GET' && path.startsWith(endpoint.resource))
      .map(({ method }) => method);
    expect(methods).toEqual(['PUT', 'PUT', 'DELETE', 'PUT']);
  });

  it('of somebody else stays as it is', async () => {
    await leftBy(endpoint, { owner: 'somebody' });
    await loseConnection();

    expect((await carryOut(house, store, endpoint)).result).toMatchObject({ ok: false, code: 'MadeByOthers' });
    expect(await readAsOthers(house, endpoint.resource)).not.toBeNull();
  });
});

it('a network whose last change failed takes nothing new, and it is said whom to ask', async () => {
  const shared = `${hub}/subnets/shared`;
  await failAsOthers(shared, await readAsOthers(house, shared));

  const { result } = await carryOut(house, store, endpoint);

  expect(result).toMatchObject({
    ok: false,
    code: 'ReferencedResourceNotProvisioned',
    because: expect.stringContaining('failed state'),
    wayOut: expect.stringContaining('write it once more'),
  });
});
