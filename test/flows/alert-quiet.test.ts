/** What quiet hours and the digest hold back of an alert, and how it is said at last. */
import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/flows/flow.ts';
import type { Severity } from '../../src/policy/severity.ts';
import { type AlertCase, openAlert } from './alert-cases.ts';
import { cardOf, messageOf, messages, supportRoom } from './cases.ts';

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

/** From eight in the evening of the first day. */
const nightly = { zone: 'Europe/Amsterdam', from: '19:00', until: '07:30', daysOff: [] };
const morning = { type: 'timer', name: 'alert-card', about: 'alert-worse' } as const;

function isAboutWorse({ message }: { message: string }): boolean {
  return message.startsWith('alert-worse');
}

/** Whether the line was put off once, however often it got worse. */
function waitsForMorning(the: AlertCase): number {
  return the.alert.isWorseHeld === true ? 1 : 0;
}

describe('an alert that gets worse in quiet hours', () => {
  it('says at the end of the quiet hours how things stand by then, when it got worse in them', () => {
    const the = openAlert(routed({ quiet: nightly }));
    the.fire({ id: 'a', severity: 'Sev2' });
    the.later(11 * 60);

    the.fire({ id: 'b', severity: 'Sev1' });
    the.fire({ id: 'c', severity: 'Sev1' });
    expect(messages(the.last).filter(isAboutWorse)).toEqual([]);
    expect(waitsForMorning(the)).toBe(1);
    the.later(12 * 60);
    the.happen(morning);

    const [line, ...more] = messages(the.last).filter(isAboutWorse);
    expect(more).toEqual([]);
    expect(line?.notBefore).toBeUndefined();
    expect(line?.content.text).toMatch(/got worse in the quiet hours: it is Sev1\b.* now\. 3 alerts are open\./);
    the.happen(morning);
    expect(the.last.effects).toEqual([]);
  });

  it('says nothing of it when it is over by then', () => {
    const the = openAlert(routed({ quiet: nightly }));
    the.fire({ id: 'a', severity: 'Sev2' });
    the.later(11 * 60);
    the.fire({ id: 'b', severity: 'Sev1' });
    the.resolve({ id: 'a' });
    the.resolve({ id: 'b' });
    the.later(12 * 60);

    the.happen(morning);

    expect(the.last.effects).toEqual([]);
  });

  it('does not repeat in the morning what was critical in the night', () => {
    const the = openAlert(routed({ quiet: nightly }));
    the.fire({ id: 'a', severity: 'Sev2' });
    the.later(11 * 60);
    the.fire({ id: 'b', severity: 'Sev1' });

    the.fire({ id: 'c', severity: 'Sev0' });
    expect(messages(the.last).filter(isAboutWorse)).toMatchObject([{ mention: ['sam'] }]);
    the.later(12 * 60);
    the.happen(morning);

    expect(the.last.effects).toEqual([]);
  });
});

describe('“Take it up” in the digest', () => {
  const press = {
    type: 'clicked',
    person: 'sam',
    place: supportRoom,
    message: 'settings/digest/x',
    inputs: {},
  } as const;

  function lowAlert() {
    const the = openAlert(routed({ digest: { zone: 'Europe/Amsterdam', at: '08:30' } }));
    the.fire({ severity: 'Sev3' });
    return the;
  }

  it('gives the alert its own card in the channel, where it can be triaged', () => {
    const the = lowAlert();

    the.happen({ ...press, verb: 'take-alert' });

    expect(messageOf(the.last, 'alert', supportRoom).verbs).toEqual(['triage-alert', 'leave-alert']);
    the.resolve();
    the.ring();
    expect(cardOf(the.last, 'alert').state).toBe('Resolved');
  });

  it('says to whoever pressed that it stands there already, or is over', () => {
    const the = lowAlert();
    the.happen({ ...press, verb: 'take-alert' });
    the.happen({ ...press, verb: 'take-alert', person: 'ada' });
    expect(messages(the.last)).toMatchObject([
      { onlyFor: 'ada', content: { text: expect.stringContaining('stands in the channel already') } },
    ]);

    const over = lowAlert();
    over.resolve();
    over.happen({ ...press, verb: 'take-alert' });
    expect(messages(over.last)).toMatchObject([
      { onlyFor: 'sam', content: { text: expect.stringContaining('resolved') } },
    ]);
  });

  it('is for people with a role', () => {
    const the = lowAlert();

    the.happen({ ...press, verb: 'take-alert', person: 'otto' });

    expect(messages(the.last)).toMatchObject([{ onlyFor: 'otto' }]);
    expect(the.alert.channel).toBeNull();
  });
});
