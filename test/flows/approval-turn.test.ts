/** A rule that lets only people on call say yes. */
import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import { defaultRule } from '../../src/policy/approval-rule.ts';
import { atApproval, connectAt, directory, people, person, whereIs } from './cases.ts';

const staff = [...people, person('cleo', 'Cleo Approver', 'approver')];
const strict: Directory = {
  ...directory,
  people: staff,
  approvalRules: [{ ...defaultRule, onCallOnly: true }],
};

describe('a rule for people on call only', () => {
  it('lets whoever is on call say yes', () => {
    const the = atApproval({ directory: strict });

    the.click('anna', 'approve');

    expect(the.last.reply.outcome).toBe('done');
    expect(whereIs(the.state)).toBe('connect/approved');
  });

  it('refuses the yes of an approver whose turn it is not, and says whose it is; their no counts', () => {
    const the = atApproval({ directory: strict });

    the.click('cleo', 'approve');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(
        /^Only whoever is on call may approve this: Anna Approver\. They can hand it over/,
      ),
    });
    expect(connectAt(the, 'awaiting-approval').approval.votes).toEqual([]);
    the.click('cleo', 'reject', { reason: 'not today' });
    expect(whereIs(the.state)).toBe('connect/closed');
  });

  it('lets whoever it was handed over to say yes', () => {
    const the = atApproval({ directory: strict });
    the.click('ben', 'approve');
    expect(the.last.reply.outcome).toBe('refused');

    the.click('anna', 'hand-over');
    the.click('ben', 'approve');

    expect(the.last.reply.outcome).toBe('done');
  });

  it('lets whoever comes on call meanwhile say yes', () => {
    const the = atApproval({ directory: strict });
    const { rotation } = directory;
    the.settings({ rotation: rotation === null ? null : { ...rotation, people: ['cleo'], overrides: [] } });

    the.click('cleo', 'approve');

    expect(the.last.reply.outcome).toBe('done');
  });

  it('lets everybody who may when nobody is on call', () => {
    const the = atApproval({ directory: { ...strict, rotation: null } });

    the.click('cleo', 'approve');

    expect(the.last.reply.outcome).toBe('done');
  });

  it('is not the usual one', () => {
    const the = atApproval({ directory: { ...strict, approvalRules: [defaultRule] } });

    the.click('cleo', 'approve');

    expect(the.last.reply.outcome).toBe('done');
  });
});
