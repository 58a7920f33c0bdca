/**
 * What the bot can see for itself: from its own host when the settings say in which network that stands, else by Network
 * Watcher from a machine that they name. Only what the plan promises is tried, and what must stay closed beside it.
 */
import type { ProbeSettings } from '../config/settings-probe.ts';
import { checkId, type Evidence } from '../plan/evidence.ts';
import type { Plan, ResourceId } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { mapFew } from './collect.ts';
import { shortReason } from './errors.ts';
import { type PromisedTry, promisedTries } from './promised-tries.ts';
import { tryConnect } from './probe-host.ts';
import { type Machine, networkOfMachine, type Pace, usualPace } from './probe-watcher.ts';
import { type Beside, type BesideSight, type BesideTried, notTried, triedEvidence } from './verify-closed.ts';
import { tryFromHost } from './verify-from-host.ts';
import { closedByWatcher, tryByWatcher } from './verify-by-watcher.ts';

export interface ReachDeps {
  arm: Arm;
  settings: ProbeSettings;
  pace?: Pace;
}

/** More than the names of one plan; a zone with hundreds of apps is not tried one by one. */
const mostTries = 24;
const mostClosed = 8;

export async function reachEvidence(
  plan: Plan,
  seen: Survey,
  beside: readonly Beside[],
  { arm, settings, pace = usualPace }: ReachDeps,
): Promise<Evidence[]> {
  const tries = promisedTries(plan, seen).slice(0, mostTries);
  const { standsIn, timeoutMs, watcher } = settings;
  const deadlineMs = performance.now() + pace.forMs;
  const byHost = await fromNetwork(
    standsIn,
    { tries, beside },
    {
      who: (from) => `My own host in ${from}`,
      tried: (wanted) => tryFromHost(wanted, timeoutMs),
      closed: ({ address, port }) => tryConnect(address, port, timeoutMs),
    },
  );
  const left = tries.filter(({ network }) => standsIn === null || !sameResource(network, standsIn));
  const byWatcher =
    watcher === null || left.length === 0
      ? nothing
      : await fromMachine({ arm, watcher, everyMs: pace.everyMs, deadlineMs }, left, beside);
  return [...byHost.evidence, ...byWatcher.evidence, ...notTried(beside, [...byHost.besides, ...byWatcher.besides])];
}

interface Found {
  evidence: readonly Evidence[];
  besides: readonly BesideTried[];
}

const nothing: Found = { evidence: [], besides: [] };

async function fromMachine(machine: Machine, tries: readonly PromisedTry[], beside: readonly Beside[]): Promise<Found> {
  const { arm, watcher } = machine;
  const name = shortName(watcher.virtualMachine);
  try {
    const network = await networkOfMachine(arm, watcher);
    return network === null
      ? unknown(`I could not find out in which network the machine ${name} stands, so it tried nothing.`)
      : await fromNetwork(
          network,
          { tries, beside },
          {
            who: (from) => `The machine ${name} in ${from}`,
            tried: (wanted) => tryByWatcher(wanted, machine),
            closed: (one) => closedByWatcher(one, machine),
          },
        );
  } catch (error) {
    return unknown(`The machine ${name} tried nothing: Azure says ${shortReason(error)}.`);
  }
}

interface Probe {
  who(from: string): string;
  tried(wanted: PromisedTry): Promise<Evidence[]>;
  closed(one: Beside): Promise<BesideSight>;
}

/**
 * A probe that reaches nothing proves nothing about what is closed, so that is tried only when it has reached what was
 * promised.
 */
async function fromNetwork(
  network: ResourceId | null,
  { tries, beside }: { tries: readonly PromisedTry[]; beside: readonly Beside[] },
  probe: Probe,
): Promise<Found> {
  const mine = tries.filter((wanted) => network !== null && sameResource(wanted.network, network));
  const [first] = mine;
  if (network === null || first === undefined) {
    return nothing;
  }
  const evidence = (await mapFew(mine, (wanted) => probe.tried(wanted))).flat();
  const reached = new Set(evidence.flatMap(({ good, of }) => (good === true ? (of ?? []) : [])));
  const works = mine.some((wanted) => reached.has(checkId(wanted.from, { ...wanted, what: 'reach' })));
  const near = works ? beside.filter((one) => sameResource(one.network.id, network) && one.isClosed !== false) : [];
  const tried = await mapFew(near.slice(0, mostClosed), async (one) => ({ one, sight: await probe.closed(one) }));
  return { evidence: [...evidence, ...triedEvidence(probe.who(first.from), tried)], besides: tried };
}

function unknown(text: string): Found {
  return { evidence: [{ kind: 'observed', code: 'probe', good: null, text }], besides: [] };
}
