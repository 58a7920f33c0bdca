/** Waiting for the owner of a service: how long, until when, and giving it up. */
import { describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import { ownerWaitDays } from '../../src/flows/connect-owner.ts';
import type { PlanStep } from '../../src/plan/plan.ts';
import { atPlan, begins, cardOf, type Case, connectAt, effectsOf, messageOf, openCase } from './cases.ts';

const group = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network';
const endpoint: PlanStep = {
  id: 'endpoint',
  kind: 'private-endpoint',
  after: [],
  change: 'create',
  resource: `${group}/privateEndpoints/to-erp`,
  title: 'Make the endpoint to-erp',
  before: null,
  body: {
    properties: {
      manualPrivateLinkServiceConnections: [
        { properties: { privateLinkServiceId: `${group}/privateLinkServices/pls-erp` } },
      ],
    },
  },
  docs: '',
};
const steps: PlanStep[] = [
  endpoint,
  {
    ...endpoint,
    id: 'wait',
    kind: 'endpoint-wait',
    after: ['endpoint'],
    change: 'adopt',
    title: 'Wait until the owner of pls-erp accepts to-erp',
    body: null,
  },
];
const day = 24 * 60;

/** Monday, 10:00 in Amsterdam. */
function waiting(): Case {
  const planned = connectAt(atPlan(), 'planned');
  const the = openCase({ state: { ...planned, plan: { ...planned.plan, steps } } });
  the.click('rosa', 'ask-approval');
  the.click('anna', 'approve');
  begins(the);
  tell(the, 'endpoint', 'done');
  tell(the, 'wait', 'waiting');
  return the;
}

function tell(the: Case, id: string, state: 'waiting' | 'done' | 'failed'): void {
  const report = { id, state, seconds: null, note: null, code: null };
  the.happen({ type: 'step-changed', planId: connectAt(the, 'applying').planId, step: report });
}

function timer(the: Case): { about: string; dueAt: string } | undefined {
  return effectsOf(the.last, 'timer')[0];
}

describe('the wait', () => {
  it('ends on a day that the card names, and says for how long it goes on already', () => {
    const the = waiting();
    expect(cardOf(the.last, 'connect-status').text).toContain('stop asking on Monday 2026-03-16');
    const first = timer(the);

    the.later(day);
    the.happen({ type: 'timer', name: 'owner-reminder', about: first?.about ?? '' });

    expect(cardOf(the.last, 'connect-status').text).toContain('asked Mon 2 Mar 10:00 (Europe/Amsterdam), 1 day ago');
    expect(messageOf(the.last, 'owner').content.text).toContain('stop asking on Monday 2026-03-16');
  });

  it('reminds on each working day until then, at nine for whoever asked, and on no other', () => {
    const the = waiting();
    const days: string[] = [];
    for (let next = timer(the); next !== undefined; next = timer(the)) {
      days.push(next.dueAt);
      the.later(day);
      the.happen({ type: 'timer', name: 'owner-reminder', about: next.about });
    }

    const local = days.map((at) => Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Amsterdam'));
    expect(new Set(local.map(({ hour }) => hour))).toEqual(new Set([9]));
    expect(local.every(({ dayOfWeek }) => dayOfWeek <= 5)).toBe(true);
    expect(local.at(-1)?.toPlainDate().toString()).toBe('2026-03-16');
  });

  it('is as long as the executor looks', () => {
    const seconds = usualPatience.owner.reduce((sum, { forSeconds }) => sum + forSeconds, 0);

    expect(Math.round(seconds / (60 * day))).toBe(ownerWaitDays);
  });

  it('that is tried again has reminders of its own', () => {
    const the = waiting();
    const old = timer(the);
    const { planId } = connectAt(the, 'applying');
    the.happen({
      type: 'plan-finished',
      planId,
      outcome: { kind: 'failed', step: 'wait', code: 'OwnerDidNotAnswer', because: 'Nobody did.', wayOut: 'Ask.' },
    });
    the.later(day);
    the.click('rosa', 'retry');
    tell(the, 'wait', 'waiting');
    expect(timer(the)?.about).not.toBe(old?.about);

    the.happen({ type: 'timer', name: 'owner-reminder', about: old?.about ?? '' });

    expect(the.last.effects).toEqual([]);
  });
});

describe('giving it up', () => {
  it('is a button of whoever asked, leaves what is done, and can be taken back', () => {
    const the = waiting();
    expect(cardOf(the.last, 'connect-status')).toBeDefined();
    expect(messageOf(the.last, 'connect').verbs).toEqual(['leave']);

    the.click('rosa', 'leave');

    expect(connectAt(the, 'closed')).toMatchObject({
      why: 'left',
      because: expect.stringContaining('stopped waiting'),
    });
    expect(messageOf(the.last, 'connect').verbs).toEqual(['change-answers', 'undo']);
  });

  it('ends the reminders, and what the executor says later changes nothing', () => {
    const the = waiting();
    const next = timer(the);
    const { planId } = connectAt(the, 'applying');
    the.say('rosa', 'leave it');

    the.happen({ type: 'timer', name: 'owner-reminder', about: next?.about ?? '' });
    expect(the.last.effects).toEqual([]);
    the.happen({ type: 'plan-finished', planId, outcome: { kind: 'complete' } });

    connectAt(the, 'closed');
    expect(the.last.effects).toEqual([]);
  });

  it('is not for others, and not while something is written', () => {
    const the = waiting();
    the.click('ben', 'leave');
    expect(the.last.reply.outcome).toBe('refused');
    tell(the, 'wait', 'done');

    the.click('rosa', 'leave');

    expect(the.last.reply.outcome).toBe('stale');
  });
});
