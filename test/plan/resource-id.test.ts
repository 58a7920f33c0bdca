import { describe, expect, it } from 'vitest';
import { addressOf, parseNetworkId, parseResourceId } from '../../src/plan/resource-id.ts';

const network = '/subscriptions/s-1/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/hub-vnet';

describe('a resource id', () => {
  it('is taken apart', () => {
    expect(parseResourceId(network)).toEqual({
      kind: 'resource',
      subscription: 's-1',
      resourceGroup: 'rg-hub',
      type: 'Microsoft.Network/virtualNetworks',
      names: ['hub-vnet'],
      name: 'hub-vnet',
    });
  });

  it('of a child names its parents', () => {
    const parsed = parseResourceId(`${network}/virtualNetworkPeerings/to-mendix`);

    expect(parsed).toMatchObject({
      type: 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
      names: ['hub-vnet', 'to-mendix'],
      name: 'to-mendix',
    });
  });

  it.each([`  ${network}  `, `${network}/`, network.toUpperCase()])('may be written as “%s”', (text) => {
    expect(parseResourceId(text).kind).toBe('resource');
  });

  it.each([
    '',
    'hub-vnet',
    network.slice(1),
    '/subscriptions/s-1',
    `${network}/virtualNetworkPeerings`,
    `${network} and more`,
    '/subscriptions//resourceGroups/a/providers/b/c/d',
  ])('is not “%s”, and the refusal shows the expected form', (text) => {
    const parsed = parseResourceId(text);

    expect(parsed).toMatchObject({
      kind: 'malformed',
      because: expect.stringContaining('/subscriptions/<subscription id>/resourceGroups/'),
    });
  });

  it('of a very long text is not repeated whole', () => {
    const parsed = parseResourceId('x'.repeat(10_000));

    expect(parsed).toMatchObject({ kind: 'malformed', because: expect.stringMatching(/^.{1,400}$/) });
  });

  it('of something else is no network', () => {
    const parsed = parseNetworkId('/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb');

    expect(parsed).toMatchObject({ kind: 'malformed', because: expect.stringContaining('not a virtual network') });
  });

  it('that Azure should have written is an error when it is none', () => {
    expect(() => addressOf('nonsense')).toThrow(/Make the plan again/);
  });
});
