/** The script gives the same world as our own executor, and its way back the same as our own undo. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportAz } from '../../../src/plan/export/az.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { Store } from '../../../src/store/store.ts';
import { apply, type House, openHouse, openTestStore, plannedWith, takeBack } from '../../azure/house.ts';
import { connectArm } from './az-arm.ts';
import { runScript } from './az-interpreter.ts';
import { type Scene, scenes } from './scenes.ts';

interface Stage {
  house: House;
  store: Store;
  close: () => Promise<void>;
}

let ours: Stage;
let theirs: Stage;

async function openStage(): Promise<Stage> {
  const house = await openHouse();
  const { store, close } = await openTestStore();
  return {
    house,
    store,
    close: async () => {
      await house.close();
      await close();
    },
  };
}

beforeEach(async () => {
  [ours, theirs] = await Promise.all([openStage(), openStage()]);
});

afterEach(async () => {
  await Promise.all([ours.close(), theirs.close()]);
});

/** Carries out what a scene is built on. */
async function prepare({ house, store }: Stage, { before, grows }: Scene): Promise<void> {
  for (const [index, earlier] of before.entries()) {
    const { outcome } = await apply(house, store, await plannedWith(house.arm, earlier), { planId: `before-${index}` });
    expect(outcome).toEqual({ kind: 'complete' });
  }
  if (grows !== null) {
    const arm = connectArm(house.origin);
    const network = (await arm.get(grows)) as { properties: { addressSpace: { addressPrefixes: string[] } } };
    network.properties.addressSpace.addressPrefixes.push('10.22.0.0/16');
    await arm.put(grows, network);
  }
}

async function accept({ house }: Stage, plan: Plan): Promise<void> {
  const endpoint = plan.steps.find(({ kind }) => kind === 'endpoint-wait')?.resource ?? '';
  for (;;) {
    const world = await house.world();
    if (Object.values(world.resources).some((resource) => connects(resource, endpoint))) {
      await house.post('owner', { connection: endpoint, decision: 'approve' });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function connects({ id = '', properties }: { id?: unknown; properties?: Record<string, unknown> }, endpoint: string) {
  const { privateEndpoint } = (properties ?? {}) as { privateEndpoint?: { id?: string } };
  const leadsThere = privateEndpoint?.id?.toLowerCase() === endpoint.toLowerCase();
  return leadsThere && /\/privateEndpointConnections\//i.test(String(id));
}

/** Without what Azure makes up anew each time, or counts, or lists in the order in which it was made. */
async function worldOf({ house }: Stage): Promise<unknown> {
  const { resources } = await house.world();
  return inOneOrder(JSON.parse(madeEqual(JSON.stringify(resources))));
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(inOneOrder);
    return items.every((item) => typeof item === 'object') ? items.toSorted(byText) : items;
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOneOrder(item)]))
    : value;
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}

const ownIds = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function madeEqual(text: string): string {
  return text
    .replaceAll(/"(etag|linkIdentifier)":"(?:[^"\\]|\\.)*"/g, '"$1":""')
    .replaceAll(ownIds, (id) => (isKnown(id) ? id : 'new'));
}

/** Subscriptions, and what stands in the example world from the beginning. */
function isKnown(id: string): boolean {
  return id.startsWith('1c0a5b1e-') || /-0{8}\d{4}$/.test(id);
}

/** The lines after "To take it back", made commands again; none where there is nothing to take back. */
function wayBack(script: string): string {
  const lines = script.split('\n');
  const from = lines.findIndex((line) => line.startsWith('# To take it back'));
  if (from === -1) {
    return 'true';
  }
  return ['set -euo pipefail', ...lines.slice(from + 1).map((line) => line.replace(/^# ?/, ''))].join('\n');
}

describe('the script of a plan', () => {
  it.each(Object.entries(scenes))('gives the world that the executor gives: %s', async (_name, scene) => {
    await Promise.all([prepare(ours, scene), prepare(theirs, scene)]);
    const plan = await plannedWith(ours.house.arm, scene.answers, scene.at);
    const script = exportAz(plan);

    const accepted = scene.owner ? accept(ours, plan) : null;
    const { outcome } = await apply(ours.house, ours.store, plan);
    await accepted;
    const ran = await runScript(script, theirs.house.origin);
    await (scene.owner ? accept(theirs, plan) : null);

    expect(outcome).toEqual({ kind: 'complete' });
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('is carried out.') });
    expect(await worldOf(theirs)).toEqual(await worldOf(ours));

    await takeBack(ours.house, ours.store, plan);
    const back = await runScript(wayBack(script), theirs.house.origin);

    expect(back).toMatchObject({ exitCode: 0 });
    expect(await worldOf(theirs)).toEqual(await worldOf(ours));
  });

  it('stops at the first command that fails, and says which step it was', async () => {
    const plan = await plannedWith(theirs.house.arm);
    await theirs.house.fault('authorization-failed', '/privateDnsZones', 'PUT');

    const ran = await runScript(exportAz(plan), theirs.house.origin);

    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(/Step 3 of 5, create: Create the private zone[^]*AuthorizationFailed/);
    expect(ran.stderr).not.toContain('Step 4');
  });
});
