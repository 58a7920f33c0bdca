import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inheritedEnvironment, readEnvironment } from '../../src/config/environment.ts';

const documented = [
  ...readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm),
];

/** CONTRACTS.md section 8; what the platform sets by itself is not for a file. */
const contract =
  'HOST PORT PUBLIC_URL DATA_DIR ANCHOR_DIR DATABASE_URL MIGRATE SETTINGS_FILE LOG_LEVEL MICROSOFT_APP_ID MICROSOFT_APP_TYPE MICROSOFT_APP_TENANT_ID MICROSOFT_APP_PASSWORD TEAMS_SERVICE_HOSTS SLACK_SIGNING_SECRET SLACK_BOT_TOKEN SLACK_APP_TOKEN AZURE_ALERTS_TENANT_ID AZURE_ALERTS_AUDIENCE ZENDESK_URL ZENDESK_OAUTH_CLIENT_ID ZENDESK_OAUTH_CLIENT_SECRET ZENDESK_WEBHOOK_SECRET ZENDESK_EMAIL ZENDESK_API_TOKEN ARM_URL SLACK_API_URL TEAMS_OPENID_METADATA_URL TEAMS_LOGIN_URL TEAMS_LOCAL AZURE_ALERTS_LOGIN_URL'.split(
    ' ',
  );
const azureIdentity = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_ADDITIONALLY_ALLOWED_TENANTS',
];

it('documents every variable of the contract in .env.example, once and empty', () => {
  const names = documented.map(([, name]) => name);

  expect(names).toHaveLength(new Set(names).size);
  expect(new Set(names)).toEqual(new Set([...contract, ...azureIdentity]));
  expect(documented.every(([, , value]) => value === '')).toBe(true);
});

it.each([...contract, ...azureIdentity])('reads %s', (name) => {
  expect(readEnvironment({ [name]: 'value' })).toEqual({ [name]: 'value' });
});

it('takes an empty value as unset and trims the others', () => {
  expect(readEnvironment({ HOST: '', PORT: '  ', DATA_DIR: ' /data\r' })).toEqual({ DATA_DIR: '/data' });
});

it('leaves variables of others alone', () => {
  expect(readEnvironment({ PATH: '/bin' })).toEqual({});
});

it('hands on everything that was set, and nothing else', () => {
  expect(inheritedEnvironment({ PATH: '/bin', HOST: '', NOTHING: undefined })).toEqual({ PATH: '/bin', HOST: '' });
});
