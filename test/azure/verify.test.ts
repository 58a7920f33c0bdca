import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proveFrom, verify } from '../../src/azure/verify.ts';
import type { Store } from '../../src/store/store.ts';
import { hub as hubSeen, made, mendix, network, peered, plannedFor, suffix, surveyOf, zone } from '../plan/world.ts';
import { apply, type House, openHouse, openTestStore, orders, plannedWith } from './house.ts';

describe('after a plan that was carried out', () => {
  let house: House;
  let store: Store;
  let closeStore: () => Promise<void>;

  beforeEach(async () => {
    house = await openHouse();
    ({ store, close: closeStore } = await openTestStore());
  });

  afterEach(async () => {
    await house.close();
    await closeStore();
  });

  it('the proof tells what was read from what was computed, and claims nothing that was not seen', async () => {
    const plan = await plannedWith(house.arm);
    await apply(house, store, plan);

    const proof = await verify(house.arm, plan);

    expect(proof.evidence.map(({ kind, code, good }) => `${kind} ${code} ${good}`)).toEqual([
      'read peering-state true',
      'read peering-state true',
      'read zone true',
      'read record true',
      'read link true',
      'computed name-resolves true',
      'computed others-as-before true',
    ]);
    expect(proof.toRun).toEqual([
      { from: 'hub-vnet', command: `nslookup ${orders}`, expect: '192.168.0.10' },
      {
        from: 'hub-vnet',
        command: expect.stringContaining(`https://${orders}/`),
        expect: 'connected-to-192.168.0.10-exit-0',
      },
    ]);
  });

  it('that was not carried out, every line says no', async () => {
    const proof = await verify(house.arm, await plannedWith(house.arm));

    const promised = proof.evidence.filter(({ code }) => code !== 'others-as-before');
    expect(promised.map((evidence) => evidence.good)).toEqual([false, false, false, false, false, false]);
  });
});

describe('the proof', () => {
  const exact = `orders.${suffix}`;
  const plan = plannedFor();
  const parts = {
    mendix: peered(mendix, hubSeen),
    networks: [peered(hubSeen, mendix)],
    zones: [zone(exact, { '@': '192.168.0.10' }, [hubSeen], made)],
  };

  it('says yes to a world in which all is there', () => {
    expect(proveFrom(plan, surveyOf(parts)).evidence.every((evidence) => evidence.good)).toBe(true);
  });

  it.each([
    [
      'a half that is not connected',
      { mendix: peered(mendix, hubSeen, { state: 'Initiated' as const }) },
      'peering-state',
      false,
    ],
    [
      'a half that is not in sync',
      { mendix: peered(mendix, hubSeen, { syncLevel: 'LocalNotInSync' }) },
      'peering-state',
      false,
    ],
    [
      'a half that does not say whether it is in sync',
      { mendix: peered(mendix, hubSeen, { syncLevel: '' }) },
      'peering-state',
      null,
    ],
    [
      'a half that blocks traffic',
      { mendix: peered(mendix, hubSeen, { allowVirtualNetworkAccess: false }) },
      'peering-state',
      false,
    ],
    ['another address', { zones: [zone(exact, { '@': '192.168.0.99' }, [hubSeen])] }, 'name-resolves', false],
    ['a zone that is not linked', { zones: [zone(exact, { '@': '192.168.0.10' }, [])] }, 'name-resolves', false],
    [
      'own DNS servers',
      { networks: [{ ...peered(hubSeen, mendix), dnsServers: ['10.20.0.4'] }] },
      'name-resolves',
      null,
    ],
    ['something unread', { unread: ['the private zones of subscription Connectivity (HTTP 503)'] }, 'not-read', null],
  ])('is not green with %s', (_what, change, code, good) => {
    const { evidence } = proveFrom(plan, surveyOf({ ...parts, ...change }));

    expect(evidence).toContainEqual(expect.objectContaining({ code, good }));
  });

  it('tells where own DNS servers stand, and leaves open what they do', () => {
    const corp = network('corp', '10.60.0.0/16');
    const branch = { ...peered(hubSeen, corp), dnsServers: ['10.60.0.4', '172.16.0.53'] };
    const zones = [zone(exact, { '@': '192.168.0.10' }, [corp], made)];
    const seen = { ...surveyOf({ ...parts, networks: [branch], zones }), neighbours: [peered(corp, hubSeen)] };

    const { evidence } = proveFrom(plan, seen);

    const line = evidence.find(({ code }) => code === 'name-resolves');
    expect(line?.good).toBeNull();
    expect(line?.text).toContain('10.60.0.4 stands in corp');
    expect(line?.text).toContain('answers orders.azure.mendixapps.io with 192.168.0.10');
    expect(line?.text).toContain('172.16.0.53 stands outside of Azure');
  });

  it('says that other known names resolve as before', () => {
    const others = zone(suffix, { billing: '10.1.1.1' }, [], {
      id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/z',
    });

    const { evidence } = proveFrom(plan, surveyOf({ ...parts, zones: [...parts.zones, others] }));

    expect(evidence.at(-1)).toMatchObject({
      kind: 'computed',
      code: 'others-as-before',
      good: true,
      text: expect.stringContaining(`billing.${suffix}`),
    });
  });

  it('says that a wildcard changed other names, as announced', () => {
    const others = zone(suffix, { billing: '10.1.1.1' }, [], {
      id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/z',
    });
    const wildcard = plannedFor({ zones: [others] }, '*');
    const zones = [others, zone(suffix, { '*': '192.168.0.10' }, [hubSeen], made)];

    const { evidence } = proveFrom(wildcard, surveyOf({ ...parts, zones }));

    expect(evidence).toContainEqual(expect.objectContaining({ code: 'name-resolves', good: true }));
    expect(evidence).toContainEqual(
      expect.objectContaining({ code: 'others-as-before', good: null, text: expect.stringContaining('announced') }),
    );
  });
});
