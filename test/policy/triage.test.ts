import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerKeys, answerValues, noAnswers, type TriageAnswers } from '../../src/policy/facts-asked.ts';
import { triage } from '../../src/policy/triage.ts';
import { answers } from './triage-cases.ts';

function verdict(known: Partial<TriageAnswers>): string {
  const { scope, route, responsible, severity, target } = triage(answers(known));
  return [scope, route, responsible, severity, target].join(' | ');
}

const outage = { environment: 'production', symptom: 'inaccessible' } as const;

describe('situations', () => {
  it.each<[string, Partial<TriageAnswers>, string]>([
    [
      'production down, recovery did nothing',
      { ...outage, selfServiceRecoveryTried: true },
      'supported | ticket | mendix | critical | <2 office hours',
    ],
    [
      'production down, recovery not tried',
      { ...outage, selfServiceRecoveryTried: false },
      'supported | self_service_recovery_first | mendix | critical | <2 office hours',
    ],
    [
      'production down through the own DNS',
      { ...outage, faultLocation: 'customer-network' },
      'unsupported | customer_network_fix | customer |  | ',
    ],
    [
      'production down, Azure has an outage',
      { ...outage, selfServiceRecoveryTried: true, faultLocation: 'azure' },
      'supported | ticket | microsoft | critical | <2 office hours',
    ],
    [
      'production down, app on 9.24',
      { ...outage, mendixVersion: '9.24' },
      'unsupported | upgrade_app | customer |  | ',
    ],
    [
      'test down',
      { ...outage, environment: 'test', selfServiceRecoveryTried: true },
      'supported | ticket | mendix | medium | next business day',
    ],
    [
      'initialization failed after pre-flight',
      { symptom: 'cluster-init-failed', preflightPassed: true },
      'supported | retry_first | mendix | high | <8 office hours',
    ],
    [
      'initialization failed again',
      { symptom: 'cluster-init-failed', preflightPassed: true, retriesDone: true },
      'supported | auto_ticket_exists | mendix | high | <8 office hours',
    ],
    [
      'managed application deleted',
      { symptom: 'managed-app-deleted', environment: 'production', coreFunctionalityUnavailable: true },
      'supported | emergency_procedure_ticket | mendix | critical | <2 office hours',
    ],
    [
      'fix a vulnerability now',
      { symptom: 'security-fix', environment: 'production' },
      'unsupported | wait_for_update_cycle | mendix |  | ',
    ],
    [
      'a compliance question',
      { symptom: 'compliance-question' },
      'supported | ticket | mendix | low | reasonable effort',
    ],
    [
      'open a port to the data lake',
      { symptom: 'connectivity-setup', requestKind: 'change' },
      'self_service | connectivity_wizard | customer |  | ',
    ],
    [
      'a deployment fails somewhere',
      { symptom: 'deployment-fails' },
      'supported | ticket | mendix | medium | next business day',
    ],
    [
      'a new cluster cannot be created',
      { symptom: 'cannot-provision' },
      'supported | ticket | mendix | high | <8 office hours',
    ],
    ['nothing but a kind', { requestKind: 'change' }, 'unclear | ask_more |  |  | '],
    ['down, no word about where', { symptom: 'inaccessible' }, 'supported | ticket | mendix |  | '],
  ])('%s', (_situation, known, expected) => {
    expect(verdict(known)).toBe(expected);
  });
});

describe('what is asked', () => {
  it.each<[string, Partial<TriageAnswers>, string[]]>([
    ['what is wrong, then where, when nothing is known', {}, ['symptom', 'environment']],
    ['what is wrong, when only the environment is known', { environment: 'production' }, ['symptom']],
    ['recovery before everything else', { symptom: 'inaccessible' }, ['selfServiceRecoveryTried', 'environment']],
    [
      'recovery, then whether changes are blocked',
      { environment: 'production', symptom: 'severely-impaired' },
      ['selfServiceRecoveryTried', 'canMakeChanges'],
    ],
    [
      'where the fault lies, in an outage that recovery did not mend',
      { ...outage, selfServiceRecoveryTried: true },
      ['faultLocation'],
    ],
    [
      'nothing, when nobody knows where the fault lies',
      { ...outage, selfServiceRecoveryTried: true, faultLocation: 'unknown' },
      [],
    ],
    ['whether pre-flight passed', { symptom: 'cluster-init-failed' }, ['preflightPassed']],
    ['whether it was retried', { symptom: 'cluster-init-failed', preflightPassed: true }, ['retriesDone']],
    [
      'the version and the place, when a deployment fails',
      { symptom: 'deployment-fails' },
      ['mendixVersion', 'faultLocation'],
    ],
    [
      'what still works, after an accident',
      { symptom: 'managed-app-deleted', environment: 'production' },
      ['coreFunctionalityUnavailable'],
    ],
    ['the environment, after an accident', { symptom: 'backup-storage-deleted' }, ['environment']],
    ['whether the API is broken', { symptom: 'kubernetes-api-unavailable' }, ['faultLocation']],
    ['nothing, for a question', { symptom: 'general-question' }, []],
    ['nothing, for what people do themselves', { symptom: 'connectivity-setup' }, []],
    ['nothing, when the app is too old', { ...outage, mendixVersion: '9.24' }, []],
  ])('%s', (_case, known, expected) => {
    expect(triage(answers(known)).ask).toEqual(expected);
  });

  it('asks only unknown facts of which some value changes the verdict, at most two', () => {
    const anyAnswers = fc.record(
      Object.fromEntries(
        answerKeys.map((key) => {
          const values = answerValues[key];
          return [key, fc.constantFrom(null, ...(values === 'version' ? ['9.24', '10.10'] : values))];
        }),
      ),
    );
    fc.assert(
      fc.property(anyAnswers, (known) => {
        const start: TriageAnswers = { ...noAnswers, ...known };
        const { ask } = triage(start);
        const now = verdict(start);

        expect(ask.length).toBeLessThanOrEqual(2);
        for (const key of ask) {
          const values = answerValues[key];
          const tried = values === 'version' ? ['9.24', '10.10'] : values;
          expect(start[key]).toBeNull();
          expect(tried.map((value) => verdict({ ...start, [key]: value })).some((then) => then !== now)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('grounds', () => {
  it('lists scope, severity and target in the order in which they decided', () => {
    const { because } = triage(answers({ ...outage, selfServiceRecoveryTried: true }));

    expect(because.map((ground) => ground.row)).toEqual(['scope 21', 'severity 1', 'response-target 1']);
  });

  it.each<[string, Partial<TriageAnswers>]>([
    ['is not supported', { symptom: 'firewall' }],
    ['has no severity yet', { symptom: 'inaccessible' }],
  ])('lists the scope only when the case %s', (_case, known) => {
    const { because, severity, target } = triage(answers(known));

    expect(because.map((ground) => ground.row)).toEqual([expect.stringMatching(/^scope/)]);
    expect([severity, target]).toEqual([null, null]);
  });

  it('says what would change it, from what is unknown and from what was said', () => {
    const { wouldChange } = triage(answers({ ...outage, selfServiceRecoveryTried: true }));

    expect(wouldChange).toEqual([
      {
        key: 'faultLocation',
        value: 'customer-network',
        text: 'It would be yours to fix in your own network if the fault lies in your own network or DNS.',
      },
      {
        key: 'symptom',
        value: 'cannot-modify-cluster',
        text: 'It would be High if production still worked and only changes were blocked.',
      },
    ]);
  });

  it.each<[Partial<TriageAnswers>, string]>([
    [
      { symptom: 'deployment-fails' },
      'It would be not supported until the app is upgraded if the app is older than Mendix 10.10.',
    ],
    [
      { environment: 'production', symptom: 'severely-impaired', selfServiceRecoveryTried: true },
      'It would be Critical if changes are blocked as well.',
    ],
    [
      { environment: 'test', symptom: 'inaccessible', selfServiceRecoveryTried: true, faultLocation: 'unknown' },
      'It would be Critical if it were about production.',
    ],
    [
      { symptom: 'cluster-init-failed', preflightPassed: false },
      'It would be a retry first if the pre-flight checks passed.',
    ],
  ])('says it for %j', (known, text) => {
    expect(triage(answers(known)).wouldChange.map((change) => change.text)).toContain(text);
  });

  it('names no possibility of many while it is unclear', () => {
    expect(triage(noAnswers).wouldChange).toEqual([]);
  });

  it('says what to do next and which tables decided', () => {
    const { next, tablesVersion } = triage(answers({ symptom: 'firewall' }));

    expect(next).toContain('Azure portal');
    expect(tablesVersion).toMatch(/^[0-9a-f]{12}$/);
  });
});

it('survives a round trip through JSON, as the state of a case does', () => {
  const before = triage(answers(outage));

  expect(JSON.parse(JSON.stringify(before))).toEqual(before);
});
