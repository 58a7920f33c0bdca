/** A stop and a freeze: nothing is written meanwhile, and everybody reads who, why and until when. */
import { describe, expect, it } from 'vitest';
import type { StopSwitch } from '../../src/flows/control-state.ts';
import {
  atApproval,
  atApproved,
  atPlan,
  atWork,
  cardOf,
  type Case,
  connectAt,
  effectsOf,
  messageOf,
  team,
  whereIs,
} from './cases.ts';

const planId = 'C-1/plan-4';
const stop: StopSwitch = { by: 'ada', at: '2026-03-02T08:50:00.000Z', reason: 'a network outage' };
const freeze = {
  id: 'F-1',
  by: 'ada',
  at: '2026-03-01T00:00:00.000Z',
  reason: 'year end',
  environments: ['mendix-prod'],
  mode: 'wait' as const,
  from: '2026-03-02T09:00:00.000Z',
  until: '2026-03-06T17:00:00.000Z',
};

function askBegin(the: Case): Case['last'] {
  return the.happen({ type: 'plan-begins', planId });
}

describe('the stop switch', () => {
  it('lets nobody say yes, and says who pulled it and why; a no still works', () => {
    const the = atApproval();
    the.facts({ stop });

    the.click('anna', 'approve');
    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(
        /Ada Admin stopped all changes Mon 2 Mar 09:50 .*: a network outage\. Ada Admin can lift it/,
      ),
    });
    connectAt(the, 'awaiting-approval');
    the.click('anna', 'reject');

    connectAt(the, 'closed');
  });

  it('lets a request be withdrawn', () => {
    const the = atApproval();
    the.facts({ stop });

    the.click('rosa', 'withdraw');

    connectAt(the, 'closed');
  });

  it('pulled after the yes: nothing is written, the requester reads why and tries again when it is over', () => {
    const the = atApproved();
    the.facts({ stop });

    expect(askBegin(the).reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Ada Admin stopped'),
    });
    expect(messageOf(the.last, 'held')).toMatchObject({ to: team, mention: ['rosa'] });
    expect(cardOf(the.last, 'connect-status')).toMatchObject({
      headline: 'Approved, but held up',
      text: expect.stringMatching(/Nothing is written yet\. Ada Admin stopped all changes .*: a network outage/),
    });
    expect(messageOf(the.last, 'connect').verbs).toEqual(['retry', 'withdraw']);
    the.happen({ type: 'plan-finished', planId, outcome: { kind: 'not-begun' } });

    the.click('rosa', 'retry');
    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('a network outage') });
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    the.facts({ stop: null });
    the.click('rosa', 'retry');

    expect(effectsOf(the.last, 'apply-plan')).toEqual([{ kind: 'work', type: 'apply-plan', planId }]);
    expect(askBegin(the).reply.outcome).toBe('done');
  });

  it('keeps a plan that stopped on the way from being tried again', () => {
    const the = atWork();
    the.happen({
      type: 'plan-finished',
      planId,
      outcome: { kind: 'failed', step: '', code: 'Stopped', because: 'All changes are stopped.', wayOut: 'Wait.' },
    });
    the.facts({ stop });

    the.click('rosa', 'retry');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('a network outage') });
    connectAt(the, 'failed');
  });
});

describe('a freeze in which plans wait', () => {
  it('is said on the card before the yes, with its end', () => {
    const the = atPlan();
    the.facts({ adHocFreezes: [freeze] });

    the.click('rosa', 'ask-approval');

    expect(cardOf(the.last, 'approval').freeze).toBe(
      'There is a freeze until 2026-03-06 18:00 (Europe/Amsterdam): year end, ordered by Ada Admin. After a yes the plan waits until 2026-03-06 18:00 (Europe/Amsterdam).',
    );
  });

  it('lets the yes be given, and the work begin when it is over', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [freeze] });

    the.click('anna', 'approve');
    expect(effectsOf(the.last, 'apply-plan')).toEqual([
      { kind: 'work', type: 'apply-plan', planId, dueAt: '2026-03-06T17:00:00.000Z' },
    ]);
    expect(cardOf(the.last, 'connect-status').headline).toBe('Approved; it begins 2026-03-06 18:00 (Europe/Amsterdam)');
    expect(messageOf(the.last, 'approval').verbs).toEqual(['withdraw']);
    the.later(4 * 24 * 60 + 8 * 60);

    expect(askBegin(the).reply.outcome).toBe('done');
    connectAt(the, 'applying');
  });

  it('that began after the yes issues the work anew, for its end', () => {
    const the = atApproved();
    the.facts({ adHocFreezes: [freeze] });

    expect(askBegin(the).reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('year end') });
    expect(effectsOf(the.last, 'apply-plan')).toMatchObject([{ dueAt: '2026-03-06T17:00:00.000Z' }]);
    expect(messageOf(the.last, 'held').mention).toEqual(['rosa']);
  });

  it('without an end is waited for by itself as well, and looked at again every day', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [{ ...freeze, until: null }] });

    the.click('anna', 'approve');
    expect(effectsOf(the.last, 'apply-plan')).toMatchObject([{ dueAt: '2026-03-03T09:00:00.000Z' }]);
    expect(messageOf(the.last, 'connect').verbs).toEqual(['withdraw']);
    expect(cardOf(the.last, 'connect-status').text).toContain('It begins by itself when that is over.');
    the.later(24 * 60);
    expect(askBegin(the).reply.outcome).toBe('refused');
    expect(effectsOf(the.last, 'apply-plan')).toMatchObject([{ dueAt: '2026-03-04T09:00:00.000Z' }]);
    the.facts({ adHocFreezes: [] });
    the.say('rosa', 'try again');

    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    expect(the.last.projections).toContainEqual({ type: 'plan-brought-forward' });
  });

  it('that was lifted early brings forward what waits, when somebody tries again: there is no second work', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [freeze] });
    the.click('anna', 'approve');
    the.facts({ adHocFreezes: [] });

    the.say('rosa', 'try again');

    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    expect(the.last.projections).toContainEqual({ type: 'plan-brought-forward' });
    expect(connectAt(the, 'approved').hold).toBeNull();
  });

  it('keeps a plan that stopped on the way from being tried again', () => {
    const the = atWork();
    const because = 'Azure did not answer.';
    the.happen({
      type: 'plan-finished',
      planId,
      outcome: { kind: 'failed', step: '', code: null, because, wayOut: 'Wait.' },
    });
    the.facts({ adHocFreezes: [freeze] });

    the.click('rosa', 'retry');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('year end') });
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    connectAt(the, 'failed');
  });

  it('can be withdrawn from, by the approver on their own card', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [freeze] });
    the.click('anna', 'approve');

    the.click('anna', 'withdraw');

    expect(connectAt(the, 'closed').why).toBe('withdrawn');
    the.later(5 * 24 * 60);
    expect(askBegin(the).reply.outcome).toBe('refused');
  });

  it('is not passed over by trying again', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [freeze] });
    the.click('anna', 'approve');

    the.say('rosa', 'try again');

    expect(the.last.reply.outcome).toBe('refused');
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
  });

  it('of another environment holds nothing up', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [{ ...freeze, environments: ['payroll'] }] });

    the.click('anna', 'approve');

    expect(connectAt(the, 'approved').hold).toBeNull();
  });

  it('does not start a second work while one is under way', () => {
    const the = atApproved();

    the.say('rosa', 'try again');

    expect(the.last.reply.outcome).toBe('stale');
    expect(whereIs(the.state)).toBe('connect/approved');
  });
});
