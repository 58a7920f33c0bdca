/** A plan of the bot's own that failed goes to support like any other problem: asked first, filled in, in its thread. */
import { expect, it } from 'vitest';
import { atWork, cardOf, connectAt, effectsOf, messageOf } from './cases.ts';

function failed() {
  const the = atWork();
  const { plan, planId } = connectAt(the, 'applying');
  const outcome = {
    kind: 'failed',
    step: plan.steps[0]?.id ?? '',
    code: 'InternalServerError',
    because: 'Azure had a problem of its own.',
    wayOut: 'Try again.',
  } as const;
  the.happen({ type: 'plan-finished', planId, outcome });
  return the;
}

it('offers support on its card, and typed', () => {
  const [byClick, byWord] = [failed(), failed()];
  expect(messageOf(byClick.last, 'connect').verbs).toContain('start-support');

  byClick.click('rosa', 'start-support');
  byWord.say('rosa', 'ask support');

  expect(byClick.last.reply.outcome).toBe('done');
  expect(byWord.last.effects).toEqual(byClick.last.effects);
});

it('names the step, the reason and Azure’s code, and keeps the plan with the ticket', () => {
  const the = failed();

  the.click('rosa', 'start-support');

  const { desk, plan, planId } = connectAt(the, 'failed');
  expect(desk?.words).toContain(plan.steps[0]?.title);
  expect(desk?.words).toContain('Azure had a problem of its own. Azure calls it InternalServerError.');
  expect(desk?.about).toMatchObject({ environment: 'mendix-prod', plans: [planId] });
  expect(desk?.answers).toMatchObject({ environment: 'production', requestKind: 'problem' });
  expect(effectsOf(the.last, 'open-ticket')).toEqual([]);
});

it('goes on beside the plan, which can still be tried again', () => {
  const the = failed();
  the.click('rosa', 'start-support');

  the.click('rosa', 'retry');

  expect(the.last.reply.outcome).toBe('done');
  expect(() => cardOf(the.last, 'triage')).toThrow('Expected a card');
});

it('can be told which ticket the provider has opened by itself, on the card that asks for it', () => {
  const the = failed();
  the.click('rosa', 'start-support');
  const answers = { symptom: 'cluster-init-failed', preflightPassed: 'true', retriesDone: 'true' };
  the.click('rosa', 'triage-continue', answers, { message: 'C-1/support' });
  expect(connectAt(the, 'failed').desk).toMatchObject({ verdict: { route: 'auto_ticket_exists' } });

  the.click('rosa', 'link-ticket', { number: '4711' }, { message: 'C-1/auto-ticket' });

  expect(effectsOf(the.last, 'read-ticket')[0]?.ticketId).toBe(4711);
});
