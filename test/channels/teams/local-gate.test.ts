import { expect, it } from 'vitest';
import { checkLocal } from '../../../src/channels/teams/local-gate.ts';

const activity = { type: 'message', channelId: 'msteams', serviceUrl: 'http://localhost:56150/_connector' };

function check(changes: { host?: string | null; origin?: string | null; body?: unknown } = {}) {
  const { host = '127.0.0.1:3978', origin = null, body = activity } = changes;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return checkLocal({ host, origin, rawBody: new TextEncoder().encode(text) });
}

it.each(['127.0.0.1:3978', 'localhost:3978', '[::1]:3978'])('lets the playground in at %s', (host) => {
  expect(check({ host })).toEqual({ ok: true, activity });
});

it.each([
  ['a name that only resolves here', { host: 'evil.example:3978' }, 403],
  ['no name', { host: null }, 403],
  ['a page in a browser', { origin: 'http://127.0.0.1:3978' }, 403],
  ['another channel', { body: { ...activity, channelId: 'webchat' } }, 400],
  ['a service elsewhere', { body: { ...activity, serviceUrl: 'https://smba.trafficmanager.net/' } }, 400],
  ['no service', { body: { ...activity, serviceUrl: undefined } }, 400],
  ['no JSON', { body: 'hello' }, 400],
])('refuses %s', (_what, changes, status) => {
  expect(check(changes)).toMatchObject({ ok: false, status });
});
