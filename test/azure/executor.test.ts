import { describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { exampleAppAddresses, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, orders, plannedWith } from './house.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

describe('a plan that is carried out', () => {
  it('gives the promised world, and changes no other name', async () => {
    const plan = await plannedWith(house.arm);

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    const address = exampleAppAddresses.mendixProd;
    expect(await house.post('resolve', { network: hub, name: orders })).toMatchObject({
      status: 'answered',
      addresses: [address],
    });
    expect(await house.post('resolve', { network: hub, name: 'billing.azure.mendixapps.io' })).toMatchObject({
      status: 'answered',
      addresses: ['20.101.14.7'],
    });
    expect(await house.post('reach', { from: hub, address, port: 443 })).toMatchObject({ open: true });
  });

  it('reports every step as running and then as done, with its time', async () => {
    const plan = await plannedWith(house.arm);

    const { reports } = await apply(house, store, plan);

    for (const { id } of plan.steps) {
      const own = reports.filter((report) => report.id === id);
      expect(own.map((report) => report.state)).toEqual(['running', 'done']);
      expect(own[1]?.seconds).toEqual(expect.any(Number));
    }
  });

  it('tells once more what is done, with its time: a process that died may have told nobody', async () => {
    const plan = await plannedWith(house.arm);
    const first = await apply(house, store, plan);

    const again = await apply(house, store, plan);

    const dones = first.reports.filter(({ state }) => state === 'done');
    expect(again.reports.map(({ id, state }) => [id, state])).toEqual(plan.steps.map(({ id }) => [id, 'done']));
    expect(new Map(again.reports.map(({ id, seconds }) => [id, seconds]))).toEqual(
      new Map(dones.map(({ id, seconds }) => [id, seconds])),
    );
    expect(await house.writes()).toHaveLength(plan.steps.length);
  });

  it('keeps what was sent and what came back', async () => {
    const plan = await plannedWith(house.arm);

    await apply(house, store, plan);

    const rows = await readSteps(store.read, 'plan-1');
    expect(new Set(rows.map((row) => row.stepId))).toEqual(new Set(plan.steps.map((step) => step.id)));
    expect(rows.every((row) => row.status === 'done' && row.operation === null)).toBe(true);
    expect(rows.every((row) => row.request !== null && row.answer !== null && row.finishedAt !== null)).toBe(true);
  });

  it('keeps under which ids Azure knows each change, beside what came back', async () => {
    const plan = await plannedWith(house.arm);

    await apply(house, store, plan);

    const rows = await readSteps(store.read, 'plan-1');
    expect(rows.map(({ answer }) => answer)).toEqual(
      rows.map(() =>
        expect.objectContaining({
          azureRequests: [
            {
              method: 'PUT',
              status: expect.any(Number) as unknown,
              correlationId: expect.stringMatching(/./) as unknown,
              requestId: expect.stringMatching(/./) as unknown,
            },
          ],
        }),
      ),
    );
  });

  it('gives a plan that keeps everything, and carrying that out writes nothing', async () => {
    await apply(house, store, await plannedWith(house.arm));
    const again = await plannedWith(house.arm);
    const before = await house.world();

    const { outcome, reports } = await apply(house, store, again, { planId: 'plan-2' });

    expect(again.steps.map((step) => step.change)).toEqual(['keep', 'keep', 'keep', 'keep', 'keep']);
    expect(outcome).toEqual({ kind: 'complete' });
    expect(reports).toEqual([]);
    expect(await house.writes()).toHaveLength(5);
    expect(await house.world()).toEqual(before);
  });

  it('never has two writes in flight on one network, and never provokes a refusal', async () => {
    const plan = await plannedWith(house.arm, answersFor([hub, exampleNetworks.data], ['orders', 'billing', 'hr']));

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'complete' });
    expect((await house.writes()).filter((write) => write.status >= 400)).toEqual([]);
    for (const network of [hub, exampleNetworks.data]) {
      expect(await house.post('resolve', { network, name: 'hr.azure.mendixapps.io' })).toMatchObject({
        addresses: ['192.168.0.10'],
      });
    }
  });

  it('says with the writes that nothing must be there yet', async () => {
    await apply(house, store, await plannedWith(house.arm));

    const conditions = (await house.writes())
      .filter((write) => /privateDnsZones/i.test(write.path))
      .map((write) => write.headers['if-none-match']);
    expect(conditions).toEqual(['*', '*', '*']);
  });
});

describe('a world that moved since the approval', () => {
  it('makes the plan void before anything is written, and says how', async () => {
    const plan = await plannedWith(house.arm);
    const world = await house.world();
    const balancer = Object.values(world.resources).find((resource) =>
      JSON.stringify(resource).includes('"192.168.0.10"'),
    );
    const moved = JSON.parse(JSON.stringify(balancer).replaceAll('192.168.0.10', '192.168.0.44')) as { id: string };
    await house.post('world', { arm: { resources: { ...world.resources, [moved.id.toLowerCase()]: moved } } });

    const { outcome, reports } = await apply(house, store, plan);

    expect(outcome).toEqual({ kind: 'void', differences: [expect.stringContaining('192.168.0.44')] });
    expect(reports).toEqual([]);
    expect(await house.writes()).toEqual([]);
  });

  it('is not what an unreadable world is called', async () => {
    const plan = await plannedWith(house.arm);
    await house.fault('authorization-failed', '/privateDnsZones', 'GET', 3);

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toMatchObject({
      kind: 'failed',
      code: 'NotRead',
      because: expect.stringContaining('AuthorizationFailed'),
    });
    expect(await house.writes()).toEqual([]);
  });
});

describe('two plans for one network', () => {
  it('are carried out one after the other, and the second one says that it waits', async () => {
    const patience = { ...usualPatience, quietForMs: 0 };
    const [first, second] = await Promise.all([
      plannedWith(house.arm, answersFor([hub], ['orders'])),
      plannedWith(house.arm, answersFor([exampleNetworks.data], ['orders'])),
    ]);

    const outcomes = await Promise.all([
      apply(house, store, first, { planId: 'plan-a', owner: 'a', patience }),
      apply(house, store, second, { planId: 'plan-b', owner: 'b', patience }),
    ]);

    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['complete', 'complete']);
    expect(outcomes.flatMap(({ reports }) => reports).filter((report) => report.state === 'waiting')).toHaveLength(1);
    expect((await house.writes()).filter((write) => write.status >= 400)).toEqual([]);
  });
});
