import { beforeEach, describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import { survey } from '../../src/azure/survey.ts';
import { applyUndo } from '../../src/azure/undo.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import type { Plan, UndoPlan } from '../../src/plan/plan.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import {
  answersFor,
  apply,
  type Applied,
  depsFor,
  type House,
  hub,
  type Logged,
  orders,
  plannedWith,
  type Report,
} from './house.ts';
import { putAsOthers } from './one-step.ts';

let house: House;
let store: Store;
let plan: Plan;
let undo: UndoPlan;

openForEach((opened) => ({ house, store } = opened));

beforeEach(async () => {
  plan = await plannedWith(house.arm);
  await apply(house, store, plan);
  undo = await undoOf(plan);
});

async function undoOf(of: Plan): Promise<UndoPlan> {
  const { answers, environment } = of.madeFrom;
  const planned = planUndo(of, await survey(house.arm, environment, answers));
  if (planned.kind !== 'planned') {
    throw new Error(JSON.stringify(planned.findings));
  }
  return planned.undo;
}

async function takeBack(undoId = 'undo-1'): Promise<Applied> {
  const reports: Report[] = [];
  const patience = { ...usualPatience, retryForMs: 500 };
  const outcome = await applyUndo({ ...depsFor(house, store, plan, reports), undo, planId: undoId, patience });
  return { outcome, reports };
}

async function deletions(): Promise<Logged[]> {
  return (await house.get<Logged[]>('requests')).filter(({ method }) => method === 'DELETE');
}

describe('taking a plan back', () => {
  it('deletes what it made, the other way round, and nothing else', async () => {
    const { outcome, reports } = await takeBack();

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await deletions()).toHaveLength(5);
    expect(await house.post('resolve', { network: hub, name: orders })).toMatchObject({ status: 'nxdomain' });
    const done = reports.filter(({ state }) => state === 'done').map(({ id }) => id.split('/')[1]);
    expect(done.indexOf('dns-link')).toBeLessThan(done.indexOf('dns-zone'));
    expect(done).toHaveLength(5);
    const rows = await readSteps(store.read, 'undo-1');
    expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('puts back what it changed', async () => {
    await takeBack();
    const zone = plan.steps.find(({ kind }) => kind === 'dns-zone')?.resource ?? '';
    await putAsOthers(house, zone, { location: 'global' });
    await putAsOthers(house, `${zone}/A/@`, { properties: { ttl: 60, aRecords: [{ ipv4Address: '10.9.9.9' }] } });
    const links = `${zone}/virtualNetworkLinks/own`;
    await putAsOthers(house, links, { location: 'global', properties: { virtualNetwork: { id: hub } } });
    plan = await plannedWith(house.arm);
    expect(plan.steps.find(({ kind }) => kind === 'dns-record')?.change).toBe('update');
    await apply(house, store, plan, { planId: 'plan-2' });
    undo = await undoOf(plan);

    expect((await takeBack('undo-2')).outcome).toEqual({ kind: 'complete' });

    expect(await house.post('resolve', { network: hub, name: orders })).toMatchObject({ addresses: ['10.9.9.9'] });
  });

  it('that failed goes on where it stopped', async () => {
    await house.fault('authorization-failed', 'virtualNetworkPeerings/', 'DELETE');
    expect((await takeBack()).outcome).toMatchObject({ kind: 'failed', code: 'AuthorizationFailed' });

    expect((await takeBack()).outcome).toEqual({ kind: 'complete' });

    expect((await deletions()).filter(({ status }) => status < 300)).toHaveLength(5);
  });

  it.each(['another-operation', '503', 'drop', 'drop-answer', 'operation-lost'])(
    'waits out %s at every deletion',
    async (fault) => {
      await house.fault(fault, 'Microsoft.Network', 'DELETE', 2);

      expect((await takeBack()).outcome).toEqual({ kind: 'complete' });
      expect(await house.post('resolve', { network: hub, name: orders })).toMatchObject({ status: 'nxdomain' });
    },
  );

  it('is void when somebody has changed it since the approval, and touches nothing', async () => {
    const record = plan.steps.find(({ kind }) => kind === 'dns-record')?.resource ?? '';
    await putAsOthers(house, record, { properties: { ttl: 300, aRecords: [{ ipv4Address: '10.1.2.3' }] } });

    const { outcome } = await takeBack();

    expect(outcome).toMatchObject({ kind: 'void', differences: [expect.stringContaining('Somebody changed')] });
    expect(await deletions()).toEqual([]);
  });

  it('is done at once when nothing is left of it', async () => {
    await takeBack();
    const before = (await deletions()).length;

    expect((await takeBack('undo-2')).outcome).toEqual({ kind: 'complete' });
    expect(await deletions()).toHaveLength(before);
  });

  it('of a plan over Private Link waits until the endpoint has gone before its service goes', async () => {
    await takeBack();
    plan = await plannedWith(house.arm, { ...answersFor(), scenario: 'apps-by-private-link', method: 'private-link' });
    await apply(house, store, plan, { planId: 'plan-2' });
    undo = await undoOf(plan);

    expect((await takeBack('undo-2')).outcome).toEqual({ kind: 'complete' });

    expect((await deletions()).filter(({ status }) => status >= 400)).toEqual([]);
    expect(Object.keys((await house.world()).resources).filter((id) => id.includes('causeway'))).toEqual([]);
  });
});
