import { describe, expect, it } from 'vitest';
import { noAnswers, type TriageAnswers } from '../../src/policy/facts-asked.ts';
import { readPhrases, understand } from '../../src/policy/understand.ts';
import phrases from '../../src/policy/tables/phrases.json' with { type: 'json' };

function understood(text: string): Partial<TriageAnswers> {
  return Object.fromEntries(Object.entries(understand(text).answers).filter(([, value]) => value !== null));
}

const outage = { environment: 'production', symptom: 'inaccessible' } as const;

describe('what a message says', () => {
  it.each<[string, Partial<TriageAnswers>]>([
    ['prod is down since 8, recovery button did nothing, pls help', { ...outage, selfServiceRecoveryTried: true }],
    ['can you open port 5432 to our data lake', { symptom: 'connectivity-setup', requestKind: 'change' }],
    ['initialization failed again, preflight was green', { symptom: 'cluster-init-failed', preflightPassed: true }],
    [
      'Cluster initialisation fails. Pre-flight checks passed, and we retried three times.',
      { symptom: 'cluster-init-failed', preflightPassed: true, retriesDone: true },
    ],
    ['preflight passed and initialization failed', { symptom: 'cluster-init-failed', preflightPassed: true }],
    ['the pre-flight check is red', { symptom: 'preflight-failed', preflightPassed: false }],
    ['PRODUCTION IS OFFLINE', outage],
    ['Prodution is dwon!!', outage],
    ['prod unavialable since 14:30', outage],
    ['mendix-prod is down', outage],
    ["Users can't log in to prod", outage],
    ['we cannot reach acceptance any more', { environment: 'acceptance', symptom: 'inaccessible' }],
    ['the test environment does not respond', { environment: 'test', symptom: 'inaccessible' }],
    ['test works fine but prod does not load', outage],
    ['We have not tried recovery yet, the app is down', { symptom: 'inaccessible', selfServiceRecoveryTried: false }],
    [
      'prod is barely usable and we cannot deploy changes',
      { environment: 'production', symptom: 'severely-impaired', canMakeChanges: false },
    ],
    [
      'nobody can work, core functionality is down in prod',
      { environment: 'production', symptom: 'core-unavailable', coreFunctionalityUnavailable: true },
    ],
    ["we're on Mendix 9.24 and the deployment fails", { symptom: 'deployment-fails', mendixVersion: '9.24' }],
    ["can't deploy to dev, AKS is 1.30 and postgres 15.4", { symptom: 'deployment-fails' }],
    ["names don't resolve in acceptance", { environment: 'acceptance', symptom: 'name-resolution' }],
    ['our app cannot reach the SAP server', { symptom: 'outbound-unreachable' }],
    ['our own firewall blocks port 443', { faultLocation: 'customer-network' }],
    [
      'everything is down, there is an Azure outage',
      { symptom: 'inaccessible', faultLocation: 'azure', requestKind: 'problem' },
    ],
    ['someone deleted the managed app by accident', { symptom: 'managed-app-deleted' }],
    ['the storage account with the backups was deleted', { symptom: 'backup-storage-deleted' }],
    ['we cannot create a new cluster', { symptom: 'cannot-provision' }],
    ['cannot change the cluster in the portal', { symptom: 'cannot-modify-cluster' }],
    ['can you scale up the node pool', { symptom: 'self-service-setting', requestKind: 'change' }],
    ['please postpone the quarterly update', { symptom: 'upgrade-cadence', requestKind: 'change' }],
    ['can you fix CVE-2024-1234 in the operator?', { symptom: 'security-fix' }],
    ['how do we restore a snapshot?', { symptom: 'snapshot-restore', requestKind: 'how-to' }],
    ['we want to leave the service', { symptom: 'off-boarding' }],
    ['are you SOC 2 compliant?', { symptom: 'compliance-question' }],
    ['what happens if we delete the managed application?', { symptom: 'general-question', requestKind: 'question' }],
    ['can we use Azure Service Bus with our app', { symptom: 'integrate-azure-service' }],
    ['the logo looks wrong on test', { environment: 'test', symptom: 'cosmetic' }],
    [
      'only one app is down, there is no workaround',
      { symptom: 'inaccessible', appsAffected: 'one', workaround: false },
    ],
  ])('%s', (text, expected) => {
    const said = understood(text);

    expect(said).toEqual(expected);
  });
});

describe('nothing is guessed', () => {
  it.each([
    ['a doubt', 'maybe production is down'],
    ['a condition', 'if production is down we lose orders'],
    ['a denial', 'the app is not down'],
    ['another environment', 'non-production needs a hand'],
    ['a version of something else', 'AKS 1.30 and 10.8.0.4'],
    ['small talk', 'good morning, how was your weekend'],
    ['nothing', ''],
  ])('from %s: %s', (_what, text) => {
    expect(understand(text).answers).toEqual(noAnswers);
  });

  it.each<[string, Partial<TriageAnswers>]>([
    ['is prod down?', { environment: 'production' }],
    ['production was down but is back online', { environment: 'production' }],
    ['restore the production snapshot to the test environment', { symptom: 'snapshot-restore' }],
    ['mendix 10.6 and mendix 10.12 both fail to deploy', { symptom: 'deployment-fails' }],
  ])('%s', (text, expected) => {
    expect(understood(text)).toEqual(expected);
  });
});

it('shows which words said it, and since when', () => {
  const { matched, since } = understand('Prod is down since 8, recovery button did nothing');

  expect(since).toBe('08:00');
  expect(matched).toEqual([
    { key: 'environment', value: 'production', words: 'Prod' },
    { key: 'symptom', value: 'inaccessible', words: 'Prod is down' },
    { key: 'selfServiceRecoveryTried', value: true, words: 'recovery button did nothing' },
  ]);
});

it.each([
  ['down since 8:15 pm', '20:15'],
  ['since about 14h30 today', '14:30'],
  ['since 12 am', '00:00'],
  ['since 3 hours', null],
  ['since 2 days', null],
  ['since 2025', null],
  ['since 25:00', null],
  ['since Monday', null],
])('reads %j as %j', (text, since) => {
  expect(understand(text).since).toBe(since);
});

it('reads a long paste without taking long steps through all of it', () => {
  const paste = `prod is down ${'please '.repeat(20_000)}`;

  expect(understood(paste)).toEqual(outage);
});

describe('the phrase table', () => {
  it.each(phrases.rows.map((row) => [row.row, row] as const))(
    'row %s: each of its phrases is understood as it stands',
    (_row, row) => {
      const texts = row.phrases.map((phrase) =>
        phrase
          .replaceAll(/\(([^)]*)\)/g, '$1')
          .replaceAll(/\/\S+/g, '')
          .replaceAll(' ..', ''),
      );

      const missed = texts.filter((text) => !understand(text).matched.some((match) => match.key === row.key));

      expect(missed).toEqual([]);
    },
  );

  it.each([
    [{ key: 'symptom', value: 'sad' }, 'row 1: "symptom" cannot be "sad"'],
    [{ key: 'mood', value: 'sad' }, 'row 1, key'],
    [{ key: 'symptom', value: 'cosmetic', phrases: ['(maybe) ugly'] }, 'row 1, phrases.0: write words'],
  ])('refuses %j with file and row', (row, message) => {
    const broken = { ...phrases, rows: [{ row: '1', phrases: ['ugly'], ...row }] };

    expect(() => readPhrases(broken)).toThrow(/phrases\.json/);
    expect(() => readPhrases(broken)).toThrow(message);
  });
});
