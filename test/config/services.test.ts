import { describe, expect, it } from 'vitest';
import type { Mode } from '../../src/config/mode.ts';
import { type Env, load, problemsOf, realServices, standIns, whereOf } from './loading.ts';

const modes: Mode[] = ['start', 'demo', 'serve'];

/** `realServices` without some of its variables, and with others. */
function real(changes: Record<string, string | undefined>): Env {
  const merged = { ...realServices, ...changes };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

describe('stand-ins', () => {
  it.each(modes)('are accepted on this machine in %s, and named', (mode) => {
    const config = load(mode, standIns);

    expect(config.azure).toEqual({ kind: 'stand-in', armUrl: 'http://127.0.0.1:4010' });
    expect(config.zendesk).toMatchObject({
      kind: 'stand-in',
      url: 'http://127.0.0.1:4020/api/v2',
      credential: { kind: 'test-token' },
    });
    expect(config.standIns).toEqual([
      'Azure: http://127.0.0.1:4010 (ARM_URL)',
      'Zendesk: http://127.0.0.1:4020/api/v2 (ZENDESK_URL)',
    ]);
  });

  it.each(['http://localhost:4010', 'http://[::1]:4010', 'http://127.3.2.1:4010', 'https://127.0.0.1:4010'])(
    'may be at %s',
    (url) => {
      expect(load('serve', { ...standIns, ARM_URL: `${url}/` }).azure).toEqual({ kind: 'stand-in', armUrl: url });
    },
  );

  it.each([
    'http://10.0.0.4:4010',
    'https://management.azure.com',
    'http://127.0.0.1.nip.io:4010',
    'http://localhost.example.com',
    'http://[::ffff:127.0.0.1]:4010',
    'http://0.0.0.0:4010',
  ])('may not be at %s', (url) => {
    for (const mode of modes) {
      expect(whereOf(mode, { ...standIns, ARM_URL: url })).toEqual(['ARM_URL']);
    }
  });

  it.each([
    '127.0.0.1:4010',
    'ws://127.0.0.1:4010',
    'http://127.0.0.1:4010/subscriptions',
    'http://a:b@127.0.0.1:4010',
  ])('are refused as %s', (url) => {
    expect(whereOf('start', { ...standIns, ARM_URL: url })).toEqual(['ARM_URL']);
  });

  it('are refused, each by itself, while other machines can reach the bot', () => {
    expect(whereOf('serve', { ...standIns, HOST: '0.0.0.0' })).toEqual(['ARM_URL', 'ZENDESK_URL']);
    expect(whereOf('serve', real({ ARM_URL: 'http://127.0.0.1:4010', HOST: '0.0.0.0' }))).toEqual(['ARM_URL']);
  });

  it('may stand for one part while the other one is real', () => {
    expect(load('serve', real({ ARM_URL: 'http://127.0.0.1:4010', AZURE_TENANT_ID: undefined }))).toMatchObject({
      azure: { kind: 'stand-in' },
      zendesk: { kind: 'desk' },
    });
    expect(load('serve', real({ ZENDESK_URL: 'http://127.0.0.1:4020/api/v2' }))).toMatchObject({
      azure: { kind: 'azure' },
      zendesk: { kind: 'stand-in', credential: { kind: 'oauth' } },
    });
  });
});

describe('Azure', () => {
  const none = { AZURE_TENANT_ID: undefined, AZURE_CLIENT_ID: undefined, AZURE_CLIENT_SECRET: undefined };

  it.each([
    ['a secret', {}],
    ['a certificate', { AZURE_CLIENT_SECRET: undefined, AZURE_CLIENT_CERTIFICATE_PATH: '/cert.pem' }],
    ['a federated token', { AZURE_CLIENT_SECRET: undefined, AZURE_FEDERATED_TOKEN_FILE: '/token' }],
    ['a managed identity by client id', { ...none, AZURE_CLIENT_ID: 'a-client' }],
    ['the identity of an app platform', { ...none, IDENTITY_ENDPOINT: 'http://169.254.0.1' }],
    ['the identity of an older platform', { ...none, MSI_ENDPOINT: 'http://169.254.0.1' }],
  ])('is signed in to with %s', (_name, changes) => {
    expect(load('serve', real(changes)).azure).toEqual({ kind: 'azure' });
  });

  it.each([
    [none, 'AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET'],
    [{ AZURE_CLIENT_SECRET: undefined }, 'AZURE_CLIENT_SECRET'],
    [{ AZURE_TENANT_ID: undefined }, 'AZURE_TENANT_ID'],
    [{ AZURE_CLIENT_ID: undefined }, 'AZURE_CLIENT_ID'],
    [{ ...none, AZURE_TENANT_ID: 'a-tenant' }, 'AZURE_CLIENT_ID, AZURE_CLIENT_SECRET'],
    [
      { ...none, AZURE_CLIENT_SECRET: 'x', IDENTITY_ENDPOINT: 'http://169.254.0.1' },
      'AZURE_TENANT_ID, AZURE_CLIENT_ID',
    ],
  ])('is refused with %j, and what is missing is named', (changes, where) => {
    expect(problemsOf('serve', real(changes))).toMatchObject([
      { where, instead: expect.stringContaining('managed identity') },
    ]);
  });

  it('is never real in local mode, whatever credentials lie around', () => {
    expect(load('start', real({ ZENDESK_URL: undefined })).azure).toEqual({ kind: 'simulator' });
  });

  it('takes alerts with tenant and audience, or not at all', () => {
    const env = { AZURE_ALERTS_TENANT_ID: 'a-tenant', AZURE_ALERTS_AUDIENCE: 'api://causeway' };

    expect(load('start', env).alerts).toEqual({ tenantId: 'a-tenant', audience: 'api://causeway' });
    expect(whereOf('start', { AZURE_ALERTS_TENANT_ID: 'a-tenant' })).toEqual(['AZURE_ALERTS_AUDIENCE']);
    expect(whereOf('start', { AZURE_ALERTS_AUDIENCE: 'api://causeway' })).toEqual(['AZURE_ALERTS_TENANT_ID']);
  });
});

describe('Zendesk', () => {
  const noOauth = { ZENDESK_OAUTH_CLIENT_ID: undefined, ZENDESK_OAUTH_CLIENT_SECRET: undefined };
  const token = { ZENDESK_EMAIL: 'bot@example.com', ZENDESK_API_TOKEN: 'a-token' };

  it.each([
    ['an OAuth client', {}, { kind: 'oauth', clientId: 'an-oauth-client', clientSecret: 'an-oauth-secret' }],
    ['an API token', { ...noOauth, ...token }, { kind: 'api-token', email: 'bot@example.com', token: 'a-token' }],
    [
      'the OAuth client of both',
      token,
      { kind: 'oauth', clientId: 'an-oauth-client', clientSecret: 'an-oauth-secret' },
    ],
  ])('is signed in to with %s', (_name, changes, credential) => {
    expect(load('serve', real(changes)).zendesk).toMatchObject({ kind: 'desk', credential });
  });

  it.each([
    ['no credential', noOauth, 'ZENDESK_OAUTH_CLIENT_ID'],
    ['half an OAuth client', { ZENDESK_OAUTH_CLIENT_SECRET: undefined }, 'ZENDESK_OAUTH_CLIENT_SECRET'],
    ['the other half', { ZENDESK_OAUTH_CLIENT_ID: undefined }, 'ZENDESK_OAUTH_CLIENT_ID'],
    ['an e-mail address alone', { ...noOauth, ZENDESK_EMAIL: 'bot@example.com' }, 'ZENDESK_API_TOKEN'],
    ['a token alone', { ...noOauth, ZENDESK_API_TOKEN: 'a-token' }, 'ZENDESK_EMAIL'],
    ['plain http', { ZENDESK_URL: 'http://acme.zendesk.com/api/v2' }, 'ZENDESK_URL'],
    ['no address', { ZENDESK_URL: undefined }, 'ZENDESK_URL'],
    ['another path', { ZENDESK_URL: 'https://acme.zendesk.com' }, 'ZENDESK_URL'],
    ['a longer path', { ZENDESK_URL: 'https://acme.zendesk.com/api/v2/tickets' }, 'ZENDESK_URL'],
  ])('is refused with %s', (_name, changes, where) => {
    expect(whereOf('serve', real(changes))).toEqual([where]);
  });

  it('refuses half a credential for a stand-in too', () => {
    expect(whereOf('start', { ...standIns, ZENDESK_EMAIL: 'bot@example.com' })).toEqual(['ZENDESK_API_TOKEN']);
  });

  it('refuses a stand-in without /api/v2, and takes a slash at the end', () => {
    expect(whereOf('start', { ...standIns, ZENDESK_URL: 'http://127.0.0.1:4020' })).toEqual(['ZENDESK_URL']);
    expect(load('start', { ...standIns, ZENDESK_URL: 'http://127.0.0.1:4020/api/v2/' }).zendesk).toMatchObject({
      url: 'http://127.0.0.1:4020/api/v2',
    });
  });

  it('keeps the secret of a webhook that was registered by hand', () => {
    expect(load('serve', real({ ZENDESK_WEBHOOK_SECRET: 'sign' })).zendesk).toMatchObject({ webhookSecret: 'sign' });
  });

  it('is never the real one in the demo', () => {
    expect(whereOf('demo', realServices)).toEqual(['ZENDESK_URL']);
  });
});
