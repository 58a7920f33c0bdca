import { describe, expect, it } from 'vitest';
import type { PlanOutcome, StepState } from '../../src/flows/event.ts';
import {
  atWork,
  cardOf,
  type Case,
  connectAt,
  effectsOf,
  messageOf,
  messages,
  openCase,
  team,
  whereIs,
} from './cases.ts';

const planId = 'C-1/plan-4';

function step(the: Case, index: number, state: StepState, note: string | null = null): void {
  const id = connectAt(the, 'applying').steps[index]?.id ?? '';
  const seconds = state === 'done' ? 12 : null;
  the.happen({ type: 'step-changed', planId, step: { id, state, seconds, note, code: null } });
}

function finish(the: Case, outcome: PlanOutcome): void {
  the.happen({ type: 'plan-finished', planId, outcome });
}

const failed: PlanOutcome = {
  kind: 'failed',
  step: 's1',
  code: 'AuthorizationFailed',
  because: 'The bot may not write there.',
  wayOut: 'Ask for the role.',
};

describe('the work', () => {
  it('shows each step as it is reported, in any order', () => {
    const the = atWork();

    step(the, 2, 'done');
    step(the, 0, 'running', 'waits for Azure');
    step(the, 1, 'done');

    const card = cardOf(the.last, 'connect-status');
    expect(card.headline).toBe('Working: 2 of 5 changes done');
    expect(card.steps.slice(0, 3)).toMatchObject([
      { word: 'working', detail: 'waits for Azure', time: '' },
      { word: 'done', time: '12 s' },
      { word: 'done', time: '12 s' },
    ]);
  });

  it.each(['done', 'failed'] as const)('a step that is %s stays so, whatever comes late', (state) => {
    const the = atWork();
    step(the, 0, state);

    step(the, 0, 'running');

    expect(the.last.effects).toEqual([]);
    expect(connectAt(the, 'applying').steps[0]?.state).toBe(state);
  });

  it('ignores steps and ends of another plan', () => {
    const the = atWork();

    the.happen({
      type: 'step-changed',
      planId: 'C-1/plan-1',
      step: { id: connectAt(the, 'applying').steps[0]?.id ?? '', state: 'done', seconds: 1, note: null, code: null },
    });
    the.happen({ type: 'plan-finished', planId: 'C-1/plan-1', outcome: { kind: 'complete' } });

    expect(connectAt(the, 'applying').steps[0]?.state).toBe('waiting');
  });

  it('looks whether it works when all is written, and calls every step done', () => {
    const the = atWork();

    finish(the, { kind: 'complete' });

    expect(effectsOf(the.last, 'verify')).toMatchObject([{ planId, question: the.revision }]);
    expect(cardOf(the.last, 'connect-status').headline).toBe('All written; checking that it works');
    expect(connectAt(the, 'verifying').steps.every((known) => known.state === 'done')).toBe(true);
  });

  it('tells a failure with its reason, its code in small print, and the ways on', () => {
    const the = atWork();

    finish(the, failed);

    const { failure, code, text } = cardOf(the.last, 'connect-status');
    expect([failure, code, text]).toEqual(['The bot may not write there.', 'AuthorizationFailed', 'Ask for the role.']);
    expect(messageOf(the.last, 'connect').verbs).toEqual(['retry', 'leave', 'start-support']);
    expect(messageOf(the.last, 'failed')).toMatchObject({ to: team, mention: ['rosa'] });
  });

  it('tells a failure of the machinery in the same way', () => {
    const the = atWork();

    the.happen({ type: 'effect-failed', effect: 'C-1/6/2', of: 'apply-plan', because: 'The plan is not stored.' });

    expect(connectAt(the, 'failed').because).toBe('The plan is not stored.');
  });

  it.each(['show', 'timer', 'open-ticket'])('goes on when an effect “%s” failed', (of) => {
    const the = atWork();

    the.happen({ type: 'effect-failed', effect: 'C-1/6/0', of, because: 'no' });

    connectAt(the, 'applying');
  });

  it('tries again from where it stopped', () => {
    const the = atWork();
    step(the, 0, 'done');
    step(the, 1, 'failed', 'no');
    finish(the, failed);

    the.say('rosa', 'try again');

    expect(effectsOf(the.last, 'apply-plan')).toMatchObject([{ planId }]);
    expect(connectAt(the, 'applying').steps.slice(0, 2)).toMatchObject([
      { state: 'done' },
      { state: 'waiting', note: null },
    ]);
  });

  it('leaves it as it is, does not claim that nothing was changed, and can be planned again', () => {
    const the = atWork();
    step(the, 0, 'done');
    finish(the, failed);

    the.click('rosa', 'leave');

    expect(cardOf(the.last, 'connect-status')).toMatchObject({
      headline: 'Left as it is',
      text: expect.not.stringContaining('Nothing was changed'),
    });
    the.say('rosa', 'plan again');
    expect(whereIs(the.state)).toMatch(/asking|discovering/);
  });

  it.each(['retry', 'leave'])('“%s” is for the requester only', (verb) => {
    const the = atWork();
    finish(the, failed);

    the.click('anna', verb);

    expect(the.last.reply.outcome).toBe('refused');
    connectAt(the, 'failed');
  });

  it('is void when the world moved: nothing was written, and the differences are told', () => {
    const the = atWork();

    finish(the, { kind: 'void', differences: ['hub-vnet has a new peering', 'the zone is gone'] });

    expect(connectAt(the, 'closed')).toMatchObject({ why: 'voided', approval: { decision: { status: 'voided' } } });
    expect(messageOf(the.last, 'voided').content.text).toContain(
      'nothing was written: hub-vnet has a new peering; the zone is gone',
    );
    expect(messageOf(the.last, 'connect').verbs).toEqual(['change-answers']);
    expect(the.last.projections).toMatchObject([{ type: 'approval-decided', status: 'voided' }]);
  });

  it.each([
    { type: 'step-changed', planId, step: { id: 'x', state: 'done', seconds: 1, note: null, code: null } } as const,
    { type: 'plan-finished', planId, outcome: { kind: 'complete' } } as const,
    { type: 'verified', question: 1, proof: { evidence: [], toRun: [] } } as const,
    { type: 'timer', name: 'approval-expiry', about: `${planId}/approval` } as const,
  ])('ignores $type when it comes late', (event) => {
    const the = atWork();
    finish(the, failed);
    const before = the.state;

    the.happen(event);

    expect(the.state).toEqual(before);
    expect(the.last.effects).toEqual([]);
  });

  it('offers no button while it works, and a click on an old one is told how far it is', () => {
    const the = atWork();
    expect(messages(the.last).flatMap((message) => message.verbs)).toEqual([]);

    the.click('rosa', 'withdraw');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(/has begun Mon 10:00: 0 of 5 changes done/),
    });
  });

  it('stays where it is for events that belong to tickets', () => {
    const the = openCase({ state: connectAt(atWork(), 'applying') });

    the.happen({ type: 'ticket-hinted', ticketId: 1 });

    expect(the.last.effects).toEqual([]);
  });
});
