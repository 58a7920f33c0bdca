import { describe, expect, it } from 'vitest';
import type { Evidence, Proof } from '../../src/plan/evidence.ts';
import { atWork, cardOf, type Case, connectAt, messageOf } from './cases.ts';

const good: Evidence = { kind: 'read', code: 'peering-state', text: 'hub-vnet says: Connected.', good: true };
const bad: Evidence = { ...good, text: 'mendix-vnet has no peering.', good: false };
const unknown: Evidence = { kind: 'computed', code: 'name-resolves', text: 'Own DNS servers.', good: null };
const look = { from: 'hub-vnet', command: 'nslookup orders.azure.mendixapps.io', expect: '192.168.0.10' };
const open = {
  from: 'hub-vnet',
  command: 'curl -sI https://orders.azure.mendixapps.io/',
  expect: 'connected-to-192.168.0.10',
};

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

  it('ignores an answer to an older question', () => {
    const the = atWork();
    the.happen({ type: 'plan-finished', planId: 'C-1/plan-4', outcome: { kind: 'complete' } });

    the.happen({ type: 'verified', question: 1, proof: { evidence: [good], toRun: [] } });
    the.happen({ type: 'read-failed', question: 1, of: 'verify', because: 'no' });

    connectAt(the, 'verifying');
  });
});

describe('what a person pasted', () => {
  it.each([
    'Name: orders.azure.mendixapps.io\nAddress: 192.168.0.10\nHTTP/2 200\nconnected-to-192.168.0.10',
    'The answer is 192.168.0.10. And: connected-to-192.168.0.10.',
    '192.168.0.10#53\r\nconnected-to-192.168.0.10\r\n',
  ])('proves that it works when every check holds (%j)', (output) => {
    const the = proved([good]);

    the.click('rosa', 'judge-output', { output });

    expect(cardOf(the.last, 'connect-result')).toMatchObject({ headline: 'Connected, and it works', tone: 'good' });
    expect(cardOf(the.last, 'connect-result').observed[0]?.text).toContain('Rosa Requester ran “nslookup');
    expect(messageOf(the.last, 'result').verbs).toEqual(['check-again', 'undo']);
  });

  it('may come one check at a time, and none of them counts against the others', () => {
    const the = proved([good]);

    the.say('rosa', 'it printed\nconnected-to-192.168.0.10');
    expect(cardOf(the.last, 'connect-result')).toMatchObject({
      headline: 'Set up correctly, tried in part',
      text: expect.stringContaining('1 of 2 checks'),
    });
    the.say('rosa', 'it says Address: 192.168.0.10');

    expect(cardOf(the.last, 'connect-result').headline).toBe('Connected, and it works');
  });

  it.each(['192.168.0.100', '1192.168.0.10', 'NXDOMAIN', '10.0.0.1'])('does not hold when it says %s', (output) => {
    const the = proved([good]);

    the.click('rosa', 'judge-output', { output });

    const result = cardOf(the.last, 'connect-result');
    expect(result).toMatchObject({ tone: 'attention', headline: 'Written, but something is not as planned' });
    expect(result.observed[0]?.text).toContain('Was it run inside hub-vnet?');
    expect(messageOf(the.last, 'result').verbs).toEqual(['judge-output', 'check-again', 'undo']);
  });

  it('can be pasted better after a bad one', () => {
    const the = proved([good], [look]);
    the.click('rosa', 'judge-output', { output: 'NXDOMAIN' });

    the.click('rosa', 'judge-output', { output: 'Address: 192.168.0.10' });

    expect(cardOf(the.last, 'connect-result')).toMatchObject({ headline: 'Connected, and it works' });
    expect(cardOf(the.last, 'connect-status')).toMatchObject({ headline: 'Connected', tone: 'good' });
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

    the.click('rosa', 'judge-output', { output: '192.168.0.10 connected-to-192.168.0.10' });

    expect(cardOf(the.last, 'connect-result').tone).toBe('attention');
  });
});
