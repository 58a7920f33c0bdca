import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { planConnection } from '../../src/plan/planner.ts';
import type { Survey } from '../../src/plan/world.ts';
import { apply, takeBack, tidy } from './apply.ts';
import {
  endpoint,
  frontend,
  hubGroup,
  hubWithSubnets,
  linkService,
  managed,
  mendixGroup,
  rights,
  subnetOf,
} from './parts.ts';
import { answersFor, byPeering, hub, hubZones, mendix, network, plannedFor, suffix, surveyOf, zone } from './world.ts';

const exact = `orders.${suffix}`;
const plan = plannedFor();
const after = apply(plan, surveyOf());

function codes(of: Plan, survey: Survey, done?: ReadonlySet<string>): string[] {
  const undo = planUndo(of, survey, done);
  return undo.kind === 'planned' ? [] : undo.findings.map(({ level, code }) => `${level} ${code}`);
}

function textsOf(of: Plan, survey: Survey): string {
  const undo = planUndo(of, survey);
  return undo.kind === 'planned' ? '' : undo.findings.map(({ text }) => text).join('\n');
}

describe('an undo', () => {
  it('takes back what was made, the last first, and has a hash of its own', () => {
    const undo = planUndo(plan, after);

    expect(undo).toMatchObject({ kind: 'planned', undo: { of: plan.hash, findings: [] } });
    expect(undo.kind === 'planned' ? undo.undo.steps.map(({ kind, change }) => `${change} ${kind}`) : []).toEqual([
      'delete dns-link',
      'delete dns-record',
      'delete dns-zone',
      'delete peering',
      'delete peering',
    ]);
    expect(undo.kind === 'planned' ? undo.undo.hash : '').toMatch(/^[0-9a-f]{64}$/);
    expect(planUndo(plan, after)).toEqual(undo);
  });

  it('leaves out what is gone already, and then waits for nothing', () => {
    const half = { ...after, zones: [] };
    const undo = planUndo(plan, half);

    expect(undo.kind === 'planned' ? undo.undo.steps.map(({ id }) => id) : []).toEqual([
      'undo/peering/mendix-vnet/causeway-to-hub-vnet',
      'undo/peering/hub-vnet/causeway-to-mendix-vnet',
    ]);
    expect(tidy(takeBack(undo.kind === 'planned' ? undo.undo.steps : [], half))).toEqual(tidy(surveyOf()));
  });

  it('leaves out what was never carried out', () => {
    const begun = plan.steps.slice(0, 1);
    const undo = planUndo(plan, apply({ steps: begun }, surveyOf()), new Set(begun.map(({ id }) => id)));

    expect(undo.kind === 'planned' ? undo.undo.steps.map(({ id }) => id) : []).toEqual([
      'undo/peering/hub-vnet/causeway-to-mendix-vnet',
    ]);
  });

  it('has nothing to do when everything is as before', () => {
    expect(planUndo(plan, surveyOf())).toMatchObject({ kind: 'planned', undo: { steps: [] } });
  });
});

describe('an undo is refused', () => {
  it('when somebody changed what the plan wrote', () => {
    const moved = changeZone(after, exact, (seen) => ({
      records: seen.records.map((record) => Object.assign({}, record, { addresses: ['10.1.1.1'] })),
    }));

    expect(codes(plan, moved)).toEqual(['stop ChangedSince']);
  });

  it('when the zone holds records of others, or serves networks of others', () => {
    const other = network('other-vnet', '10.77.0.0/16');
    const used = changeZone(after, exact, (seen) => ({
      records: [...seen.records, { id: `${seen.id}/A/beta`, name: 'beta', addresses: ['10.1.1.1'], ttlSeconds: 300 }],
      links: [
        ...seen.links,
        { id: `${seen.id}/virtualNetworkLinks/x`, name: 'x', network: other.id, state: 'Completed' },
      ],
    }));

    expect(codes(plan, used)).toEqual(['stop InUse', 'stop InUse']);
    expect(textsOf(plan, used)).toContain('beta');
    expect(textsOf(plan, used)).toContain('other-vnet');
  });

  it('when names of a later plan ride on the peering', () => {
    const later = { ...after, zones: [...after.zones, zone(`billing.${suffix}`, { '@': '192.168.0.10' }, [hub])] };

    expect(codes(plan, later)).toEqual(['stop InUse']);
    expect(textsOf(plan, later)).toContain(`billing.${suffix}`);
  });

  it('when the environment asks DNS servers behind the peering', () => {
    const { network: ours } = after.environment;
    const asking = {
      ...after,
      environment: { ...after.environment, network: ours && { ...ours, dnsServers: ['10.20.0.4'] } },
    };

    expect(textsOf(plan, asking)).toContain('asks the DNS servers 10.20.0.4 in hub-vnet');
  });

  it('when something else holds the gateway of the peering by now', () => {
    const { network: ours } = after.environment;
    const peerings = (ours?.peerings ?? []).map((half) => Object.assign({}, half, { useRemoteGateways: true }));
    const using = { ...after, environment: { ...after.environment, network: ours && { ...ours, peerings } } };

    expect(codes(plan, using)).toEqual(['stop ChangedSince']);
  });

  it.each([
    ['a lock', { locks: [{ name: 'keep', level: 'CanNotDelete' as const }] }, 'stop ScopeLocked'],
    ['a missing right', { allowed: [{ actions: ['*'], notActions: ['*/delete'] }] }, 'stop AuthorizationFailed'],
  ])('by %s', (_what, more, code) => {
    const seen = { ...after, rights: [rights(mendixGroup), rights(hubGroup, more)] };

    expect(new Set(codes(plan, seen))).toEqual(new Set([code]));
  });
});

describe('an undo of Private Link', () => {
  const first = surveyOf({
    mendix: managed,
    networks: [hubWithSubnets],
    environment: { frontends: [frontend] },
    more: { linkServices: [], endpoints: [] },
  });
  const planned = planConnection({ ...answersFor([hub]), method: 'private-link' }, first, byPeering);
  const linked = planned.kind === 'planned' ? planned.plan : plan;
  const done = apply(linked, first);
  const service = done.linkServices?.[0] ?? linkService('none');

  it('waits for the endpoint before it deletes the service', () => {
    const undo = planUndo(linked, done);
    const steps = undo.kind === 'planned' ? undo.undo.steps : [];

    expect(steps.find(({ kind }) => kind === 'private-link-service')?.after).toEqual([
      steps.find(({ kind }) => kind === 'private-endpoint')?.id,
    ]);
    expect(steps.find(({ kind }) => kind === 'private-endpoint')?.after).toEqual([
      steps.find(({ kind }) => kind === 'dns-record')?.id,
    ]);
  });

  it('is refused while other endpoints lead to the service', () => {
    const other = endpoint('pe-of-others', subnetOf(hubWithSubnets, 'dns'), service.id);
    const connection = {
      id: `${service.id}/privateEndpointConnections/${other.name}.guid`,
      endpoint: other.id,
      state: 'Approved' as const,
    };
    const used = {
      ...done,
      endpoints: [...(done.endpoints ?? []), other],
      linkServices: [{ ...service, connections: [...service.connections, connection] }],
    };

    expect(textsOf(linked, used)).toContain('pe-of-others');
  });

  it('is refused while other names lead to the endpoint', () => {
    const address = done.endpoints?.[0]?.address ?? '';
    const used = { ...done, zones: [...done.zones, zone('shop.example.com', { '@': address }, [hub])] };

    expect(textsOf(linked, used)).toContain('shop.example.com');
  });

  it('leaves the subnet’s policy alone while another service needs it', () => {
    const others = linkService('pls-of-others', { frontends: [], natSubnets: service.natSubnets });
    const used = { ...done, linkServices: [service, others] };

    expect(textsOf(linked, used)).toContain('pls-of-others');
  });
});

it('makes a half again that stood alone before, because it dies with the other one', () => {
  const alone = surveyOf({ networks: [{ ...hub, peerings: [initiated()] }] });
  const half = plannedFor({ networks: alone.networks });
  const undo = planUndo(half, apply(half, alone));

  expect(undo.kind === 'planned' ? undo.undo.steps.at(-1) : null).toMatchObject({
    kind: 'peering-repair',
    change: 'restore',
    resource: `${hub.id}/virtualNetworkPeerings/to-mendix`,
    after: ['undo/peering/mendix-vnet/causeway-to-hub-vnet'],
  });
});

function initiated() {
  return {
    id: `${hub.id}/virtualNetworkPeerings/to-mendix`,
    name: 'to-mendix',
    remoteNetwork: mendix.id,
    state: 'Initiated' as const,
    syncLevel: '',
    remotePrefixes: mendix.addressPrefixes,
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
    allowGatewayTransit: false,
    useRemoteGateways: false,
  };
}

function changeZone(
  survey: Survey,
  name: string,
  by: (seen: Survey['zones'][number]) => Partial<Survey['zones'][number]>,
): Survey {
  const id = `${hubZones}/${name}`;
  return { ...survey, zones: survey.zones.map((each) => (each.id === id ? Object.assign({}, each, by(each)) : each)) };
}
