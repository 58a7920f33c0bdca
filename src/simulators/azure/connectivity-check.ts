/**
 * Network Watcher's connectivity check: a machine asks for a name, opens a connection, and the answer tells the way hop
 * by hop. Accepted with 202 and a `Location`, at which the result stands some seconds later. The codes of its refusals
 * are not documented; these are our own, and clients should go by the words.
 */
import type { SimRequest } from '../server.ts';
import { isAddress } from './address-space.ts';
import { badRequest } from './arm-error.ts';
import { refuseForbidden } from './authorization.ts';
import { resultHeaders, startOperation } from './operations.ts';
import { reach } from './reach.ts';
import { type Answer, refuseMissingHolder } from './reads.ts';
import { readBody } from './request-body.ts';
import { resolve } from './resolve.ts';
import { configurationsOf } from './types/network-interfaces.ts';
import { networkWatchers } from './types/network-watchers.ts';
import { hasWatcherAgent, interfaceOf, virtualMachines } from './types/virtual-machines.ts';
import { type Arm, find, type Json, networkKeyOf, type Resource, textIn } from './world.ts';

/** `under`: lower-case id of the watcher. */
export function answerConnectivityCheck(arm: Arm, request: SimRequest, under: string): Answer {
  refuseForbidden(arm.world, under, 'Microsoft.Network/networkWatchers/connectivityCheck/action');
  const watcher = find(arm.world, under);
  if (watcher === undefined) {
    refuseMissingHolder(arm, under);
    throw badRequest('InvalidRequestUri', `There is no Network Watcher ${under}.`);
  }
  const { source, destination } = readBody(request) as { source?: Json; destination?: Json };
  const machine = machineIn(arm, source, watcher);
  const [to, port] = [textIn(destination, 'address'), Number(destination?.['port'])];
  if (to === '' || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw badRequest('InvalidConnectivityCheckRequest', 'The destination needs an address and a port from 1 to 65535.');
  }
  const operation = startOperation(arm, {
    type: networkWatchers,
    resource: watcher,
    action: 'ask',
    work: 'connectivity-check',
    location: watcher.location ?? '',
    more: { answer: look(arm, machine, { to, port }) },
  });
  return { status: 202, headers: resultHeaders(arm, networkWatchers, operation), body: null };
}

function machineIn(arm: Arm, source: Json | undefined, watcher: Resource): Resource {
  const id = textIn(source, 'resourceId');
  const machine = find(arm.world, id);
  if (machine?.type !== virtualMachines.name) {
    throw badRequest('InvalidResourceReference', `The source ${id} is no virtual machine that exists.`);
  }
  if (machine.location !== watcher.location) {
    throw badRequest(
      'NetworkWatcherInOtherRegion',
      `The virtual machine ${machine.name} is in ${machine.location ?? ''}, the Network Watcher ${watcher.name} is in ${watcher.location ?? ''}.`,
    );
  }
  if (!hasWatcherAgent(arm.world, machine)) {
    throw badRequest(
      'NetworkWatcherAgentNotInstalled',
      `The Network Watcher agent extension is not installed on the virtual machine ${machine.name}.`,
    );
  }
  return machine;
}

function look(arm: Arm, machine: Resource, { to, port }: { to: string; port: number }): Json {
  const { world } = arm;
  const card = interfaceOf(world, machine);
  const [place] = card === undefined ? [] : configurationsOf(card);
  const subnet = place?.properties.subnet?.id ?? '';
  const network = find(world, networkKeyOf(subnet.toLowerCase()));
  const found = isAddress(to) ? [to] : resolve(world, network?.id ?? '', to).addresses;
  const [address] = found;
  const source = { type: 'Source', address: place?.properties.privateIPAddress ?? '', resourceId: place?.id ?? '' };
  if (address === undefined) {
    return way(arm, { ...source, issues: [issue('DnsResolution', { key: 'Fqdn', value: to })] }, undefined);
  }
  const { open, because } = reach(world, { from: subnet, address, port });
  return way(arm, { ...source, issues: open ? [] : issuesOf(because) }, { address, open });
}

function issuesOf(because: string): Json[] {
  const rule = /security rule (\S+)/.exec(because)?.[1];
  if (rule !== undefined) {
    return [issue('NetworkSecurityRule', { key: 'RuleName', value: `UserRule_${rule}` })];
  }
  return because.includes('route') ? [issue('UserDefinedRoute', { key: 'RouteType', value: 'User' })] : [];
}

function issue(type: string, context: { key: string; value: string }): Json {
  return { origin: 'Outbound', severity: 'Error', type, context: [context] };
}

const probes = 30;

function way(arm: Arm, source: Json, to: { address: string; open: boolean } | undefined): Json {
  const [first, last] = [arm.newId(), arm.newId()];
  const open = to?.open === true;
  const destination =
    to === undefined
      ? []
      : [{ type: 'VnetLocal', id: last, address: to.address, resourceId: 'Unknown', nextHopIds: [], issues: [] }];
  return {
    hops: [{ ...source, id: first, nextHopIds: destination.map(({ id }) => id) }, ...destination],
    connectionStatus: open ? 'Reachable' : 'Unreachable',
    ...(open ? { avgLatencyInMs: 2, minLatencyInMs: 1, maxLatencyInMs: 9 } : {}),
    probesSent: probes,
    probesFailed: open ? 0 : probes,
  };
}
