/** Network Watcher's check as the documented interface has it: 202, a place for the answer, and the way hop by hop. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleNetworks, exampleProbe } from '../../../src/simulators/azure/example-world.ts';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import type { Simulator } from '../../../src/simulators/server.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startAzureSimulator({ speed: 1000 });
});

afterEach(() => simulator.close());

const headers = { Authorization: 'Bearer test', 'Content-Type': 'application/json' };
const publicDatabase = '20.61.104.9';

function post(body: unknown, watcher = exampleProbe.networkWatcher): Promise<Response> {
  return fetch(`${simulator.origin}${watcher}/connectivityCheck?api-version=2026-01-01`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
}

function question(address: string, port = 443): unknown {
  return { source: { resourceId: exampleProbe.virtualMachine }, destination: { address, port } };
}

interface Check {
  connectionStatus: string;
  hops: { type: string; address: string; issues: { type: string }[] }[];
}

async function answer(body: unknown): Promise<Check> {
  const accepted = await post(body);
  expect(accepted.status).toBe(202);
  const location = new URL(accepted.headers.get('Location') ?? '');
  expect(location.origin).toBe('https://management.azure.com');
  for (;;) {
    const result = await fetch(`${simulator.origin}${location.pathname}${location.search}`, { headers });
    if (result.status !== 202) {
      return (await result.json()) as Check;
    }
  }
}

async function change(edit: (resources: Record<string, { location?: string }>) => void): Promise<void> {
  const world = (await (await fetch(`${simulator.origin}/_sim/world`)).json()) as {
    resources: Record<string, { location?: string }>;
  };
  edit(world.resources);
  await fetch(`${simulator.origin}/_sim/world`, { method: 'POST', body: JSON.stringify({ arm: world }) });
}

describe('a connectivity check', () => {
  it('asks for the name in the network of the machine, and opens a connection', async () => {
    const check = await answer(question('mendix-prod-db.postgres.database.azure.com', 5432));

    expect(check).toMatchObject({ connectionStatus: 'Reachable', probesFailed: 0 });
    expect(check.hops.map(({ type, address }) => `${type} ${address}`)).toEqual([
      'Source 10.30.0.200',
      `VnetLocal ${publicDatabase}`,
    ]);
  });

  it('says what stands in the way', async () => {
    expect(await answer(question('192.168.0.10'))).toMatchObject({ connectionStatus: 'Unreachable' });
    expect((await answer(question('orders.azure.mendixapps.io'))).hops[0]?.issues).toEqual([
      expect.objectContaining({ type: 'DnsResolution' }),
    ]);
  });

  it('changes nothing', async () => {
    const before = await (await fetch(`${simulator.origin}/_sim/world`)).json();
    await answer(question('192.168.0.10'));

    const after = (await (await fetch(`${simulator.origin}/_sim/world`)).json()) as { resources: unknown };
    expect(after.resources).toEqual((before as { resources: unknown }).resources);
  });

  it('needs the agent on the machine', async () => {
    await change((resources) => {
      delete resources[`${exampleProbe.virtualMachine}/extensions/AzureNetworkWatcherExtension`.toLowerCase()];
    });

    const refused = await post(question('192.168.0.10'));

    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('agent') } });
  });

  it('needs the watcher of the machine’s own region', async () => {
    await change((resources) => {
      Object.assign(resources[exampleProbe.networkWatcher.toLowerCase()] ?? {}, { location: 'eastus' });
    });

    expect((await post(question('192.168.0.10'))).status).toBe(400);
  });

  it.each([
    ['no machine', { source: { resourceId: exampleNetworks.data }, destination: { address: '10.0.0.1', port: 443 } }],
    ['no port', { source: { resourceId: exampleProbe.virtualMachine }, destination: { address: '10.0.0.1' } }],
    ['no destination', { source: { resourceId: exampleProbe.virtualMachine } }],
  ])('refuses a question with %s', async (_what, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('is not there without a watcher', async () => {
    expect((await post(question('10.0.0.1'), `${exampleProbe.networkWatcher}-other`)).status).toBe(404);
  });
});
