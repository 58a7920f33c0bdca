/** Worlds and wishes as fast-check makes them up: any peerings with any switches, any zones, any subnets. */
import fc from 'fast-check';
import type { ConnectAnswers, Scenario } from '../../src/plan/plan.ts';
import type { NetworkSeen, PeeringSeen, Survey, ZoneSeen } from '../../src/plan/world.ts';
import { database, erp, frontend, inOwnGroup, subnet } from './parts.ts';
import { mendix, network, peering, suffix, surveyOf, zone } from './world.ts';

export interface Generated {
  answers: ConnectAnswers;
  survey: Survey;
}

type Switches = Pick<PeeringSeen, 'allowVirtualNetworkAccess' | 'allowForwardedTraffic'>;

/** How two networks stand to each other today. */
type Between =
  | { kind: 'none' }
  | { kind: 'half' | 'dead'; from: 0 | 1; switches: Switches }
  | { kind: 'both'; one: Switches; other: Switches; gateway: 0 | 1 | null };

const switches: fc.Arbitrary<Switches> = fc.record({
  allowVirtualNetworkAccess: fc.boolean(),
  allowForwardedTraffic: fc.boolean(),
});

const side = fc.constantFrom<0 | 1>(0, 1);

const between: fc.Arbitrary<Between> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Between>({ kind: 'none' }) },
  fc.record({ kind: fc.constantFrom('half', 'dead'), from: side, switches }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('both' as const),
      one: switches,
      other: switches,
      gateway: fc.option(side, { freq: 4 }),
    }),
  },
);

/** `count` networks beside the environment's, with whatever peerings; the environment's is the first. */
export function networks(count: number, prefixOf: (index: number) => string): fc.Arbitrary<NetworkSeen[]> {
  const plain = Array.from({ length: count + 1 }, (_, index) => plainNetwork(index, prefixOf(index)));
  const pairs = plain.flatMap((_, one) =>
    plain.slice(one + 1).map((__, offset): [number, number] => [one, one + offset + 1]),
  );
  return fc
    .array(between, { minLength: pairs.length, maxLength: pairs.length })
    .map((states) =>
      pairs.reduce((made, [one, other], index) => join(made, one, other, states[index] ?? { kind: 'none' }), plain),
    );
}

function plainNetwork(index: number, prefix: string): NetworkSeen {
  if (index === 0) {
    return { ...mendix, addressPrefixes: [prefix], subnets: subnetsOf(mendix, prefix) };
  }
  return inOwnGroup(network(`net-${index}`, prefix), (of) => subnetsOf(of, prefix));
}

function subnetsOf(of: NetworkSeen, prefix: string) {
  const base = prefix.split('/')[0] ?? '';
  return [subnet(of, 'first', `${base}/26`), subnet(of, 'GatewaySubnet', `${base.replace(/\d+$/, '224')}/27`)];
}

function join(made: readonly NetworkSeen[], one: number, other: number, state: Between): NetworkSeen[] {
  const pair = [made[one], made[other]] as const;
  const [first, second] = pair;
  if (first === undefined || second === undefined || state.kind === 'none') {
    return [...made];
  }
  if (state.kind === 'both') {
    const { one: forth, other: back, gateway } = state;
    const there = peering(first, second, {
      ...forth,
      useRemoteGateways: gateway === 0,
      allowGatewayTransit: gateway === 1,
    });
    const here = peering(second, first, {
      ...back,
      useRemoteGateways: gateway === 1,
      allowGatewayTransit: gateway === 0,
    });
    return withHalf(withHalf(made, first, there), second, here);
  }
  const [from, to] = state.from === 0 ? [first, second] : [second, first];
  return withHalf(
    made,
    from,
    peering(from, to, { ...state.switches, state: state.kind === 'dead' ? 'Disconnected' : 'Initiated' }),
  );
}

function withHalf(made: readonly NetworkSeen[], of: NetworkSeen, half: PeeringSeen): NetworkSeen[] {
  return made.map((each) =>
    each.id === of.id ? Object.assign({}, each, { peerings: [...each.peerings, half] }) : each,
  );
}

/** Zones that may stand in the way: of the suffix, of one app, of the company, of databases; linked to any network. */
function zones(of: readonly NetworkSeen[]): fc.Arbitrary<ZoneSeen[]> {
  const names = [suffix, `orders.${suffix}`, 'example.com', 'privatelink.postgres.database.azure.com'];
  const linked = fc.subarray([...of]);
  const records = fc.subarray(['@', 'orders', '*', 'shop', 'mx-prod-db-replica']);
  return fc
    .tuple(...names.map((name) => fc.option(fc.record({ name: fc.constant(name), linked, records }))))
    .map((made) =>
      made.flatMap((each) =>
        each === null
          ? []
          : [
              zone(each.name, Object.fromEntries(each.records.map((record) => [record, '10.99.0.4'])), each.linked, {
                id: `/subscriptions/sub-zones/resourceGroups/zones/providers/Microsoft.Network/privateDnsZones/${each.name}`,
              }),
            ],
      ),
    );
}

const scenarios: fc.Arbitrary<Scenario> = fc.constantFrom(
  'apps-by-peering',
  'apps-by-private-link',
  'service-by-endpoint',
  'dns-servers',
  'database-read',
);

const apps = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(['orders', 'billing', 'shop.example.com'], { minLength: 1 }) },
  fc.constant<'*'>('*'),
);

/** A wish in a world with up to three networks beside the environment's; some are named, the others are neighbours. */
export const generated: fc.Arbitrary<Generated> = networks(3, (index) => `10.${index}.0.0/24`).chain((all) => {
  const [ours, ...others] = all;
  return fc
    .record({
      scenario: scenarios,
      named: fc.subarray(others, { minLength: 1 }),
      apps,
      zones: zones(all),
      byPeering: fc.boolean(),
      automatic: fc.boolean(),
      readable: fc.boolean(),
      useGateway: fc.boolean(),
    })
    .map((parts): Generated => {
      const { scenario, named, useGateway, byPeering } = parts;
      const ids = named.map(({ id }) => id);
      return {
        answers: {
          scenario,
          environment: 'mendix-prod',
          networks: ids,
          apps: parts.apps,
          method: scenario === 'service-by-endpoint' && byPeering ? 'peering' : null,
          service: { fqdn: 'erp.corp.example.com', privateLinkService: erp.id, address: '10.1.0.20' },
          dnsServers: scenario === 'dns-servers' ? ['10.1.0.5'] : [],
          ...(useGateway && named.length === 1 ? { useGateway } : {}),
        },
        survey: surveyOf({
          mendix: ours ?? null,
          networks: named,
          zones: parts.zones,
          environment: {
            frontends: [{ ...frontend, privateAddress: '10.0.0.10', subnet: ours?.subnets?.[0]?.id ?? null }],
          },
          more: {
            neighbours: others.filter((each) => !named.includes(each)),
            linkServices: parts.readable ? [{ ...erp, autoApproves: parts.automatic ? ['*'] : [] }] : [],
            endpoints: [],
            databases: [database('replica', { address: '10.0.0.40' })],
          },
        }),
      };
    });
});
