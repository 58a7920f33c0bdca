/** What happens around a plan that runs: others who are waited for, what takes its time, and what is asked about it. */
import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../../src/plan/plan.ts';
import {
  atApproval,
  atPlan,
  atWork,
  cardOf,
  connectAt,
  effectsOf,
  messageOf,
  messages,
  openCase,
  team,
  type Case,
} from './cases.ts';
import { finish, working } from './working.ts';

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

function tell(the: Case, id: string, state: 'waiting' | 'running' | 'done' | 'failed'): void {
  const report = { id, state, seconds: null, note: null, code: null };
  the.happen({ type: 'step-changed', planId: connectAt(the, 'applying').planId, step: report });
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
      text: expect.stringMatching(
        /^I wait until the owner of pls-erp accepts to-erp, asked Mon 2 Mar 10:00.*1 of 2 changes/,
      ),
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
    expect(messageOf(the.last, 'owner').content.text).toMatch(/asked Fri 6 Mar 10:00/);
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
