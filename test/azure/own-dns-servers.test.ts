/** Own DNS servers from the reading to the proof and back: the environment keeps the names that it lives from. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../src/azure/verify.ts';
import { exampleGroups, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { answersFor, apply, type House, hub, makePlan, openHouse, openTestStore, plannedWith } from './house.ts';
import { deleteAsOthers, putAsOthers } from './one-step.ts';
import { proveNothingWrong, repeatAndGoBack, type Resolved, resolveIn, standingIn } from './round-trip.ts';

describe('own DNS servers', () => {
  let house: House;
  let store: Store;
  let closeStore: () => Promise<void>;

  const mendix = exampleNetworks.mendixProd;
  const replica = 'mendix-prod-db-replica.postgres.database.azure.com';
  const toServers = { ...answersFor([]), scenario: 'dns-servers' as const, apps: [], dnsServers: ['10.20.0.4'] };
  const zones = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/privateDnsZones`;
  const managed = [
    replica,
    'mendix-prod-db.postgres.database.azure.com',
    'mendixprod.azurecr.io',
    'mendixprodbackup.blob.core.windows.net',
  ];

  beforeEach(async () => {
    house = await openHouse();
    ({ store, close: closeStore } = await openTestStore());
    await apply(house, store, await plannedWith(house.arm, answersFor([hub])));
    await closeStore();
    ({ store, close: closeStore } = await openTestStore());
  });

  afterEach(async () => {
    await house.close();
    await closeStore();
  });

  function resolveManaged(): Promise<Resolved[]> {
    return Promise.all(managed.map((name) => resolveIn(house, mendix, name)));
  }

  function linkOfHub(): Record<string, unknown> {
    return { location: 'global', properties: { virtualNetwork: { id: hub }, registrationEnabled: false } };
  }

  it('are set after the environment’s zones are known there: every managed name resolves as before', async () => {
    const before = await standingIn(house);
    const resolved = await resolveManaged();
    expect(resolved.map(({ addresses }) => addresses[0])).toEqual(
      managed.map(() => expect.stringMatching(/^192\.168/)),
    );
    const plan = await plannedWith(house.arm, toServers);

    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    expect(await resolveManaged()).toEqual(resolved);
    await proveNothingWrong(house, plan);
    const { evidence, toRun } = await verify(house.arm, plan);
    expect(evidence).toContainEqual(expect.objectContaining({ code: 'dns-servers', good: true }));
    expect(evidence).toContainEqual(expect.objectContaining({ code: 'managed-names', good: true }));
    expect(evidence).toContainEqual(expect.objectContaining({ code: 'forwarding', good: null }));
    expect(evidence).toContainEqual(expect.objectContaining({ code: 'nodes-wait', good: null }));
    expect(toRun).toEqual([]);
    await repeatAndGoBack({ house, store }, plan, before);
    expect(await resolveManaged()).toEqual(resolved);
  });

  it('are put back before the links are taken away', async () => {
    const { steps, undo } = await plannedWith(house.arm, toServers);

    expect(undo.map(({ kind }) => kind)).toEqual(['dns-servers', 'dns-link', 'dns-link', 'dns-link']);
    expect(undo.slice(1).map(({ after }) => after)).toEqual(undo.slice(1).map(() => [undo[0]?.id]));
    expect(steps.at(-1)).toMatchObject({ kind: 'dns-servers', after: steps.slice(0, -1).map(({ id }) => id) });
  });

  it('use a link that is there already', async () => {
    await putAsOthers(house, `${zones}/privatelink.azurecr.io/virtualNetworkLinks/hub`, linkOfHub());

    const { steps } = await plannedWith(house.arm, toServers);

    expect(steps.filter(({ kind }) => kind === 'dns-link').map(({ change }) => change)).toEqual([
      'keep',
      'create',
      'create',
    ]);
  });

  it('get the names in the company’s own zone where the servers’ network has one of that name', async () => {
    const company = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
    await putAsOthers(house, company, { location: 'global' });
    await putAsOthers(house, `${company}/virtualNetworkLinks/hub`, linkOfHub());
    const before = await standingIn(house);
    const resolved = await resolveManaged();
    const plan = await plannedWith(house.arm, toServers);

    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    expect((await resolveManaged()).map(({ addresses }) => addresses)).toEqual(
      resolved.map(({ addresses }) => addresses),
    );
    await proveNothingWrong(house, plan);
    await repeatAndGoBack({ house, store }, plan, before);
  });

  it('are refused where the zone of another environment is in the way', async () => {
    const other = `${exampleGroups.mendixAccManaged}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
    await putAsOthers(house, other, { location: 'global' });
    await putAsOthers(house, `${other}/virtualNetworkLinks/hub`, linkOfHub());

    const planned = await makePlan(house.arm, toServers);

    const findings = planned.kind === 'refused' ? planned.findings : [];
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'ManagedNamesLost',
        text: expect.stringContaining('mendixprod.privatelink.azurecr.io'),
      }),
    );
  });

  it('that lose one of the links later are told as a loss', async () => {
    const plan = await plannedWith(house.arm, toServers);
    await apply(house, store, plan);
    const link = plan.steps.find(({ resource }) => resource.includes('/privatelink.azurecr.io/'))?.resource ?? '';

    await deleteAsOthers(house, link);

    expect((await resolveIn(house, mendix, 'mendixprod.azurecr.io')).addresses).not.toEqual(['192.168.1.6']);
    const { evidence } = await verify(house.arm, plan);
    expect(evidence).toContainEqual(
      expect.objectContaining({ code: 'managed-names', good: false, text: expect.stringContaining('hub-vnet') }),
    );
  });
});
