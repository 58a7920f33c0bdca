import { describe, expect, it } from 'vitest';
import { resolveName } from '../../src/plan/resolve.ts';
import { hub, network, suffix, zone } from './world.ts';

const orders = `orders.${suffix}`;

describe('a name, asked for in a network', () => {
  it.each([
    ['is public without a zone', [], { kind: 'public' }],
    [
      'is public when the zone is linked elsewhere',
      [zone(suffix, { orders: '10.0.0.1' }, [network('n', '10.9.0.0/16')])],
      { kind: 'public' },
    ],
    [
      'is answered by its record',
      [zone(suffix, { orders: '10.0.0.1' }, [hub])],
      { kind: 'answered', addresses: ['10.0.0.1'], zone: suffix },
    ],
    [
      'is answered by the wildcard',
      [zone(suffix, { '*': '10.0.0.2' }, [hub])],
      { kind: 'answered', addresses: ['10.0.0.2'], zone: suffix },
    ],
    [
      'is answered by its record before the wildcard',
      [zone(suffix, { '*': '10.0.0.2', orders: '10.0.0.1' }, [hub])],
      { kind: 'answered', addresses: ['10.0.0.1'], zone: suffix },
    ],
    [
      'is answered by the record of its own zone',
      [zone(orders, { '@': '10.0.0.3' }, [hub]), zone(suffix, { orders: '10.0.0.1' }, [hub])],
      { kind: 'answered', addresses: ['10.0.0.3'], zone: orders },
    ],
    [
      'is hidden by a zone without record',
      [zone(suffix, { billing: '10.0.0.1' }, [hub])],
      { kind: 'hidden', zone: suffix },
    ],
    [
      'is hidden by its own empty zone, whatever the wider one says',
      [zone(orders, {}, [hub]), zone(suffix, { orders: '10.0.0.1' }, [hub])],
      { kind: 'hidden', zone: orders },
    ],
    ['is not touched by a zone that only ends alike', [zone('mendixapps.io.example', {}, [hub])], { kind: 'public' }],
  ])('%s', (_what, zones, expected) => {
    expect(resolveName(orders, hub, zones)).toEqual(expected);
  });

  it('is not known when the network asks its own servers', () => {
    expect(resolveName(orders, { ...hub, dnsServers: ['10.20.0.4'] }, [])).toEqual({
      kind: 'own-servers',
      servers: ['10.20.0.4'],
    });
  });

  it('may be written in any case', () => {
    expect(resolveName(orders.toUpperCase(), hub, [zone(suffix, { Orders: '10.0.0.1' }, [hub])]).kind).toBe('answered');
  });
});

describe('the name of a database', () => {
  const server = 'db.postgres.database.azure.com';
  const privateZone = 'privatelink.postgres.database.azure.com';

  it('is answered by a zone of the name that the public DNS leads it to', () => {
    expect(resolveName(server, hub, [zone(privateZone, { db: '10.0.0.7' }, [hub])])).toEqual({
      kind: 'answered',
      addresses: ['10.0.0.7'],
      zone: privateZone,
    });
  });

  it('is hidden by such a zone without its record, unless the link sends on what the zone does not hold', () => {
    const empty = zone(privateZone, { other: '10.0.0.7' }, [hub]);
    const redirecting = { ...empty, links: empty.links.map((link) => Object.assign({}, link, { redirects: true })) };

    expect(resolveName(server, hub, [empty])).toEqual({ kind: 'hidden', zone: privateZone });
    expect(resolveName(server, hub, [redirecting])).toEqual({ kind: 'public' });
  });

  it('is answered by a zone of its own before that', () => {
    const zones = [zone(privateZone, { db: '10.0.0.7' }, [hub]), zone(server, { '@': '10.0.0.8' }, [hub])];

    expect(resolveName(server, hub, zones)).toMatchObject({ addresses: ['10.0.0.8'] });
  });
});

describe('a wildcard', () => {
  it.each([
    ['stops at a name that has names below it', { '*': '10.0.0.2', 'a.orders': '10.0.0.1' }, 'hidden'],
    ['stops at the closest name that exists', { '*': '10.0.0.2', 'b.orders': '10.0.0.1' }, 'hidden'],
    ['answers for names of several labels', { '*': '10.0.0.2' }, 'answered'],
  ])('%s', (what, records, kind) => {
    const name = what.startsWith('stops at a name') ? orders : `x.${orders}`;

    expect(resolveName(name, hub, [zone(suffix, records, [hub])]).kind).toBe(kind);
  });
});
