import { describe, expect, it } from 'vitest';
import type { Event, Place } from '../../src/flows/event.ts';
import {
  atApproval,
  type Case,
  cardOf,
  connectAt,
  directory,
  effectsOf,
  messages,
  monday,
  onCallRoom,
} from './cases.ts';

describe('the case of the approval', () => {
  function unseen(the: Case, why: Extract<Event, { type: 'approval-unseen' }>['why']) {
    return the.happen({ type: 'approval-unseen', approvalId: connectAt(the, 'awaiting-approval').approval.id, why });
  }

  it('tells the requester by mention, and posts the card anew', () => {
    const the = atApproval();

    const mended = unseen(the, { kind: 'not-posted', because: 'Slack says channel_not_found.' });

    const inThread = messages(mended).find(({ to }) => to.thread === 't1' && to.conversation === 'team');
    expect(inThread?.content.text).toContain(
      'Nobody can see your request for an approval yet: Slack says channel_not_found.',
    );
    expect(inThread?.mention).toEqual(['rosa']);
    expect(messages(mended).filter(({ content }) => content.card?.name === 'approval')).toMatchObject([
      { to: onCallRoom, mention: ['anna'] },
    ]);
  });

  it('posts it in channels that the settings name only since then', () => {
    const the = atApproval();
    const other: Place = { platform: 'slack', conversation: 'C0NEW', thread: null };
    the.settings({ places: { ...directory.places, approvalCopies: [other] } });

    const mended = unseen(the, { kind: 'not-posted', because: 'gone.' });

    const cards = messages(mended).filter(({ content }) => content.card?.name === 'approval');
    expect(cards.map(({ to }) => to.conversation)).toEqual(['on-call', 'C0NEW']);
    the.click('anna', 'approve');
    expect(connectAt(the, 'approved').approval.decision?.by).toBe('anna');
  });

  it('tells that nobody may decide, and when that is over, in the same message', () => {
    const the = atApproval();

    const first = unseen(the, { kind: 'nobody-decides' });
    const over = unseen(the, { kind: 'over' });

    expect(messages(first)).toHaveLength(1);
    expect(messages(first)[0]?.content.text).toContain('Ada Admin can name somebody');
    expect(messages(over).map(({ message }) => message)).toEqual(messages(first).map(({ message }) => message));
  });

  it('asks others when whoever was asked may not decide any more', () => {
    const the = atApproval();
    the.settings({ people: directory.people.filter(({ id }) => id !== 'anna') });

    const asked = unseen(the, { kind: 'asked-cannot' });

    expect(messages(asked).some(({ mention }) => mention.includes('ben'))).toBe(true);
  });

  it('shows every copy as it stands, also after the decision', () => {
    const the = atApproval();
    const { id } = connectAt(the, 'awaiting-approval').approval;
    the.click('anna', 'reject', { reason: 'no' });

    const shown = the.happen({ type: 'approval-unseen', approvalId: id, why: { kind: 'copy-behind' } });

    expect(messages(shown)).toMatchObject([{ to: onCallRoom }]);
    expect(cardOf(shown, 'approval').decided).toContain('Anna Approver');
  });

  it('begins a plan whose freeze was lifted before its end', () => {
    const the = atApproval();
    const freeze = { id: 'C-9/1', by: 'ada', at: monday, reason: 'go-live', environments: null, mode: 'wait' as const };
    the.facts({ adHocFreezes: [{ ...freeze, from: monday, until: '2026-03-06T17:00:00.000Z' }] });
    the.click('anna', 'approve');
    const { approval, hold } = connectAt(the, 'approved');
    expect(hold?.until).toBe('2026-03-06T17:00:00.000Z');
    const freed: Event = { type: 'approval-unseen', approvalId: approval.id, why: { kind: 'freed' } };
    expect(the.happen(freed).projections).toEqual([]);

    the.facts({ adHocFreezes: [] });
    const begun = the.happen(freed);

    expect(begun.projections).toEqual([{ type: 'plan-brought-forward' }]);
    expect(effectsOf(begun, 'apply-plan')).toEqual([]);
    expect(connectAt(the, 'approved').hold).toBeNull();
    expect(the.happen(freed).projections).toEqual([]);
  });

  it('takes no notice of an approval that is not its own, or is decided', () => {
    const the = atApproval();
    const { id } = connectAt(the, 'awaiting-approval').approval;
    expect(the.happen({ type: 'approval-unseen', approvalId: 'other', why: { kind: 'over' } }).effects).toEqual([]);
    the.click('anna', 'reject', { reason: 'no' });

    expect(the.happen({ type: 'approval-unseen', approvalId: id, why: { kind: 'nobody-decides' } }).effects).toEqual(
      [],
    );
  });
});
