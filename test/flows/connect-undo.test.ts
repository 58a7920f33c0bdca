import { describe, expect, it } from 'vitest';
import type { Survey } from '../../src/plan/world.ts';
import { mendix, peered, surveyOf, zone } from '../plan/world.ts';
import {
  atWork,
  begins,
  cardOf,
  connectAt,
  effectsOf,
  hub,
  messageOf,
  messages,
  monday,
  type Case,
  whereIs,
} from './cases.ts';

const exact = 'orders.azure.mendixapps.io';
const proof = { evidence: [], toRun: [{ from: 'hub-vnet', command: 'nslookup', expect: '192.168.0.10' }] };

/** The world after the plan of the cases. */
function after(changes: Partial<Survey> = {}): Survey {
  const before = surveyOf();
  const zones = [zone(exact, { '@': '192.168.0.10' }, [hub], { tags: { 'created-by': 'causeway' } })];
  const ours = { ...before.environment, network: peered(mendix, hub) };
  return { ...before, environment: ours, networks: [peered(hub, mendix)], zones, ...changes };
}

function connected(): Case {
  const the = atWork();
  the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'complete' } });
  the.happen({ type: 'verified', question: the.revision, proof });
  return the;
}

function undoPlanned(survey = after()): Case {
  const the = connected();
  the.click('rosa', 'undo');
  the.happen({ type: 'surveyed', question: the.revision, survey });
  return the;
}

function undoWaits(): Case {
  const the = undoPlanned();
  the.click('rosa', 'ask-approval');
  return the;
}

function undoRuns(): Case {
  const the = undoWaits();
  the.click('anna', 'approve');
  begins(the);
  return the;
}

function undoId(the: Case): string {
  return connectAt(the, 'applying').undo?.id ?? '';
}

describe('undoing a connection', () => {
  it('reads what stands there, and shows what would be taken back', () => {
    const the = connected();

    the.click('rosa', 'undo');
    expect(effectsOf(the.last, 'survey')).toMatchObject([{ answers: { environment: 'mendix-prod' } }]);
    expect(messageOf(the.last, 'result').verbs).toEqual([]);
    the.happen({ type: 'surveyed', question: the.revision, survey: after() });

    const card = cardOf(the.last, 'connect-plan', 'undo');
    expect(card).toMatchObject({
      headline: 'Undo: 5 changes in 2 subscriptions for mendix-prod',
      reachTitle: 'Who loses reach',
    });
    expect(card.groups.map(({ title, steps }) => [title, steps.map(({ sign }) => sign).join('')])).toEqual([
      ['In sub-hub: 4 to delete', '−−−−'],
      ['In sub-mendix: 1 to delete', '−'],
    ]);
    expect(messageOf(the.last, 'undo').verbs).toEqual(['ask-approval', 'keep-it']);
  });

  it('is approved by somebody else, bound to what is taken back', () => {
    const the = undoPlanned();
    const { undo } = connectAt(the, 'undo-planned');

    the.click('rosa', 'ask-approval');
    expect(the.last.projections).toMatchObject([
      { type: 'approval-asked', planId: undo.id, planHash: undo.plan.hash, approvalId: `${undo.id}/approval` },
    ]);
    const asked = cardOf(the.last, 'approval');
    expect(asked).toMatchObject({ headline: expect.stringMatching(/^Approve\? Undo: 5 /), risk: 'High' });
    the.click('rosa', 'approve');
    expect(the.last.reply.outcome).toBe('refused');
    the.click('anna', 'approve');
    expect(effectsOf(the.last, 'apply-undo')).toEqual([
      { kind: 'work', type: 'apply-undo', planId: 'C-1/plan-4', undoId: undo.id, undo: undo.plan },
    ]);
    expect(effectsOf(the.last, 'apply-plan')).toEqual([]);
    begins(the);
    expect(cardOf(the.last, 'connect-status', 'undo').headline).toBe('Undoing: 0 of 5 changes done');
  });

  it('proves that the world is as it was before', () => {
    const the = undoRuns();
    const planId = undoId(the);
    const [step] = connectAt(the, 'applying').steps;
    the.happen({
      type: 'step-changed',
      planId,
      step: { id: step?.id ?? '', state: 'done', seconds: 1, note: null, code: null },
    });
    expect(cardOf(the.last, 'connect-status', 'undo').headline).toBe('Undoing: 1 of 5 changes done');

    the.happen({ type: 'plan-finished', planId, outcome: { kind: 'complete' } });
    expect(the.last.projections.map(({ type }) => type)).not.toContain('plan-took');
    the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });

    const result = cardOf(the.last, 'connect-result', 'result-undo');
    expect(result).toMatchObject({ headline: 'Undone: everything is as it was before', tone: 'good' });
    expect(result.read).toHaveLength(5);
    expect(result.read.map(({ text }) => text)).toContain(`The record of ${exact} is gone.`);
    expect(result.computed.map(({ text }) => text)).toEqual([
      `In hub-vnet, ${exact} leads to what the public DNS says again.`,
    ]);
    expect(cardOf(the.last, 'connect-status', 'connect').headline).toBe('Undone');
    expect(messageOf(the.last, 'result-plan').verbs).toEqual([]);
    expect(whereIs(the.state)).toBe('connect/undone');
  });

  it('says what is left when not all of it is back', () => {
    const the = undoRuns();
    the.happen({ type: 'plan-finished', planId: undoId(the), outcome: { kind: 'complete' } });

    the.happen({ type: 'surveyed', question: the.revision, survey: after({ zones: [] }) });

    expect(cardOf(the.last, 'connect-result', 'result-undo')).toMatchObject({
      headline: 'Undone in part',
      tone: 'attention',
    });
  });

  it('never claims what could not be read, and reads again when asked', () => {
    const the = undoRuns();
    the.happen({ type: 'plan-finished', planId: undoId(the), outcome: { kind: 'complete' } });

    the.happen({ type: 'read-failed', question: the.revision, of: 'survey', because: 'Azure did not answer.' });
    expect(cardOf(the.last, 'connect-result', 'result-undo').headline).toBe('Undone, not yet confirmed');
    the.click('rosa', 'check-again');
    the.happen({ type: 'surveyed', question: the.revision, survey: surveyOf() });

    expect(cardOf(the.last, 'connect-result', 'result-undo').tone).toBe('good');
  });

  it('is refused with the reason when something else depends on it, until that is gone', () => {
    const shared = zone(exact, { '@': '192.168.0.10', admin: '192.168.0.10' }, [hub]);

    const the = undoPlanned(after({ zones: [shared] }));
    expect(cardOf(the.last, 'connect-plan', 'undo').findings[0]).toMatchObject({
      word: 'Stops you',
      text: expect.stringContaining('admin'),
    });
    expect(messageOf(the.last, 'undo').verbs).toEqual(['check-again', 'keep-it']);
    the.click('rosa', 'check-again');
    the.happen({ type: 'surveyed', question: the.revision, survey: after() });

    connectAt(the, 'undo-planned');
  });

  it.each([
    ['keep it', 'rosa', 'keep-it'],
    ['cancel', 'rosa', 'cancel'],
  ])('comes to nothing by “%s”: the connection stands and offers the undo again', (_words, who, verb) => {
    const the = undoPlanned();

    the.click(who, verb);

    expect(cardOf(the.last, 'notice', 'undo').text).toContain('the connection stands');
    expect(messageOf(the.last, 'result').verbs).toContain('undo');
    connectAt(the, 'connected');
  });

  it.each([
    ['rejected', (the: Case) => the.click('anna', 'reject', { reason: 'Still needed.' }), 'rejected the undo'],
    ['withdrawn', (the: Case) => the.click('rosa', 'withdraw'), 'withdrew'],
    [
      'expired',
      (the: Case) =>
        the.happen({
          type: 'timer',
          name: 'approval-expiry',
          about: connectAt(the, 'awaiting-approval').approval.id,
        }),
      'expired',
    ],
  ])('leaves the connection as it is when it is %s', (_how, end, words) => {
    const the = undoWaits();

    end(the);

    expect(connectAt(the, 'connected').proof).toEqual(proof);
    expect(cardOf(the.last, 'connect-status', 'undo').text).toContain(words);
    expect(messageOf(the.last, 'result').verbs).toContain('undo');
  });

  it('answers a late click on its request with its own decision, not with that of the plan', () => {
    const the = undoWaits();
    const undo = connectAt(the, 'awaiting-approval').undo?.id.split('/').at(-1) ?? '';
    the.click('anna', 'reject', { reason: 'Still needed.' });

    const late = the.happen({
      type: 'clicked',
      person: 'ben',
      place: { platform: 'web', conversation: 'on-call', thread: null },
      message: `C-1/approval-${undo}`,
      verb: 'approve',
      inputs: {},
    });

    expect(late.reply).toMatchObject({ outcome: 'already-decided', because: expect.stringContaining('Still needed') });
  });

  it('does not take a click on the old request of the plan for a yes to the undo', () => {
    const the = undoWaits();

    const late = the.happen({
      type: 'clicked',
      person: 'ben',
      place: { platform: 'web', conversation: 'on-call', thread: null },
      message: 'C-1/approval-plan-4',
      verb: 'approve',
      inputs: {},
    });

    expect(late.reply.outcome).toBe('already-decided');
    connectAt(the, 'awaiting-approval');
  });

  it('is not carried out when the world has moved since it was approved', () => {
    const the = undoRuns();

    the.happen({ type: 'plan-finished', planId: undoId(the), outcome: { kind: 'void', differences: ['a record'] } });

    connectAt(the, 'connected');
    expect(
      messages(the.last)
        .map(({ content }) => content.text)
        .join(' '),
    ).toContain('Write “undo”');
    expect(the.last.projections).toMatchObject([{ type: 'approval-decided', status: 'voided' }]);
  });

  it('can be tried again, or left, when it stopped', () => {
    const outcome = { kind: 'failed', step: 's', code: 'ScopeLocked', because: 'Locked.', wayOut: 'Lift it.' } as const;
    const the = undoRuns();
    the.happen({ type: 'plan-finished', planId: undoId(the), outcome });
    expect(messageOf(the.last, 'undo').verbs).toEqual(['retry', 'leave', 'start-support']);

    the.click('rosa', 'retry');
    expect(effectsOf(the.last, 'apply-undo')).toHaveLength(1);
    the.happen({ type: 'plan-finished', planId: undoId(the), outcome });
    the.click('rosa', 'leave');
    expect(messageOf(the.last, 'undo').verbs).toEqual(['undo']);
    the.say('rosa', 'undo');

    expect(whereIs(the.state)).toBe('connect/undo-reading');
  });

  it('is one of three doors when a plan stopped half way, for what was begun only', () => {
    const the = atWork();
    const [first] = connectAt(the, 'applying').steps;
    the.happen({
      type: 'step-changed',
      planId: 'C-1/plan-4',
      step: { id: first?.id ?? '', state: 'done', seconds: 1, note: null, code: null },
    });
    the.happen({
      type: 'plan-finished',
      planId: 'C-1/plan-4',
      outcome: { kind: 'failed', step: 's', code: null, because: 'no', wayOut: 'yes' },
    });
    expect(messageOf(the.last, 'connect').verbs).toEqual(['retry', 'undo', 'leave', 'start-support']);

    the.click('rosa', 'undo');
    the.happen({ type: 'surveyed', question: the.revision, survey: after({ zones: [] }) });

    const { groups } = cardOf(the.last, 'connect-plan', 'undo');
    expect(groups.flatMap(({ steps }) => steps)).toHaveLength(1);
  });

  it('says what could not be read, and tries again', () => {
    const the = connected();
    the.click('rosa', 'undo');

    the.happen({ type: 'read-failed', question: the.revision, of: 'survey', because: 'Azure did not answer.' });
    expect(messageOf(the.last, 'undo').verbs).toEqual(['retry', 'cancel']);
    the.click('rosa', 'retry');

    expect(effectsOf(the.last, 'survey')).toHaveLength(1);
    expect(the.at).toBe(monday);
  });
});
