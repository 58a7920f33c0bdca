import { describe, expect, it } from 'vitest';
import wordsJson from '../../src/policy/tables/verdict-words.json' with { type: 'json' };
import type { Responsible, Route } from '../../src/policy/scope.ts';
import type { Severity } from '../../src/policy/severity.ts';
import { doneOf, headlineText, nextText, readVerdictWords, wouldBeText } from '../../src/policy/verdict-words.ts';
import { answers } from './triage-cases.ts';

describe('the headline of a verdict', () => {
  it.each<[Route, Responsible | null, Severity | null, string]>([
    ['ticket', 'mendix', 'critical', 'Supported. Mendix Support. Critical.'],
    ['ticket', 'microsoft', 'high', 'Supported. Microsoft through Mendix Support. High.'],
    ['ticket', 'mendix', null, 'Supported. Mendix Support.'],
    ['retry_first', 'mendix', 'high', 'Supported. First, retry the initialization yourself. High.'],
    ['wait_for_update_cycle', 'mendix', null, 'Mendix brings this by itself, with the next updates.'],
  ])('of %s by %s, %s, is “%4$s”', (route, responsible, severity, headline) => {
    expect(headlineText({ route, responsible, severity }, answers({}))).toBe(headline);
  });
});

describe('the next door', () => {
  it.each([
    ['snapshot-restore', 'Mendix on Kubernetes portal'],
    ['self-service-setting', 'Mendix on Azure portal'],
    ['data-migration', 'Expert Services'],
  ] as const)('of the portal leads, for %s, to the right one: %s', (symptom, words) => {
    expect(nextText('self_service_portal', answers({ symptom }))).toContain(words);
  });

  it('is said in general where no row says it more precisely', () => {
    expect(nextText('self_service_portal', answers({}))).toBe(wordsJson.routes.self_service_portal.next);
  });

  it('says what follows when somebody has done what was to be done first', () => {
    expect(doneOf('self_service_recovery_first')?.answers).toEqual({ selfServiceRecoveryTried: true });
    expect(doneOf('upgrade_app')?.answers).toEqual({ mendixVersion: null });
    expect(doneOf('ticket')).toBeNull();
  });
});

it('completes “It would be … if …”', () => {
  expect(wouldBeText('customer_network_fix')).toBe('yours to fix in your own network');
});

describe('a table of words that cannot be right is refused', () => {
  const { routes, rows } = wordsJson;

  it.each([
    ['a way without words', { ...wordsJson, routes: { ...routes, ticket: undefined } }, 'routes.ticket'],
    [
      'an answer that there is not',
      {
        ...wordsJson,
        routes: {
          ...routes,
          ticket: { ...routes.ticket, done: { button: 'Done', answers: { symptom: 'bad weather' } } },
        },
      },
      'bad weather',
    ],
    ['a door to nowhere', { ...wordsJson, rows: [{ ...rows[0], route: 'the_moon' }] }, 'row 1, route'],
    ['a number used twice', { ...wordsJson, rows: [rows[0], rows[0]] }, 'row 2'],
  ])('%s', (_what, json, problem) => {
    expect(() => readVerdictWords(json)).toThrow(problem);
  });
});
