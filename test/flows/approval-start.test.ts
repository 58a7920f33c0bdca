/** From the yes to the first write: people approve, the system applies, and in between it can be taken back. */
import { describe, expect, it } from 'vitest';
import { atApproved, atWork, begins, cardOf, type Case, connectAt, effectsOf, messageOf, messages } from './cases.ts';

const planId = 'C-1/plan-4';
function askBegin(the: Case): Case['last'] {
  return the.happen({ type: 'plan-begins', planId });
}

describe('between the yes and the first write', () => {
  it('says that nothing is written yet, and offers to withdraw', () => {
    const the = atApproved();

    expect(cardOf(the.last, 'connect-status')).toMatchObject({
      headline: 'Approved; it begins in a moment',
      text: 'Approved by Anna Approver. Nothing is written yet.',
    });
    expect(messageOf(the.last, 'connect').verbs).toEqual(['withdraw']);
  });

  it.each(['rosa', 'anna', 'ben'])('is withdrawn by %s, and never begins', (who) => {
    const the = atApproved();

    the.click(who, 'withdraw');

    expect(connectAt(the, 'closed')).toMatchObject({
      why: 'withdrawn',
      because: expect.stringContaining('after the yes'),
    });
    expect(the.last.projections).toMatchObject([
      { type: 'approval-decided', status: 'withdrawn', by: who, from: 'approved' },
    ]);
    expect(messages(the.last).some(({ mention }) => mention.includes('rosa'))).toBe(who !== 'rosa');
    expect(askBegin(the).reply.outcome).toBe('refused');
    the.happen({ type: 'plan-finished', planId, outcome: { kind: 'not-begun' } });
    connectAt(the, 'closed');
  });

  it('is not withdrawn by somebody without a say in it', () => {
    const the = atApproved();

    the.click('sam', 'withdraw');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Rosa Requester asked'),
    });
    connectAt(the, 'approved');
  });

  it('is not withdrawn any more once it has begun, and the answer says so calmly', () => {
    const the = atWork();

    the.click('rosa', 'withdraw');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(/^It has begun Mon 10:00/),
    });
    connectAt(the, 'applying');
  });

  it('answers the executor yes, and once more yes when it asks under another id', () => {
    const the = atApproved();

    expect(askBegin(the).reply.outcome).toBe('done');
    expect(askBegin(the).reply.outcome).toBe('done');

    expect(the.last.effects).toEqual([]);
    connectAt(the, 'applying');
  });

  it.each(['C-1/plan-1', 'C-1/undo-9'])('answers no about another plan (%s)', (other) => {
    const the = atApproved();

    expect(the.happen({ type: 'plan-begins', planId: other }).reply.outcome).toBe('refused');
    connectAt(the, 'approved');
  });

  it('shows that it waits for another plan, and can still be withdrawn then', () => {
    const the = atApproved();
    const id = connectAt(the, 'approved').steps[0]?.id ?? '';
    const note = 'Another plan is changing hub-vnet; I wait for it.';

    the.happen({ type: 'step-changed', planId, step: { id, state: 'waiting', seconds: null, note, code: null } });

    expect(cardOf(the.last, 'connect-status').steps[0]).toMatchObject({ detail: note });
    the.click('rosa', 'withdraw');
    connectAt(the, 'closed');
  });

  it('is void when the world moved before the first write', () => {
    const the = atApproved();

    the.happen({ type: 'plan-finished', planId, outcome: { kind: 'void', differences: ['somebody was faster'] } });

    expect(connectAt(the, 'closed').because).toContain('so nothing was written: somebody was faster');
  });

  it('can be tried again after a failure before the first write, and is asked anew whether it may begin', () => {
    const the = atApproved();
    const outcome = {
      kind: 'failed' as const,
      step: '',
      code: null,
      because: 'It could not be read.',
      wayOut: 'Try again.',
    };
    the.happen({ type: 'plan-finished', planId, outcome });
    expect(connectAt(the, 'failed').begunAt).toBeUndefined();

    the.click('rosa', 'retry');

    connectAt(the, 'approved');
    expect(effectsOf(the.last, 'apply-plan')).toHaveLength(1);
    begins(the);
    connectAt(the, 'applying');
  });

  it('leaves nothing behind when it failed before the first write', () => {
    const the = atApproved();
    the.happen({ type: 'effect-failed', effect: 'e', of: 'apply-plan', because: 'no' });

    the.click('rosa', 'leave');

    expect(connectAt(the, 'closed').why).toBe('withdrawn');
  });
});
