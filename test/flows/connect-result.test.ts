import { describe, expect, it } from 'vitest';
import { type CheckToRun, checkId, type Evidence, type LooksFor, type Proof } from '../../src/plan/evidence.ts';
import { fillCard } from '../../src/cards/fill.ts';
import { atWork, cardOf, type Case, connectAt, messageOf } from './cases.ts';

const good: Evidence = { kind: 'read', code: 'peering-state', text: 'hub-vnet says: Connected.', good: true };
const bad: Evidence = { ...good, text: 'mendix-vnet has no peering.', good: false };
const unknown: Evidence = { kind: 'computed', code: 'name-resolves', text: 'Own DNS servers.', good: null };
const host = 'orders.azure.mendixapps.io';
const address = '192.168.0.10';
const look = check('nslookup', { what: 'name', host, address });
const open = check('curl', { what: 'reach', host, address, port: 443 });
function check(tool: string, looksFor: LooksFor): CheckToRun & { id: string } {
  const from = 'hub-vnet';
  return { from, command: `${tool} ${host}`, expect: address, id: checkId(from, looksFor), looksFor };
}

const named = `Name: ${host}\nAddress: ${address}`;
const reached = `HTTP/2 200\nhttps://${host}/ connected-to-${address}-exit-0`;

function proved(evidence: readonly Evidence[], toRun: Proof['toRun'] = [look, open]): Case {
  const the = atWork();
  the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'complete' } });
  the.happen({ type: 'verified', question: the.revision, proof: { evidence, toRun } });
  return the;
}

describe('the proof', () => {
  it('says “set up correctly” when Azure confirms it, and asks for a try', () => {
    const { last } = proved([good]);

    expect(cardOf(last, 'connect-result')).toMatchObject({
      headline: 'Set up correctly, not yet tried',
      tone: 'default',
    });
    expect(cardOf(last, 'connect-status')).toMatchObject({ headline: 'Connected', tone: 'default' });
    expect(messageOf(last, 'result')).toMatchObject({
      verbs: ['judge-output', 'check-again', 'undo'],
      mention: ['rosa'],
    });
  });

  it.each([
    ['something is wrong', [good, bad], 'attention', 'something is not as planned'],
    ['something is unknown', [good, unknown], 'warning', 'not yet confirmed'],
  ])('is never green when %s, on either card', (_what, evidence, tone, headline) => {
    const { last } = proved(evidence);

    expect(cardOf(last, 'connect-result')).toMatchObject({ tone, headline: expect.stringContaining(headline) });
    expect(cardOf(last, 'connect-status')).toMatchObject({ tone, headline: expect.stringContaining(headline) });
  });

  it('does not claim what could not be read after the last write', () => {
    const the = atWork();
    the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'complete' } });

    the.happen({ type: 'read-failed', question: the.revision, of: 'verify', because: 'Azure did not answer.' });

    const result = cardOf(the.last, 'connect-result');
    expect(result).toMatchObject({ headline: 'Written, not yet confirmed', tone: 'warning' });
    expect(result.text).not.toMatch(/Azure confirms|check below/);
    expect(result.text).toContain('Check again');
    expect(messageOf(the.last, 'result').verbs).toEqual(['check-again', 'undo']);
    the.say('rosa', 'it printed 192.168.0.10');
    expect(the.last.reply.outcome).toBe('stale');
  });

  it('says beside a line only what its sign and its heading do not', () => {
    const { last } = proved([good, bad, unknown, { ...good, closed: true }]);

    const { closed, computed, read } = cardOf(last, 'connect-result');
    expect([...read, ...computed, ...closed].map(({ sign, word }) => `${sign} ${word}`)).toEqual([
      '✓ ',
      '✕ not as planned',
      '? not known',
      '✓ closed',
    ]);
  });

  it('of a large plan counts what is as planned, and leaves out nothing else', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ ...good, text: `Link ${index} says: Completed.` }));
    const { last } = proved([...many, bad, ...many, unknown]);

    const { read } = cardOf(last, 'connect-result');
    expect(read).toHaveLength(13);
    expect(read.filter(({ sign }) => sign === '✕').map(({ text }) => text)).toEqual([bad.text]);
    expect(read.at(-1)).toMatchObject({ sign: '✓', text: 'And 69 more of the kind.' });
    expect(
      JSON.stringify(fillCard({ name: 'connect-result', data: cardOf(last, 'connect-result') })).length,
    ).toBeLessThan(25_000);
  });

  it('ignores an answer to an older question', () => {
    const the = atWork();
    the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'complete' } });

    the.happen({ type: 'verified', question: 1, proof: { evidence: [good], toRun: [] } });
    the.happen({ type: 'read-failed', question: 1, of: 'verify', because: 'no' });

    connectAt(the, 'verifying');
  });
});

describe('what a person pasted', () => {
  it('proves that it works when every check holds', () => {
    const the = proved([good]);

    the.click('rosa', 'judge-output', { output: `${named}\n${reached}` });

    expect(cardOf(the.last, 'connect-result')).toMatchObject({
      headline: 'Connected, and it works',
      tone: 'good',
      toRun: [],
    });
    expect(cardOf(the.last, 'connect-result').observed[0]?.text).toContain('Rosa Requester tried it in hub-vnet');
    expect(messageOf(the.last, 'result').verbs).toEqual(['check-again', 'undo']);
  });

  it('may come one check at a time, and none of them counts against the others', () => {
    const the = proved([good]);

    the.say('rosa', `it printed\n${reached}`);
    expect(cardOf(the.last, 'connect-result')).toMatchObject({
      headline: 'Set up correctly, tried in part',
      text: expect.stringContaining('1 of 2 checks'),
      toRun: [expect.objectContaining({ command: look.command })],
    });
    the.say('rosa', 'it says Address: 192.168.0.10');

    expect(cardOf(the.last, 'connect-result').headline).toBe('Connected, and it works');
  });

  it.each(['Address: 192.168.0.100', `** server can't find ${host}: NXDOMAIN`, '10.0.0.1'])(
    'counts against it when it says %s',
    (output) => {
      const the = proved([good]);

      the.click('rosa', 'judge-output', { output });

      const result = cardOf(the.last, 'connect-result');
      expect(result).toMatchObject({ tone: 'attention', headline: 'Written, but something is not as planned' });
      expect(messageOf(the.last, 'result').verbs).toEqual(['judge-output', 'check-again', 'undo']);
    },
  );

  it.each(['1192.168.0.10', 'it works', `connection timed out; no servers could be reached`])(
    'counts neither way when nobody can read an answer out of %s',
    (output) => {
      const the = proved([good]);

      the.click('rosa', 'judge-output', { output });

      const result = cardOf(the.last, 'connect-result');
      expect(result).toMatchObject({ tone: 'default', headline: 'Set up correctly, not yet tried' });
      expect(result.observed).toEqual([
        expect.objectContaining({ sign: '?', word: 'not tried', text: expect.stringContaining('inside hub-vnet') }),
      ]);
    },
  );

  it('can be pasted better after a bad one', () => {
    const the = proved([good], [look]);
    the.click('rosa', 'judge-output', { output: `${host} has address 10.0.0.1` });

    the.click('rosa', 'judge-output', { output: named });

    expect(cardOf(the.last, 'connect-result')).toMatchObject({ headline: 'Connected, and it works' });
    expect(cardOf(the.last, 'connect-status')).toMatchObject({ headline: 'Connected', tone: 'good' });
  });

  it('stays when Azure is read again, as long as it is about the same', () => {
    const the = proved([good], [look]);
    the.click('rosa', 'judge-output', { output: named });
    the.click('rosa', 'check-again');
    the.happen({ type: 'verified', question: the.revision, proof: { evidence: [good], toRun: [look] } });
    expect(cardOf(the.last, 'connect-result').headline).toBe('Connected, and it works');

    the.click('rosa', 'check-again');
    const moved = check('nslookup', { what: 'name', host, address: '192.168.0.11' });
    the.happen({ type: 'verified', question: the.revision, proof: { evidence: [good], toRun: [moved] } });

    expect(cardOf(the.last, 'connect-result')).toMatchObject({
      headline: 'Set up correctly, not yet tried',
      observed: [],
    });
  });

  it('is asked for when there is none', () => {
    const the = proved([good]);

    the.click('rosa', 'judge-output', { output: '  ' });

    expect(the.last.reply).toMatchObject({ outcome: 'invalid', errors: [{ input: 'output' }] });
  });

  it('counts from the requester only', () => {
    const the = proved([good]);

    the.click('ben', 'judge-output', { output: '192.168.0.10' });

    expect(the.last.reply.outcome).toBe('refused');
  });

  it('does not hide what Azure says is wrong', () => {
    const the = proved([bad]);

    the.click('rosa', 'judge-output', { output: `${named}\n${reached}` });

    expect(cardOf(the.last, 'connect-result').tone).toBe('attention');
  });
});

describe('what a probe saw', () => {
  function seen(of: string, more: Partial<Evidence> = {}): Evidence {
    const text = 'The machine probe-vm says so.';
    return { kind: 'observed', code: 'watcher-probe', of, text, good: true, ...more };
  }
  const both = [look.id, open.id];
  const closed = { code: 'closed', closed: true as const };

  it('is enough: nobody has to run anything', () => {
    const { last } = proved([good, ...both.map((id) => seen(id))]);

    expect(cardOf(last, 'connect-result')).toMatchObject({ headline: 'Connected, and it works', toRun: [] });
    expect(messageOf(last, 'result').verbs).toEqual(['check-again', 'undo']);
  });

  it('of one check leaves the other to be run', () => {
    const { last } = proved([good, seen(both[0] ?? '')]);

    expect(cardOf(last, 'connect-result')).toMatchObject({
      headline: 'Set up correctly, tried in part',
      toRun: [expect.objectContaining({ command: open.command })],
    });
  });

  it('about a certificate is a line of its own, and neither green nor red', () => {
    const odd = seen('', { code: 'certificate', good: null, care: true, text: 'A certificate for somebody else.' });
    const { last } = proved([good, ...both.map((id) => seen(id)), odd]);

    const result = cardOf(last, 'connect-result');
    expect(result.headline).toBe('Connected, and it works');
    expect(result.observed.at(-1)).toMatchObject({ sign: '!', word: 'have a look', tone: 'warning' });
  });

  it('about what must stay closed stands apart, and never counts as working', () => {
    const { last } = proved([good, seen('closed', closed), { ...good, ...closed, kind: 'computed' }]);

    const result = cardOf(last, 'connect-result');
    expect(result).toMatchObject({
      headline: 'Set up correctly, not yet tried',
      observed: [],
      unseen: expect.stringContaining('Nothing'),
    });
    expect(result.closed.map(({ word, detail }) => `${word}: ${detail}`)).toEqual([
      'closed: tried',
      'closed: follows from what Azure says',
    ]);
  });

  it('to be open although it must be closed is wrong, whatever works', () => {
    const { last } = proved([good, ...both.map((id) => seen(id)), seen('closed', { ...closed, good: false })]);

    const result = cardOf(last, 'connect-result');
    expect(result).toMatchObject({ tone: 'attention', headline: 'Written, but something is not as planned' });
    expect(result.closed[0]).toMatchObject({ sign: '✕', word: 'open' });
  });
});
