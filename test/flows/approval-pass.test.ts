/** Others on call: handed over, reminded, asked because nobody decided in time. */
import { describe, expect, it } from 'vitest';
import { defaultRule } from '../../src/policy/approval-rule.ts';
import {
  atApproval,
  atWork,
  cardOf,
  type Case,
  connectAt,
  directory,
  effectsOf,
  messageOf,
  messages,
  onCallRoom,
  people,
  person,
} from './cases.ts';

const cem = person('cem', 'Cem Approver', 'approver');
const rotation =
  directory.rotation === null
    ? null
    : { ...directory.rotation, people: ['anna', 'sam', 'ben', 'rosa', 'cem'], start: '2026-03-02T09:00' };
/** Anna is on call; after her come Sam, who may not decide, Ben, Rosa, who asks, and Cem. */
const five = { ...directory, people: [...people, cem], rotation };

function rings(the: Case, name: 'approval-reminder' | 'approval-escalation'): void {
  the.happen({ type: 'timer', name, about: 'C-1/plan-4/approval' });
}

describe('handing over', () => {
  it('asks the next one on call who may decide, by a new message, and says so on the card', () => {
    const the = atApproval({ directory: five });

    the.click('anna', 'hand-over');

    expect(messageOf(the.last, 'approval-passed')).toMatchObject({ to: onCallRoom, mention: ['ben'] });
    expect(messageOf(the.last, 'approval-passed').content.text).toMatch(
      /^Anna Approver handed this decision over to you: 5 changes in 2 subscriptions for mendix-prod\. It expires Mon 12:00/,
    );
    expect(cardOf(the.last, 'approval').why).toBe(
      'Anna Approver handed it over to Ben Approver Mon 10:00 (Europe/Amsterdam).',
    );
    expect(cardOf(the.last, 'connect-status').text).toContain('Ben Approver was asked');
    expect(connectAt(the, 'awaiting-approval').approval).toMatchObject({ asked: 'ben', told: ['ben'] });
  });

  it('goes on to the one after, and no further than there are people', () => {
    const the = atApproval({ directory: five });
    the.click('anna', 'hand-over');
    the.click('ben', 'hand-over');
    expect(messageOf(the.last, 'approval-passed').mention).toEqual(['cem']);

    the.click('cem', 'hand-over');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Who may decide: Anna Approver and Ben Approver.'),
    });
    expect(the.last.effects).toEqual([]);
  });

  it('is refused when nobody else may decide', () => {
    const the = atApproval({
      directory: { ...five, people: five.people.filter(({ id }) => id !== 'ben' && id !== 'cem') },
    });

    the.click('anna', 'hand-over');

    expect(the.last.reply.because).toContain('Nobody else may decide about this');
  });

  it('leaves the right to decide with whoever handed it over', () => {
    const the = atApproval({ directory: five });
    the.click('anna', 'hand-over');

    the.say('anna', 'approve');

    connectAt(the, 'approved');
  });

  it('can be typed, by those who may decide only', () => {
    const the = atApproval({ directory: five });
    the.say('rosa', 'hand over');
    expect(the.last.reply.outcome).toBe('refused');

    the.say('anna', 'hand it over', { ...onCallRoom, thread: 't2' });

    expect(connectAt(the, 'awaiting-approval').approval.asked).toBe('ben');
  });
});

describe('when nobody decides', () => {
  it('asks the next one on call as well, and goes on asking the first', () => {
    const the = atApproval({ directory: five });
    the.later(90);

    rings(the, 'approval-escalation');

    expect(messageOf(the.last, 'approval-passed')).toMatchObject({ mention: ['ben'] });
    expect(cardOf(the.last, 'approval').why).toMatch(
      /^Anna Approver is asked because they are on call .* Nobody had decided by Mon 11:30 .*, so Ben Approver is asked as well, as the next on call\.$/,
    );
    expect(connectAt(the, 'awaiting-approval').approval.told).toEqual(['anna', 'ben']);
    rings(the, 'approval-reminder');
    expect(messageOf(the.last, 'approval-reminder').mention).toEqual(['anna', 'ben']);
  });

  it('asks everybody who may when nobody else comes on call', () => {
    const the = atApproval({
      directory: { ...five, rotation: rotation === null ? null : { ...rotation, people: ['anna'] } },
    });

    rings(the, 'approval-escalation');

    expect(messageOf(the.last, 'approval-escalation').mention).toEqual(['anna', 'ben', 'cem']);
  });

  it.each(['approval-reminder', 'approval-escalation'] as const)('is quiet after the decision (%s)', (name) => {
    const the = atWork({ directory: five });

    rings(the, name);

    expect(the.last.effects).toEqual([]);
  });

  it('keeps to the times of the rule', () => {
    const rule = {
      ...defaultRule,
      environments: ['mendix-prod'],
      expiryMinutes: 60,
      remindMinutes: 10,
      escalateMinutes: 20,
    };
    const the = atApproval({ directory: { ...five, approvalRules: [rule] } });

    expect(effectsOf(the.last, 'timer').map(({ dueAt }) => dueAt)).toEqual([
      '2026-03-02T09:10:00.000Z',
      '2026-03-02T09:20:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
    the.later(60);
    the.click('anna', 'approve');
    expect(the.last.reply.outcome).toBe('stale');
    connectAt(the, 'closed');
  });

  it('reminds nobody whose yes is there already', () => {
    const the = atApproval({ directory: { ...five, approvalRules: [{ ...defaultRule, count: 2 }] } });
    the.click('anna', 'approve');

    rings(the, 'approval-reminder');

    expect(messageOf(the.last, 'approval-reminder').mention).toEqual(['ben']);
    expect(messages(the.last)).toHaveLength(1);
  });
});
