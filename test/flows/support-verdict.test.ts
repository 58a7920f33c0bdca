import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/flows/event.ts';
import type { Person } from '../../src/policy/people.ts';
import {
  atVerdict,
  cardOf,
  connectAt,
  directory,
  hub,
  judgedBy,
  messageOf,
  messages,
  openCase,
  people,
  supportAt,
} from './cases.ts';

/** Row of the scope table, answers that lead to it, the doors that its card offers, and the one that stands out. */
const doors: [string, Inputs, string[], string][] = [
  ['2', { mendixVersion: '10.6', symptom: 'deployment-fails' }, ['did-that'], 'did-that'],
  ['3', { symptom: 'connectivity-setup' }, ['start-connect'], 'start-connect'],
  ['4', { symptom: 'self-service-setting' }, [], ''],
  ['5', { symptom: 'subnet-prefix' }, [], ''],
  ['6', { symptom: 'data-migration' }, [], ''],
  ['7', { symptom: 'off-boarding' }, [], ''],
  ['8', { symptom: 'integrate-azure-service' }, [], ''],
  ['9', { symptom: 'customization' }, [], ''],
  ['10', { symptom: 'security-fix' }, [], ''],
  ['11', { symptom: 'upgrade-cadence' }, [], ''],
  ['12', { symptom: 'firewall' }, [], ''],
  ['13', { symptom: 'preflight-failed' }, ['did-that'], 'did-that'],
  [
    '14',
    { symptom: 'name-resolution', faultLocation: 'customer-network' },
    ['start-connect', 'did-that'],
    'start-connect',
  ],
  ['15', { symptom: 'inaccessible', faultLocation: 'app' }, ['did-that'], 'did-that'],
  ['16a', { symptom: 'managed-app-deleted', environment: 'production' }, ['preview-ticket'], 'preview-ticket'],
  ['16b', { symptom: 'backup-storage-deleted', environment: 'test' }, ['preview-ticket'], 'preview-ticket'],
  ['17', { symptom: 'kubernetes-api-unavailable' }, [], ''],
  ['18a', { symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'true' }, ['preview-ticket'], ''],
  ['18b', { symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'false' }, ['did-that'], 'did-that'],
  ['19', { symptom: 'inaccessible', selfServiceRecoveryTried: 'false', environment: 'test' }, ['did-that'], 'did-that'],
  [
    '20',
    { symptom: 'inaccessible', faultLocation: 'azure', environment: 'test' },
    ['preview-ticket'],
    'preview-ticket',
  ],
  ['21', { symptom: 'cosmetic' }, ['preview-ticket'], 'preview-ticket'],
];

const rosa = people[0] as Person;

describe('the verdict', () => {
  it('tells scope, way, responsible party, severity, when an answer is due, and the rows it rests on', () => {
    const { last } = atVerdict();
    const card = cardOf(last, 'verdict');

    expect(card.headline).toBe('Supported. Mendix Support. Critical.');
    expect(card.ratings).toEqual([
      { title: 'Scope', value: 'Supported' },
      { title: 'Way', value: 'A ticket' },
      { title: 'Responsible', value: 'Mendix Support' },
      { title: 'Severity', value: 'Critical' },
    ]);
    expect(card.due).toBe(
      'First answer in less than 2 office hours. Due Mon 2 Mar 12:00 (Europe/Amsterdam), counted in office hours Mon to Fri 09:00 to 17:00 Europe/Amsterdam.',
    );
    const section = expect.stringMatching(/^Support for Mendix on Azure, .+, \d{4}-/);
    // The last two rest on the same section, which is named once, below both.
    expect(card.because.map(({ source }) => source)).toEqual([section, '', section]);
    expect(card.links).toEqual([{ title: 'Read the source', url: expect.stringMatching(/^https:/) }]);
    expect(card.version).toBe(supportAt(atVerdict(), 'judged').verdict.tablesVersion);
  });

  it('counts over a night, and says so in the zone of whoever asked', () => {
    const the = openCase({ directory: { ...directory, people: [{ ...rosa, zone: 'Europe/Lisbon' }] } });
    the.later(6 * 60);
    the.say('rosa', 'production cannot be reached, the recovery did not help');
    the.say('rosa', 'continue');

    expect(cardOf(the.last, 'verdict').due).toMatch(
      /Due Tue 3 Mar 09:00 \(Europe\/Lisbon\).*Not counted: Mon 2 Mar 16:00 to Tue 3 Mar 08:00 \(night\)\.$/,
    );
  });

  it('promises no time where there is none', () => {
    const { last } = judgedBy({ symptom: 'cosmetic', environment: 'production' });

    expect(cardOf(last, 'verdict').due).toBe('Reasonable effort, no fixed time.');
  });

  it.each(doors)('of row %s offers %j', (row, answers, offered, primary) => {
    const the = judgedBy(answers);
    const card = cardOf(the.last, 'verdict');
    const { verbs } = messageOf(the.last, 'support');

    expect(supportAt(the, 'judged').verdict.because[0]?.row).toBe(`scope ${row}`);
    expect(verbs).toEqual([...offered, 'change-answers', 'differ', 'not-now']);
    expect(card.primary).toBe(primary);
    expect([card.ticketButton, card.connectButton, card.doneButton].filter((title) => title !== '')).toHaveLength(
      offered.length,
    );
    expect(`${card.headline} ${card.next}`).not.toMatch(/[{}]/);
    expect(card.next).not.toBe('');
  });

  it.each([
    [{ symptom: 'self-service-setting' }, /You can change this yourself/],
    [{ symptom: 'snapshot-restore' }, /You can do this yourself/],
    [{ symptom: 'off-boarding' }, /You can leave by yourself/],
    [{ symptom: 'firewall' }, /you can add it yourself/],
    [{ symptom: 'connectivity-setup' }, /but you can, and I walk you through it/],
    [{ symptom: 'preflight-failed' }, /You can clear this yourself/],
  ])('of what people may do themselves, such as %o, says so first', (answers, headline) => {
    expect(cardOf(judgedBy(answers).last, 'verdict').headline).toMatch(headline);
  });

  it.each([
    ['we want to customize the ingress controller of the cluster', 'Mendix on Kubernetes', false],
    ['can you open port 5432 to our data lake', 'but you can, and I walk you through it', true],
  ])('of “%s” is “%s”, with where to go instead', (words, headline, connects) => {
    const the = atVerdict(words);
    const card = cardOf(the.last, 'verdict');

    expect(card.headline).toContain(headline);
    expect(card.next).not.toBe('');
    expect(messageOf(the.last, 'support').verbs.includes('start-connect')).toBe(connects);
    expect(messageOf(the.last, 'support').verbs).not.toContain('preview-ticket');
    the.say('rosa', 'open the ticket');
    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('change answers') });
  });

  it('goes over to a connection, and the old card says so', () => {
    const the = atVerdict('can you open port 5432 to our data lake');

    the.click('rosa', 'start-connect');

    expect(cardOf(the.last, 'notice', 'support').title).toBe('Over to the connection');
    expect(connectAt(the, 'asking').draft.words).toBe('can you open port 5432 to our data lake');
    the.click('rosa', 'preview-ticket');
    expect(the.last.reply.outcome).toBe('stale');
  });

  it('goes over to a connection by the words that it names, filled in from them', () => {
    const the = atVerdict('can you open port 5432 to our data lake');

    the.say('rosa', 'connect mendix-prod to hub-vnet for app orders');

    expect(connectAt(the, 'asking').draft).toMatchObject({ networks: [hub.id], apps: ['orders'] });
  });

  it('stays a problem for a person who may not ask for connections, and says why', () => {
    const the = openCase();
    the.say('sam', 'can you open port 5432 to our data lake');

    the.say('sam', 'connect');

    expect(messages(the.last)).toMatchObject([{ onlyFor: 'sam' }]);
    supportAt(the, 'judged');
  });

  it('can be corrected, with everything that was understood', () => {
    const the = atVerdict();

    the.click('rosa', 'change-answers');

    const known = cardOf(the.last, 'triage').asks.filter((ask) => ask.known);
    expect(known.map(({ id, value }) => [id, value])).toEqual(
      expect.arrayContaining([
        ['environment', 'production'],
        ['symptom', 'inaccessible'],
        ['selfServiceRecoveryTried', 'true'],
        ['since', '08:00'],
      ]),
    );
  });

  it('stands when nothing is corrected after all', () => {
    const the = atVerdict();
    const before = cardOf(the.last, 'verdict');

    the.click('rosa', 'change-answers');
    expect(messageOf(the.last, 'support').verbs).toEqual(['triage-continue', 'back']);
    the.click('rosa', 'back');

    expect(cardOf(the.last, 'verdict')).toEqual(before);
  });

  it('follows what was corrected, also when something is not known any more', () => {
    const the = atVerdict();
    the.click('rosa', 'change-answers');

    the.click('rosa', 'triage-continue', {
      environment: 'test',
      selfServiceRecoveryTried: 'not-known',
      faultLocation: 'unknown',
      since: '',
    });

    const { answers, since } = supportAt(the, 'asking');
    expect(answers).toMatchObject({ environment: 'test', selfServiceRecoveryTried: null });
    expect(since).toBeNull();
    the.click('rosa', 'triage-continue', { selfServiceRecoveryTried: 'true' });
    expect(supportAt(the, 'judged').verdict.severity).toBe('medium');
  });

  it.each(['not-now', 'cancel'])('can be left by “%s”, and begins again when it is described again', (verb) => {
    const the = atVerdict();
    the.click('rosa', verb);
    supportAt(the, 'put-off');

    the.click('rosa', 'preview-ticket');
    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('left for the moment') });
    the.say('rosa', 'thanks anyway');
    supportAt(the, 'put-off');
    the.say('rosa', 'production cannot be reached');

    supportAt(the, 'asking');
  });
});
