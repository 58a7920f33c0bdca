/** What is to be done before the desk is asked: asked only when it matters, and whoever has done it goes on from there. */
import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/flows/event.ts';
import { cardOf, type Case, judgedBy, messageOf, openCase, supportAt } from './cases.ts';

function begun(): Case {
  const the = openCase();
  the.say('rosa', 'bananas');
  the.click('rosa', 'start-support');
  return the;
}

function asked(the: Case): string[] {
  return cardOf(the.last, 'triage')
    .asks.filter((ask) => !ask.known)
    .map((ask) => ask.id);
}

describe('the first gates', () => {
  it.each<[Inputs, string[]]>([
    [{ symptom: 'inaccessible', environment: 'production' }, ['selfServiceRecoveryTried', 'faultLocation']],
    [{ symptom: 'moderate-impact', environment: 'test' }, ['selfServiceRecoveryTried', 'faultLocation']],
    [{ symptom: 'cluster-init-failed' }, ['preflightPassed']],
    [{ symptom: 'cluster-init-failed', preflightPassed: 'true' }, ['retriesDone']],
  ])('on %o ask %j', (answers, questions) => {
    const the = begun();

    the.click('rosa', 'triage-continue', answers);

    expect(asked(the)).toEqual(expect.arrayContaining(questions));
    expect(asked(the).length).toBeLessThanOrEqual(2);
  });

  it('ask for the version when an app cannot be deployed', () => {
    const the = begun();

    the.click('rosa', 'triage-continue', { symptom: 'deployment-fails', environment: 'test' });

    expect(asked(the)).toContain('mendixVersion');
  });

  it.each<Inputs>([
    { symptom: 'cosmetic', environment: 'production' },
    { symptom: 'self-service-setting' },
    { symptom: 'security-fix' },
    { symptom: 'cannot-provision' },
  ])('do not ask on %o, where they change nothing', (answers) => {
    const the = begun();

    the.click('rosa', 'triage-continue', answers);

    supportAt(the, 'judged');
  });

  it('are not asked a second time when they are left open', () => {
    const the = begun();
    the.click('rosa', 'triage-continue', { symptom: 'inaccessible', environment: 'production' });

    the.click('rosa', 'triage-continue');

    supportAt(the, 'judged');
  });
});

describe('whoever has done what was asked', () => {
  it.each<[string, Inputs, string, string]>([
    [
      'tried the recovery',
      { symptom: 'inaccessible', environment: 'production', selfServiceRecoveryTried: 'false' },
      'I tried it; it did not help',
      'ticket',
    ],
    [
      'retried',
      { symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'false' },
      'I retried; it failed again',
      'auto_ticket_exists',
    ],
    [
      'found the app in order',
      { symptom: 'inaccessible', environment: 'test', faultLocation: 'app', selfServiceRecoveryTried: 'true' },
      'The app is in order',
      'ticket',
    ],
    [
      'found the network in order',
      {
        symptom: 'inaccessible',
        environment: 'test',
        faultLocation: 'customer-network',
        selfServiceRecoveryTried: 'true',
      },
      'Our network is in order',
      'ticket',
    ],
  ])('%s: goes on from there', (_what, answers, button, route) => {
    const the = judgedBy(answers);
    expect(cardOf(the.last, 'verdict').doneButton).toBe(button);

    the.click('rosa', 'did-that');

    expect(supportAt(the, 'judged').verdict.route).toBe(route);
    expect(the.last.reply.outcome).toBe('done');
  });

  it('passed the checks: is asked about the retries next', () => {
    const the = judgedBy({ symptom: 'preflight-failed' });

    the.click('rosa', 'did-that');

    expect(asked(the)).toEqual(['retriesDone']);
    the.click('rosa', 'triage-continue', { retriesDone: 'false' });
    expect(supportAt(the, 'judged').verdict.route).toBe('retry_first');
  });

  it('upgraded the app: is asked for the version next, since nobody knows it yet', () => {
    const the = judgedBy({ symptom: 'deployment-fails', environment: 'test', mendixVersion: '10.6' });

    the.click('rosa', 'did-that');

    expect(asked(the)).toContain('mendixVersion');
    the.click('rosa', 'triage-continue', { mendixVersion: '10.12' });
    expect(supportAt(the, 'judged').verdict.route).toBe('ticket');
  });

  it('may say so in their own words', () => {
    const the = judgedBy({ symptom: 'inaccessible', environment: 'production', selfServiceRecoveryTried: 'false' });

    the.say('ben', 'we tried the recovery and it did not help');
    expect(supportAt(the, 'judged').verdict.route).toBe('self_service_recovery_first');
    the.say('rosa', 'we tried the recovery and it did not help');

    expect(supportAt(the, 'judged').verdict.route).toBe('ticket');
  });

  it('may write what stands on the button', () => {
    const the = judgedBy({ symptom: 'cosmetic', environment: 'test', faultLocation: 'app' });

    the.say('rosa', 'the app is in order');

    expect(supportAt(the, 'judged').verdict.route).toBe('ticket');
  });

  it('is told that nothing waits for it where nothing does', () => {
    const the = judgedBy({ symptom: 'cosmetic' });

    the.click('rosa', 'did-that');

    expect(the.last.reply.outcome).toBe('stale');
  });
});

it('a ticket that the service opened is said how to find, and another one can be prepared if it is not there', () => {
  const the = judgedBy({ symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'true' });

  const card = cardOf(the.last, 'verdict');
  expect(card.next).toMatch(/Support Center.*Go to ticket/);
  expect(card.due).toMatch(/^From when that ticket was opened: first answer in less than 8 office hours/);
  expect(card.ticketButton).toBe('I cannot find it: prepare one');
  the.click('rosa', 'preview-ticket');
  expect(messageOf(the.last, 'support').verbs).toContain('open-ticket');
});
