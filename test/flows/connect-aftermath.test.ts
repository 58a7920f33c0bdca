/** What a plan leaves to happen by itself, such as nodes that learn of new DNS servers: waited for, proved anew, asked about. */
import { describe, expect, it } from 'vitest';
import { cardOf, connectAt, effectsOf, messageOf, snapshot, supportRoom, type Case, whereIs } from './cases.ts';
import { finish, working } from './working.ts';

describe('what has to happen by itself afterwards', () => {
  const aftermath = { what: 'nodes', text: 'The nodes learn of it later.', wayOut: 'Open a ticket.' } as const;
  const nothingSeen = { evidence: [], toRun: [] };

  function atAftermath(): Case {
    const the = working({ aftermath, scenario: 'dns-servers' });
    finish(the);
    the.happen({ type: 'verified', question: the.revision, proof: nothingSeen });
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
    const waits = { kind: 'computed' as const, code: 'node-restart-wait', text: aftermath.text, good: null };
    the.happen({ type: 'verified', question: the.revision, proof: { evidence: [waits], toRun: [] } });

    expect(cardOf(the.last, 'connect-result').computed).toEqual([]);
  });

  it('is proved anew after a week, and whoever asked is told', () => {
    const the = atAftermath();
    the.later(8 * 24 * 60);

    the.happen({ type: 'timer', name: 'proof-again', about: connectAt(the, 'connected').planId });
    expect(effectsOf(the.last, 'verify')).toHaveLength(1);
    expect(messageOf(the.last, 'nodes')).toMatchObject({ mention: ['rosa'] });
    the.happen({ type: 'verified', question: the.revision, proof: nothingSeen });

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

  it('tells the desk which plan it was, and what was looked at', () => {
    const the = atAftermath();
    the.click('rosa', 'start-support');
    the.say('rosa', 'continue');
    the.say('rosa', 'open the ticket');

    the.say('rosa', 'open the ticket');

    const [open] = effectsOf(the.last, 'open-ticket');
    const { planId, proof } = connectAt(the, 'connected');
    expect(open?.request.facts).toMatchObject({ environment: 'mendix-prod', plans: planId });
    expect(open?.request.body).toContain(`Plans: ${planId}`);
    expect(open?.request.body.includes('What was looked at:')).toBe(proof.evidence.length > 0);
  });

  it('is put off again without a trace', () => {
    const the = atAftermath();
    the.click('rosa', 'start-support');

    the.say('rosa', 'not now');

    expect(connectAt(the, 'connected').desk).toBeUndefined();
  });
});
