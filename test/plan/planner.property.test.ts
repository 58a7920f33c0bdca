/** What holds for every plan, in worlds that nobody thought of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffPlans } from '../../src/plan/diff.ts';
import { planAgain, planConnection } from '../../src/plan/planner.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { checkAddresses } from '../../src/plan/preflight-addresses.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { NetworkSeen, PeeringSeen, Survey } from '../../src/plan/world.ts';
import { apply, takeBack, tidy } from './apply.ts';
import { generated, type Generated, networks } from './generated.ts';
import { surveyOf } from './world.ts';
import { runs } from '../support/runs.ts';

function planOf({ answers, survey }: Generated): Plan | null {
  const planned = planConnection(answers, survey, { method: 'peering', because: [] }, { 'causeway-case': 'C-1' });
  return planned.kind === 'planned' ? planned.plan : null;
}

/** Only those that can be planned are of interest; enough of them have to come up. */
function forPlans(check: (plan: Plan, survey: Survey) => void, { numRuns } = runs(60, 600)): void {
  let planned = 0;
  fc.assert(
    fc.property(generated, (world) => {
      const plan = planOf(world);
      if (plan !== null) {
        planned += 1;
        check(plan, world.survey);
      }
    }),
    { numRuns },
  );
  expect(planned).toBeGreaterThan(numRuns / 4);
}

describe('every plan', () => {
  it('has steps that wait only for steps before them', () => {
    forPlans(({ steps, undo }) => {
      for (const list of [steps, undo]) {
        const seen = new Set<string>();
        for (const { id, after } of list) {
          expect(after.filter((each) => !seen.has(each))).toEqual([]);
          expect(seen.has(id)).toBe(false);
          seen.add(id);
        }
      }
    });
  });

  it('touches no network body but for DNS servers', () => {
    forPlans(({ steps, undo }) => {
      const bodies = [...steps, ...undo].filter(({ resource }) => /\/virtualNetworks\/[^/]+$/i.test(resource));
      expect(bodies.filter(({ kind }) => kind !== 'dns-servers')).toEqual([]);
    });
  });

  it('is the same when it is made twice, and keeps everything once it was carried out, whatever ran first', () => {
    const picks = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(generated, picks, (world, pick) => {
        const plan = planOf(world);
        if (plan === null) {
          return;
        }
        expect(planOf(world)?.hash).toBe(plan.hash);
        const after = apply(plan, world.survey, (ready) => (pick.next().value ?? 0) % ready);
        const again = planAgain(plan, after);
        expect(again.kind === 'planned' ? again.plan.steps.filter(({ body }) => body !== null) : again).toEqual([]);
      }),
      runs(50, 500),
    );
  });

  it('is still right when it is looked at again half way', () => {
    fc.assert(
      fc.property(generated, fc.nat(), (world, cut) => {
        const plan = planOf(world);
        if (plan === null) {
          return;
        }
        const begun = plan.steps.slice(0, cut % (plan.steps.length + 1));
        const now = planAgain(plan, apply({ steps: begun }, world.survey));
        expect(diffPlans(plan, now, new Set(begun.map(({ id }) => id)))).toEqual([]);
      }),
      runs(60, 600),
    );
  });

  it('gives back the first world when it is taken back', () => {
    forPlans((plan, survey) => {
      const after = apply(plan, survey);
      const undo = planUndo(plan, after);
      // Something that stood there before may ride on what the plan made; then it says so.
      if (undo.kind === 'planned') {
        expect(tidy(takeBack(undo.undo.steps, after))).toEqual(tidy(survey));
      } else {
        expect(undo.findings.filter(({ code }) => code === 'InUse')).not.toEqual([]);
      }
    });
  });

  it('says who gains reach, just as trying every way before and after it does', () => {
    forPlans((plan, survey) => {
      const after = apply(plan, survey);
      const gained = pairs(after).filter((pair) => !pairs(survey).includes(pair));
      const endpoint = after.endpoints?.find(({ id }) =>
        plan.steps.some((step) => step.change === 'create' && step.resource === id),
      );
      if (endpoint === undefined) {
        expect(saidOf(plan)).toEqual(gained.toSorted());
      }
    });
  });

  it('says who reaches a new endpoint: its network and everybody who reaches that', () => {
    forPlans((plan, survey) => {
      const made = plan.steps.filter(({ kind, change }) => kind === 'private-endpoint' && change === 'create');
      const after = pairs(apply(plan, survey));
      for (const [index, step] of made.entries()) {
        const { properties } = step.body as unknown as { properties: { subnet: { id: string } } };
        const host = properties.subnet.id.split('/').at(-3) ?? '';
        const near = after.filter((pair) => pair.endsWith(` → ${host}`)).map((pair) => pair.split(' → ')[0] ?? '');
        expect(plan.reach[index]?.from.map(nameIn).toSorted()).toEqual([host, ...near].toSorted());
      }
    });
  });
});

/** Every pair of networks between which there is a way, tried path by path. */
function pairs(survey: Survey): string[] {
  const all = [survey.environment.network, ...survey.networks, ...(survey.neighbours ?? [])].filter(
    (each) => each !== null,
  );
  const direct = all.flatMap((from) =>
    all.filter((to) => to !== from && isReached(from, to, all)).map((to) => `${from.name} → ${to.name}`),
  );
  const behind = all.flatMap((from) =>
    all.flatMap((hub) =>
      hasGateway(hub) && usesGateway(from, hub)
        ? [`${from.name} → gateway of ${hub.name}`, `gateway of ${hub.name} → ${from.name}`]
        : [],
    ),
  );
  return [...direct, ...behind];
}

function hasGateway(network: NetworkSeen): boolean {
  return network.subnets?.some(({ name }) => name === 'GatewaySubnet') === true;
}

function half(from: NetworkSeen, to: NetworkSeen): PeeringSeen | undefined {
  return from.peerings.find(({ remoteNetwork }) => remoteNetwork === to.id);
}

function isDirect(one: NetworkSeen, other: NetworkSeen): boolean {
  return [half(one, other), half(other, one)].every(
    (each) => each?.state === 'Connected' && each.allowVirtualNetworkAccess,
  );
}

/** Its own, or over a peering of which both halves say so. */
function usesGateway(network: NetworkSeen, hub: NetworkSeen): boolean {
  return (
    network === hub ||
    (isDirect(network, hub) &&
      half(network, hub)?.useRemoteGateways === true &&
      half(hub, network)?.allowGatewayTransit === true)
  );
}

function isReached(from: NetworkSeen, to: NetworkSeen, all: readonly NetworkSeen[]): boolean {
  const shared = all.some((hub) => hub !== from && hub !== to && usesGateway(from, hub) && usesGateway(to, hub));
  return shared || paths(from, to, all).some(isWay);
}

/** All ways without a circle. */
function paths(
  from: NetworkSeen,
  to: NetworkSeen,
  all: readonly NetworkSeen[],
  gone: readonly NetworkSeen[] = [],
): NetworkSeen[][] {
  const so = [...gone, from];
  return from === to
    ? [so]
    : all.filter((next) => !so.includes(next) && isDirect(from, next)).flatMap((next) => paths(next, to, all, so));
}

/** Where traffic comes from further away than the neighbour, the half towards that neighbour has to accept it. */
function isWay(path: readonly NetworkSeen[]): boolean {
  return path.every((network, index) => {
    const [before, after] = [path[index - 1], path[index + 1]];
    const fromBehind = before === undefined || index < 2 || half(network, before)?.allowForwardedTraffic === true;
    const fromAhead =
      after === undefined || index > path.length - 3 || half(network, after)?.allowForwardedTraffic === true;
    return fromBehind && fromAhead;
  });
}

/** What the plan says, pair by pair. */
function saidOf({ reach }: Plan): string[] {
  return reach
    .flatMap(({ from, to }) => from.flatMap((one) => to.map((text) => `${nameIn(one)} → ${nameIn(text)}`)))
    .toSorted();
}

function nameIn(text: string): string {
  const gateway = /^what is behind the gateway of ([\w-]+)/.exec(text)?.[1];
  return gateway === undefined ? (/\(([\w-]+)\), all ports/.exec(text)?.[1] ?? text) : `gateway of ${gateway}`;
}

describe('the check of addresses', () => {
  /** Prefixes of 10.0.0.0/24 only, so that all addresses can be looked at one by one. */
  const prefix = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 25, max: 31 }))
    .map(([last, length]) => `10.0.0.${last}/${length}`);

  it('stops a peering exactly when looking at every address of every neighbour finds a clash', () => {
    const world = fc
      .array(prefix, { minLength: 4, maxLength: 4 })
      .chain((prefixes) => networks(3, (index) => prefixes[index] ?? ''));
    const { numRuns } = runs(200, 2000);
    let clashes = 0;
    fc.assert(
      fc.property(world, ([ours, theirs, ...rest]) => {
        if (ours === undefined || theirs === undefined) {
          return;
        }
        const stopped = checkAddresses(surveyOf({ mendix: ours, networks: [theirs], more: { neighbours: rest } }));
        const expected = clash(ours, theirs, [ours, theirs, ...rest]);
        clashes += expected ? 1 : 0;
        expect(stopped.some(({ level }) => level === 'stop')).toBe(expected);
      }),
      { numRuns },
    );
    expect(clashes).toBeGreaterThan(numRuns / 12);
    expect(clashes).toBeLessThan(numRuns);
  });

  function clash(ours: NetworkSeen, theirs: NetworkSeen, all: readonly NetworkSeen[]): boolean {
    return (
      shares(ours, theirs) ||
      beside(theirs, ours, all).some((third) => shares(ours, third)) ||
      beside(ours, theirs, all).some((third) => shares(theirs, third))
    );
  }

  function beside(of: NetworkSeen, but: NetworkSeen, all: readonly NetworkSeen[]): NetworkSeen[] {
    return all.filter((each) => each !== but && of.peerings.some(({ remoteNetwork }) => remoteNetwork === each.id));
  }

  function shares(one: NetworkSeen, other: NetworkSeen): boolean {
    const members = membersOf(one);
    return [...membersOf(other)].some((address) => members.has(address));
  }

  function membersOf({ addressPrefixes }: NetworkSeen): Set<number> {
    return new Set(
      addressPrefixes.flatMap((text) => {
        const [, last = '0', length = '32'] = /\.(\d+)\/(\d+)$/.exec(text) ?? [];
        const size = 2 ** (32 - Number(length));
        const first = Math.floor(Number(last) / size) * size;
        return Array.from({ length: size }, (_, offset) => first + offset);
      }),
    );
  }
});
