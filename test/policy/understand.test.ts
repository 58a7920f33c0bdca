import { describe, expect, it } from 'vitest';
import { noAnswers, type TriageAnswers } from '../../src/policy/facts-asked.ts';
import { readClauses } from '../../src/policy/clauses.ts';
import { findPhrase, type Phrase } from '../../src/policy/phrase.ts';
import { phraseTable, readPhrases } from '../../src/policy/phrase-table.ts';
import phrases from '../../src/policy/tables/phrases.json' with { type: 'json' };
import wordingJson from '../../src/policy/tables/wording.json' with { type: 'json' };
import { understand } from '../../src/policy/understand.ts';
import { readWording } from '../../src/policy/wording.ts';

function understood(text: string): Partial<TriageAnswers> {
  return Object.fromEntries(Object.entries(understand(text).answers).filter(([, value]) => value !== null));
}

const outage = { environment: 'production', symptom: 'inaccessible', requestKind: 'problem' } as const;

describe('what a message says', () => {
  it.each<[string, Partial<TriageAnswers>]>([
    ['prod is down since 8, recovery button did nothing, pls help', { ...outage, selfServiceRecoveryTried: true }],
    ['can you open port 5432 to our data lake', { symptom: 'connectivity-setup', requestKind: 'change' }],
    [
      'initialization failed again, preflight was green',
      { symptom: 'cluster-init-failed', requestKind: 'problem', preflightPassed: true },
    ],
    [
      'Cluster initialisation fails. Pre-flight checks passed, and we retried three times.',
      { symptom: 'cluster-init-failed', requestKind: 'problem', preflightPassed: true, retriesDone: true },
    ],
    [
      'preflight passed and initialization failed',
      { symptom: 'cluster-init-failed', requestKind: 'problem', preflightPassed: true },
    ],
    ['the pre-flight check is red', { symptom: 'preflight-failed', requestKind: 'problem', preflightPassed: false }],
    ['PRODUCTION IS OFFLINE', outage],
    ['Prodution is dwon!!', outage],
    ['prod unavialable since 14:30', outage],
    ['mendix-prod is down', outage],
    ["Users can't log in to prod", { environment: 'production' }],
    [
      'we cannot reach acceptance any more',
      { environment: 'acceptance', symptom: 'inaccessible', requestKind: 'problem' },
    ],
    ['the test environment does not respond', { environment: 'test', symptom: 'inaccessible', requestKind: 'problem' }],
    ['test works fine but prod does not load', outage],
    [
      'We have not tried recovery yet, the app is down',
      { symptom: 'inaccessible', requestKind: 'problem', selfServiceRecoveryTried: false },
    ],
    [
      'prod is barely usable and we cannot deploy changes',
      { environment: 'production', symptom: 'severely-impaired', requestKind: 'problem', canMakeChanges: false },
    ],
    [
      'nobody can work, core functionality is down in prod',
      {
        environment: 'production',
        symptom: 'core-unavailable',
        requestKind: 'problem',
        coreFunctionalityUnavailable: true,
      },
    ],
    [
      "we're on Mendix 9.24 and the deployment fails",
      { symptom: 'deployment-fails', requestKind: 'problem', mendixVersion: '9.24' },
    ],
    [
      "can't deploy to dev, AKS is 1.30 and postgres 15.4",
      { environment: 'development', symptom: 'deployment-fails', requestKind: 'problem' },
    ],
    [
      "names don't resolve in acceptance",
      { environment: 'acceptance', symptom: 'name-resolution', requestKind: 'problem' },
    ],
    ['our app cannot reach the SAP server', { symptom: 'outbound-unreachable', requestKind: 'problem' }],
    ['our own firewall blocks port 443', { faultLocation: 'customer-network' }],
    [
      'everything is down, there is an Azure outage',
      { symptom: 'inaccessible', faultLocation: 'azure', requestKind: 'problem' },
    ],
    ['someone deleted the managed app by accident', { symptom: 'managed-app-deleted', requestKind: 'problem' }],
    ['the storage account with the backups was deleted', { symptom: 'backup-storage-deleted', requestKind: 'problem' }],
    ['we cannot create a new cluster', { symptom: 'cannot-provision', requestKind: 'problem' }],
    ['cannot change the cluster in the portal', { symptom: 'cannot-modify-cluster', requestKind: 'problem' }],
    ['can you scale up the node pool', { symptom: 'self-service-setting', requestKind: 'change' }],
    ['please postpone the quarterly update', { symptom: 'upgrade-cadence', requestKind: 'change' }],
    ['can you fix CVE-2024-1234 in the operator?', { symptom: 'security-fix', requestKind: 'change' }],
    ['how do we restore a snapshot?', { symptom: 'snapshot-restore', requestKind: 'how-to' }],
    ['we want to leave the service', { symptom: 'off-boarding', requestKind: 'change' }],
    ['are you SOC 2 compliant?', { symptom: 'compliance-question', requestKind: 'question' }],
    ['what happens if we delete the managed application?', { symptom: 'general-question', requestKind: 'question' }],
    ['can we use Azure Service Bus with our app', { symptom: 'integrate-azure-service' }],
    ['the logo looks wrong on test', { environment: 'test', symptom: 'cosmetic', requestKind: 'problem' }],
    [
      'only one app is down, there is no workaround',
      { symptom: 'inaccessible', requestKind: 'problem', appsAffected: 'one', workaround: false },
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
    ['production was down but is back online', {}],
    ['production was down last Sunday. Today acceptance is down', { ...outage, environment: 'acceptance' }],
    ['restore the production snapshot to the test environment', { symptom: 'snapshot-restore', requestKind: 'change' }],
    ['mendix 10.6 and mendix 10.12 both fail to deploy', { symptom: 'deployment-fails', requestKind: 'problem' }],
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
    { key: 'requestKind', value: 'problem', words: 'Prod is down' },
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
  ['since 06:45 CET.', '06:45'],
  ['seit 8 Uhr', '08:00'],
  ['since 7.30, all apps', '07:30'],
  ['since ~22:00 yesterday', '22:00 yesterday'],
  ['since: 7:50', '07:50'],
  ['since Monday', 'Monday'],
  ['since this morning', 'this morning'],
  ['sinds gisteren', 'gisteren'],
  ['since 4 Nov', '4 Nov'],
  ['since 2025-11-03 07:45 UTC', '2025-11-03 07:45'],
  ['since 10.10. nothing works', '10.10'],
  ['since 1.5 hours', null],
  ['since the upgrade', null],
])('reads %j as %j', (text, since) => {
  expect(understand(text).since).toBe(since);
});

it.each([
  ['our app is on 10.6.1', '10.6.1'],
  ['mendix: 10.18.1', '10.18.1'],
  ['we plan to upgrade to Mendix 10.18, right now we are on 9.24', '9.24'],
  ['we upgraded from 9.24 to 10.18 last week', '10.18'],
  ['Mx 10.21.1.55132', '10.21.1.55132'],
  ['version 2.1.0 of our app', null],
  ['it says it requires Mendix 10.10 or higher', null],
  ['do you support Mendix 9?', null],
  ['since 10.10. acceptance is slow', null],
  ['the load balancer has version 10.8.0.4', null],
])('reads the version of %j as %j', (text, version) => {
  expect(understand(text).answers.mendixVersion).toBe(version);
});

it('reads a long paste without taking long steps through all of it', () => {
  const paste = `prod is down ${'please '.repeat(20_000)}`;

  expect(understood(paste)).toEqual(outage);
});

/** A text that says just this phrase: the first of the alternatives, without the dots. */
function asText(phrase: Phrase): string {
  return phrase.parts
    .flatMap((part) => (part.kind === 'word' ? [...part.anyOf].slice(0, 1) : part.kind === 'number' ? ['3'] : []))
    .join(' ');
}

describe('the tables of phrases', () => {
  const { rows, wording, lexicon } = phraseTable;
  const lists = [
    ...rows.map((row, index) => [`row ${index + 1}`, row.phrases] as const),
    ...(['doubts', 'clauseStarts', 'over', 'past', 'unaffected', 'passing'] as const).map(
      (name) => [name, wording[name]] as const,
    ),
  ];

  it.each(lists)('%s: each phrase is found in a text that says it', (_name, list) => {
    const missed = list.filter((phrase) =>
      readClauses(asText(phrase), phraseTable).every(({ words }) => findPhrase(phrase, words, lexicon) === null),
    );

    expect(missed.map(({ written }) => written)).toEqual([]);
  });

  it.each([
    [{ key: 'symptom', value: 'sad' }, 'row 1: "symptom" cannot be "sad"'],
    [{ key: 'mood', value: 'sad' }, 'row 1, key'],
    [{ key: 'symptom', value: 'cosmetic', phrases: ['(maybe) ugly'] }, 'row 1, phrases.0: write words'],
    [{ key: 'symptom', value: 'cosmetic', phrases: ['<looks> ugly'] }, 'there is no set <looks>; sets are place'],
  ])('refuse %j with file and row', (row, message) => {
    const broken = { ...phrases, rows: [{ row: '1', phrases: ['ugly'], ...row }] };

    expect(() => readPhrases(broken, wording)).toThrow(/phrases\.json/);
    expect(() => readPhrases(broken, wording)).toThrow(message);
  });

  it('refuse a list of words that is none', () => {
    expect(() => readWording({ ...wordingJson, ignored: 'the  a' })).toThrow(/wording\.json: ignored: write words/);
  });
});
