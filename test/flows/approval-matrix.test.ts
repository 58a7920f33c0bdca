/** Who presses what, when: each person at each moment, with each button, gets one right answer and changes nothing else. */
import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { Reply } from '../../src/flows/reply.ts';
import type { Person, Role } from '../../src/policy/people.ts';
import { atApproval, begins, type Case, directory, effectsOf, messageOf, people, person, whereIs } from './cases.ts';

type Outcome = Reply['outcome'];

/** Everybody by what they are to this request. */
const cast: Record<string, { id: string; may: boolean }> = {
  'the requester': { id: 'rosa', may: false },
  'the approver on call': { id: 'anna', may: true },
  'an approver who is not on call': { id: 'ben', may: true },
  'an approver of another group': { id: 'gus', may: false },
  'an administrator': { id: 'ada', may: false },
  'somebody of the support': { id: 'sam', may: false },
  'somebody without a role': { id: 'otto', may: false },
  'a guest whom nobody knows': { id: '5f1f6a52-guest', may: false },
  'an approver whose role was taken away meanwhile': { id: 'cem', may: false },
  'somebody who became an approver meanwhile': { id: 'dora', may: true },
  'the requester under another id with the same e-mail': { id: 'rosa-slack', may: false },
  'the requester with the role approver': { id: 'rosa', may: false },
};

function staff(cems: Role, doras: Role): Person[] {
  return [
    ...people.filter(({ id }) => id !== 'rosa'),
    person('rosa', 'Rosa Requester', 'requester', 'approver'),
    person('cem', 'Cem', cems),
    person('dora', 'Dora', doras),
    { ...person('rosa-slack', 'Rosa again', 'approver'), email: 'ROSA@example.com' },
  ];
}

const before: Directory = {
  ...directory,
  people: staff('approver', 'support'),
  rotation:
    directory.rotation === null
      ? null
      : { ...directory.rotation, start: '2026-03-02T09:00', people: ['anna', 'ben', 'dora'] },
};
const after = { people: staff('support', 'approver') };

/** What has happened by the time the button is pressed. `open`: it can still be decided. */
const moments: Record<string, { open: boolean; outcome: Outcome; happens: (the: Case) => void }> = {
  'a minute before it expires': { open: true, outcome: 'done', happens: (the) => the.later(119) },
  'in the instant in which it expires': { open: false, outcome: 'stale', happens: (the) => the.later(120) },
  'after it expired unnoticed': { open: false, outcome: 'stale', happens: (the) => the.later(500) },
  'after it expired': {
    open: false,
    outcome: 'already-decided',
    happens: (the) => {
      the.later(120);
      the.happen({ type: 'timer', name: 'approval-expiry', about: 'C-1/plan-4/approval' });
    },
  },
  'after a yes': { open: false, outcome: 'already-decided', happens: (the) => the.click('ben', 'approve') },
  'after a no': { open: false, outcome: 'already-decided', happens: (the) => the.click('ben', 'reject') },
  'after it was withdrawn': {
    open: false,
    outcome: 'already-decided',
    happens: (the) => the.click('rosa', 'withdraw'),
  },
  'while it is carried out': {
    open: false,
    outcome: 'already-decided',
    happens: (the) => {
      the.click('ben', 'approve');
      begins(the);
    },
  },
  'on a plan that became void': {
    open: false,
    outcome: 'already-decided',
    happens: (the) => {
      the.click('ben', 'approve');
      the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'void', differences: ['x'] } });
    },
  },
  'on a plan that was replaced': {
    open: false,
    outcome: 'already-decided',
    happens: (the) => {
      the.click('ben', 'ask-change', { reason: 'x' });
      the.click('rosa', 'change-answers');
    },
  },
};

const buttons: Record<string, Record<string, string>> = {
  approve: {},
  reject: { reason: 'no' },
  'ask-change': { reason: 'something else' },
  'hand-over': {},
};

const ends: Record<string, string> = {
  approve: 'connect/approved',
  reject: 'connect/closed',
  'ask-change': 'connect/awaiting-approval',
  'hand-over': 'connect/awaiting-approval',
};

describe.each(Object.entries(moments))('%s', (_moment, { happens, open, outcome }) => {
  describe.each(Object.entries(cast))('%s', (_who, { id, may }) => {
    it.each(Object.entries(buttons))('presses “%s”', (verb, inputs) => {
      const the = atApproval({ directory: before });
      const message = `C-1/${messageOf(the.last, 'approval').message}`;
      happens(the);
      the.settings(after);
      const stood = whereIs(the.state);

      the.click(id, verb, inputs, { message });

      // Expired is for everybody to hear, whoever they are.
      const expected = open ? (may ? 'done' : 'refused') : outcome;
      expect(the.last.reply.outcome).toBe(expected);
      expect(the.last.reply.because === '').toBe(expected === 'done');
      if (expected === 'done') {
        expect(whereIs(the.state)).toBe(ends[verb]);
        expect(effectsOf(the.last, 'apply-plan')).toHaveLength(verb === 'approve' ? 1 : 0);
      } else if (outcome === 'stale') {
        expect(whereIs(the.state)).toBe('connect/closed');
      } else {
        expect(whereIs(the.state)).toBe(stood);
        expect(the.last.effects).toEqual([]);
        expect(the.last.projections).toEqual([]);
      }
    });
  });
});

describe('who is refused', () => {
  it.each(['rosa', 'rosa-slack'])('reads that it is their own plan, and who may (%s)', (id) => {
    const the = atApproval({ directory: before });

    the.click(id, 'approve');

    expect(the.last.reply.because).toBe(
      'You asked for this plan, so somebody else has to decide. On call now: Anna Approver. Also allowed: Ben Approver, Cem.',
    );
  });

  it('reads which role it takes, and who has it', () => {
    const the = atApproval({ directory: before });

    the.click('5f1f6a52-guest', 'approve');

    expect(the.last.reply.because).toBe(
      'Deciding needs the role approver, which you do not have. On call now: Anna Approver. Also allowed: Ben Approver, Cem.',
    );
  });
});

describe('pressed twice', () => {
  it.each(['approve', 'reject'])('“%s” is done once', (verb) => {
    const the = atApproval();
    the.click('anna', verb);
    const stood = the.state;

    the.click('anna', verb);

    expect(the.last.reply).toMatchObject({
      outcome: 'already-decided',
      because: expect.stringContaining('by Anna Approver'),
    });
    expect(the.state).toBe(stood);
  });
});
