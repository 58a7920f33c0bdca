/** How the cards of a connection read at each end: no alarm without a reason, and the words of people kept apart. */
import { describe, expect, it } from 'vitest';
import { renderAsText } from '../../src/cards/as-text.ts';
import { mendix, peered, surveyOf, zone } from '../plan/world.ts';
import {
  atApproval,
  atWork,
  type Case,
  cardOf,
  connectAt,
  hub,
  messageOf,
  messages,
  monday,
  openCase,
} from './cases.ts';

const planId = 'C-1/plan-4';
const exact = 'orders.azure.mendixapps.io';
const failed = {
  kind: 'failed',
  step: 's',
  code: 'AuthorizationFailed',
  because: 'The bot may not write there.',
  wayOut: 'Ask for the role.',
} as const;

function expires(one: Case): void {
  one.happen({ type: 'timer', name: 'approval-expiry', about: `${planId}/approval` });
}

const ends: readonly [string, () => Case, string, string, string, string][] = [
  [
    'a no',
    () => endedBy((one) => one.click('anna', 'reject', { reason: 'Not today.' })),
    '✕',
    'attention',
    'Rejected',
    'Decided Mon 2 Mar 10:00 (Europe/Amsterdam): rejected by Anna Approver: “Not today”.',
  ],
  [
    'a withdrawal',
    () => endedBy((one) => one.click('rosa', 'withdraw')),
    '–',
    'default',
    'Withdrawn',
    'Withdrawn Mon 2 Mar 10:00 (Europe/Amsterdam) by Rosa Requester.',
  ],
  [
    'the end of its time',
    () => endedBy(expires),
    '!',
    'warning',
    'Expired',
    'Expired Mon 2 Mar 10:00 (Europe/Amsterdam): nobody had decided.',
  ],
  [
    'a change in Azure',
    () => voided(),
    '!',
    'warning',
    'Not carried out: Azure has changed',
    'Ended Mon 2 Mar 10:00 (Europe/Amsterdam), because Azure has changed: hub-vnet has a new peering.',
  ],
];

function endedBy(end: (one: Case) => void): Case {
  const one = atApproval();
  end(one);
  return one;
}

function voided(): Case {
  const one = atWork();
  one.happen({ type: 'plan-finished', planId, outcome: { kind: 'void', differences: ['hub-vnet has a new peering'] } });
  return one;
}

describe('a request that ended by', () => {
  it.each(ends)('%s says so on both cards, with the day and the zone', (_what, end, sign, tone, headline, decided) => {
    const { last } = end();

    expect(cardOf(last, 'connect-status')).toMatchObject({ sign, tone, headline });
    expect(cardOf(last, 'approval').decided).toBe(decided);
    expect(new Set(cardOf(last, 'connect-status').steps.map(({ word }) => word))).toEqual(new Set(['not done']));
  });
});

describe('a request that waits', () => {
  it('says so once, not beside every change', () => {
    const { steps, headline } = cardOf(atApproval().last, 'connect-status');

    expect(headline).toBe('Waiting for the person on call');
    expect(new Set(steps.map(({ sign, word }) => `${sign}${word}`))).toEqual(new Set(['○']));
  });
});

describe('what people gave as a reason', () => {
  it('ends before our own words go on', () => {
    const { last } = endedBy((one) => one.click('anna', 'reject', { reason: 'not today' }));

    expect(cardOf(last, 'connect-status').text).toBe(
      'Anna Approver rejected the plan: “not today”. Nothing was changed in Azure.',
    );
  });

  it('keeps its “because of” when it is typed', () => {
    const one = atApproval();

    one.say('anna', 'reject because of the freeze', { platform: 'web', conversation: 'on-call', thread: 't2' });

    expect(cardOf(one.last, 'connect-status').text).toContain('“because of the freeze”.');
  });
});

describe('a name', () => {
  it('keeps its capital in what a plan is held up by', () => {
    const one = atApproval();
    one.click('anna', 'approve');
    one.facts({ stop: { by: 'ada', at: monday, reason: 'a network outage' } });

    one.happen({ type: 'plan-begins', planId });

    expect(cardOf(one.last, 'approval').decided).toContain('Nothing is written yet. Ada Admin stopped all changes');
  });

  it('of every environment is none in the middle of a sentence', () => {
    const one = openCase();
    const frozen = { id: 'C-8/2', environments: null, by: 'ada', from: monday, at: monday, until: null } as const;
    one.facts({ adHocFreezes: [{ ...frozen, mode: 'wait', reason: 'go-live' }] });

    one.say('ada', 'lift all freezes: done');

    expect(messages(one.last).map(({ content }) => content.text)).toContain(
      'Ada Admin lifted the freeze of every environment: done',
    );
  });
});

describe('a plan that stopped', () => {
  it('says why and what to do before anything else', () => {
    const one = atWork();

    const [first] = connectAt(one, 'applying').steps;
    const step = { id: first?.id ?? '', state: 'failed', seconds: 1, note: failed.because, code: failed.code } as const;
    one.happen({ type: 'step-changed', planId, step });
    one.happen({ type: 'plan-finished', planId, outcome: { ...failed, step: step.id } });

    const data = cardOf(one.last, 'connect-status');
    const lines = renderAsText({ name: 'connect-status', data })
      .split('\n')
      .filter((line) => !/^=*$/.test(line.trim()));
    expect(lines.slice(1, 5)).toEqual([
      expect.stringContaining('✕ Stopped: 0 of 5 changes done'),
      expect.stringContaining('Peer hub-vnet with mendix-vnet: The bot may not write there.'),
      expect.stringContaining('→ Ask for the role.'),
      expect.stringContaining('Azure’s code: AuthorizationFailed'),
    ]);
    expect(data.steps.slice(0, 2)).toMatchObject([
      { sign: '✕', word: 'failed', detail: '' },
      { sign: '–', word: 'not begun' },
    ]);
  });
});

describe('an undo', () => {
  it('is asked for by that name, and says what it takes back', () => {
    const one = atWork();
    one.happen({ type: 'plan-finished', planId, outcome: { kind: 'complete' } });
    one.happen({ type: 'verified', question: one.revision, proof: { evidence: [], toRun: [] } });
    one.click('rosa', 'undo');
    const zones = [zone(exact, { '@': '192.168.0.10' }, [hub], { tags: { 'created-by': 'causeway' } })];
    const before = surveyOf();
    const environment = { ...before.environment, network: peered(mendix, hub) };
    const survey = { ...before, environment, networks: [peered(hub, mendix)], zones };
    one.happen({ type: 'surveyed', question: one.revision, survey });

    one.click('rosa', 'ask-approval');

    const size = '5 changes in 2 subscriptions';
    expect(messageOf(one.last, 'approval').content.text).toMatch(
      `Rosa Requester asks for approval of an undo: ${size} for mendix-prod.`,
    );
    expect(cardOf(one.last, 'approval').what).toBe(`Takes back “${exact} opens from hub-vnet”`);
    expect(cardOf(one.last, 'connect-status', 'undo').text).toMatch(
      `Anna Approver was asked about an undo of ${size}.`,
    );
  });
});
