import { describe, expect, it } from 'vitest';
import { stoppedCard } from '../../src/flows/connect-plan.ts';
import { network, peered, surveyOf } from '../plan/world.ts';
import {
  atForm,
  atMethod,
  atPlan,
  cardOf,
  connectAt,
  effectsOf,
  hub,
  messageOf,
  openCase,
  team,
  whereIs,
} from './cases.ts';

const overlapping = network('hub-vnet', '192.168.0.0/20');

describe('choosing the method', () => {
  it('recommends peering, says why, what it costs and what would change it', () => {
    const method = cardOf(atMethod().last, 'connect-method');

    expect(method.headline).toBe('Peering fits best');
    expect(method.because[0]?.source).not.toBe('');
    expect(method.wouldChange[0]).toMatch(/^Private Link instead, if/);
    expect(method.columns.flatMap(({ costs }) => costs)).not.toEqual([]);
  });

  it('offers Private Link alone when the ranges overlap, and names them', () => {
    const { last } = atMethod(surveyOf({ networks: [overlapping] }));
    const method = cardOf(last, 'connect-method');

    expect(method.headline).toBe('Private Link fits best');
    expect(method.columns[0]?.verdict).toMatch(/^✕ Not possible/);
    expect(JSON.stringify(method.because)).toContain('192.168.0.0/20');
    expect(messageOf(last, 'connect').verbs).toEqual(['use-private-link', 'back', 'cancel']);
  });

  it('finds an overlap behind the other network, too', () => {
    const behind = peered(hub, network('spoke-7', '192.168.0.0/22'));

    expect(cardOf(atMethod(surveyOf({ networks: [behind] })).last, 'connect-method').headline).toContain(
      'Private Link',
    );
  });

  it('does not say that ranges fit which it could not read', () => {
    const the = atMethod(surveyOf({ networks: [], unread: ['the network hub-vnet (forbidden)'] }));

    expect(connectAt(the, 'choosing').choice.because[0]?.note).toMatch(/not known|could not|unknown/i);
  });

  it('does not call Private Link impossible because load balancers could not be read', () => {
    const survey = surveyOf();
    const environment = { ...survey.environment, frontends: [], frontendsUnread: true as const };

    expect(connectAt(atMethod({ ...survey, environment }), 'choosing').choice.comparison['private-link'].fits).toBe(
      true,
    );
  });

  it('has only the way back when no method fits', () => {
    const the = atForm();
    the.click('rosa', 'connect-continue', { wish: 'database' });

    the.happen({ type: 'surveyed', question: 2, survey: surveyOf({ networks: [overlapping] }) });

    expect(cardOf(the.last, 'connect-method').waysOut).not.toEqual([]);
    expect(messageOf(the.last, 'connect')).toMatchObject({
      verbs: ['back', 'cancel'],
      content: { text: expect.stringContaining('Go back to change what you ask for') },
    });
  });

  it('asks for no method where there is one only, and says at once what stops it', () => {
    const the = atForm();
    the.click('rosa', 'connect-continue', { wish: 'database' });

    the.happen({ type: 'surveyed', question: 2, survey: { ...surveyOf(), databases: [] } });

    expect(cardOf(the.last, 'connect-plan').findings[0]).toMatchObject({
      word: 'Stops you',
      wayOut: expect.stringContaining('Turn on the read replica'),
    });
    connectAt(the, 'stopped');
  });

  it('reads both networks again when the reading is old', () => {
    const the = atMethod();
    the.later(3);

    the.click('rosa', 'use-peering');

    expect(effectsOf(the.last, 'survey')).toHaveLength(1);
    connectAt(the, 'surveying');
  });

  it('ignores a survey of older answers', () => {
    const the = atMethod();

    the.happen({ type: 'surveyed', question: 1, survey: surveyOf() });

    expect(the.last.effects).toEqual([]);
    expect(whereIs(the.state)).toBe('connect/choosing');
  });

  it('surveys again, not from the start, when the survey failed', () => {
    const the = atForm();
    the.click('rosa', 'connect-continue');
    the.happen({ type: 'read-failed', question: 2, of: 'survey', because: 'Azure did not answer.' });

    the.say('rosa', 'try again');

    expect(effectsOf(the.last, 'survey')).toHaveLength(1);
  });
});

describe('words that change what is asked', () => {
  it.each([
    ['while a method is chosen', () => atMethod()],
    ['beside a plan', () => atPlan()],
  ])('are planned anew %s', (_where, reach) => {
    const the = reach();

    the.say('rosa', 'apps hr, billing');

    expect(connectAt(the, 'surveying').draft.apps).toEqual(['hr', 'billing']);
    expect(effectsOf(the.last, 'survey')).toMatchObject([{ answers: { apps: ['hr', 'billing'] } }]);
  });

  it('turn what the checks refused into a new plan', () => {
    const the = atMethod(surveyOf({ address: null, networks: [overlapping] }));
    the.say('rosa', 'peering');
    connectAt(the, 'stopped');

    the.say('rosa', 'rules yes');

    expect(effectsOf(the.last, 'survey')).toMatchObject([{ answers: { openSecurityRules: true } }]);
  });

  it('lead back to the form, with what is wrong, when they cannot be planned', () => {
    const the = atPlan();

    the.say('rosa', 'network atlantis');

    expect(JSON.stringify(cardOf(the.last, 'connect-form').problems)).toContain('no network called “atlantis”');
    connectAt(the, 'asking');
  });

  it('do not go on by themselves', () => {
    const the = atPlan();

    the.say('rosa', 'continue');

    expect(the.last.reply.outcome).toBe('stale');
    connectAt(the, 'planned');
  });
});

describe('what the managed application forbids', () => {
  function atDeny() {
    const planned = atPlan();
    const { draft, flow, place, requester } = connectAt(planned, 'planned');
    const findings = [
      {
        level: 'stop' as const,
        code: 'DenyAssignmentAuthorizationFailed',
        text: 'The deny assignment “managed app” forbids the write of a peering.',
        wayOut: 'The publisher of the managed application has to exempt the action.',
      },
      {
        level: 'stop' as const,
        code: 'DenyAssignmentAuthorizationFailed',
        text: 'The deny assignment “managed app” forbids the joining of the network.',
        wayOut: 'The publisher of the managed application has to exempt the action.',
      },
    ];
    return openCase({ state: { flow, requester, place, draft, at: 'stopped', findings } });
  }

  it('leads to a ticket beside the connection, which names it', () => {
    const the = atDeny();
    the.say('rosa', 'ask support');
    the.say('rosa', 'continue');
    the.say('rosa', 'preview');

    expect(cardOf(the.last, 'ticket-preview').body).toMatch(/forbids the write of a peering\..*forbids the joining/);
    expect(connectAt(the, 'stopped').desk?.at).toBe('previewing');
    the.say('rosa', 'check again');
    expect(connectAt(the, 'surveying').desk?.at).toBe('previewing');
  });

  it('is a matter for the desk, and nothing else that stops a plan is', () => {
    const the = atMethod(surveyOf({ address: null, networks: [overlapping] }));
    the.say('rosa', 'peering');

    the.say('rosa', 'ask support');

    expect(the.last.reply.outcome).toBe('stale');
    expect(stoppedCard(team, connectAt(atDeny(), 'stopped').findings).verbs).toContain('start-support');
  });
});

describe('the plan', () => {
  it('shows every change, who gains reach, and stores the plan', () => {
    const { last } = atPlan();
    const plan = cardOf(last, 'connect-plan');

    expect(plan.headline).toBe('5 changes in 2 subscriptions for mendix-prod');
    expect(plan.reach).not.toEqual([]);
    expect(last.projections).toMatchObject([{ type: 'plan-made', planId: 'C-1/plan-4' }]);
  });

  it('is refused with every finding and a way out, and never half made', () => {
    const the = atMethod(surveyOf({ address: null, networks: [overlapping] }));

    the.say('rosa', 'peering');

    const { findings } = cardOf(the.last, 'connect-plan');
    expect(findings.map((finding) => finding.word)).toContain('Stops you');
    expect(findings.every((finding) => finding.wayOut !== '')).toBe(true);
    expect(messageOf(the.last, 'connect').verbs).toEqual(['change-answers', 'check-again', 'cancel']);
    expect(the.last.projections).toEqual([]);
  });

  it('has nothing to approve when everything is there already', () => {
    const planned = connectAt(atPlan(), 'planned');
    const steps = planned.plan.steps.map((step) => ({ ...step, change: 'keep' as const, body: null }));
    const the = openCase({ state: { ...planned, plan: { ...planned.plan, steps } } });

    the.say('rosa', 'ask for approval');

    expect(the.last.reply).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('nothing to approve'),
    });
  });

  it.each(['back', 'change answers', 'plan again'])('goes back to the form by “%s”, with the answers kept', (words) => {
    const the = atPlan();

    the.say('rosa', words);

    expect(cardOf(the.last, 'connect-form')).toMatchObject({
      environment: 'mendix-prod',
      network: hub.id,
      apps: 'orders',
    });
  });

  it('does not show a form while a reading of it is under way', () => {
    const the = atForm();
    the.click('rosa', 'connect-continue');

    the.click('rosa', 'change-answers');

    expect(the.last.reply).toMatchObject({
      outcome: 'stale',
      because: expect.stringContaining('reading both networks'),
    });
  });

  it.each([
    ['the form', () => atForm()],
    ['the method', () => atMethod()],
    ['the plan', () => atPlan()],
  ])('can be cancelled at %s, and says that nothing was changed', (_where, begin) => {
    const the = begin();

    the.click('rosa', 'cancel');

    expect(cardOf(the.last, 'notice')).toMatchObject({ text: 'Nothing was changed in Azure.' });
    the.click('rosa', 'connect-continue');
    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('Write “connect”') });
  });
});
