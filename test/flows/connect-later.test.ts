/** What happens around a plan that runs: others who are waited for, what takes its time, and what is asked about it. */
import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../src/plan/plan.ts';
import {
  atApproval,
  atPlan,
  atWork,
  cardOf,
  type Case,
  connectAt,
  effectsOf,
  messageOf,
  messages,
  openCase,
  snapshot,
  supportRoom,
  team,
  whereIs,
} from './cases.ts';

const service = '/subscriptions/sub-fin/resourceGroups/finance/providers/Microsoft.Network/privateLinkServices/pls-erp';
const endpoint =
  '/subscriptions/sub-mendix/resourceGroups/mrg-prod/providers/Microsoft.Network/privateEndpoints/to-erp';

function step(changes: Partial<PlanStep>): PlanStep {
  return {
    id: 'endpoint',
    kind: 'private-endpoint',
    after: [],
    change: 'create',
    resource: endpoint,
    title: 'Create the endpoint to-erp',
    before: null,
    body: {
      properties: { manualPrivateLinkServiceConnections: [{ properties: { privateLinkServiceId: service } }] },
    },
    docs: '',
    ...changes,
  };
}

const wait = step({
  id: 'wait',
  kind: 'endpoint-wait',
  after: ['endpoint'],
  change: 'adopt',
  title: 'Wait until the owner of pls-erp accepts to-erp',
  body: null,
});
const record = step({
  id: 'record',
  kind: 'dns-record',
  after: ['wait'],
  title: 'Let erp.corp.example lead to the endpoint',
  body: { properties: { aRecords: [{ ipv4Address: { $addressOf: endpoint } }] } },
});

/** At work on a plan with these steps. */
function working(plan: Partial<Plan>): Case {
  const planned = connectAt(atPlan(), 'planned');
  const the = openCase({ state: { ...planned, plan: { ...planned.plan, ...plan } } });
  the.click('rosa', 'ask-approval');
  the.click('anna', 'approve');
  return the;
}

function tell(the: Case, id: string, state: 'waiting' | 'running' | 'done' | 'failed'): void {
  const report = { id, state, seconds: null, note: null, code: null };
  the.happen({ type: 'step-changed', planId: connectAt(the, 'applying').planId, step: report });
}

function finish(the: Case): void {
  the.happen({
    type: 'plan-finished',
    planId: connectAt(the, 'applying').planId,
    outcome: { kind: 'complete' },
  });
}

describe('waiting for the owner of a service', () => {
  const steps = [step({}), wait, record];

  it('is said as its own state, with what the owner has to run, in a new message and on the living card', () => {
    const the = working({ steps });
    tell(the, 'endpoint', 'done');

    tell(the, 'wait', 'waiting');

    const card = cardOf(the.last, 'connect-status');
    expect(card).toMatchObject({
      headline: 'Waiting for somebody else',
      text: expect.stringMatching(/^I wait until the owner of pls-erp accepts to-erp, asked Mon 10:00.*1 of 2 changes/),
      command: expect.stringContaining(`az network private-endpoint-connection approve --id "$(`),
    });
    expect(card.command).toContain(`list --id ${service}`);
    expect(card.steps.map(({ detail }) => detail)).toContain('after “Wait until the owner of pls-erp accepts to-erp”');
    expect(messageOf(the.last, 'owner')).toMatchObject({ mention: ['rosa'] });
  });

  it('reminds on every working day, not on a weekend, and stops when it is over', () => {
    const the = working({ steps });
    the.later(4 * 24 * 60);
    tell(the, 'endpoint', 'done');
    tell(the, 'wait', 'waiting');
    // It is Friday.
    const [first] = effectsOf(the.last, 'timer');
    expect(first).toMatchObject({ name: 'owner-reminder', dueAt: '2026-03-09T08:00:00.000Z' });

    the.later(3 * 24 * 60);
    the.happen({ type: 'timer', name: 'owner-reminder', about: first?.about ?? '' });
    expect(messageOf(the.last, 'owner').content.text).toMatch(/asked Fri 10:00/);
    expect(effectsOf(the.last, 'timer')).toMatchObject([{ dueAt: '2026-03-10T08:00:00.000Z' }]);
    tell(the, 'wait', 'done');
    the.happen({ type: 'timer', name: 'owner-reminder', about: first?.about ?? '' });

    expect(the.last.effects).toEqual([]);
    expect(cardOf(the.happen(stepDone(the, 'record')), 'connect-status').command).toBe('');
  });

  it('names a service of another directory by its alias, and says whose id is needed', () => {
    const alias = 'pls-crm.guid.westeurope.azure.privatelinkservice';
    const body = {
      properties: { manualPrivateLinkServiceConnections: [{ properties: { privateLinkServiceId: alias } }] },
    };
    const the = working({ steps: [step({ body }), wait] });
    tell(the, 'endpoint', 'done');

    tell(the, 'wait', 'waiting');

    expect(cardOf(the.last, 'connect-status').command).toContain('<resource id of pls-crm>');
  });

  function stepDone(the: Case, id: string) {
    const report = { id, state: 'done' as const, seconds: 1, note: null, code: null };
    return { type: 'step-changed' as const, planId: connectAt(the, 'applying').planId, step: report };
  }
});

describe('the time that plans take', () => {
  it('is learned from a plan that ran through, and said on the next one of its kind', () => {
    const the = atWork();
    the.later(2);
    finish(the);
    expect(the.last.projections).toEqual([{ type: 'plan-took', scenario: 'apps-by-peering', seconds: 120 }]);

    const next = atPlan({ planTimes: { 'apps-by-peering': [100, 140, 3000], 'dns-servers': [1] } });

    expect(cardOf(next.last, 'connect-plan').time).toBe('Usually about 2 min 20 s, by 3 earlier plans of this kind.');
  });

  it('is not said before there is any', () => {
    expect(cardOf(atPlan().last, 'connect-plan').time).toBe('');
  });

  it('is not learned from a plan that stopped, or that waited for somebody', () => {
    const stopped = atWork();
    stopped.happen({
      type: 'plan-finished',
      planId: connectAt(stopped, 'applying').planId,
      outcome: { kind: 'failed', step: 's', code: null, because: 'no', wayOut: 'yes' },
    });
    stopped.click('rosa', 'retry');
    finish(stopped);
    expect(stopped.last.projections).toEqual([]);

    const waited = working({ steps: [step({}), wait] });
    tell(waited, 'wait', 'waiting');
    finish(waited);
    expect(waited.last.projections).toEqual([]);
  });
});

describe('the whole plan', () => {
  it.each([
    ['show as text', 'The plan as text', '.txt', /^Plan [0-9a-f]{12}/],
    ['plan as az', 'The plan as a script of az commands', '.sh', /^#!\/usr\/bin\/env bash/],
    ['show the plan as bicep', 'The plan as Bicep', '.bicep', /^\/\/ file: main\.bicep/],
    ['as terraform', 'The plan as Terraform', '.tf', /terraform/],
  ])('is sent to the thread by “%s”', (words, title, ending, text) => {
    const the = atPlan();

    the.say('rosa', words);

    const [message] = messages(the.last);
    expect(message?.to).toEqual(team);
    expect(message?.content.document).toMatchObject({
      title: expect.stringContaining(title),
      name: expect.stringMatching(new RegExp(`^causeway-mendix-prod-[0-9a-f]{12}\\${ending}$`)),
    });
    expect(message?.content.text).toMatch(text);
    expect(the.last.reply.outcome).toBe('done');
  });

  it('can be read by those who approve, and by nobody else', () => {
    const the = atApproval();

    expect(the.click('anna', 'show-text').reply.outcome).toBe('done');
    expect(the.click('ada', 'show-az').reply.outcome).toBe('done');
    expect(the.click('otto', 'show-text').reply.outcome).toBe('refused');
    expect(the.last.effects).toEqual([]);
  });

  it('is not there before there is one', () => {
    const the = openCase();
    the.say('rosa', 'connect mendix-prod to hub-vnet');

    the.say('rosa', 'show as text');

    expect(the.last.reply).toMatchObject({ outcome: 'stale', because: expect.stringContaining('no plan') });
  });
});

describe('what has to happen by itself afterwards', () => {
  const aftermath = { what: 'nodes', text: 'The nodes learn of it later.', wayOut: 'Open a ticket.' } as const;
  const proof = { evidence: [], toRun: [] };

  function atAftermath(): Case {
    const the = working({ aftermath, scenario: 'dns-servers' });
    finish(the);
    the.happen({ type: 'verified', question: the.revision, proof });
    return the;
  }

  it('is waited for: neither a failure nor a success', () => {
    const the = atAftermath();

    expect(cardOf(the.last, 'connect-result')).toMatchObject({
      headline: 'Written; waiting for the nodes',
      tone: 'warning',
      text: 'The nodes learn of it later. Open a ticket.',
    });
    expect(messageOf(the.last, 'result').verbs).toEqual(['check-again', 'start-support', 'undo']);
    expect(effectsOf(the.last, 'timer')).toMatchObject([{ name: 'proof-again', dueAt: '2026-03-10T08:00:00.000Z' }]);
  });

  it('is said once, not again among what is not known', () => {
    const the = working({ aftermath, scenario: 'dns-servers' });
    finish(the);
    const wait = { kind: 'computed' as const, code: 'node-restart-wait', text: aftermath.text, good: null };
    the.happen({ type: 'verified', question: the.revision, proof: { evidence: [wait], toRun: [] } });

    expect(cardOf(the.last, 'connect-result').computed).toEqual([]);
  });

  it('is proved anew after a week, and whoever asked is told', () => {
    const the = atAftermath();
    the.later(8 * 24 * 60);

    the.happen({ type: 'timer', name: 'proof-again', about: connectAt(the, 'connected').planId });
    expect(effectsOf(the.last, 'verify')).toHaveLength(1);
    expect(messageOf(the.last, 'nodes')).toMatchObject({ mention: ['rosa'] });
    the.happen({ type: 'verified', question: the.revision, proof });

    expect(effectsOf(the.last, 'timer')).toEqual([]);
    connectAt(the, 'connected');
  });

  it('leads to a ticket in the same thread, beside the connection', () => {
    const the = atAftermath();

    the.click('rosa', 'start-support');
    expect(connectAt(the, 'connected').desk?.at).toBe('asking');
    the.say('rosa', 'continue');
    expect(connectAt(the, 'connected').desk?.at).toBe('judged');
    expect(cardOf(the.last, 'verdict').headline).toMatch(/Supported/i);
    the.say('rosa', 'preview');
    expect(cardOf(the.last, 'ticket-preview').body).toContain('start the nodes of the cluster of mendix-prod anew');
    the.say('rosa', 'open the ticket');
    expect(effectsOf(the.last, 'open-ticket')).toHaveLength(1);
    the.happen({ type: 'ticket-opened', ticket: snapshot });

    expect(messageOf(the.last, 'ticket', supportRoom).content.card?.name).toBe('ticket');
    expect(connectAt(the, 'connected').desk?.at).toBe('open');
  });

  it('keeps the ticket while the connection goes on, and the connection while the ticket does', () => {
    const the = atAftermath();
    the.click('rosa', 'start-support');
    the.say('rosa', 'continue');
    the.say('rosa', 'open the ticket');
    the.say('rosa', 'open the ticket');
    the.happen({ type: 'ticket-opened', ticket: snapshot });

    the.say('rosa', 'change answers');
    expect(whereIs(the.state)).toBe('connect/asking');
    the.say('sam', 'send: Thank you.');
    expect(effectsOf(the.last, 'send-comment')).toHaveLength(1);
    the.happen({
      type: 'ticket-read',
      ticket: { ...snapshot, status: 'solved', updatedAt: '2026-03-03T09:00:00Z' },
      comments: [],
    });

    expect(connectAt(the, 'asking').desk?.at).toBe('open');
  });

  it('is put off again without a trace', () => {
    const the = atAftermath();
    the.click('rosa', 'start-support');

    the.say('rosa', 'not now');

    expect(connectAt(the, 'connected').desk).toBeUndefined();
  });
});
