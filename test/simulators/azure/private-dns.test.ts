import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmAnswer, type ArmBench, linkTo, peeringTo, recordOf, startBench } from './arm-client.ts';

const { hub, data, mendixProd } = exampleNetworks;
const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io`;
const sameZoneElsewhere = zone.replace(exampleGroups.hub, exampleGroups.partner);
const global = { location: 'global' };
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function putDone(path: string, body: unknown): Promise<ArmAnswer> {
  const accepted = await arm.put(path, body);
  arm.pass();
  return accepted;
}

describe('private DNS zones', () => {
  it('are accepted without a body and there when the operation is done', async () => {
    const accepted = await arm.put(zone, global);
    const creating = await arm.get(zone);
    arm.pass();
    const status = await arm.operation(accepted);
    const done = await arm.get(zone);

    expect([accepted.status, accepted.body]).toEqual([202, {}]);
    expect(accepted.headers.get('azure-asyncoperation')).toMatch(
      /^https:\/\/management\.azure\.com\/subscriptions\/[^/]+\/resourceGroups\/network-hub\/providers\/Microsoft\.Network\/privateDnsOperationStatuses\/[^/?]+\?api-version=2024-06-01$/,
    );
    expect(accepted.headers.get('location')).toContain('/privateDnsOperationResults/');
    expect(creating.body.properties.provisioningState).toBe('Creating');
    expect(status.body).toEqual({ status: 'Succeeded' });
    expect(done.body).toMatchObject({
      id: zone,
      name: 'azure.mendixapps.io',
      type: 'Microsoft.Network/privateDnsZones',
      location: 'global',
      properties: { provisioningState: 'Succeeded', numberOfRecordSets: 1, numberOfVirtualNetworkLinks: 0 },
    });
  });

  it.each([
    ['no location', 'azure.mendixapps.io', {}, 'LocationRequired'],
    ['a region', 'azure.mendixapps.io', { location: 'westeurope' }, 'LocationNotAvailableForResourceType'],
    ['one label', 'internal', global, 'BadRequest'],
    ['a name that is none', 'a..b', global, 'BadRequest'],
  ])('are refused with %s', async (_what, name, body, code) => {
    const answer = await arm.put(zone.replace('azure.mendixapps.io', name), body);

    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('tell created from adopted by If-None-Match', async () => {
    await putDone(zone, global);

    const again = await arm.put(zone, global, { headers: { 'if-none-match': '*' } });

    expect([again.status, again.body.error.code]).toEqual([412, 'PreconditionFailed']);
  });

  it('take no children before they are there', async () => {
    await arm.put(zone, global);

    const record = await arm.put(`${zone}/A/orders`, recordOf('192.168.0.10'));
    const link = await arm.put(`${zone}/virtualNetworkLinks/hub`, linkTo(hub));
    const orphan = await arm.put(`${sameZoneElsewhere}/A/orders`, recordOf('192.168.0.10'));

    expect([record.status, link.status]).toEqual([409, 409]);
    expect([orphan.status, orphan.body.error.code]).toEqual([404, 'ParentResourceNotFound']);
  });

  it('cannot go while a network is linked; their records go with them', async () => {
    await putDone(zone, global);
    await arm.put(`${zone}/A/orders`, recordOf('192.168.0.10'));
    await putDone(`${zone}/virtualNetworkLinks/hub`, linkTo(hub));

    const refused = await arm.delete(zone);
    await arm.delete(`${zone}/virtualNetworkLinks/hub`);
    arm.pass();
    const taken = await arm.delete(zone);
    arm.pass();
    await putDone(zone, global);

    expect([refused.status, refused.body.error.code]).toEqual([409, 'CannotDeleteResource']);
    expect(refused.body.error.message).toContain('virtualNetworkLinks/hub');
    expect(taken.status).toBe(202);
    expect((await arm.get(`${zone}/A/orders`)).status).toBe(404);
  });
});

describe('A records', () => {
  beforeEach(() => putDone(zone, global));

  it('are there with the answer, replace the whole set, and are counted', async () => {
    const made = await arm.put(`${zone}/A/*`, recordOf('192.168.0.10', '192.168.0.11'));
    const changed = await arm.put(`${zone}/A/*`, recordOf('192.168.0.12'));
    const seen = await arm.get(`${zone}/A/*`);

    expect([made.status, changed.status]).toEqual([201, 200]);
    expect(made.headers.has('azure-asyncoperation')).toBe(false);
    expect(seen.body).toMatchObject({
      id: `${zone}/A/*`,
      type: 'Microsoft.Network/privateDnsZones/A',
      properties: { ttl: 300, fqdn: '*.azure.mendixapps.io.', aRecords: [{ ipv4Address: '192.168.0.12' }] },
    });
    expect(seen.body.properties.aRecords).toHaveLength(1);
    expect((await arm.get(zone)).body.properties.numberOfRecordSets).toBe(2);
  });

  it('are listed by type and all together', async () => {
    await arm.put(`${zone}/A/orders`, recordOf('192.168.0.10'));
    await arm.put(`${zone}/A/@`, recordOf('192.168.0.10'));

    const addresses = await arm.get(`${zone}/A`);
    const all = await arm.get(`${zone}/aLL`);

    expect(addresses.body.value.map((each) => each.name)).toEqual(['orders', '@']);
    expect(all.body.value.map((each) => each.type.split('/').at(-1))).toEqual(['SOA', 'A', 'A']);
    expect(addresses.body.value[1]?.properties.fqdn).toBe('azure.mendixapps.io.');
  });

  it('are not clobbered past an etag', async () => {
    const first = await arm.put(`${zone}/A/orders`, recordOf('192.168.0.10'));
    await arm.put(`${zone}/A/orders`, recordOf('192.168.0.11'));

    const stale = await arm.put(`${zone}/A/orders`, recordOf('192.168.0.12'), {
      headers: { 'if-match': first.body.etag },
    });
    const staleDelete = await arm.delete(`${zone}/A/orders`, { 'if-match': first.body.etag });
    const gone = [await arm.delete(`${zone}/A/orders`), await arm.delete(`${zone}/A/orders`)];

    expect([stale.status, staleDelete.status]).toEqual([412, 412]);
    expect(gone.map(({ status }) => status)).toEqual([200, 204]);
  });

  it.each([
    ['no TTL', 'orders', { properties: { aRecords: [] } }],
    ['an address that is none', 'orders', recordOf('192.168.0.256')],
    ['more than 20 addresses', 'orders', recordOf(...Array.from({ length: 21 }, (_, index) => `10.0.0.${index}`))],
    ['a name that is none', 'a b', recordOf('10.0.0.1')],
    ['a wildcard in the middle', 'a.*.b', recordOf('10.0.0.1')],
  ])('are refused with %s', async (_what, name, body) => {
    const answer = await arm.put(`${zone}/A/${encodeURIComponent(name)}`, body);

    expect([answer.status, answer.body.error.code]).toEqual([400, 'BadRequest']);
  });
});

describe('virtual network links', () => {
  const link = `${zone}/virtualNetworkLinks/hub`;

  it('say Completed a little after their operation has succeeded', async () => {
    const slow = await startBench({ speed: 1 });
    await slow.put(zone, global);
    slow.pass(60);
    const accepted = await slow.put(link, linkTo(hub));
    let seconds = 0;
    while ((await slow.operation(accepted)).body.status === 'InProgress') {
      slow.pass(0.5);
      seconds += 0.5;
    }
    const early = await slow.get(link);
    slow.pass(4);
    const late = await slow.get(link);

    expect(seconds).toBeGreaterThanOrEqual(27);
    expect(seconds).toBeLessThanOrEqual(36);
    expect(early.body.properties).toMatchObject({
      provisioningState: 'Succeeded',
      virtualNetworkLinkState: 'InProgress',
    });
    expect(late.body.properties).toMatchObject({
      virtualNetworkLinkState: 'Completed',
      registrationEnabled: false,
      virtualNetwork: { id: hub },
    });
    await slow.simulator.close();
  });

  it('join one network once to a zone', async () => {
    await putDone(zone, global);
    await putDone(link, linkTo(hub));

    const second = await arm.put(`${zone}/virtualNetworkLinks/again`, linkTo(hub));
    const other = await putDone(`${zone}/virtualNetworkLinks/mendix`, linkTo(mendixProd));
    const moved = await arm.put(link, linkTo(data));

    expect([second.status, second.body.error.code]).toEqual([409, 'Conflict']);
    expect(second.body.error.message).toContain('already linked');
    expect([other.status, moved.status]).toEqual([202, 400]);
    expect((await arm.get(zone)).body.properties.numberOfVirtualNetworkLinks).toBe(2);
    expect((await arm.get(`${zone}/virtualNetworkLinks`)).body.value).toHaveLength(2);
  });

  it('join a network to one zone of a name; the refusal comes from the operation', async () => {
    await putDone(zone, global);
    await putDone(link, linkTo(hub));
    await putDone(sameZoneElsewhere, global);

    const accepted = await putDone(`${sameZoneElsewhere}/virtualNetworkLinks/hub`, linkTo(hub));
    const status = await arm.operation(accepted);

    expect(accepted.status).toBe(202);
    expect(status.body).toMatchObject({ status: 'Failed', error: { code: 'BadRequest' } });
    expect(status.body.error.message).toContain('cannot be linked to multiple zones with overlapping namespaces');
    expect((await arm.get(`${sameZoneElsewhere}/virtualNetworkLinks/hub`)).status).toBe(404);
  });

  it('need a network that exists and stands still', async () => {
    await putDone(zone, global);
    const missing = await arm.put(link, linkTo(`${hub}x`));
    const foreign = await arm.put(link, linkTo(hub.replace(/^\/subscriptions\/[^/]+/, '/subscriptions/0')));
    await arm.put(`${hub}/virtualNetworkPeerings/a`, peeringTo(data));
    const busy = await arm.put(link, linkTo(hub));

    expect([missing.status, missing.body.error.code]).toEqual([400, 'InvalidResourceReference']);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'LinkedAuthorizationFailed']);
    expect([busy.status, busy.body.error.code]).toEqual([400, 'ReferencedResourceNotProvisioned']);
  });
});
