/** More than one yes: N of M, a second group, one human who counts once, and a freeze that asks for one more. */
import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import { type ApprovalRule, defaultRule } from '../../src/policy/approval-rule.ts';
import {
  atApproval,
  atPlan,
  begins,
  cardOf,
  type Case,
  connectAt,
  directory,
  effectsOf,
  messageOf,
  people,
  person,
  whereIs,
} from './cases.ts';

const staff = [
  ...people,
  person('sue', 'Sue Security', 'approver:security'),
  person('sid', 'Sid Security', 'approver:security'),
];

function ruled(rule: Partial<ApprovalRule>, more: Partial<Directory> = {}): Directory {
  return { ...directory, people: staff, approvalRules: [{ ...defaultRule, ...rule }], ...more };
}

const two = ruled({ count: 2 });
const withSecurity = ruled({ second: { group: 'security', rotation: null, count: 1 } });

function progress(the: Case): string {
  return cardOf(the.last, 'approval').progress;
}

describe('a plan that needs two', () => {
  it('asks the person on call and the next one, by mention', () => {
    const the = atApproval({ directory: two });

    expect(messageOf(the.last, 'approval').mention).toEqual(['anna', 'ben']);
    expect(cardOf(the.last, 'approval').why).toMatch(/^Anna Approver is asked because .*Also asked: Ben Approver\.$/);
    expect(progress(the)).toBe('0 of 2 have said yes. Still needed: two with the role approver.');
  });

  it('is approved by the second yes, and shows the progress in between to everybody', () => {
    const the = atApproval({ directory: two });

    the.click('anna', 'approve');
    expect(the.last.reply.outcome).toBe('done');
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    expect(progress(the)).toBe(
      '1 of 2 has said yes: Anna Approver (Mon 10:00). Still needed: one with the role approver.',
    );
    expect(cardOf(the.last, 'connect-status').text).toContain('Anna Approver said yes; more are needed.');
    the.later(5);
    the.click('ben', 'approve');

    expect(cardOf(the.last, 'approval').decided).toContain(
      'Decided Mon 2 Mar 10:05 (Europe/Amsterdam): approved by Anna Approver and Ben Approver.',
    );
    expect(effectsOf(the.last, 'apply-plan')).toHaveLength(1);
    expect(the.last.projections).toMatchObject([{ type: 'approval-decided', status: 'approved', by: 'ben' }]);
  });

  it('counts one person once', () => {
    const the = atApproval({ directory: two });
    the.click('anna', 'approve');

    the.click('anna', 'approve');

    expect(the.last.reply).toMatchObject({
      outcome: 'already-decided',
      because: expect.stringMatching(/^You have approved this already.*1 of 2 has said yes/),
    });
    expect(the.last.effects).toEqual([]);
    connectAt(the, 'awaiting-approval');
  });

  it('counts one human once who stands in the settings twice', () => {
    const twin = { ...person('anna-2', 'Anna Again', 'approver'), email: 'Anna@Example.com' };
    const the = atApproval({ directory: { ...two, people: [...staff, twin] } });
    the.click('anna', 'approve');

    the.click('anna-2', 'approve');

    expect(the.last.reply.outcome).toBe('already-decided');
    connectAt(the, 'awaiting-approval');
  });

  it('is ended by one no, also by somebody who said yes before', () => {
    const the = atApproval({ directory: two });
    the.click('anna', 'approve');

    the.click('anna', 'reject', { reason: 'I misread it' });

    expect(connectAt(the, 'closed').because).toBe('Anna Approver rejected the plan: “I misread it”.');
  });

  it('does not count the yes of somebody who has lost the role since', () => {
    const the = atApproval({ directory: two });
    the.click('anna', 'approve');
    the.settings({
      people: [
        ...staff.filter(({ id }) => id !== 'anna'),
        person('anna', 'Anna Approver', 'support'),
        person('cem', 'Cem', 'approver'),
      ],
    });

    the.click('ben', 'approve');

    expect(whereIs(the.state)).toBe('connect/awaiting-approval');
    expect(progress(the)).toBe(
      '1 of 2 has said yes: Ben Approver (Mon 10:00). Still needed: one with the role approver.',
    );
    the.click('cem', 'approve');
    expect(cardOf(the.last, 'approval').decided).toContain('approved by Ben Approver and Cem');
  });

  it('is not asked for when there are not enough people besides the requester', () => {
    const the = atPlan({ directory: ruled({ count: 3 }) });

    the.click('rosa', 'ask-approval');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(/needs a yes from 3 people.*Ask Ada Admin/),
    });
  });
});

describe('a plan that needs a second group', () => {
  it('asks both, and says who is still needed', () => {
    const the = atApproval({ directory: withSecurity });

    expect(messageOf(the.last, 'approval').mention).toEqual(['anna', 'sue', 'sid']);
    the.click('sue', 'approve');
    expect(progress(the)).toBe(
      '1 of 2 has said yes: Sue Security (Mon 10:00). Still needed: one with the role approver.',
    );
    the.click('sid', 'approve');
    expect(the.last.reply).toMatchObject({
      outcome: 'already-decided',
      because: expect.stringContaining('Enough people with your role have approved this'),
    });
    the.click('ben', 'approve');

    expect(whereIs(the.state)).toBe('connect/approved');
  });

  it.each(['anna', 'sue'])('is ended by one no of either (%s)', (who) => {
    const the = atApproval({ directory: withSecurity });

    the.click(who, 'reject');

    connectAt(the, 'closed');
  });
});

describe('a freeze that asks for one more', () => {
  const freeze = {
    id: 'F-1',
    by: 'ada',
    at: '2026-03-01T00:00:00.000Z',
    reason: 'quarterly upgrade',
    environments: null,
    mode: 'second-approval' as const,
    from: '2026-03-01T00:00:00.000Z',
    until: '2026-03-06T17:00:00.000Z',
  };

  it('says so with its reason, and needs two', () => {
    const the = atPlan();
    the.facts({ adHocFreezes: [freeze] });

    the.click('rosa', 'ask-approval');
    expect(cardOf(the.last, 'approval')).toMatchObject({
      freeze:
        'There is a freeze until 2026-03-06 18:00 (Europe/Amsterdam): quarterly upgrade, ordered by Ada Admin. So one more person has to say yes.',
      progress: '0 of 2 have said yes. Still needed: two with the role approver.',
    });
    the.click('anna', 'approve');
    connectAt(the, 'awaiting-approval');
    the.click('ben', 'approve');

    expect(connectAt(the, 'approved').hold).toBeNull();
    begins(the);
    connectAt(the, 'applying');
  });

  it('asks for one more also when it began after the request', () => {
    const the = atApproval();
    the.facts({ adHocFreezes: [freeze] });

    the.click('anna', 'approve');

    connectAt(the, 'awaiting-approval');
    expect(progress(the)).toContain('Still needed: one with the role approver');
  });

  it('needs no more than usual when it is over by then', () => {
    const the = atPlan();
    the.facts({ adHocFreezes: [freeze] });
    the.click('rosa', 'ask-approval');
    the.facts({ adHocFreezes: [] });

    the.click('anna', 'approve');

    connectAt(the, 'approved');
  });

  it('holds up what was approved by one before it began', () => {
    const the = atApproval();
    the.click('anna', 'approve');
    the.facts({ adHocFreezes: [freeze] });

    begins(the);

    expect(the.last.reply.outcome).toBe('refused');
    expect(connectAt(the, 'approved').hold).toMatchObject({ until: '2026-03-06T17:00:00.000Z' });
    expect(connectAt(the, 'approved').hold?.why).toContain('It asks for one more yes than was given before it began.');
  });
});
