/** What Network Watcher's try from a machine says about a promise, in people's words. */
import { checkId, type Evidence } from '../plan/evidence.ts';
import { shortName } from '../plan/resource-id.ts';
import { shortReason } from './errors.ts';
import { askWatcher, type Machine, type WatcherSight } from './probe-watcher.ts';
import { nameUnder, type PromisedTry } from './promised-tries.ts';
import type { Beside, BesideSight } from './verify-closed.ts';

const code = 'watcher-probe';

/** The machine is asked for the name, so that one try tells where it leads and whether that answers. */
export async function tryByWatcher(wanted: PromisedTry, asked: Machine): Promise<Evidence[]> {
  const machine = `the machine ${shortName(asked.watcher.virtualMachine)} in ${wanted.from}`;
  const host = nameUnder(wanted.host);
  try {
    const sight = await askWatcher(asked, { to: host, port: wanted.port });
    return said(wanted, host, sight, machine).map((line) => evidenceOf(wanted, line));
  } catch (error) {
    const text = `Network Watcher could not try ${host} from ${machine}: ${reasonOf(error)}.`;
    return [{ kind: 'observed', code, good: null, text }];
  }
}

function evidenceOf(wanted: PromisedTry, { what, good, text, care }: Line): Evidence {
  const of = checkId(wanted.from, { ...wanted, what });
  return { kind: 'observed', code, of, good, text, ...(care === undefined ? {} : { care }) };
}

interface Line {
  what: 'name' | 'reach';
  good: boolean | null;
  text: string;
  care?: true;
}

function said(wanted: PromisedTry, host: string, sight: WatcherSight, machine: string): Line[] {
  const { address, issues, isDegraded, isLocal, status } = sight;
  const where = `${wanted.address} on port ${wanted.port}`;
  const why = issues.length === 0 ? '' : ` (${[...new Set(issues)].join('; ')})`;
  if (status === 'unknown' || (isLocal && status === 'unreachable')) {
    return [
      { what: 'reach', good: null, text: `Network Watcher came to no result for ${where} from ${machine}${why}.` },
    ];
  }
  if (status === 'unreachable' && issues.some((issue) => issue.startsWith('DnsResolution'))) {
    return [{ what: 'name', good: false, text: `For ${machine}, ${host} leads nowhere${why}.` }];
  }
  if (address === null) {
    return [
      status === 'unreachable'
        ? { what: 'reach', good: false, text: `${host} does not answer ${machine}${why}.` }
        : { what: 'reach', good: null, text: `${host} answers ${machine}, but Azure does not say at which address.` },
    ];
  }
  if (address !== wanted.address) {
    return [{ what: 'name', good: false, text: `For ${machine}, ${host} leads to ${address}, not ${wanted.address}.` }];
  }
  const name: Line = { what: 'name', good: true, text: `For ${machine}, ${host} leads to ${address}.` };
  return status === 'unreachable'
    ? [name, { what: 'reach', good: false, text: `${where} does not answer ${machine}${why}.` }]
    : [
        name,
        { what: 'reach', good: true, text: `${where} answers ${machine}: Network Watcher opened a connection.` },
        ...(isDegraded ? [degraded(where, machine)] : []),
      ];
}

function degraded(where: string, machine: string): Line {
  return {
    what: 'reach',
    good: null,
    care: true,
    text: `Some of the probes from ${machine} to ${where} were lost. Press “Check again” later.`,
  };
}

export async function closedByWatcher(one: Beside, asked: Machine): Promise<BesideSight> {
  try {
    const { isLocal, status } = await askWatcher(asked, { to: one.address, port: one.port });
    if (status === 'unknown' || isLocal) {
      return { kind: 'unknown', because: 'Network Watcher came to no result' };
    }
    return { kind: status === 'reachable' ? 'open' : 'closed' };
  } catch (error) {
    return { kind: 'unknown', because: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return shortReason(error).replace(/\.$/, '');
}
