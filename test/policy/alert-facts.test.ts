import { describe, expect, it } from 'vitest';
import {
  alertSeverities,
  alertSeverityText,
  kindOfEnvironment,
  proposedFacts,
  urgencyOf,
} from '../../src/policy/alert-facts.ts';

const environment = { name: 'mendix-prod' };

describe('what an alert proposes', () => {
  it('by its severity, where its words say nothing', () => {
    const words = 'CPU above 90 %';
    const proposed = alertSeverities.map((severity) => [
      alertSeverityText(severity),
      urgencyOf(severity),
      proposedFacts({ severity, words, environment }).symptom,
    ]);

    expect(proposed).toEqual([
      ['Sev0 (Critical)', 'critical', 'inaccessible'],
      ['Sev1 (Error)', 'high', 'severely-impaired'],
      ['Sev2 (Warning)', 'medium', 'moderate-impact'],
      ['Sev3 (Informational)', 'low', 'minor-degradation'],
      ['Sev4 (Verbose)', 'low', null],
    ]);
  });

  it('by its words first', () => {
    const facts = proposedFacts({
      severity: 'Sev4',
      words: 'Cluster initialization failed after retries',
      environment,
    });

    expect(facts).toMatchObject({ symptom: 'cluster-init-failed', preflightPassed: true, retriesDone: true });
    expect(facts).toMatchObject({ environment: 'production', requestKind: 'problem', selfServiceRecoveryTried: null });
  });

  it.each([
    [{ name: 'mendix-prod' }, 'production'],
    [{ name: 'mendix-nonprod' }, null],
    [{ name: 'mendix-preprod' }, 'acceptance'],
    [{ name: 'mendix-uat' }, 'acceptance'],
    [{ name: 'mendix-tst' }, 'test'],
    [{ name: 'mendix-dev' }, 'development'],
    [{ name: 'mendix-pilot' }, null],
    [{ name: 'mendix-pilot', production: true }, 'production'],
    [{ name: 'prod-copy', production: false }, null],
  ])('%j is %s', (known, kind) => {
    expect(kindOfEnvironment(known)).toBe(kind);
  });
});
