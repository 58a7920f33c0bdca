import { expect, it } from 'vitest';
import { loadConfig, loadStorageConfig } from '../../src/config/load.ts';
import { exampleFile, load, problemsOf, realServices, whereOf } from './loading.ts';

it('starts in local mode with nothing set', () => {
  const config = load('start', {});

  expect(config).toMatchObject({
    mode: 'start',
    host: '127.0.0.1',
    port: 3978,
    publicUrl: null,
    migrate: true,
    logLevel: 'info',
    settingsFile: exampleFile,
    azure: { kind: 'simulator' },
    zendesk: { kind: 'simulator' },
    alerts: null,
    standIns: ['Azure: a simulator of its own', 'Zendesk: a simulator of its own'],
  });
  expect(config.database).toEqual({ kind: 'sqlite', dataDir: config.dataDir });
  expect(config.dataDir).toMatch(/\/data$/);
});

it('serves with real services and names no stand-in', () => {
  const config = load('serve', { ...realServices, DATABASE_URL: 'postgresql://bot:pw@db:5432/bot', HOST: '0.0.0.0' });

  expect(config).toMatchObject({
    host: '0.0.0.0',
    database: { kind: 'postgresql', url: 'postgresql://bot:pw@db:5432/bot' },
    azure: { kind: 'azure' },
    zendesk: { kind: 'desk', url: 'https://acme.zendesk.com/api/v2', webhookSecret: null },
    standIns: [],
  });
});

it('tells three mistakes of environment and settings file in one message, each with what to write', () => {
  const env = { PORT: 'http', MIGRATE: 'later', SETTINGS_FILE: '/etc/causeway.json' };
  const file = JSON.stringify({ people: [], environments: [], tennants: [] });

  expect(() => loadConfig({ mode: 'start', env, readFile: () => file })).toThrow(
    [
      'Reading the configuration found 3 problems:',
      '  PORT: "http" is no port. Write a number from 1 to 65535, or leave it empty for 3978.',
      '  MIGRATE: "later" is not known. Write on (the default) or off.',
      '  causeway.json tennants: is no known key. Leave it out; known here: people, tenants, environments, onCall, approvals, freezes, calendars, clock, channels, naming, slack, zendesk, probe, alerts, routing.',
      'Mend every line above, then start again.',
    ].join('\n'),
  );
});

it('tells everything that production lacks at once', () => {
  expect(whereOf('serve', {})).toEqual([
    'AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET',
    'ZENDESK_URL',
    'SETTINGS_FILE',
  ]);
});

it('keeps the demo away from what somebody works with', () => {
  const env = { PORT: '3978', DATA_DIR: '/precious', DATABASE_URL: 'postgresql://bot@db/bot', ANCHOR_DIR: '/kept' };

  const config = load('demo', env);

  expect(config).toMatchObject({
    port: 0,
    dataDir: '/fresh',
    anchorDir: '/fresh',
    database: { kind: 'sqlite', dataDir: '/fresh' },
  });
});

it.each([
  ['1', 1],
  ['65535', 65_535],
  ['0', 0],
])('takes %s as a port', (value, port) => {
  expect(load('start', { PORT: value }).port).toBe(port);
});

it.each(['65536', '-1', '3978.5', '0x10', 'abc'])('refuses %s as a port', (value) => {
  expect(whereOf('start', { PORT: value })).toEqual(['PORT']);
});

it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'LOCALHOST'])('listens on %s in local mode', (host) => {
  expect(load('start', { HOST: host }).host).toBe(host);
});

it.each(['0.0.0.0', '::', '10.0.0.4', 'example.com', '127.0.0.1.nip.io', 'localhost.example.com'])(
  'refuses to open the local page on %s',
  (host) => {
    expect(whereOf('start', { HOST: host })).toEqual(['HOST']);
    expect(whereOf('demo', { HOST: host })).toEqual(['HOST']);
    expect(whereOf('serve', { ...realServices, HOST: host })).toEqual([]);
  },
);

it.each(['127.0.0.1:80', 'http://localhost', '[::1]', 'a b'])('refuses %s as a host', (host) => {
  expect(whereOf('serve', { ...realServices, HOST: host })).toEqual(['HOST']);
});

it.each([
  ['https://causeway.example.com/', 'https://causeway.example.com'],
  ['https://example.com/bots/causeway', 'https://example.com/bots/causeway'],
  ['http://127.0.0.1:3978', 'http://127.0.0.1:3978'],
])('takes %s as public address', (value, publicUrl) => {
  expect(load('serve', { ...realServices, PUBLIC_URL: value }).publicUrl).toBe(publicUrl);
});

it.each(['causeway.example.com', 'http://causeway.example.com', 'ftp://example.com', 'https://example.com/?a=b'])(
  'refuses %s as public address',
  (value) => {
    expect(whereOf('serve', { ...realServices, PUBLIC_URL: value })).toEqual(['PUBLIC_URL']);
  },
);

it.each(['mysql://db/bot', 'db.example.com', '/var/lib/bot.db'])('refuses %s as database', (value) => {
  expect(whereOf('start', { DATABASE_URL: value })).toEqual(['DATABASE_URL']);
});

it.each([
  ['on', true],
  ['off', false],
])('reads MIGRATE=%s', (value, migrate) => {
  expect(load('start', { MIGRATE: value }).migrate).toBe(migrate);
});

it('refuses a log level that it does not know', () => {
  expect(whereOf('start', { LOG_LEVEL: 'loud' })).toEqual(['LOG_LEVEL']);
  expect(load('start', { LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
});

it('never repeats a secret in a message', () => {
  const secret = 'hunter2-very-secret';
  const env = {
    DATABASE_URL: `mysql://bot:${secret}@db/bot`,
    PUBLIC_URL: `https://bot:${secret}@example.com`,
    ARM_URL: `http://bot:${secret}@127.0.0.1:4010`,
    ZENDESK_URL: `https://bot:${secret}@acme.zendesk.com/api/v2`,
    ZENDESK_API_TOKEN: secret,
    ZENDESK_OAUTH_CLIENT_SECRET: secret,
    ZENDESK_WEBHOOK_SECRET: secret,
    AZURE_CLIENT_SECRET: secret,
    SLACK_SIGNING_SECRET: secret,
    MICROSOFT_APP_PASSWORD: secret,
  };

  const problems = problemsOf('serve', env);

  expect(problems.length).toBeGreaterThan(7);
  expect(JSON.stringify(problems)).not.toContain(secret);
});

it('asks for a settings file that can be read', () => {
  const problems = problemsOf('start', { SETTINGS_FILE: '/nowhere/settings.json' });

  expect(problems).toMatchObject([
    { where: '/nowhere/settings.json', instead: expect.stringContaining('SETTINGS_FILE') },
  ]);
});

it('says what is wrong with a settings file that is no JSON', () => {
  const env = { SETTINGS_FILE: '/s.json' };

  expect(() => loadConfig({ mode: 'start', env, readFile: () => '{"people": [}' })).toThrow(
    /\/s\.json: is no JSON \(Unexpected token '}'/,
  );
});

it('opens the database alone without asking for anything else', () => {
  const env = { DATABASE_URL: 'postgresql://db/bot', ANCHOR_DIR: '/anchors', SLACK_BOT_TOKEN: 'x' };
  expect(loadStorageConfig({ env })).toEqual({
    database: { kind: 'postgresql', url: 'postgresql://db/bot' },
    anchorDir: '/anchors',
    logLevel: 'info',
  });
  expect(() => loadStorageConfig({ env: { DATABASE_URL: 'mysql://db', LOG_LEVEL: 'loud' } })).toThrow(/2 problems/);
});
