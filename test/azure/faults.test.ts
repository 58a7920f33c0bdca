import { beforeEach, describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import type { Storable } from '../../src/engine/engine.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { openForEach } from './for-each.ts';
import { apply, type Applied, type House, hub, memoryDurable, orders, plannedWith } from './house.ts';

let house: House;
let store: Store;
let plan: Plan;

openForEach((opened) => ({ house, store } = opened));

beforeEach(async () => {
  plan = await plannedWith(house.arm);
});

async function worksFromHub(): Promise<boolean> {
  const named = await house.post<{ status: string }>('resolve', { network: hub, name: orders });
  const reached = await house.post<{ open: boolean }>('reach', { from: hub, address: '192.168.0.10', port: 443 });
  return named.status === 'answered' && reached.open;
}

/** One write of each kind; the zone's is not part of what stands below the zone. */
const paths = [
  'virtualNetworkPeerings/causeway-to-hub-vnet',
  `privateDnsZones/${orders}`,
  '/A/@',
  'virtualNetworkLinks/',
];
const longPaths = paths.filter((path) => path !== '/A/@');

describe('what passes by itself', () => {
  it.each(['another-operation', 'not-provisioned', 'throttle', '503', 'drop', 'precondition-failed'])(
    '%s, at every kind of write, is waited out',
    async (fault) => {
      await Promise.all(paths.map((path) => house.fault(fault, path)));

      const { outcome } = await apply(house, store, plan);

      expect(outcome).toEqual({ kind: 'complete' });
      expect(await worksFromHub()).toBe(true);
    },
  );

  it('an answer that got lost after the work was taken on is found out by reading', async () => {
    await Promise.all(paths.map((path) => house.fault('drop-answer', path)));

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await worksFromHub()).toBe(true);
  });

  it('an operation that Azure forgets is found out by reading, without a second write', async () => {
    await Promise.all(longPaths.map((path) => house.fault('operation-lost', path)));

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await house.writes()).toHaveLength(5);
    expect(await worksFromHub()).toBe(true);
  });

  it('a poll that fails is no failure of the operation', async () => {
    await house.fault('503', '/operations/', 'GET', 5);
    await house.fault('drop', 'privateDnsOperationStatuses', 'GET', 2);

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await house.writes()).toHaveLength(5);
  });

  it('a maintenance page is not taken for an answer', async () => {
    await house.fault('html', `privateDnsZones/${orders}`, 'GET', 1);

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await worksFromHub()).toBe(true);
  });
});

describe('what does not pass', () => {
  it.each(longPaths)(
    'an operation at %s that fails is told with Azure’s code, and can be tried again from there',
    async (path) => {
      await house.fault('lro-fails', path);

      const first = await apply(house, store, plan);

      expect(first.outcome).toMatchObject({
        kind: 'failed',
        code: 'InternalServerError',
        because: expect.stringContaining('Azure broke off'),
      });
      expect(first.reports.filter((report) => report.state === 'failed')).toHaveLength(1);

      const second = await apply(house, store, plan);

      expect(second.outcome).toEqual({ kind: 'complete' });
      expect(await house.writes()).toHaveLength(6);
      expect(await worksFromHub()).toBe(true);
    },
  );

  it('a denied call is not tried a second time, and says whom to ask', async () => {
    await house.fault('authorization-failed', paths[0] ?? '');

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toMatchObject({
      kind: 'failed',
      step: 'peering/mendix-prod-vnet/causeway-to-hub-vnet',
      code: 'AuthorizationFailed',
      wayOut: expect.stringContaining('Ask the owner'),
    });
    expect((await house.writes()).filter((write) => write.path.includes('causeway-to-hub-vnet'))).toHaveLength(1);
  });

  it('a failure lets running steps end and starts nothing new', async () => {
    await house.fault('authorization-failed', 'causeway-to-mendix-prod-vnet');

    const { outcome, reports } = await apply(house, store, plan);

    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(lastStates({ outcome, reports })).toEqual({
      'peering/hub-vnet/causeway-to-mendix-prod-vnet': 'failed',
      [`dns-zone/${orders}`]: 'done',
    });
  });

  it('something that never passes is given up after a time, and the row says why', async () => {
    await house.fault('another-operation', 'virtualNetworkPeerings', 'PUT', 1000);

    const { outcome, reports } = await apply(house, store, plan, {
      patience: { ...usualPatience, retryForMs: 3000, settleForMs: 400, quietForMs: 0 },
    });

    expect(outcome).toMatchObject({ kind: 'failed', code: 'AnotherOperationInProgress' });
    expect(reports).toContainEqual(
      expect.objectContaining({
        state: 'running',
        code: 'AnotherOperationInProgress',
        note: expect.stringContaining('I try again by myself'),
      }),
    );
    const row = (await readSteps(store.read, 'plan-1')).find((step) => step.status === 'failed');
    expect(row?.error).toMatchObject({ code: 'AnotherOperationInProgress' });
  });

  it('a resource that somebody made differently meanwhile is left as it is', async () => {
    const record = plan.steps.find((step) => step.kind === 'dns-record');
    const durable = memoryDurable();
    const sabotaged = {
      ...durable,
      async once<T>(name: string, run: () => Promise<T & Storable<T>>) {
        if (name === `step/${record?.id}`) {
          await placeRecord(record?.resource ?? '', '10.9.9.9');
        }
        return durable.once(name, run);
      },
    };

    const { outcome } = await apply(house, store, plan, { durable: sabotaged });

    expect(outcome).toMatchObject({ kind: 'failed', code: 'MadeByOthers' });
    expect(JSON.stringify(await house.world())).toContain('10.9.9.9');
  });
});

/** As somebody else would, straight at Azure. */
async function placeRecord(id: string, ipv4Address: string): Promise<void> {
  const response = await fetch(`${house.origin}${id}?api-version=2024-06-01`, {
    method: 'PUT',
    headers: { authorization: 'Bearer somebody', 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { ttl: 60, aRecords: [{ ipv4Address }] } }),
  });
  expect(response.status).toBe(201);
}

function lastStates({ reports }: Applied): Record<string, string> {
  return Object.fromEntries(reports.map((report) => [report.id, report.state]));
}
