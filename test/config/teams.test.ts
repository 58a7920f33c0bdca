import { expect, it } from 'vitest';
import { load, problemsOf } from './loading.ts';

const registered = {
  MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555555',
  MICROSOFT_APP_TENANT_ID: '66666666-7777-4888-9999-000000000000',
  MICROSOFT_APP_PASSWORD: 'a-secret',
};

it('does not use Teams when nothing of it is set', () => {
  expect(load('start', {}).teams).toBeNull();
});

it('takes a registered bot, and Microsoft’s own hosts', () => {
  expect(load('start', registered).teams).toMatchObject({
    kind: 'registered',
    appId: registered.MICROSOFT_APP_ID,
    credential: { kind: 'secret', secret: 'a-secret' },
    openIdMetadataUrl: null,
    loginUrl: null,
    serviceHosts: expect.arrayContaining(['smba.trafficmanager.net']),
  });
});

it('needs no password with a managed identity', () => {
  const { MICROSOFT_APP_PASSWORD: _password, ...others } = registered;

  expect(load('start', { ...others, MICROSOFT_APP_TYPE: 'UserAssignedMSI' }).teams).toMatchObject({
    credential: { kind: 'managed-identity' },
  });
});

it.each([
  [{ MICROSOFT_APP_ID: 'x' }, 'MICROSOFT_APP_TENANT_ID, MICROSOFT_APP_PASSWORD'],
  [{ MICROSOFT_APP_PASSWORD: 'x' }, 'MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID'],
  [
    { TEAMS_SERVICE_HOSTS: 'smba.trafficmanager.net' },
    'MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID, MICROSOFT_APP_PASSWORD',
  ],
])('refuses half of the settings %j with the names that are missing', (env, where) => {
  expect(problemsOf('start', env)).toMatchObject([{ where }]);
});

it.each([
  [{ ...registered, MICROSOFT_APP_TYPE: 'MultiTenant' }, 'MICROSOFT_APP_TYPE'],
  [{ ...registered, TEAMS_SERVICE_HOSTS: 'https://smba.trafficmanager.net/' }, 'TEAMS_SERVICE_HOSTS'],
  [{ ...registered, TEAMS_OPENID_METADATA_URL: 'http://example.com/keys' }, 'TEAMS_OPENID_METADATA_URL'],
  [{ ...registered, TEAMS_LOGIN_URL: 'https://login.example.com' }, 'TEAMS_LOGIN_URL'],
])('refuses %j', (env, where) => {
  expect(problemsOf('start', env)).toMatchObject([{ where }]);
});

it('takes stand-ins for keys and login on this machine', () => {
  const env = {
    ...registered,
    TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:4030/keys',
    TEAMS_LOGIN_URL: 'http://127.0.0.1:4030/',
  };

  const config = load('start', env);

  expect(config.teams).toMatchObject({
    openIdMetadataUrl: 'http://127.0.0.1:4030/keys',
    loginUrl: 'http://127.0.0.1:4030',
  });
  expect(config.standIns.join('\n')).toMatch(/Teams keys.*\n.*Teams login/);
});

it('lets the playground in without tokens while everything else is a stand-in', () => {
  const config = load('start', { TEAMS_LOCAL: '1' });

  expect(config.teams).toEqual({ kind: 'local' });
  expect(config.standIns.join()).toContain('TEAMS_LOCAL');
});

it.each([
  [{ TEAMS_LOCAL: '1', MICROSOFT_APP_ID: 'x' }, 'other settings of Teams are set'],
  [{ TEAMS_LOCAL: 'yes' }, 'it knows the value 1 only'],
  [
    {
      TEAMS_LOCAL: '1',
      ZENDESK_URL: 'https://acme.zendesk.com/api/v2',
      ZENDESK_OAUTH_CLIENT_ID: 'a',
      ZENDESK_OAUTH_CLIENT_SECRET: 'b',
    },
    'the desk is a real one',
  ],
])('refuses the playground for %j', (env, what) => {
  const [problem] = problemsOf('start', env);

  expect(problem).toMatchObject({ where: 'TEAMS_LOCAL' });
  expect(problem?.what).toContain(what);
});
