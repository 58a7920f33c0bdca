import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../src/plan/plan.ts';
import {
  codesOf,
  hub,
  hubZones,
  linesOf,
  made,
  mendix,
  network,
  peered,
  planFor,
  plannedFor,
  suffix,
  zone,
} from './world.ts';

const data = network('data-vnet', '10.30.0.0/16');
const exact = `orders.${suffix}`;

describe('a plan for a world that has some of it', () => {
  const done = {
    mendix: peered(mendix, hub),
    networks: [peered(hub, mendix)],
    zones: [zone(exact, { '@': '192.168.0.10' }, [hub], made)],
  };

  it('keeps everything after it was carried out', () => {
    const plan = plannedFor(done);

    expect(plan.steps.map((step) => step.change)).toEqual(['keep', 'keep', 'keep', 'keep', 'keep']);
    expect(plan.steps.map((step) => step.body)).toEqual([null, null, null, null, null]);
    expect(plan.undo).toEqual([]);
    expect(plan.reach).toEqual([]);
  });

  it('keeps a peering under the name that somebody gave it, with its switches', () => {
    const theirs = peered(hub, mendix, { name: 'to-mendix', allowGatewayTransit: true, state: 'Initiated' });

    const [first, second] = plannedFor({ networks: [theirs] }).steps;

    expect(first).toMatchObject({ change: 'keep', resource: `${hub.id}/virtualNetworkPeerings/to-mendix` });
    expect(second).toMatchObject({ change: 'create' });
  });

  it('opens a peering that blocks traffic, leaving its other switches as they are', () => {
    const theirs = peered(hub, mendix, { allowVirtualNetworkAccess: false, allowForwardedTraffic: true });

    const planned = planFor({ mendix: peered(mendix, hub), networks: [theirs] });
    const [first] = stepsOf(planned);

    expect(codesOf(planned)).toContain('care PeeringAccessBlocked');
    expect(first).toMatchObject({
      change: 'update',
      before: { properties: { allowVirtualNetworkAccess: false } },
      body: { properties: { allowVirtualNetworkAccess: true, allowForwardedTraffic: true } },
    });
    expect(undoOf(planned)).toContainEqual(
      expect.objectContaining({ change: 'restore', body: first?.before as unknown }),
    );
  });

  it('writes a peering again whose network has grown, and does not take that back', () => {
    const grown = { ...mendix, addressPrefixes: ['192.168.0.0/22', '192.168.8.0/24'] };
    const plan = plannedFor({ ...done, mendix: peered(grown, hub), networks: [peered(hub, mendix)] });

    expect(plan.steps[0]).toMatchObject({ change: 'update', title: 'Tell hub-vnet the new addresses of mendix-vnet' });
    expect(plan.undo).toEqual([]);
  });

  it('finds another name when its own name is taken by a peering with somebody else', () => {
    const theirs = peered(hub, network('other', '10.99.0.0/16'), { name: 'causeway-to-mendix-vnet' });

    expect(plannedFor({ networks: [theirs] }).steps[0]?.resource).toMatch(/\/causeway-to-mendix-vnet-2$/);
  });

  it('adds to a zone of the suffix that is linked already, because a second one would be refused', () => {
    const linked = zone(suffix, { billing: '10.1.1.1' }, [hub]);
    const planned = planFor({ zones: [linked] });

    expect(linesOf(planIn(planned)).slice(2)).toEqual([
      `adopt dns-zone/${suffix}`,
      `create dns-record/${suffix}/orders after dns-zone/${suffix}`,
      `keep dns-link/${suffix}/causeway-hub-vnet after dns-zone/${suffix}, dns-record/${suffix}/orders`,
    ]);
    expect(codesOf(planned)).toContain('care ZoneAlreadyLinked');
  });

  it('keeps a wildcard that leads to the right address', () => {
    const plan = plannedFor({ zones: [zone(suffix, { '*': '192.168.0.10' }, [hub])] }, ['orders', 'billing']);

    expect(linesOf(plan).slice(2, 4)).toEqual([
      `adopt dns-zone/${suffix}`,
      `keep dns-record/${suffix}/* after dns-zone/${suffix}`,
    ]);
  });

  it('puts an exact record beside the wildcard of another environment', () => {
    const plan = plannedFor({ zones: [zone(suffix, { '*': '192.168.4.10' }, [hub])] });

    expect(plan.steps[3]).toMatchObject({ change: 'create', resource: `${hubZones}/${suffix}/A/orders` });
  });

  it('makes an exact zone beside a linked zone that is wider than the suffix', () => {
    const plan = plannedFor({ zones: [zone('mendixapps.io', {}, [hub])] });

    expect(plan.steps[2]).toMatchObject({ change: 'create', resource: `${hubZones}/${exact}` });
  });

  it('leaves a zone of the suffix alone that is linked elsewhere only', () => {
    const plan = plannedFor({ zones: [zone(suffix, {}, [data])] });

    expect(plan.steps[2]).toMatchObject({ change: 'create', resource: `${hubZones}/${exact}` });
  });

  it('uses its own zone for a second network of the same group', () => {
    const first = zone(exact, { '@': '192.168.0.10' }, [hub], made);
    const plan = plannedFor({ networks: [data], zones: [first] });

    expect(linesOf(plan).slice(2)).toEqual([
      `keep dns-zone/${exact}`,
      `keep dns-record/${exact}/@ after dns-zone/${exact}`,
      `create dns-link/${exact}/causeway-data-vnet after dns-zone/${exact}, dns-record/${exact}/@`,
    ]);
  });

  it('shows before and after of a record that leads elsewhere', () => {
    const planned = planFor({ zones: [zone(exact, { '@': '192.168.0.99' }, [hub], made)] });

    expect(codesOf(planned)).toContain('care RecordChanges');
    expect(planIn(planned).steps[3]).toMatchObject({
      change: 'update',
      title: `Let ${exact} lead to 192.168.0.10 instead of 192.168.0.99`,
      before: { properties: { ttl: 300, aRecords: [{ ipv4Address: '192.168.0.99' }] } },
    });
  });
});

describe('a plan for every app', () => {
  it('makes one zone of the suffix with a wildcard, and says what that hides', () => {
    const planned = planFor(
      {
        zones: [
          zone(suffix, { billing: '10.1.1.1', hr: '10.1.1.1' }, [data], {
            id: '/subscriptions/s/resourceGroups/other/providers/Microsoft.Network/privateDnsZones/x',
          }),
        ],
      },
      '*',
    );

    expect(linesOf(planIn(planned)).slice(2)).toEqual([
      `create dns-zone/${suffix}`,
      `create dns-record/${suffix}/* after dns-zone/${suffix}`,
      `create dns-link/${suffix}/causeway-hub-vnet after dns-zone/${suffix}, dns-record/${suffix}/*`,
    ]);
    const shadow = planIn(planned).findings.find((finding) => finding.code === 'ZoneHidesOtherNames');
    expect(shadow?.text).toContain(`billing.${suffix}, hr.${suffix}`);
    expect(shadow?.wayOut).toContain('exactly its own name');
  });

  it('refuses a second wildcard beside that of another environment', () => {
    expect(codesOf(planFor({ zones: [zone(suffix, { '*': '192.168.4.10' }, [hub])] }, '*'))).toContain(
      'stop WildcardTaken',
    );
  });

  it('names apps that keep a zone of their own', () => {
    expect(codesOf(planFor({ zones: [zone(exact, { '@': '10.1.1.1' }, [hub])] }, '*'))).toContain(
      'care NamesWithOwnZone',
    );
  });
});

function planIn(planned: ReturnType<typeof planFor>): Plan {
  if (planned.kind !== 'planned') {
    throw new Error(JSON.stringify(planned.findings));
  }
  return planned.plan;
}

function stepsOf(planned: ReturnType<typeof planFor>): readonly PlanStep[] {
  return planIn(planned).steps;
}

function undoOf(planned: ReturnType<typeof planFor>): Plan['undo'] {
  return planIn(planned).undo;
}
