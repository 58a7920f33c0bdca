/** Which activities a genuine token may carry. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTeamsGate } from '../../../../src/channels/teams/gate/gate.ts';
import { isAllowedServiceUrl } from '../../../../src/channels/teams/gate/service-url.ts';
import { appId, type House, houseForTest, openHouse, tenantId } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => {
  house.reached.length = 0;
});
afterAll(() => house.close());

const foreignTenant = '0badc0de-0000-4000-8000-000000000000';
const chat = { id: 'a:1', conversationType: 'personal' };

it.each([
  ['says another service URL than its token', 401, { serviceUrl: 'https://evil.example/' }],
  ['says an empty service URL', 401, { serviceUrl: '' }],
  ['says no service URL', 400, { serviceUrl: null }],
  ['comes from Web Chat', 403, { channelId: 'webchat' }],
  ['comes from the emulator', 403, { channelId: 'emulator' }],
  ['says no channel', 400, { channelId: null }],
  ['comes from a foreign tenant', 403, { conversation: { ...chat, tenantId: foreignTenant }, channelData: null }],
  ['names a foreign tenant beside an allowed one', 403, { channelData: { tenant: { id: foreignTenant } } }],
  ['names no tenant', 403, { conversation: chat, channelData: null }],
  ['names an empty tenant', 400, { conversation: { ...chat, tenantId: '' } }],
  ['has a number as tenant', 400, { conversation: { ...chat, tenantId: 7 } }],
  ['has no conversation', 400, { conversation: null }],
  ['has no type', 400, { type: null }],
])('refuses a proven activity that %s', async (_name, status, overrides) => {
  const answer = await house.say({ overrides });

  expect([answer.status, house.reached]).toEqual([status, []]);
});

it.each([
  ['in capitals', { conversation: { ...chat, tenantId: tenantId.toUpperCase() } }],
  ['in the conversation only', { channelData: null }],
  ['in the channel data only', { conversation: chat }],
])('accepts the tenant %s', async (_name, overrides) => {
  expect((await house.say({ overrides })).status).toBe(200);
});

it('asks for the allowed tenants at every request', async () => {
  const tenants: string[] = [];
  const own = await houseForTest({ allowedTenants: () => tenants });

  const before = await own.say();
  tenants.push(tenantId);
  const after = await own.say();

  expect([before.status, after.status]).toEqual([403, 200]);
});

it.each([
  ['no JSON', 400, '{"type":'],
  ['a list', 400, '[]'],
  ['a text', 400, '"message"'],
  ['33 levels', 400, '['.repeat(33) + ']'.repeat(33)],
  ['more than 256 KB', 413, JSON.stringify('x'.repeat(256 * 1024))],
])('refuses a body of %s with a genuine token', async (_name, status, body) => {
  const { token } = await house.control('token', {});

  const response = await fetch(house.botUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${String(token)}` },
    body,
  });

  expect([response.status, house.reached]).toEqual([status, []]);
});

it('has a limit of its own, should the server in front forget it', async () => {
  const gate = createTeamsGate({
    appId,
    allowedTenants: () => [],
    serviceHosts: [],
    metadataUrl: house.teams.metadataUrl,
    loopbackServiceUrls: true,
    now: () => Temporal.Now.instant(),
    log: () => {},
  });

  const verdict = await gate.check({ authorization: null, rawBody: new Uint8Array(256 * 1024 + 1) });

  expect(verdict).toMatchObject({ ok: false, status: 413 });
});

it('does not open without an app id, because then a token for nobody would do', () => {
  const options = { allowedTenants: () => [], serviceHosts: [], metadataUrl: '', loopbackServiceUrls: false };

  expect(() => createTeamsGate({ ...options, appId: '', now: () => Temporal.Now.instant(), log: () => {} })).toThrow(
    /MICROSOFT_APP_ID/,
  );
});

it('refuses service URLs on this machine while no stand-in plays Teams', async () => {
  const own = await houseForTest({ loopbackServiceUrls: false });

  const answer = await own.say();

  expect([answer.status, own.reached]).toEqual([403, []]);
});

it.each([
  ['https://smba.trafficmanager.net/emea/', true],
  ['https://smba.trafficmanager.net', true],
  ['https://smba.trafficmanager.net/emea/5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10/', true],
  ['http://smba.trafficmanager.net/emea/', false],
  ['https://smba.trafficmanager.net:8443/emea/', false],
  ['https://smba.trafficmanager.net:443/emea/', false],
  ['https://evil.trafficmanager.net/emea/', false],
  ['https://smba.trafficmanager.net.evil.example/', false],
  ['https://smba.trafficmanager.net./', false],
  ['https://SMBA.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net@evil.example/', false],
  ['https://user:pass@smba.trafficmanager.net/', false],
  [String.raw`https://evil.example\@smba.trafficmanager.net/`, false],
  [String.raw`https:\\smba.trafficmanager.net/`, false],
  [' https://smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net/?to=evil.example', false],
  ['https://smba.trafficmanager.net/#evil', false],
  ['//smba.trafficmanager.net/', false],
  ['', false],
])('says whether %j may be answered', (address, allowed) => {
  const rules = { serviceHosts: ['smba.trafficmanager.net'], loopbackServiceUrls: false };

  expect(isAllowedServiceUrl(address, rules)).toBe(allowed);
  expect(isAllowedServiceUrl(address, { ...rules, loopbackServiceUrls: true })).toBe(allowed);
});

it.each([
  ['http://127.0.0.1:4001/emea/', true],
  ['http://localhost:4001/', true],
  ['http://[::1]:4001/', true],
  ['http://127.1/', false],
  ['http://2130706433/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['http://10.0.0.1/', false],
  ['ftp://127.0.0.1/', false],
])('says whether a stand-in may be at %j', (address, allowed) => {
  const rules = { serviceHosts: [], loopbackServiceUrls: true };

  expect(isAllowedServiceUrl(address, rules)).toBe(allowed);
  expect(isAllowedServiceUrl(address, { ...rules, loopbackServiceUrls: false })).toBe(false);
});
