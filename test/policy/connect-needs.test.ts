import { describe, expect, it } from 'vitest';
import { readConnect } from '../../src/policy/connect-intent.ts';
import { chooseMethod, type ChoiceFacts } from '../../src/policy/method.ts';
import { factsOfNeeds, type Need, needs } from '../../src/policy/connect-needs.ts';

const hub = { environment: 'mendix-prod', networks: ['hub-vnet'], apps: ['orders'] };

describe('what a connection must carry besides', () => {
  it.each<[string, Need[]]>([
    ['connect mendix-prod to hub-vnet for app orders', []],
    ['connect mendix-prod to hub-vnet for app orders, both directions', ['services']],
    ['connect mendix-prod to hub-vnet for app orders and several services both ways', ['services']],
    [
      'connect mendix-prod to hub-vnet for app orders, and the apps must see the real client address',
      ['source-address'],
    ],
    ['connect mendix-prod to hub-vnet for app orders, keep the source IP', ['source-address']],
    ['connect mendix-prod to hub-vnet for app orders, also ICMP', ['other-protocols']],
    ['connect mendix-prod to hub-vnet for app orders over IPv6', ['other-protocols']],
    ['connect mendix-prod to hub-vnet for app orders with long-lived connections', ['idle-connections']],
    [
      'connect mendix-prod to hub-vnet for app orders, both ways, with the source address and idle connections',
      ['services', 'source-address', 'idle-connections'],
    ],
  ])('is read from “%s”, and the rest of the sentence as ever', (text, said) => {
    expect(readConnect(text)).toMatchObject({ ...hub, needs: said });
  });

  it.each([
    'let apps in mendix-prod reach erp.corp.example at address 10.20.1.7',
    'connect mendix-prod to hub-vnet for apps ping and address-book',
    'use our DNS servers 10.1.0.4 for mendix-prod',
  ])('is not made up from “%s”', (text) => {
    expect(readConnect(text)?.needs).toEqual([]);
  });

  it.each(needs)('decides the method: %s', (need) => {
    const known: ChoiceFacts = { addressesOverlap: false, internalLoadBalancer: true, standardLoadBalancer: true };

    const { because, comparison, method } = chooseMethod({ ...known, ...factsOfNeeds([need]) });

    expect(method).toBe('peering');
    expect(because).not.toEqual(chooseMethod(known).because);
    expect(comparison['private-link'].costs.length).toBeGreaterThan(
      chooseMethod(known).comparison['private-link'].costs.length,
    );
  });
});
