/** On the real engine, because what counts is that nothing is held and nothing is lost while days go by. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import { waitForOwner } from '../../src/azure/wait-for-owner.ts';
import type { DurableEngine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/openworkflow.ts';
import type { CaseState } from '../../src/flows/state.ts';
import type { Plan, PlanStep } from '../../src/plan/plan.ts';
import { exampleGroups, exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { insertFlow, updateFlow } from '../../src/store/flows.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { ended, parked } from '../engine/waiting.ts';
import { type House, openHouse, openTestStore, type Report } from './house.ts';
import { carryOut, deleteAsOthers, stepOf } from './one-step.ts';

let house: House;
let store: Store;
let closeStore: () => Promise<void>;
let directory: string;
let engine: DurableEngine | null = null;
let reports: Report[];
let onReport: (report: Report) => Promise<void>;
let revision: number;

const endpoint = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/privateEndpoints/pe-erp`;
const waiting = stepOf('endpoint-wait', endpoint, { title: 'Wait for the owner of pls-erp' });

beforeEach(async () => {
  house = await openHouse();
  ({ store, close: closeStore } = await openTestStore());
  directory = await mkdtemp(join(tmpdir(), 'causeway-wait-'));
  reports = [];
  onReport = () => Promise.resolve();
  revision = 0;
  const body = {
    location: 'westeurope',
    properties: {
      subnet: { id: `${exampleNetworks.mendixProd}/subnets/private-endpoints` },
      manualPrivateLinkServiceConnections: [
        { name: 'erp', properties: { privateLinkServiceId: exampleLinkServices.erp, requestMessage: 'Case C-1' } },
      ],
    },
  };
  expect((await carryOut(house, store, stepOf('private-endpoint', endpoint, { body }))).result).toEqual({ ok: true });
});

afterEach(async () => {
  await engine?.stop(2000);
  engine = null;
  await house.close();
  await closeStore();
  await rm(directory, { recursive: true });
});

/** Looks five times a second for a minute. */
async function open(owner = [{ forSeconds: 60, everySeconds: 0.2 }], step: PlanStep = waiting): Promise<DurableEngine> {
  engine = await openEngine({
    database: { kind: 'sqlite', file: join(directory, 'workflow.db') },
    workflows: {
      wait: async (durable) => {
        const result = await waitForOwner({
          arm: house.arm,
          store,
          planId: 'plan-1',
          durable,
          step,
          tell: async (report) => {
            reports.push(report);
            await onReport(report);
          },
          now: () => Temporal.Now.instant(),
          patience: { ...usualPatience, owner },
        });
        return result.ok ? 'accepted' : { ...result };
      },
    },
  });
  return engine;
}

async function decide(decision: string, description?: string): Promise<void> {
  await house.post('owner', { connection: endpoint, decision, description });
}

/** The case of the plan, as far as the wait looks at it. */
async function keepCase(at: 'applying' | 'closed'): Promise<void> {
  const state = { flow: 'connect', at, planId: 'plan-1' } as unknown as CaseState;
  const change = { state, revision: revision + 1, at: '2026-03-02T09:00:00.000Z', auditSeq: 0, auditHead: '' };
  await store.write(async (tx) => {
    if (revision === 0) {
      await insertFlow(tx, 'C-1', change);
      await insertPlan(tx, { id: 'plan-1', caseId: 'C-1', plan: { hash: 'h' } as Plan, at: change.at });
    } else {
      await updateFlow(tx, 'C-1', revision, change);
    }
  });
  revision += 1;
}

describe('waiting for another owner', () => {
  it('ends when they accept, and keeps that', async () => {
    const opened = await open();
    const run = await opened.start('wait', 'k', null);
    await parked(opened, run);

    await decide('approve');

    expect((await ended(opened, run)).output).toBe('accepted');
    expect(reports.map(({ state }) => state)).toEqual(['waiting', 'done']);
    expect(reports[0]?.note).toContain('owner');
    expect((await readSteps(store.read, 'plan-1')).find(({ stepId }) => stepId === waiting.id)?.status).toBe('done');
  });

  it('goes on after the process was stopped, and tells nobody twice that it waits', async () => {
    const first = await open();
    const run = await first.start('wait', 'k', null);
    await parked(first, run);
    await first.stop(2000);
    await decide('approve');

    const second = await open();

    expect((await ended(second, run)).output).toBe('accepted');
    expect(reports.map(({ state }) => state)).toEqual(['waiting', 'done']);
  });

  it('ends when they reject, with their words', async () => {
    const opened = await open();
    const run = await opened.start('wait', 'k', null);

    await decide('reject', 'Use the new service instead.');

    expect((await ended(opened, run)).output).toMatchObject({
      code: 'ConnectionRejected',
      because: expect.stringContaining('Use the new service instead.'),
    });
    expect(reports.at(-1)).toMatchObject({ state: 'failed', code: 'ConnectionRejected' });
  });

  it('ends when the endpoint has gone', async () => {
    await deleteAsOthers(house, endpoint);
    const opened = await open();

    const run = await opened.start('wait', 'k', null);

    expect((await ended(opened, run)).output).toMatchObject({ code: 'ConnectionGone' });
  });

  it('ends after its time, and says that nobody decided', async () => {
    const opened = await open([
      { forSeconds: 0.2, everySeconds: 0.1 },
      { forSeconds: 0.2, everySeconds: 0.1 },
    ]);

    const run = await opened.start('wait', 'k', null);

    expect((await ended(opened, run)).output).toMatchObject({
      code: 'OwnerDidNotAnswer',
      wayOut: expect.stringContaining('try again from here'),
    });
  });

  it('is not ended by a look that fails for a moment', async () => {
    await house.fault('503', '/privateEndpoints/pe-erp', 'GET', 4);
    const opened = await open();
    const run = await opened.start('wait', 'k', null);
    await parked(opened, run);

    await decide('approve');

    expect((await ended(opened, run)).output).toBe('accepted');
  });

  it('ends at the next look when whoever asked has stopped waiting, also after a restart', async () => {
    await keepCase('applying');
    const first = await open();
    const run = await first.start('wait', 'k', null);
    await parked(first, run);
    await first.stop(2000);
    await keepCase('closed');
    await decide('approve');

    const second = await open();

    expect((await ended(second, run)).output).toMatchObject({ code: 'Left' });
    expect(reports.map(({ state }) => state)).toEqual(['waiting', 'failed']);
  });

  it('is over for good when it was given up in the moment in which the owner accepted', async () => {
    await keepCase('applying');
    const opened = await open();
    const run = await opened.start('wait', 'k', null);
    await parked(opened, run);
    onReport = ({ state }) => (state === 'done' ? keepCase('closed') : Promise.resolve());

    await decide('approve');

    expect((await ended(opened, run)).output).toMatchObject({ code: 'Left' });
  });

  it('goes on for a case that runs', async () => {
    await keepCase('applying');
    const opened = await open();
    const run = await opened.start('wait', 'k', null);
    await parked(opened, run);

    await decide('approve');

    expect((await ended(opened, run)).output).toBe('accepted');
  });

  it('says when it may no longer look', async () => {
    await house.fault('authorization-failed', '/privateEndpoints/pe-erp', 'GET', 100);
    const opened = await open();

    const run = await opened.start('wait', 'k', null);

    expect((await ended(opened, run)).output).toMatchObject({
      code: 'NotRead',
      because: expect.stringContaining('identity may not do this'),
    });
  });
});

it('takes fewer steps in all than a run of the engine has', () => {
  const looks = usualPatience.owner.reduce((sum, { forSeconds, everySeconds }) => sum + forSeconds / everySeconds, 0);

  expect(2 * looks).toBeLessThan(900);
});
