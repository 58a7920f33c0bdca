import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { Severity } from '../../src/policy/severity.ts';
import { adminRoom, openAlert } from './alert-cases.ts';
import { cardOf, directory, effectsOf, messageOf, messages, monday, supportRoom, whereIs } from './cases.ts';

const critical = { platform: 'web', conversation: 'critical', thread: null } as const;
const rotation = {
  name: 'ops',
  zone: 'Europe/Amsterdam',
  start: '2026-01-05T09:00',
  handover: 'weekly' as const,
  people: ['sam'],
  overrides: [],
};

function routed(more: Partial<NonNullable<Directory['routing']>> = {}): Partial<Directory> {
  const severities: Severity[] = ['critical'];
  const rule = { environments: null, severities, channel: critical, rotation };
  return { routing: { rules: [rule], quiet: null, digest: null, ...more } };
}

describe('an alert that fires', () => {
  it('is one card in the support channel that says where, what, how bad and since when', () => {
    const the = openAlert();

    the.fire({ description: 'Working set above 90 %.' });

    const shown = messageOf(the.last, 'alert', supportRoom);
    expect(shown.verbs).toEqual(['triage-alert', 'leave-alert']);
    expect(shown.mention).toEqual([]);
    expect(cardOf(the.last, 'alert')).toMatchObject({
      state: 'Fired',
      tone: 'warning',
      environment: 'mendix-prod',
      rule: 'Nodes are short of memory',
      severity: 'Sev1 (Error)',
      targets: 'aks-mendix-prod',
      since: 'Mon 2 Mar 09:00 (Europe/Amsterdam)',
      count: '',
    });
    expect(the.last.projections).toEqual([
      { type: 'alert-seen', alertId: 'a', condition: 'Fired' },
      { type: 'alert-thread', isOpen: true },
    ]);
  });

  it('a thousand times is counted on the same card, which is written once in a while', () => {
    const the = openAlert();
    let written = 0;
    for (let number = 0; number < 1000; number += 1) {
      const { effects } = the.fire({ id: `a${number}` });
      written += effects.length;
    }

    the.ring();

    expect(written).toBe(2);
    expect(cardOf(the.last, 'alert').count).toBe('It fired 1,000 times; 1,000 are still open.');
    expect(the.ring().effects).toEqual([]);
  });

  it('is over when the last of them is resolved', () => {
    const the = openAlert();
    the.fire({ id: 'a' });
    the.fire({ id: 'b' });

    the.resolve({ id: 'a' });
    expect(the.alert).toMatchObject({ at: 'open', open: 1 });
    the.resolve({ id: 'b' });
    the.ring();

    expect(cardOf(the.last, 'alert')).toMatchObject({
      state: 'Resolved',
      tone: 'good',
      resolved: 'Mon 2 Mar 09:20 (Europe/Amsterdam)',
      count: 'It fired 2 times; everything is resolved.',
    });
  });

  it('again after it was over goes on in its thread', () => {
    const the = openAlert();
    the.fire({ id: 'a' });
    the.resolve({ id: 'a' });

    the.fire({ id: 'b' });

    expect(the.alert).toMatchObject({ at: 'open', fired: 2, open: 1, resolvedAt: null });
    expect(the.last.projections.at(-1)).toEqual({ type: 'alert-thread', isOpen: true });
  });

  it('that was resolved before it fired, as it came here, calls nobody and shows both', () => {
    const the = openAlert();

    expect(the.resolve({ id: 'a' }).effects).toEqual([]);
    the.fire({ id: 'a' });

    expect(messageOf(the.last, 'alert').mention).toEqual([]);
    expect(cardOf(the.last, 'alert')).toMatchObject({ state: 'Resolved', count: '' });
    expect(the.alert).toMatchObject({ at: 'resolved', fired: 1, open: 0 });
  });
});

describe('which channel, and who is called', () => {
  it('is decided by environment and severity, and critical calls whoever is on call', () => {
    const the = openAlert(routed());

    the.fire({ severity: 'Sev0' });

    expect(messageOf(the.last, 'alert', critical).mention).toEqual(['sam']);
    expect(messageOf(openAlert(routed()).fire({ severity: 'Sev1' }), 'alert', supportRoom).mention).toEqual([]);
  });

  it('stays when it gets worse, with a new message that calls', () => {
    const the = openAlert(routed());
    the.fire({ id: 'a', severity: 'Sev2' });

    the.fire({ id: 'b', severity: 'Sev0' });

    const line = messageOf(the.last, 'alert-worse', supportRoom);
    expect(line.content.text).toContain('it is Sev0 (Critical) now');
    expect(line.mention).toEqual(['sam']);
  });

  it('waits for the morning in quiet hours, unless it is critical', () => {
    const quiet = { zone: 'Europe/Amsterdam', from: '19:00', until: '07:30', daysOff: [1] };
    const night = routed({ quiet });

    expect(messageOf(openAlert(night).fire({ severity: 'Sev1' }), 'alert').notBefore).toBe('2026-03-03T06:30:00.000Z');
    expect(messageOf(openAlert(night).fire({ severity: 'Sev0' }), 'alert').notBefore).toBeUndefined();
  });

  it('low ones are left to the digest, where there is one', () => {
    const the = openAlert(routed({ digest: { zone: 'Europe/Amsterdam', at: '08:30' } }));

    expect(the.fire({ id: 'a', severity: 'Sev3' }).effects).toEqual([]);
    the.fire({ id: 'b', severity: 'Sev1' });

    expect(messageOf(the.last, 'alert', supportRoom).content.text).toContain('2 times');
  });

  it('what belongs nowhere is told to administrators, once', () => {
    const the = openAlert();

    the.fire({ id: 'a', environment: null });
    const [line] = messages(the.last);
    the.fire({ id: 'b', environment: null });

    expect(line?.to).toEqual(adminRoom);
    expect(line?.content.text).toMatch(/belongs to no environment.*add the environment/);
    expect(messages(the.last)).toEqual([]);
  });

  it('what belongs nowhere ends as all others do: the same message says so', () => {
    const the = openAlert();
    the.fire({ id: 'a', environment: null });
    const [line] = messages(the.last);

    the.resolve({ id: 'a', environment: null });

    expect(messages(the.last)).toMatchObject([
      { message: line?.message, content: { text: expect.stringContaining('It was resolved: Mon 2 Mar 09:20') } },
    ]);
    expect(the.last.projections).toContainEqual({ type: 'alert-thread', isOpen: false });
  });

  it('without any channel administrators hear of that instead', () => {
    const the = openAlert({ places: { approvals: null, support: null } });

    the.fire();

    expect(messageOf(the.last, 'alert-nowhere', adminRoom).content.text).toContain('no channel takes support notices');
  });
});

describe('“Triage this”', () => {
  it('asks first, with what the alert says filled in, and judges nothing by itself', () => {
    const the = openAlert();
    the.fire({ severity: 'Sev0' });

    the.click('sam', 'triage-alert');

    expect(the.last.reply.outcome).toBe('done');
    const form = cardOf(the.last, 'triage');
    const proposed = Object.fromEntries(form.asks.map(({ id, value }) => [id, value]));
    expect(proposed).toMatchObject({ environment: 'production', symptom: 'inaccessible' });
    expect(the.alert.desk).toMatchObject({ at: 'asking', requester: 'sam', about: { environment: 'mendix-prod' } });
    expect(cardOf(the.last, 'alert').next).toBe('Sam Support is triaging it, in this thread.');
    expect(messageOf(the.last, 'alert').verbs).toEqual([]);
  });

  it('takes the words of the alert before its severity', () => {
    const the = openAlert();
    the.fire({ rule: 'Cluster initialization failed after retries', severity: 'Sev4' });
    expect(cardOf(the.last, 'alert').note).toMatch(/opens a ticket by itself/);

    the.click('sam', 'triage-alert');
    the.click('sam', 'triage-continue');

    expect(the.alert.desk).toMatchObject({ at: 'judged', verdict: { route: 'auto_ticket_exists', severity: 'high' } });
    expect(effectsOf(the.last, 'find-tickets')[0]?.words).toContain('mendix-prod');
  });

  it('goes on to a ticket in the same thread, while the alert goes on beside it', () => {
    const the = openAlert();
    the.fire({ severity: 'Sev0' });
    the.click('sam', 'triage-alert');
    the.click('sam', 'triage-continue', { selfServiceRecoveryTried: 'true' });
    the.click('sam', 'preview-ticket');
    the.click('sam', 'open-ticket');
    const ticket = { id: 12, subject: 's', status: 'new', url: 'https://desk', updatedAt: monday } as const;
    the.happen({ type: 'ticket-opened', ticket });
    expect(cardOf(the.last, 'alert').next).toBe('It goes on as ticket 12, in this thread; Sam Support looks after it.');

    the.resolve();

    const end = messageOf(the.last, 'alert-over');
    expect(end.content.text).toContain('resolved, Mon 2 Mar 09:20');
    expect(end.mention).toEqual(['sam']);
    the.fire({ id: 'b' });
    expect(messages(the.resolve({ id: 'b' })).map(({ message }) => message)).not.toContain('alert-over');
  });

  it('is one at a time, and can begin again after it was put off', () => {
    const the = openAlert();
    the.fire();
    the.click('sam', 'triage-alert');

    expect(the.click('ada', 'triage-alert').reply).toMatchObject({ outcome: 'stale' });
    the.click('sam', 'not-now');

    expect(messageOf(the.last, 'alert').verbs).toContain('triage-alert');
    expect(the.click('ada', 'triage-alert').reply.outcome).toBe('done');
  });

  it('can be typed, like everything', () => {
    const [byWord, byClick] = [openAlert(), openAlert()];
    byWord.fire();
    byClick.fire();

    byWord.say('sam', 'triage this');
    byClick.click('sam', 'triage-alert');

    expect(byWord.last.effects).toEqual(byClick.last.effects);
    expect(byWord.state).toEqual(byClick.state);
  });

  it('is for people with a role', () => {
    const the = openAlert();
    the.fire();

    expect(the.click('otto', 'triage-alert').reply.outcome).toBe('refused');
  });
});

it('left for now is left until it gets worse', () => {
  const the = openAlert();
  the.fire({ id: 'a', severity: 'Sev2' });
  the.click('sam', 'leave-alert');
  expect(cardOf(the.last, 'alert').next).toBe('Sam Support left it for now.');

  the.fire({ id: 'b', severity: 'Sev2' });
  expect(the.alert.leftBy).toBe('sam');
  the.fire({ id: 'c', severity: 'Sev1' });

  expect(the.alert.leftBy).toBeUndefined();
});

it('a question in its thread is answered there', () => {
  const the = openAlert({ ...directory });
  the.fire();

  the.say('sam', 'question: who patches the nodes?');

  expect(whereIs(the.state)).toBe('alert/open');
  expect(messages(the.last)[0]?.content.card?.name).toBe('answer');
});
