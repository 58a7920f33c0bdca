/** Who may send alerts, and which channel gets what. */
import { expect, it } from 'vitest';
import { directoryOf } from '../../src/process/directory.ts';
import { exampleJson, load, whereOf } from './loading.ts';
import { accepted, settingsProblems } from './settings-samples.ts';

const pair = {
  AZURE_ALERTS_TENANT_ID: '5F1F6A52-7d5c-4d39-9b0a-2c1e8f4a7b10',
  AZURE_ALERTS_AUDIENCE: 'api://causeway',
};

it('writes the id of the directory small, as tokens do', () => {
  expect(load('start', pair).alerts?.tenantId).toBe('5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10');
});

it.each(['common', 'Organizations', 'consumers', '../common', 'a/b'])(
  'does not take tokens of every directory: %s',
  (tenant) => {
    expect(whereOf('start', { ...pair, AZURE_ALERTS_TENANT_ID: tenant })).toEqual(['AZURE_ALERTS_TENANT_ID']);
  },
);

it('takes a stand-in for the keys on this machine only, of its own or the one of Teams', () => {
  const own = load('start', { ...pair, AZURE_ALERTS_LOGIN_URL: 'http://127.0.0.1:4031/' });
  expect(own.alerts?.loginUrl).toBe('http://127.0.0.1:4031');
  expect(own.standIns.join()).toContain('http://127.0.0.1:4031');

  expect(whereOf('start', { ...pair, AZURE_ALERTS_LOGIN_URL: 'https://login.example.com' })).toEqual([
    'AZURE_ALERTS_LOGIN_URL',
  ]);
});

it('trusts Azure Monitor’s own application unless the settings name another one', () => {
  expect(load('start', {}).settings.alerts.application).toBe('461e8683-5575-4561-ac7f-899cc907d62a');
  expect(settingsProblems({ ...exampleJson(), alerts: { application: 'anybody' } })).toEqual([
    expect.stringContaining('alerts.application'),
  ]);
});

function routing(value: unknown): unknown {
  return { ...exampleJson(), routing: value };
}

it('routes by environment and severity to channels of the platforms that are spoken', () => {
  const settings = accepted(
    routing({
      rules: [
        {
          environments: ['production'],
          severities: ['critical'],
          channel: { platform: 'web', id: 'ops' },
          onCall: 'network',
        },
        { channel: { platform: 'slack', id: 'C1' } },
      ],
      quiet: { zone: 'Europe/Amsterdam', from: '19:00', until: '07:30' },
      digest: { zone: 'Europe/Amsterdam', at: '08:30' },
    }),
  );

  const known = directoryOf(settings, ['web']).routing;

  expect(known?.rules).toEqual([
    {
      environments: ['production'],
      severities: ['critical'],
      channel: { platform: 'web', conversation: 'ops', thread: null },
      rotation: expect.objectContaining({ name: 'network' }),
    },
  ]);
  expect(known?.quiet).toEqual({ zone: 'Europe/Amsterdam', from: '19:00', until: '07:30', daysOff: [] });
});

it.each([
  [
    'a rotation that nobody knows',
    { rules: [{ channel: { platform: 'web', id: 'x' }, onCall: 'ghosts' }] },
    'routing.rules[0].onCall',
  ],
  [
    'an environment that nobody knows',
    { rules: [{ channel: { platform: 'web', id: 'x' }, environments: ['atlantis'] }] },
    'routing.rules[0].environments[0]',
  ],
  [
    'a severity of its own',
    { rules: [{ channel: { platform: 'web', id: 'x' }, severities: ['grave'] }] },
    'routing.rules[0].severities[0]',
  ],
  [
    'hours that are no times',
    { quiet: { zone: 'Europe/Amsterdam', from: '7pm', until: '07:30' } },
    'routing.quiet.from',
  ],
  [
    'quiet hours that never end',
    { quiet: { zone: 'Europe/Amsterdam', from: '07:30', until: '07:30' } },
    'routing.quiet',
  ],
  [
    'seven days off',
    { quiet: { zone: 'Europe/Amsterdam', from: '19:00', until: '07:30', daysOff: [1, 2, 3, 4, 5, 6, 7] } },
    'routing.quiet.daysOff',
  ],
  ['a zone that is none', { digest: { zone: 'Mars', at: '08:30' } }, 'routing.digest.zone'],
])('has a problem with %s', (_what, value, where) => {
  expect(settingsProblems(routing(value))).toEqual([expect.stringContaining(where)]);
});
