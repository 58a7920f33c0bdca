/** Ask for a change: a question to whoever asked, without losing the plan. */
import { describe, expect, it } from 'vitest';
import { surveyOf } from '../plan/world.ts';
import { atApproval, cardOf, type Case, connectAt, messageOf, messages, onCallRoom, team } from './cases.ts';

const what = 'only orders, please';

function asked(options: Parameters<typeof atApproval>[0] = {}): Case {
  const the = atApproval(options);
  the.click('anna', 'ask-change', { reason: what });
  return the;
}

/** To the next plan, with other answers. */
function planAnew(the: Case): void {
  the.click('rosa', 'change-answers');
  the.click('rosa', 'connect-continue', { apps: 'orders, billing' });
  the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });
  the.click('rosa', 'use-peering');
}

describe('asking for a change', () => {
  it('asks the requester in their thread by mention, while the request waits as it is', () => {
    const the = asked();

    const question = messageOf(the.last, 'change');
    expect(question).toMatchObject({ to: team, mention: ['rosa'], verbs: ['change-answers', 'keep-plan'] });
    expect(cardOf(the.last, 'change-asked')).toMatchObject({
      headline: 'Anna Approver asks for a change',
      text: `Before deciding about 5 changes in 2 subscriptions for mendix-prod: “${what}”`,
    });
    expect(cardOf(the.last, 'approval').change).toBe(
      `Anna Approver asked for a change Mon 10:00 (Europe/Amsterdam): “${what}”.`,
    );
    expect(cardOf(the.last, 'connect-status').text).toContain('Anna Approver asked for a change; see below.');
    expect(the.last.projections).toEqual([]);
    the.click('ben', 'approve');
    connectAt(the, 'approved');
    expect(messageOf(the.last, 'change')).toMatchObject({ verbs: [] });
  });

  it('wants to know what', () => {
    const the = atApproval();

    the.click('anna', 'ask-change', { reason: '  ' });

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'reason' }] });
  });

  it.each(['rosa', 'sam', 'otto', 'nobody'])('is not for %s', (who) => {
    const the = atApproval();

    the.click(who, 'ask-change', { reason: what });

    expect(the.last.reply.outcome).toBe('refused');
    expect(the.last.effects).toEqual([]);
  });

  it('can be typed, and so can the answer', () => {
    const the = atApproval();

    the.say('anna', `ask for a change: ${what}`, { ...onCallRoom, thread: 't2' });
    expect(connectAt(the, 'awaiting-approval').approval.change).toMatchObject({ by: 'anna', what });
    the.say('rosa', 'keep it as it is because the others move next week');

    expect(connectAt(the, 'awaiting-approval').approval.change?.answer).toBe('the others move next week');
  });
});

describe('the answer “keep it as it is”', () => {
  it('is told to whoever asked, by mention, where they decide', () => {
    const the = asked();

    the.click('rosa', 'keep-plan', { reason: 'the others move next week.' });

    const told = messages(the.last).find(({ message }) => message.startsWith('approval-answer'));
    expect(told).toMatchObject({ to: onCallRoom, mention: ['anna'] });
    expect(told?.content.text).toMatch(
      /^Rosa Requester answers about mendix-prod: keep it as it is: “the others move next week”\. /,
    );
    expect(cardOf(the.last, 'approval').change).toMatch(
      /Rosa Requester answered: keep it as it is, “the others move next week”\.$/,
    );
    expect(messageOf(the.last, 'change')).toMatchObject({ verbs: [], mention: [] });
    connectAt(the, 'awaiting-approval');
  });

  it('is the requester’s alone, says why, and is given once', () => {
    const the = asked();
    the.click('ben', 'keep-plan', { reason: 'x' });
    expect(the.last.reply.outcome).toBe('refused');
    the.click('rosa', 'keep-plan', { reason: '' });
    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'reason' }] });
    the.click('rosa', 'keep-plan', { reason: 'x' });

    the.click('rosa', 'keep-plan', { reason: 'y' });

    expect(the.last.reply.outcome).toBe('stale');
  });
});

describe('the answer “change answers”', () => {
  it('ends the request, which cannot be decided any more', () => {
    const the = asked();

    the.click('rosa', 'change-answers');

    connectAt(the, 'asking');
    expect(the.last.projections).toContainEqual(
      expect.objectContaining({ type: 'approval-decided', status: 'voided', by: 'rosa', from: 'pending' }),
    );
    expect(cardOf(the.last, 'approval').decided).toMatch(/^Ended .*: Rosa Requester changes the answers/);
    expect(messageOf(the.last, 'approval').verbs).toEqual([]);
    the.click('anna', 'approve');
    expect(the.last.reply.outcome).toBe('already-decided');
  });

  it('leads to a plan that says what differs from the last one, and so does its approval card', () => {
    const the = asked();

    planAnew(the);
    const plan = cardOf(the.last, 'connect-plan');
    expect(plan.differences.join(' ')).toContain('billing');
    expect(plan.summary).toMatch(/^After this, /);
    the.click('rosa', 'ask-approval');

    expect(cardOf(the.last, 'approval').differences.join(' ')).toContain('billing');
    expect(messageOf(the.last, 'approval').message).not.toBe('approval-plan-4');
  });

  it('says so when the next plan writes the same', () => {
    const the = asked();
    the.click('rosa', 'change-answers');
    the.click('rosa', 'connect-continue');
    the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });
    the.click('rosa', 'use-peering');

    the.click('rosa', 'ask-approval');

    expect(cardOf(the.last, 'approval').differences).toEqual(['Nothing: it writes the same as the last one']);
  });

  it('of a rejected plan leads to the same comparison', () => {
    const the = atApproval();
    the.click('anna', 'reject', { reason: what });

    planAnew(the);

    expect(cardOf(the.last, 'connect-plan').differences.join(' ')).toContain('billing');
  });

  it('is not open while nobody asked for a change', () => {
    const the = atApproval();

    the.click('rosa', 'change-answers');

    expect(the.last.reply.outcome).toBe('stale');
  });
});

describe('a first plan', () => {
  it('is held against nothing', () => {
    const the = atApproval();

    expect(cardOf(the.last, 'approval').differences).toEqual([]);
  });
});
