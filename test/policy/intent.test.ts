import { expect, it } from 'vitest';
import { type ConnectIntent, emptyIntent, matchName, readConnect, readIntent } from '../../src/policy/intent.ts';

const prodToHub = { environment: 'mendix-prod', network: 'hub-vnet' } as const;
const hubId = '/subscriptions/0000/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub-vnet';

it.each<[string, Partial<ConnectIntent>]>([
  ['connect', {}],
  [
    'connect mendix-prod to our hub network for app orders',
    { environment: 'mendix-prod', network: 'hub', apps: ['orders'], purpose: 'apps' },
  ],
  [
    'connect mendix-prod with hub-vnet for apps orders and billing',
    { ...prodToHub, apps: ['orders', 'billing'], purpose: 'apps' },
  ],
  ['Hello, please connect mendix-prod and hub-vnet for all apps!', { ...prodToHub, wildcard: true, purpose: 'apps' }],
  ['connect mendix-prod to hub-vnet for *', { ...prodToHub, wildcard: true, purpose: 'apps' }],
  [
    'Could you peer mendix-acc to the spoke-7 vnet for orders, billing and hr apps?',
    { environment: 'mendix-acc', network: 'spoke-7', apps: ['orders', 'billing', 'hr'], purpose: 'apps' },
  ],
  [
    'connect mendix-prod to the data lake for database access',
    { environment: 'mendix-prod', network: 'data lake', purpose: 'database' },
  ],
  [
    `connect mendix-prod to ${hubId} for app orders`,
    { environment: 'mendix-prod', network: hubId, apps: ['orders'], purpose: 'apps' },
  ],
  [
    'connect our prod environment to hub-vnet so that people can open apps by name',
    { environment: 'prod', network: 'hub-vnet', purpose: 'apps' },
  ],
  ['We want to connect “mendix-prod” to hub-vnet', prodToHub],
  [
    'set up peering between mendix-prod and hub-vnet for the orders app.',
    { ...prodToHub, apps: ['orders'], purpose: 'apps' },
  ],
  ['connect to hub-vnet', { network: 'hub-vnet' }],
  ['connect our environment to our network', {}],
])('%s: is a connection', (text, expected) => {
  expect(readIntent(text)).toEqual({ ...emptyIntent, ...expected });
});

it.each([
  ['help', 'help'],
  ['/help', 'help'],
  ['What can you do?', 'help'],
  ['hi!', 'help'],
  ['prod is down since 8, recovery button did nothing, pls help', 'support'],
  ['can you open port 5432 to our data lake', 'support'],
  ['I cannot connect to prod', 'support'],
  ['how often are the nodes patched?', 'support'],
  ['I need to open a ticket', 'support'],
  ['our connection is slow', 'support'],
  ['link please', 'unknown'],
  ['what a nice day', 'unknown'],
  ['', 'unknown'],
])('%s: is %s', (text, job) => {
  expect(readIntent(text).job).toBe(job);
});

it('reads a connection inside a thread, and nothing else', () => {
  expect(readConnect('connect mendix-prod to hub-vnet')).toEqual({ ...emptyIntent, ...prodToHub });
  expect(readConnect('approve')).toBeNull();
});

it.each([
  ' '.repeat(100_000),
  'please '.repeat(30_000),
  `connect ${'a, '.repeat(30_000)}`,
  `connect a to b for ${'x, '.repeat(30_000)}apps`,
])('reads a very long message in bounded time', (text) => {
  expect(['connect', 'support', 'unknown']).toContain(readIntent(text).job);
});

it.each<[string, readonly string[], string | null | readonly string[]]>([
  ['hub', ['hub-vnet', 'spoke-7'], 'hub-vnet'],
  ['hub network', ['hub-vnet', 'spoke-7'], 'hub-vnet'],
  ['HUB-VNET', ['hub-vnet', 'hub-vnet-2'], 'hub-vnet'],
  ['prod', ['mendix-prod', 'mendix-acc'], 'mendix-prod'],
  ['mendx-prod', ['mendix-prod', 'mendix-acc'], 'mendix-prod'],
  ['spoke-7', ['spoke-7', 'spoke-70'], 'spoke-7'],
  ['spoke', ['spoke-7', 'spoke-8'], ['spoke-7', 'spoke-8']],
  ['data lake', ['hub-vnet', 'lake'], null],
  ['', ['hub-vnet'], null],
  ['hub', [], null],
])('matches %j among %j', (words, names, expected) => {
  expect(matchName(words, names)).toEqual(expected);
});
