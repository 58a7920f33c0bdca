import { describe, expect, it } from 'vitest';
import { proveFrom, verify } from '../../src/azure/verify.ts';
import type { Store } from '../../src/store/store.ts';
import { hub as hubSeen, made, mendix, network, peered, plannedFor, suffix, surveyOf, zone } from '../plan/world.ts';
import { openForEach } from './for-each.ts';
import { apply, type House, orders, plannedWith } from './house.ts';

describe('after a plan that was carried out', () => {
  let house: House;
  let store: Store;

  openForEach((opened) => ({ house, store } = opened));

  it('the proof tells what was read from what was computed, and claims nothing that was not seen', async () => {
    const plan = await plannedWith(house.arm);
    await apply(house, store, plan);

    const proof = await verify(house.arm, plan);

    expect(proof.evidence.map(({ kind, code, good, care }) => `${kind} ${code} ${care ? 'care' : good}`)).toEqual([
      'read peering-state true',
      'read peering-state true',
      'read zone true',
      'read record true',
      'read link true',
      'computed name-resolves true',
      'computed others-as-before true',
      // A peering opens the databases as well; the plan said so, and the proof says it again.
      'computed closed care',
      'read provisioning true',
    ]);
    expect(proof.evidence.at(-1)?.text).toContain('4 resources');
    expect(proof.toRun).toMatchObject([
      {
        from: 'hub-vnet',
        command: `nslookup ${orders}`,
        expect: '192.168.0.10',
        looksFor: { what: 'name', host: orders, address: '192.168.0.10' },
      },
      {
        from: 'hub-vnet',
        command: expect.stringContaining(`https://${orders}/`),
        expect: 'connected-to-192.168.0.10-exit-0',
        powershell: { command: `Test-NetConnection ${orders} -Port 443`, expect: 'TcpTestSucceeded : True' },
        looksFor: { what: 'reach', host: orders, address: '192.168.0.10', port: 443 },
      },
    ]);
  });

  it('that was not carried out, every line says no', async () => {
    const proof = await verify(house.arm, await plannedWith(house.arm));

    const promised = proof.evidence.filter(({ closed, code }) => code !== 'others-as-before' && closed !== true);
    expect(promised.map((evidence) => evidence.good)).toEqual([false, false, false, false, false, false]);
    expect(proof.evidence.filter(({ closed }) => closed === true).map(({ kind, good }) => `${kind} ${good}`)).toEqual([
      'computed true',
      'observed null',
    ]);
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

  describe('of names that nobody spoke of', () => {
    const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/z';
    function others(address: string): ReturnType<typeof zone> {
      return zone(suffix, { billing: address }, [hubSeen], { id });
    }
    const recorded = plannedFor({ zones: [others('10.1.1.1')] });

    function linesFor(zones: Parameters<typeof surveyOf>[0] = {}, of = recorded): string[] {
      const { evidence } = proveFrom(of, surveyOf({ ...parts, ...zones }));
      return evidence
        .filter(({ code }) => code === 'others-as-before')
        .map(({ good, care, text }) => `${care === true ? 'care' : good}: ${text}`);
    }

    it('keeps with the plan what they answered', () => {
      expect(recorded.namesBefore).toEqual([{ network: hubSeen.id, answers: { [`billing.${suffix}`]: '10.1.1.1' } }]);
    });

    it('tells that they answer the same', () => {
      expect(linesFor({ zones: [...parts.zones, others('10.1.1.1')] })).toEqual([
        `true: In hub-vnet, billing.${suffix} resolves as before.`,
      ]);
    });

    it('does not blame the plan for what others changed since, and does not hide it', () => {
      expect(linesFor({ zones: [...parts.zones, others('10.2.2.2')] })).toEqual([
        expect.stringMatching(/^care: .*leads to 10.2.2.2; before the plan it led to 10.1.1.1.*somebody else/),
      ]);
      expect(linesFor({ zones: parts.zones })).toEqual([
        expect.stringMatching(/^care: .*what the public DNS says; before the plan it led to 10.1.1.1/),
      ]);
    });

    it('blames the plan for what it changed', () => {
      const wide = zone(suffix, { orders: '192.168.0.10' }, [hubSeen], made);
      const step = recorded.steps.find(({ kind }) => kind === 'dns-zone');
      const hiding = {
        ...recorded,
        steps: step === undefined ? [] : [{ ...step, resource: wide.id, change: 'create' as const }],
      };
      const before = {
        ...hiding,
        namesBefore: [{ network: hubSeen.id, answers: { [`hr.${suffix}`]: 'what the public DNS says' } }],
      };

      expect(linesFor({ zones: [wide] }, before)).toEqual([expect.stringMatching(/^false: .*hides it/)]);
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

describe('how far Azure is with it', () => {
  let house: House;
  let store: Store;

  openForEach((opened) => ({ house, store } = opened));

  it.each([
    ['Failed', false],
    ['Updating', null],
  ])('that is %s is not green', async (state, good) => {
    const plan = await plannedWith(house.arm);
    await apply(house, store, plan);
    const world = await house.world();
    const id = plan.steps.find(({ kind }) => kind === 'peering')?.resource.toLowerCase() ?? '';
    Object.assign(world.resources[id]?.properties ?? {}, { provisioningState: state });
    await house.post('world', { arm: { resources: world.resources } });

    const { evidence } = await verify(house.arm, plan);

    expect(evidence.filter(({ code }) => code === 'provisioning')).toEqual([
      expect.objectContaining({ good: true, text: expect.stringContaining('3 resources') }),
      expect.objectContaining({ good, text: expect.stringContaining(state) }),
    ]);
  });
});
