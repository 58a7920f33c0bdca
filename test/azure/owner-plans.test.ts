/** A plan that waits for another owner: what others may do meanwhile, and what comes of it in the end. */
import { beforeEach, describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { exampleLinkServices } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type Applied, type House, plannedWith, type Report } from './house.ts';

let house: House;
let store: Store;
let plan: Plan;
let endpoint: string;

openForEach((opened) => ({ house, store } = opened));

beforeEach(async () => {
  const service = { fqdn: 'erp.corp.example', privateLinkService: exampleLinkServices.erp };
  plan = await plannedWith(house.arm, { ...answersFor([]), scenario: 'service-by-endpoint', apps: [], service });
  endpoint = plan.steps.find(({ kind }) => kind === 'private-endpoint')?.resource ?? '';
});

/** Until it waits for the owner. */
async function start(forSeconds = 10): Promise<{ running: Promise<Applied> }> {
  const waits = Promise.withResolvers<void>();
  const reports: Report[] = [];
  const running = apply(house, store, plan, {
    patience: { ...usualPatience, owner: [{ forSeconds, everySeconds: 1 }] },
    report: ({ step }) => {
      reports.push(step);
      if (step.state === 'waiting') {
        waits.resolve();
      }
      return Promise.resolve();
    },
  }).then(({ outcome }) => ({ outcome, reports }));
  await waits.promise;
  return { running };
}

describe('a plan that waits for another owner', () => {
  it('holds no network meanwhile: another plan for the same one runs through', async () => {
    const { running } = await start();
    const other = await plannedWith(house.arm, answersFor());

    const { outcome, reports } = await apply(house, store, other, { planId: 'plan-2', owner: 'other' });

    expect(outcome).toEqual({ kind: 'complete' });
    expect(reports.filter(({ state }) => state === 'waiting')).toEqual([]);
    await house.post('owner', { connection: endpoint, decision: 'approve' });
    expect((await running).outcome).toEqual({ kind: 'complete' });
  });

  it('fails with the owner’s words when they reject, and writes no name', async () => {
    const { running } = await start();

    await house.post('owner', { connection: endpoint, decision: 'reject', description: 'Not this one.' });

    expect((await running).outcome).toMatchObject({
      kind: 'failed',
      code: 'ConnectionRejected',
      because: expect.stringContaining('Not this one.'),
    });
    expect(
      (await house.writes()).filter(({ path }) => path.includes('privateDnsZones') && path.includes('/A/')),
    ).toEqual([]);
  });

  it('can be tried again after its time, and then goes on waiting with the same endpoint', async () => {
    const first = await start(0.2);
    expect((await first.running).outcome).toMatchObject({ kind: 'failed', code: 'OwnerDidNotAnswer' });

    const second = await start();
    await house.post('owner', { connection: endpoint, decision: 'approve' });

    expect((await second.running).outcome).toEqual({ kind: 'complete' });
    expect((await house.writes()).filter(({ path }) => path.includes('/privateEndpoints/'))).toHaveLength(1);
  });

  it('reads the world again before it goes on', async () => {
    const { running } = await start();
    const zone = plan.steps.find(({ kind }) => kind === 'dns-zone');
    const record = plan.steps.find(({ kind }) => kind === 'dns-record');
    expect(zone).toBeDefined();
    await putRecord(record?.resource ?? '');

    await house.post('owner', { connection: endpoint, decision: 'approve' });

    expect((await running).outcome).toMatchObject({ kind: 'failed', code: 'WorldMoved' });
  });
});

async function putRecord(id: string): Promise<void> {
  const response = await fetch(`${house.origin}${id}?api-version=2024-06-01`, {
    method: 'PUT',
    headers: { authorization: 'Bearer somebody', 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { ttl: 60, aRecords: [{ ipv4Address: '10.9.9.9' }] } }),
  });
  expect(response.status).toBe(201);
}
