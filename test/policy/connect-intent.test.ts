import { describe, expect, it } from 'vitest';
import { type ConnectIntent, emptyIntent, readConnect } from '../../src/policy/connect-intent.ts';
import { readIntent } from '../../src/policy/intent.ts';

const group = '/subscriptions/0000/resourceGroups/hub/providers/Microsoft.Network';
const hubId = `${group}/virtualNetworks/hub-vnet`;
const linkId = `${group}/privateLinkServices/pls-erp`;
const alias = 'pls-erp.1c0a5b1e-7d2f-4a61-9b3e-000000000009.westeurope.azure.privatelinkservice';

const prodToHub = { environment: 'mendix-prod', networks: ['hub-vnet'] };
const erp = { fqdn: 'erp.corp.example', link: null, address: null, port: null };

function saying(expected: Partial<ConnectIntent>): ConnectIntent {
  return { ...emptyIntent, ...expected };
}

describe('a sentence about apps', () => {
  it.each<[string, Partial<ConnectIntent>]>([
    ['connect', {}],
    [
      'connect mendix-prod to our hub network for app orders',
      { environment: 'mendix-prod', networks: ['hub'], apps: ['orders'], purpose: 'apps' },
    ],
    [
      'connect mendix-prod with hub-vnet for apps orders and billing',
      { ...prodToHub, apps: ['orders', 'billing'], purpose: 'apps' },
    ],
    [
      'connect mendix-prod to hub-vnet and spoke-7 for apps orders and billing, isolated',
      {
        environment: 'mendix-prod',
        networks: ['hub-vnet', 'spoke-7'],
        apps: ['orders', 'billing'],
        purpose: 'apps',
        isolation: true,
      },
    ],
    [
      'connect mendix-prod to hub-vnet, spoke-7 and the data network for all apps',
      { environment: 'mendix-prod', networks: ['hub-vnet', 'spoke-7', 'data'], wildcard: true, purpose: 'apps' },
    ],
    ['Hello, please connect mendix-prod and hub-vnet for all apps!', { ...prodToHub, wildcard: true, purpose: 'apps' }],
    ['connect mendix-prod to hub-vnet for *', { ...prodToHub, wildcard: true, purpose: 'apps' }],
    [
      'Could you peer mendix-acc to the spoke-7 vnet for orders, billing and hr apps?',
      { environment: 'mendix-acc', networks: ['spoke-7'], apps: ['orders', 'billing', 'hr'], purpose: 'apps' },
    ],
    [
      `connect mendix-prod to ${hubId} for app orders`,
      { environment: 'mendix-prod', networks: [hubId], apps: ['orders'], purpose: 'apps' },
    ],
    [
      'connect our prod environment to hub-vnet so that people can open apps by name',
      { environment: 'prod', networks: ['hub-vnet'], purpose: 'apps' },
    ],
    [
      'connect mendix-prod to hub-vnet for the apps orders.corp.example and hr',
      { ...prodToHub, apps: ['orders.corp.example', 'hr'], purpose: 'apps' },
    ],
    ['We want to connect “mendix-prod” to hub-vnet', prodToHub],
    [
      'set up peering between mendix-prod and hub-vnet for the orders app.',
      { ...prodToHub, apps: ['orders'], purpose: 'apps' },
    ],
    ['connect to hub-vnet', { networks: ['hub-vnet'] }],
    ['connect our environment to our network', {}],
    [
      'let people in hub-vnet open the apps orders and hr of mendix-prod',
      { ...prodToHub, apps: ['orders', 'hr'], purpose: 'apps' },
    ],
    ['allow hub-vnet to open app orders in mendix-prod', { ...prodToHub, apps: ['orders'], purpose: 'apps' }],
    [
      'let people in hub-vnet open orders.corp.example',
      { networks: ['hub-vnet'], apps: ['orders.corp.example'], purpose: 'apps' },
    ],
    [
      'expose apps orders and billing of mendix-prod to hub-vnet, nothing else',
      { ...prodToHub, apps: ['orders', 'billing'], purpose: 'apps', isolation: true },
    ],
    ['make app orders reachable from hub-vnet', { networks: ['hub-vnet'], apps: ['orders'], purpose: 'apps' }],
    ['please open all apps of mendix-prod for hub-vnet', { ...prodToHub, wildcard: true, purpose: 'apps' }],
    [
      'connect mendix-prod to hub-vnet for app orders and open the nsg rules',
      { ...prodToHub, apps: ['orders'], purpose: 'apps', openRules: true },
    ],
    [
      'connect mendix-prod to hub-vnet through its gateway for app orders',
      { ...prodToHub, apps: ['orders'], purpose: 'apps', useGateway: true },
    ],
  ])('%s', (text, expected) => {
    expect(readIntent(text)).toEqual(saying(expected));
  });
});

describe('a sentence about a service of our own', () => {
  it.each<[string, Partial<ConnectIntent>]>([
    [
      'let apps in mendix-prod reach erp.corp.example via pls-erp',
      { environment: 'mendix-prod', service: { ...erp, link: 'pls-erp' } },
    ],
    [
      `let apps in mendix-prod reach erp.corp.example over ${linkId}`,
      { environment: 'mendix-prod', service: { ...erp, link: linkId } },
    ],
    [
      `allow the apps of mendix-prod to call erp.corp.example on port 8443 through ${alias}`,
      { environment: 'mendix-prod', service: { ...erp, link: alias, port: 8443 } },
    ],
    [
      'apps in mendix-prod must be able to reach erp.corp.example via the private link service pls-erp.',
      { environment: 'mendix-prod', service: { ...erp, link: 'pls-erp' } },
    ],
    [
      'our apps need to call erp.corp.example in hub-vnet at 10.20.1.7',
      { networks: ['hub-vnet'], service: { ...erp, address: '10.20.1.7' } },
    ],
    [
      'connect mendix-prod to erp.corp.example via pls-erp',
      { environment: 'mendix-prod', service: { ...erp, link: 'pls-erp' } },
    ],
    ['connect apps in mendix-prod to erp.corp.example', { environment: 'mendix-prod', service: erp }],
    [
      'let mendix-prod reach erp.corp.example:8443 by name',
      { environment: 'mendix-prod', service: { ...erp, port: 8443 } },
    ],
    ["let mendix-prod's apps use erp.corp.example over private link", { environment: 'mendix-prod', service: erp }],
  ])('%s', (text, expected) => {
    expect(readIntent(text)).toEqual(saying({ purpose: 'service', ...expected }));
  });
});

describe('a sentence about DNS servers', () => {
  const both = ['10.1.0.4', '10.1.0.5'];

  it.each<[string, Partial<ConnectIntent>]>([
    ['use our DNS servers 10.1.0.4 and 10.1.0.5 for mendix-prod', { environment: 'mendix-prod', dnsServers: both }],
    ['set the DNS servers of mendix-prod to 10.1.0.4, 10.1.0.5', { environment: 'mendix-prod', dnsServers: both }],
    ['point mendix-prod to our name servers 10.1.0.4 10.1.0.5', { environment: 'mendix-prod', dnsServers: both }],
    [
      'mendix-prod should use our own DNS servers (10.1.0.4, 10.1.0.5)',
      { environment: 'mendix-prod', dnsServers: both },
    ],
    [
      'can we use our DNS servers 10.1.0.4 and 10.1.0.5 in hub-vnet for mendix-prod?',
      { ...prodToHub, dnsServers: both },
    ],
    ['use our own DNS servers for mendix-prod', { environment: 'mendix-prod' }],
  ])('%s', (text, expected) => {
    expect(readIntent(text)).toEqual(saying({ purpose: 'dns', ...expected }));
  });
});

describe('a sentence about the database', () => {
  it.each<[string, Partial<ConnectIntent>]>([
    ['read access to the database of mendix-prod from bi-vnet', { environment: 'mendix-prod', networks: ['bi-vnet'] }],
    [
      'we need direct read-only access to the mendix-prod database from bi-vnet',
      { environment: 'mendix-prod', networks: ['bi-vnet'] },
    ],
    ['let bi-vnet read the database of mendix-prod', { environment: 'mendix-prod', networks: ['bi-vnet'] }],
    ['read the database of mendix-prod from bi-vnet', { environment: 'mendix-prod', networks: ['bi-vnet'] }],
    ['give us direct database access for mendix-prod', { environment: 'mendix-prod' }],
    [
      'connect mendix-prod to the data lake for database access',
      { environment: 'mendix-prod', networks: ['data lake'] },
    ],
  ])('%s', (text, expected) => {
    expect(readIntent(text)).toEqual(saying({ purpose: 'database', ...expected }));
  });
});

describe('a sentence about a peering', () => {
  it.each<[string, Partial<ConnectIntent>]>([
    ['repair the peering between mendix-prod and hub-vnet', prodToHub],
    ['please fix our broken peering of mendix-prod with hub-vnet', prodToHub],
    [
      'extend the peering of mendix-prod and hub-vnet to spoke-8',
      { environment: 'mendix-prod', networks: ['hub-vnet', 'spoke-8'] },
    ],
    ['resync the peering', {}],
  ])('%s', (text, expected) => {
    expect(readIntent(text)).toEqual(saying({ purpose: 'peering', ...expected }));
  });
});

it('reads a connection inside a thread, and nothing else', () => {
  expect(readConnect('connect mendix-prod to hub-vnet')).toEqual(saying(prodToHub));
  expect(readConnect('approve')).toBeNull();
});

it.each([
  'can we use our own DNS servers?',
  'is direct read access to the database possible?',
  'can we read the database directly?',
  'who repairs a peering?',
  'why can apps not reach erp.corp.example?',
])('%s: asks about the policy', (text) => {
  expect(readConnect(text)).toBeNull();
});

it.each([
  'can you open port 5432 to our data lake',
  'our apps cannot reach erp.corp.example',
  'the peering between mendix-prod and hub-vnet is broken',
  'open a ticket for the team',
  'enable database access logs',
  'let us see the logs of the app',
  'give Bob access to the portal',
  'link please',
])('%s: is no connection', (text) => {
  expect(readConnect(text)).toBeNull();
});

it.each([
  ' '.repeat(100_000),
  'please '.repeat(30_000),
  `connect ${'a, '.repeat(30_000)}`,
  `connect a to b for ${'x, '.repeat(30_000)}apps`,
  `let ${'apps in '.repeat(30_000)}`,
  `let apps reach ${'a.'.repeat(30_000)}`,
  `use dns servers ${'10.1.0.4 for '.repeat(30_000)}`,
  `read access to ${'database of '.repeat(30_000)}`,
  `connect ${'-'.repeat(30_000)}`,
])('reads a very long message without running away', (text) => {
  expect(['connect', 'nothing']).toContain(readConnect(text)?.job ?? 'nothing');
});
