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
