/**
 * A try by Azure's Network Watcher from a virtual machine that the settings name. The operation runs for some ten
 * seconds and answers at its `Location`. The machine needs the Network Watcher agent, and its watcher is that of its own
 * region (Microsoft Learn, "Troubleshoot connections with Azure Network Watcher using the Azure REST API").
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { ProbeSettings } from '../config/settings-probe.ts';
import type { ResourceId } from '../plan/plan.ts';
import { networkOf } from '../plan/resource-id.ts';
import { computeVersion, networkVersion } from './api-versions.ts';
import type { Arm } from './arm.ts';

export type Watcher = NonNullable<ProbeSettings['watcher']>;

export interface WatcherTry {
  /** A name or an address. */
  to: string;
  port: number;
}

export interface WatcherSight {
  status: 'reachable' | 'unreachable' | 'unknown';
  /** Where the way ended; null when Azure does not say. */
  address: string | null;
  /** What stood in the way, in Azure's own short words, such as `NetworkSecurityRule UserRule_deny`. */
  issues: readonly string[];
  /** Something is wrong on the machine itself, so the try says nothing about the way. */
  isLocal: boolean;
  /** Some of the probes failed. */
  isDegraded: boolean;
}

export interface Pace {
  everyMs: number;
  /** For all tries of one proof together. */
  forMs: number;
}

/** A check sends some hundred probes; a reading as a whole is given up after three minutes. */
export const usualPace: Pace = { everyMs: 2000, forMs: 120_000 };

/** A machine, and until when it may be asked. */
export interface Machine {
  arm: Arm;
  watcher: Watcher;
  everyMs: number;
  /** By the clock of `performance`. */
  deadlineMs: number;
}

/** Null: the machine or its interface does not say where it stands. */
export async function networkOfMachine(arm: Arm, { virtualMachine }: Watcher): Promise<ResourceId | null> {
  const machine = (await arm.read(virtualMachine, computeVersion)) as MachineBody | null;
  const all = machine?.properties?.networkProfile?.networkInterfaces ?? [];
  const primary = all.find(({ properties }) => properties?.primary === true) ?? all[0];
  const card = (primary?.id === undefined ? null : await arm.read(primary.id, networkVersion)) as InterfaceBody | null;
  const subnet = card?.properties?.ipConfigurations?.[0]?.properties?.subnet?.id;
  return subnet === undefined ? null : networkOf(subnet);
}

interface MachineBody {
  properties?: { networkProfile?: { networkInterfaces?: { id?: string; properties?: { primary?: boolean } }[] } };
}

interface InterfaceBody {
  properties?: { ipConfigurations?: { properties?: { subnet?: { id?: string } } }[] };
}

/** @throws what Azure refused, or that it did not come to an end in time. */
export async function askWatcher(machine: Machine, asked: WatcherTry): Promise<WatcherSight> {
  const { arm, deadlineMs, everyMs, watcher } = machine;
  if (performance.now() > deadlineMs) {
    throw tooLate();
  }
  const question = {
    source: { resourceId: watcher.virtualMachine },
    destination: { address: asked.to, port: asked.port },
    protocol: 'Tcp',
    preferredIPVersion: 'IPv4',
  };
  const asking = await arm.begin(`${watcher.networkWatcher}/connectivityCheck`, networkVersion, question);
  for (;;) {
    const answer = await asking.poll();
    if (answer !== null) {
      return sightOf(answer.body as CheckBody | null);
    }
    if (performance.now() > deadlineMs) {
      throw tooLate();
    }
    await wait(everyMs);
  }
}

function tooLate(): Error {
  return new Error('Network Watcher did not come to an end in time; press “Check again” later');
}

interface Issue {
  origin?: string;
  type?: string;
  context?: { key?: string; value?: string }[];
}

interface CheckBody {
  connectionStatus?: string;
  probesSent?: number;
  probesFailed?: number;
  hops?: { address?: string; nextHopIds?: string[]; issues?: Issue[] }[];
}

/** On the machine: its agent, its firewall, its own resolver; none of them is a property of the connection. */
const localTypes = new Set(['AgentStopped', 'SocketBind', 'Platform', 'GuestFirewall', 'Unknown']);

function sightOf(body: CheckBody | null): WatcherSight {
  const hops = body?.hops ?? [];
  const last = hops.findLast(({ nextHopIds }) => (nextHopIds ?? []).length === 0);
  const issues = hops.flatMap((hop) => hop.issues ?? []);
  return {
    status: statusOf(body?.connectionStatus ?? ''),
    address: last?.address ?? null,
    issues: issues.map(wordsOf),
    isLocal: issues.some(({ origin, type }) => origin === 'Local' && localTypes.has(type ?? '')),
    isDegraded: (body?.probesFailed ?? 0) > 0,
  };
}

/** The guides say Reachable and Unreachable, the interface's own list of values Connected and Disconnected. */
function statusOf(status: string): WatcherSight['status'] {
  if (/^(?:reachable|connected|degraded)$/i.test(status)) {
    return 'reachable';
  }
  return /^(?:unreachable|disconnected)$/i.test(status) ? 'unreachable' : 'unknown';
}

function wordsOf({ context = [], type = 'an issue' }: Issue): string {
  const values = context.flatMap(({ value }) => value ?? []).join(' ');
  return `${type} ${values}`
    .trim()
    .replaceAll(/[^\w .:-]/g, '')
    .slice(0, 120);
}
