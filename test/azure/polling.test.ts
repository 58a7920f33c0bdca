/** How Azure is asked whether it is done: seldom, at the right place, and with the real reason when it is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takePlace } from '../../src/azure/budgets.ts';
import { openDurations } from '../../src/azure/durations.ts';
import { exampleGroups, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { apply, type House, hub, type Logged, openHouse, plannedWith } from './house.ts';
import { carryOut, carryOutAll, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

async function reads(of: House, path: RegExp): Promise<Logged[]> {
  const requests = await of.get<Logged[]>('requests');
  return requests.filter((request) => request.method === 'GET' && path.test(request.path));
}

const operations = /\/(?:operations|operationResults|privateDnsOperation\w+)\//;

describe('an operation', () => {
  it('that ends well is never asked: the resource says it', async () => {
    const { outcome } = await apply(house, store, await plannedWith(house.arm));

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await reads(house, operations)).toEqual([]);
  });

  it('that failed is asked once, for its reason', async () => {
    const plan = await plannedWith(house.arm);
    await house.fault('late:SubnetIsFull', 'virtualNetworkPeerings');

    const { outcome } = await apply(house, store, plan);

    expect(outcome).toMatchObject({ kind: 'failed', code: 'SubnetIsFull' });
    expect(await reads(house, operations)).toHaveLength(1);
  });

  it('that took back what it had made tells its reason too', async () => {
    const zones = [exampleGroups.hub, exampleGroups.services].map(
      (group) => `${group}/providers/Microsoft.Network/privateDnsZones/twice.example`,
    );
    const links = zones.map((zone) =>
      stepOf('dns-link', `${zone}/virtualNetworkLinks/to-hub`, {
        id: zone,
        body: { location: 'global', properties: { virtualNetwork: { id: hub }, registrationEnabled: false } },
      }),
    );
    for (const resource of zones) {
      await carryOut(
        house,
        store,
        stepOf('dns-zone', resource, { id: `${resource}/`, body: { location: 'global', tags: {} } }),
      );
    }
    const [first, second] = links;

    expect(first && (await carryOut(house, store, first)).result).toEqual({ ok: true });
    expect(second && (await carryOut(house, store, second)).result).toMatchObject({
      ok: false,
      code: 'BadRequest',
      because: expect.stringContaining('linked to a zone of the same name already'),
    });
  });

  it('of which Azure makes something else is not sent for ever', async () => {
    const { result } = await carryOut(
      house,
      store,
      stepOf('route', `${exampleGroups.hub}/providers/Microsoft.Network/routeTables/none/routes/r`, {
        body: { properties: {} },
      }),
    );

    expect(result).toMatchObject({ ok: false, code: 'ParentResourceNotFound' });
    expect((await house.writes()).length).toBe(1);
  });
});

describe('durations', () => {
  it('that were learned spare questions, also in another process', async () => {
    const slow = await openHouse({ speed: 40 });
    const later = await openHouse({ speed: 40 });
    try {
      await apply(slow, store, await plannedWith(slow.arm));
      await apply(later, store, await plannedWith(later.arm), { planId: 'plan-2' });

      const [before, after] = await Promise.all([slow, later].map(async (of) => (await reads(of, /./)).length));
      expect(after).toBeLessThan(before ?? 0);
    } finally {
      await Promise.all([slow.close(), later.close()]);
    }
  });

  it('are shared through the database, by kind and by what is done', async () => {
    const [one, other] = [await openDurations(store), await openDurations(store)];
    for (const ms of [10_000, 12_000, 11_000]) {
      await one.learn('peering/create', ms);
      await other.learn('peering/delete', ms / 10);
    }

    const fresh = await openDurations(store);
    expect(fresh.lowMs('peering/create')).toBeGreaterThan(8000);
    expect(fresh.lowMs('peering/create')).toBeLessThan(10_000);
    expect(fresh.lowMs('peering/delete')).toBeLessThan(1000);
    expect(fresh.lowMs('dns-zone/create')).toBeNull();
  });

  it('follow a service that has become faster', async () => {
    const durations = await openDurations(store);
    for (let index = 0; index < 32; index += 1) {
      await durations.learn('peering/create', 10_000 + index);
    }
    for (let index = 0; index < 3; index += 1) {
      await durations.learn('peering/create', 500);
    }

    expect(durations.lowMs('peering/create')).toBe(500);
  });
});

describe('links of one zone', () => {
  const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/corp.example`;
  const links = [hub, exampleNetworks.data, exampleNetworks.retail].map((id) =>
    stepOf('dns-link', `${zone}/virtualNetworkLinks/to-${id.split('/').at(-1)}`, {
      body: { location: 'global', properties: { virtualNetwork: { id }, registrationEnabled: false } },
    }),
  );

  async function makeZone(of: House): Promise<void> {
    await carryOut(of, store, stepOf('dns-zone', zone, { body: { location: 'global', tags: {} } }));
  }

  it('are written side by side and looked at with one reading of their list', async () => {
    const slow = await openHouse({ speed: 100 });
    try {
      await makeZone(slow);

      const ended = await carryOutAll(slow, store, links);

      expect(ended.map(({ result }) => result)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
      const lists = await reads(slow, /\/virtualNetworkLinks(?:\?|$)/);
      const single = await reads(slow, /\/virtualNetworkLinks\/[^/]+$/);
      expect(lists.length).toBeGreaterThan(0);
      // One before each write; the last one to end looks alone.
      expect(single.length).toBeLessThan(3 + lists.length);
    } finally {
      await slow.close();
    }
  });

  it('are written one after the other once Azure refuses one because of another', async () => {
    const slow = await openHouse({ speed: 200 });
    try {
      await makeZone(slow);
      await slow.fault('another-operation', 'virtualNetworkLinks/', 'PUT', 2);

      const ended = await carryOutAll(slow, store, links);

      expect(ended.map(({ result }) => result)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
      const { operations: all } = await slow.get<{ operations: Span[] }>('world');
      const spans = all
        .filter(({ resource, action }) => resource.includes('/virtualnetworklinks/') && action !== 'settle')
        .toSorted((one, other) => (one.acceptedAt < other.acceptedAt ? -1 : 1));
      expect(spans).toHaveLength(3);
      for (const [index, { acceptedAt }] of spans.entries()) {
        expect(acceptedAt >= (spans[index - 1]?.completesAt ?? '')).toBe(true);
      }
    } finally {
      await slow.close();
    }
  });
});

interface Span {
  resource: string;
  action: string;
  acceptedAt: string;
  completesAt: string;
}

describe('a budget', () => {
  it('never lets more through in any stretch of time than its rate and its burst', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (gaps, burst) => {
          const rate = { stepMs: 100, burst };
          const free = { nextMs: 0, heldUntilMs: 0 };
          let now = 1_000_000;
          const sent = gaps.map((gap) => {
            now += gap;
            return Math.max(now, takePlace(free, rate, now));
          });
          return sent.every((from) => {
            const within = sent.filter((at) => at >= from && at < from + 30_000).length;
            return within <= burst + 30_000 / rate.stepMs + 1;
          });
        },
      ),
    );
  });

  it('that Azure says is used up stands still for everybody as long as Azure says', () => {
    const free = { nextMs: 0, heldUntilMs: 5000 };

    const places = [1, 2, 3].map((now) => takePlace(free, { stepMs: 100, burst: 10 }, now));

    expect(places).toEqual([5000, 5100, 5200]);
  });

  it('that is nearly used up at Azure ends in waiting, not in a failure', async () => {
    const plan = await plannedWith(house.arm);
    const subscription = hub.split('/')[2];
    await house.post('budget', { subscription, budget: 'private-dns-reads', remaining: 12 });

    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  });
});
