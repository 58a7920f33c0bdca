import { describe, expect, it } from 'vitest';
import type { ListedOverride } from '../../src/flows/override.ts';
import {
  atTicket,
  atVerdict,
  cardOf,
  type Case,
  directory,
  effectsOf,
  judgedBy,
  messageOf,
  messages,
  monday,
  openCase,
  snapshot,
  supportAt,
  team,
} from './cases.ts';

const medium = { symptom: 'moderate-impact', environment: 'production', selfServiceRecoveryTried: 'true' };
const closing = 'the month-end closing runs on it';

function changed(the: Case, inputs: Record<string, string>): Case {
  the.click('rosa', 'differ');
  the.click('rosa', 'override', { scope: 'supported', reason: closing, ...inputs });
  return the;
}

describe('a verdict seen differently', () => {
  it('asks for the reason, filled in with what the verdict says now', () => {
    const the = judgedBy(medium);

    the.click('rosa', 'differ');

    expect(cardOf(the.last, 'differ')).toMatchObject({
      now: 'Supported, Medium',
      scope: 'supported',
      severity: 'medium',
    });
    expect(messageOf(the.last, 'support').verbs).toEqual(['override', 'back']);
    the.click('rosa', 'back');
    expect(supportAt(the, 'judged').verdict.severity).toBe('medium');
  });

  it.each([
    ['medium', 'high', 'Medium → High', /less than 8 office hours\. Due Tue 3 Mar 10:00/],
    ['medium', 'critical', 'Medium → Critical', /less than 2 office hours\. Due Mon 2 Mar 12:00/],
    ['medium', 'low', 'Medium → Low', /^Reasonable effort, no fixed time\.$/],
  ])('goes from %s to %s, and the target follows', (_from, severity, change, due) => {
    const the = changed(judgedBy(medium), { severity });
    const card = cardOf(the.last, 'verdict');

    expect(card.changes).toEqual([`Changed by Rosa Requester: ${change}, because ${closing}`]);
    expect(card.due).toMatch(due);
    expect(card.ratings).toContainEqual({
      title: 'Severity',
      value: expect.stringContaining('(by the rules: Medium)'),
    });
    expect(card.wouldChange).toEqual([]);
    expect(the.last.projections).toEqual([
      {
        type: 'verdict-overridden',
        overrideId: `C-1/${the.revision}`,
        override: {
          by: 'rosa',
          at: monday,
          reason: closing,
          from: { scope: 'supported', route: 'ticket', severity: 'medium' },
          to: { scope: 'supported', route: 'ticket', severity },
        },
        tablesVersion: supportAt(the, 'judged').verdict.tablesVersion,
      },
    ]);
  });

  it('is told to the desk: both severities, who and why, and the priority of the new one', () => {
    const the = changed(judgedBy(medium), { severity: 'high' });

    the.click('rosa', 'preview-ticket');
    const { body, severity } = cardOf(the.last, 'ticket-preview');
    the.click('rosa', 'open-ticket');

    expect(severity).toBe('High (by the rules: Medium)');
    expect(body).toContain(`Changed by Rosa Requester: Medium → High, because ${closing}`);
    expect(effectsOf(the.last, 'open-ticket')[0]?.request).toMatchObject({
      priority: 'high',
      tags: ['causeway', 'severity_high', 'severity_changed'],
    });
    the.happen({ type: 'ticket-opened', ticket: snapshot });
    expect(cardOf(the.last, 'ticket').severity).toBe('High (by the rules: Medium)');
    expect(effectsOf(the.last, 'timer').map((timer) => timer.dueAt)).toContain('2026-03-03T09:00:00.000Z');
  });

  it('has the ticket opened for what is not supported, and promises nothing', () => {
    const the = changed(judgedBy({ symptom: 'customization' }), { severity: 'high' });

    const card = cardOf(the.last, 'verdict');
    expect(card.changes[0]).toContain('Outside support → Supported, High');
    expect(card.due).toMatch(/^No time is promised/);
    expect(supportAt(the, 'judged').verdict).toMatchObject({ route: 'ticket', responsible: 'mendix', target: null });
    the.click('rosa', 'preview-ticket');
    the.click('rosa', 'open-ticket');
    the.happen({ type: 'ticket-opened', ticket: snapshot });
    expect(effectsOf(the.last, 'timer')).toEqual([]);
  });

  it('may do without a severity where none is promised', () => {
    const the = changed(judgedBy({ symptom: 'customization' }), {});

    the.click('rosa', 'preview-ticket');
    the.click('rosa', 'open-ticket');

    expect(effectsOf(the.last, 'open-ticket')[0]?.request.priority).toBe('normal');
  });

  it('lets a person say that it is no case for support, and take that back', () => {
    const the = changed(judgedBy(medium), { scope: 'unsupported', severity: 'medium' });

    expect(cardOf(the.last, 'verdict')).toMatchObject({
      headline: 'Not a case for support, as it was said here.',
      due: '',
    });
    expect(messageOf(the.last, 'support').verbs).not.toContain('preview-ticket');
    changed(the, { severity: 'medium' });

    expect(messageOf(the.last, 'support').verbs).toContain('preview-ticket');
    expect(cardOf(the.last, 'verdict').changes).toHaveLength(2);
    expect(cardOf(the.last, 'verdict').due).toContain('on the next business day');
  });

  it('skips what was to be done first, with the reason', () => {
    const the = judgedBy({ symptom: 'inaccessible', environment: 'production', selfServiceRecoveryTried: 'false' });

    changed(the, { severity: 'critical', reason: 'the portal does not open either' });

    expect(cardOf(the.last, 'verdict').changes[0]).toMatch(
      /The self-service recovery, then a ticket → A ticket, because/,
    );
    expect(messageOf(the.last, 'support').verbs).toContain('preview-ticket');
  });

  it.each([
    ['without a reason', { reason: ' ', severity: 'high' }, 'reason'],
    ['that changes nothing', { severity: 'medium' }, 'severity'],
    ['to a severity that there is not', { severity: 'apocalyptic' }, 'severity'],
  ])('%s is refused on its field', (_what, inputs, input) => {
    const the = judgedBy(medium);

    changed(the, inputs);

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input }] });
    expect(the.last.projections).toEqual([]);
    supportAt(the, 'differing');
  });

  it('keeps no secret that stands in its reason', () => {
    const the = changed(judgedBy(medium), { severity: 'high', reason: 'see password=hunter2' });

    expect(JSON.stringify([the.state, the.last])).not.toContain('hunter2');
  });

  it('is for whoever described the case', () => {
    const the = judgedBy(medium);

    the.click('sam', 'override', { severity: 'low', reason: 'no' });

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('Rosa Requester') });
  });

  it('is for people with a role', () => {
    const the = judgedBy(medium);
    the.settings({ people: directory.people.map((person) => Object.assign({}, person, { roles: [] })) });

    the.click('rosa', 'override', { severity: 'low', reason: 'no' });

    expect(the.last.reply).toMatchObject({ outcome: 'refused', because: expect.stringContaining('no role') });
  });

  it('is over when the facts are corrected: the rules judge anew', () => {
    const the = changed(judgedBy(medium), { severity: 'high' });

    the.click('rosa', 'change-answers');
    the.click('rosa', 'back');
    expect(cardOf(the.last, 'verdict').changes).toHaveLength(1);
    the.click('rosa', 'change-answers');
    the.click('rosa', 'triage-continue', { environment: 'test' });

    expect(cardOf(the.last, 'verdict').changes).toEqual([]);
    expect(supportAt(the, 'judged').verdict.severity).toBe('medium');
  });

  it('goes to the desk once the ticket is open', () => {
    const the = atTicket();

    the.say('rosa', 'severity low because it works again');

    expect(effectsOf(the.last, 'change-ticket')).toMatchObject([{ ticketId: 12, priority: 'low' }]);
    expect(the.last.projections).toEqual([]);
  });

  it('comes too late once the ticket is open when it is about support at all', () => {
    const the = atTicket();

    the.say('rosa', 'not supported because we did it ourselves');

    expect(effectsOf(the.last, 'change-ticket')).toEqual([]);
    expect(the.last.reply.outcome).not.toBe('done');
  });
});

describe('the list of changed verdicts', () => {
  const listed: ListedOverride = {
    caseId: 'case-0123456789abcdef',
    ticketId: null,
    tablesVersion: '3f2a9c01d7e4',
    override: {
      by: 'rosa',
      at: monday,
      reason: closing,
      from: { scope: 'supported', route: 'ticket', severity: 'medium' },
      to: { scope: 'supported', route: 'ticket', severity: 'high' },
    },
  };

  it.each(['sam', 'ada'])('is read for %s, wherever they ask', (who) => {
    for (const the of [openCase(), atVerdict()]) {
      const before = the.state;

      the.say(who, 'overrides');

      expect(effectsOf(the.last, 'list-overrides')).toEqual([
        { kind: 'read', type: 'list-overrides', person: who, place: team },
      ]);
      expect(before === null || the.state === before).toBe(true);
    }
  });

  it.each(['rosa', 'anna', 'otto'])('is not for %s, who is told so', (who) => {
    const the = openCase();

    the.say(who, 'overrides');

    expect(the.last.reply.outcome).toBe('refused');
    expect(messages(the.last)).toMatchObject([{ onlyFor: who }]);
    expect(effectsOf(the.last, 'list-overrides')).toEqual([]);
  });

  it('shows who, when, which case, from what to what, why and by which rules, to whoever asked alone', () => {
    const the = openCase();
    the.say('sam', 'overrides');

    the.happen({
      type: 'overrides-listed',
      person: 'sam',
      place: team,
      overrides: [{ ...listed, ticketId: 12 }, listed],
    });

    expect(messageOf(the.last, 'overrides').onlyFor).toBe('sam');
    expect(cardOf(the.last, 'overrides').changes).toEqual([
      {
        text: 'Medium → High',
        reason: closing,
        detail: '2026-03-02 10:00 (Europe/Amsterdam) · Rosa Requester · ticket 12 · rules of version 3f2a9c01d7e4',
      },
      expect.objectContaining({ detail: expect.stringContaining('no ticket (case 89abcdef)') }),
    ]);
  });

  it('says that there are none', () => {
    const the = openCase();
    the.say('sam', 'overrides');

    the.happen({ type: 'overrides-listed', person: 'sam', place: team, overrides: [] });

    expect(cardOf(the.last, 'overrides')).toMatchObject({ changes: [], none: expect.stringContaining('stands') });
  });
});
