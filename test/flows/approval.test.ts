import { describe, expect, it } from 'vitest';
import { surveyOf } from '../plan/world.ts';
import {
  atApproved,
  atApproval,
  begins,
  atPlan,
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
  team,
  whereIs,
} from './cases.ts';

const expired = 120;

function rings(the: Case, name: 'approval-reminder' | 'approval-expiry'): void {
  the.happen({ type: 'timer', name, about: 'C-1/plan-4/approval' });
}

describe('asking for an approval', () => {
  it('asks the person on call by mention, and sets the reminder and the end', () => {
    const { last } = atApproval();

    expect(messageOf(last, 'approval')).toMatchObject({
      to: onCallRoom,
      mention: ['anna'],
      verbs: ['approve', 'reject', 'ask-change', 'hand-over', 'show-text', 'show-az', 'show-bicep', 'show-terraform'],
    });
    expect(cardOf(last, 'approval').why).toMatch(
      /^Anna Approver is asked because they are on call .* until Mon 9 Mar 09:00/,
    );
    expect(effectsOf(last, 'timer').map(({ name, dueAt }) => [name, dueAt])).toEqual([
      ['approval-reminder', '2026-03-02T10:00:00.000Z'],
      ['approval-escalation', '2026-03-02T10:30:00.000Z'],
      ['approval-expiry', '2026-03-02T11:00:00.000Z'],
    ]);
    expect(cardOf(last, 'connect-status').text).toContain('I remind them Mon 11:00');
    expect(last.projections).toMatchObject([
      { type: 'approval-asked', requestedBy: 'rosa' },
      // What waits for a decision is no draft any more.
      { type: 'drafts-changed', after: [] },
    ]);
  });

  it('asks everybody who may decide when nobody else is on call', () => {
    const the = atPlan({ directory: { ...directory, rotation: null } });

    the.click('rosa', 'ask-approval');

    expect(messageOf(the.last, 'approval').mention).toEqual(['anna', 'ben']);
    expect(cardOf(the.last, 'approval').why).toContain('Everybody who may approve');
  });

  it('does not ask the requester, also when they are on call', () => {
    const rotation = directory.rotation === null ? null : { ...directory.rotation, people: ['rosa'] };
    const the = atPlan({ directory: { ...directory, rotation } });

    the.click('rosa', 'ask-approval');

    expect(messageOf(the.last, 'approval').mention).toEqual(['anna', 'ben']);
  });

  it.each([
    ['no channel for approvals', { places: { approvals: null, support: null } }, 'name no channel for approvals'],
    [
      'nobody who may decide',
      { people: people.filter((known) => !known.roles.includes('approver')) },
      'Nobody but you',
    ],
    ['a right that was taken away', { environments: [] }, 'You may not ask for connections of mendix-prod'],
  ])('is refused with %s, and says whom to ask', (_what, changes, because) => {
    const the = atPlan();
    the.settings(changes);

    the.click('rosa', 'ask-approval');

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining(because) });
    expect(the.last.reply.because).toContain('Ask Ada Admin');
    connectAt(the, 'planned');
  });

  it('asks with a new message when a second plan of the case is ready', () => {
    const the = atApproval();
    const first = messageOf(the.last, 'approval').message;
    the.click('anna', 'reject', { reason: 'not today' });
    the.click('rosa', 'change-answers');
    the.click('rosa', 'connect-continue');
    the.happen({ type: 'surveyed', question: the.revision, survey: connectAt(atMethodAgain(), 'choosing').survey });
    the.click('rosa', 'use-peering');

    the.click('rosa', 'ask-approval');

    expect(messageOf(the.last, 'approval').message).not.toBe(first);
  });
});

function atMethodAgain(): Case {
  const the = atPlan();
  the.click('rosa', 'change-answers');
  the.click('rosa', 'connect-continue');
  the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });
  return the;
}

describe('deciding', () => {
  it('starts the work on a yes, once, and says who approved', () => {
    const the = atApproved();

    expect(effectsOf(the.last, 'apply-plan')).toEqual([{ kind: 'work', type: 'apply-plan', planId: 'C-1/plan-4' }]);
    expect(the.last.projections).toMatchObject([{ type: 'approval-decided', status: 'approved', by: 'anna' }]);
    expect(cardOf(the.last, 'approval').decided).toBe(
      'Decided Mon 2 Mar 10:00 (Europe/Amsterdam): approved by Anna Approver. Nothing is written yet.',
    );
    expect(messageOf(the.last, 'approval').verbs).toEqual([]);
    begins(the);
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    expect(cardOf(the.last, 'approval').decided).toContain('Running: 0 of 5 changes done.');
    expect(whereIs(the.state)).toBe('connect/applying');
  });

  it.each([
    ['rosa', /^You asked for this plan, so somebody else has to decide\. On call now: Anna Approver\./],
    ['sam', /role approver.*which you do not have\. On call now: Anna Approver\. Also allowed: Ben Approver\.$/],
    ['gus', /role approver/],
    ['ada', /role approver/],
    ['otto', /role approver/],
    ['a-stranger', /role approver/],
  ])('is refused to %s, and nothing happens', (who, because) => {
    const the = atApproval();

    for (const verb of ['approve', 'reject']) {
      the.click(who, verb);
      expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringMatching(because) });
      expect(the.last.effects).toEqual([]);
    }
    connectAt(the, 'awaiting-approval');
  });

  it('answers a second decision with who decided, when, and how far it is', () => {
    const the = atWork();
    the.later(5);

    the.click('ben', 'reject', { reason: 'no' });

    expect(the.last.reply).toEqual({
      outcome: 'already-decided',
      because: 'Decided Mon 2 Mar 10:00 (Europe/Amsterdam): approved by Anna Approver. Running: 0 of 5 changes done.',
      errors: [],
    });
    expect(the.last.effects).toEqual([]);
  });

  it.each([
    [expired - 1, 'done', 'connect/approved'],
    [expired, 'stale', 'connect/closed'],
    [expired + 1, 'stale', 'connect/closed'],
  ])('after %i minutes a yes is answered “%s”', (minutes, outcome, where) => {
    const the = atApproval();
    the.later(minutes);

    the.click('anna', 'approve');

    expect(the.last.reply.outcome).toBe(outcome);
    expect(whereIs(the.state)).toBe(where);
  });

  it('wants the newest card to be read', () => {
    const the = atApproval();

    the.click('anna', 'approve', {}, { stale: true });

    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('renewed') });
    connectAt(the, 'awaiting-approval');
  });

  it('there is nothing to decide before it was asked', () => {
    const the = atPlan();

    the.click('anna', 'approve');

    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('nothing to decide') });
  });

  it.each([
    ['reject because the freeze is on', 'Anna Approver rejected the plan: “the freeze is on”.'],
    ['reject', 'Anna Approver rejected the plan.'],
  ])('“%s” tells the requester in a new message, with the way on', (words, told) => {
    const the = atApproval();

    the.say('anna', words, { ...onCallRoom, thread: 't2' });

    expect(messageOf(the.last, 'closed')).toMatchObject({ to: team, mention: ['rosa'] });
    expect(messageOf(the.last, 'closed').content.text).toContain(told);
    expect(messageOf(the.last, 'connect').verbs).toEqual(['change-answers']);
    expect(the.last.projections).toMatchObject([{ status: 'denied', by: 'anna' }]);
  });

  it.each(['withdraw', 'cancel'])('“%s” takes the request back, but not by somebody without a say in it', (words) => {
    const the = atApproval();
    the.say('sam', words);
    expect(the.last.reply.outcome).toBe('refused');

    the.say('rosa', words);

    expect(connectAt(the, 'closed')).toMatchObject({
      why: 'withdrawn',
      because: 'Rosa Requester withdrew the request.',
    });
    expect(messages(the.last).some((message) => message.message.startsWith('closed'))).toBe(false);
    expect(messageOf(the.last, 'approval').verbs).toEqual([]);
  });

  it('cannot be changed while it waits, and says how to take it back', () => {
    const the = atApproval();

    the.click('rosa', 'change-answers');

    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('Write “withdraw”') });
  });
});

describe('the clock of an approval', () => {
  it('reminds whoever is on call by then', () => {
    const the = atApproval();
    the.settings({ rotation: directory.rotation === null ? null : { ...directory.rotation, people: ['ben'] } });
    the.later(60);

    rings(the, 'approval-reminder');

    expect(messageOf(the.last, 'approval-reminder')).toMatchObject({ to: onCallRoom, mention: ['ben'] });
    expect(messageOf(the.last, 'approval-reminder').content.text).toContain('It expires Mon 12:00 (Europe/Amsterdam)');
    expect(connectAt(the, 'awaiting-approval').approval.asked).toBe('ben');
  });

  it('closes the request at the end and tells the requester', () => {
    const the = atApproval();
    the.later(expired);

    rings(the, 'approval-expiry');

    expect(connectAt(the, 'closed').because).toBe(
      'Nobody decided by Mon 12:00 (Europe/Amsterdam), so the request expired.',
    );
    expect(messageOf(the.last, 'closed').mention).toEqual(['rosa']);
    expect(the.last.projections).toMatchObject([{ status: 'expired', by: null }]);
  });

  it.each(['approval-reminder', 'approval-expiry'] as const)('says nothing after the decision (%s)', (name) => {
    const the = atWork();

    rings(the, name);

    expect(the.last.effects).toEqual([]);
  });

  it('ignores the timer of another approval', () => {
    const the = atApproval();

    the.happen({ type: 'timer', name: 'approval-expiry', about: 'C-1/plan-1/approval' });

    connectAt(the, 'awaiting-approval');
  });
});
