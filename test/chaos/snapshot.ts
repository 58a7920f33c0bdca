/** A scenario up to the moment from which on everything runs by itself: talked through once, begun from as often as needed. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { roomyFolder } from '../support/roomy-folder.ts';
import { openRig, type Replica, type Rig } from './rig.ts';
import type { Place, Scenario } from './scenarios.ts';

export interface Snapshot {
  scenario: Scenario;
  thread: string;
  dataDir: string;
  /** Worlds of both simulators, in which the bot is known by {@link botUrl}. */
  world: Record<'arm' | 'zendesk', unknown>;
  botUrl: string;
  takenAtMs: number;
}

/** The approval that waits must not be reminded of while it is played. */
const freshForMs = 20 * 60_000;

export async function takeSnapshot(scenario: Scenario): Promise<Snapshot> {
  const rig = await openRig();
  try {
    const replica = await rig.openReplica('prepared');
    await replica.start(null);
    const thread = await scenario.prepare(placeOf(rig, replica));
    await replica.kill('SIGTERM');
    const dataDir = await mkdtemp(join(roomyFolder(), 'causeway-snapshot-'));
    await cp(replica.dataDir, dataDir, { recursive: true });
    const world = { arm: await worldOf(rig.armUrl), zendesk: await worldOf(rig.zendeskUrl) };
    return { scenario, thread, dataDir, world, botUrl: replica.url, takenAtMs: performance.now() };
  } finally {
    await rig.close({ keep: false });
  }
}

export function isFresh({ takenAtMs }: Snapshot): boolean {
  return performance.now() - takenAtMs < freshForMs;
}

export function dropSnapshot({ dataDir }: Snapshot): Promise<void> {
  return rm(dataDir, { recursive: true, force: true });
}

export interface Begun {
  rig: Rig;
  replica: Replica;
  place: Place;
}

/** Nothing is started yet. The desk tells the new bot what it would have told the old one. */
export async function beginFrom({ botUrl, dataDir, world }: Snapshot): Promise<Begun> {
  const rig = await openRig();
  const replica = await rig.openReplica('bot', { dataFrom: dataDir });
  await putWorld(rig.armUrl, { arm: world.arm });
  const desk = JSON.stringify({ zendesk: world.zendesk }).replaceAll(botUrl, replica.url);
  await putWorld(rig.zendeskUrl, JSON.parse(desk));
  return { rig, replica, place: placeOf(rig, replica) };
}

export function placeOf({ armUrl, zendeskUrl }: Rig, replica: Replica): Place {
  return { armUrl, zendeskUrl, botUrl: () => replica.url };
}

export async function worldOf(url: string): Promise<unknown> {
  return (await fetch(`${new URL(url).origin}/_sim/world`)).json();
}

export async function putWorld(url: string, world: unknown): Promise<void> {
  const response = await fetch(`${new URL(url).origin}/_sim/world`, { method: 'POST', body: JSON.stringify(world) });
  if (!response.ok) {
    throw new Error(`Putting a world back: HTTP ${response.status} ${await response.text()}`);
  }
}
