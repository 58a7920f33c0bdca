import { describe, expect, it } from 'vitest';
import { lastDigestSlot, type QuietHours, quietUntil, type RoutingRule, ruleFor } from '../../src/policy/routing.ts';

const zone = 'Europe/Amsterdam';

function instant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}

describe('routing rules', () => {
  const rules: RoutingRule<string>[] = [
    { environments: ['mendix-prod'], severities: ['critical', 'high'], channel: 'prod-urgent', rotation: null },
    { environments: ['production'], severities: null, channel: 'prod', rotation: null },
    { environments: null, severities: ['low'], channel: 'low', rotation: null },
  ];

  it.each([
    [['mendix-prod', 'production'], 'critical', 'prod-urgent'],
    [['mendix-prod', 'production'], 'medium', 'prod'],
    [['payroll-prod', 'production'], 'critical', 'prod'],
    [['mendix-acc', 'acceptance'], 'low', 'low'],
    [[], 'low', 'low'],
    [['mendix-acc', 'acceptance'], 'high', null],
    [[], null, null],
    [['production'], null, 'prod'],
  ] as const)('%j with severity %s goes to %s', (environment, severity, channel) => {
    expect(ruleFor(rules, { environment, severity })?.channel ?? null).toBe(channel);
  });
});

describe('quiet hours', () => {
  const night: QuietHours = { zone, from: '19:00', until: '07:30', daysOff: [] };

  it.each([
    ['2026-11-23T17:59:59Z', null],
    ['2026-11-23T18:00:00Z', '2026-11-24T06:30:00Z'],
    ['2026-11-24T02:00:00Z', '2026-11-24T06:30:00Z'],
    ['2026-11-24T06:29:59Z', '2026-11-24T06:30:00Z'],
    ['2026-11-24T06:30:00Z', null],
  ])('over night: at %s they last until %s', (at, until) => {
    expect(quietUntil(night, instant(at))?.toString() ?? null).toBe(until);
  });

  it('within a day end on the same day', () => {
    const lunch = { ...night, from: '12:00', until: '13:00' };

    expect(quietUntil(lunch, instant('2026-11-23T11:10:00Z'))?.toString()).toBe('2026-11-23T12:00:00Z');
    expect(quietUntil(lunch, instant('2026-11-23T12:00:00Z'))).toBeNull();
  });

  it('hold a whole weekend, to the end of the night after it', () => {
    const weekends = { ...night, daysOff: [6, 7] };

    expect(quietUntil(weekends, instant('2026-11-20T20:00:00Z'))?.toString()).toBe('2026-11-23T06:30:00Z');
    expect(quietUntil(weekends, instant('2026-11-21T12:00:00Z'))?.toString()).toBe('2026-11-23T06:30:00Z');
  });

  it.each([
    ['into summer', '2026-03-28T20:00:00Z', '2026-03-29T05:30:00Z'],
    ['into winter', '2026-10-24T20:00:00Z', '2026-10-25T06:30:00Z'],
  ])('end at their local time when the clocks change %s', (_season, at, until) => {
    expect(quietUntil(night, instant(at))?.toString()).toBe(until);
  });

  it('that end in an hour that comes twice end once', () => {
    const early = { ...night, from: '22:00', until: '02:30' };

    expect(quietUntil(early, instant('2026-10-25T00:10:00Z'))?.toString()).toBe('2026-10-25T00:30:00Z');
    expect(quietUntil(early, instant('2026-10-25T01:10:00Z'))).toBeNull();
  });
});

describe('the time of the digest', () => {
  it.each([
    ['2026-11-23T07:29:59Z', '2026-11-22', '2026-11-22T07:30:00Z'],
    ['2026-11-23T07:30:00Z', '2026-11-23', '2026-11-23T07:30:00Z'],
    ['2026-11-23T22:59:59Z', '2026-11-23', '2026-11-23T07:30:00Z'],
    ['2026-03-29T08:00:00Z', '2026-03-29', '2026-03-29T06:30:00Z'],
    ['2026-10-25T07:00:00Z', '2026-10-24', '2026-10-24T06:30:00Z'],
    ['2026-10-25T07:30:00Z', '2026-10-25', '2026-10-25T07:30:00Z'],
  ])('at %s it was last due for %s', (at, day, due) => {
    const slot = lastDigestSlot({ zone, at: '08:30' }, instant(at));

    expect([slot.day, slot.at.toString()]).toEqual([day, due]);
  });

  it('comes once a day, also when the clocks skip it or show it twice', () => {
    for (const [at, skipped] of [
      ['2026-03-28T12:00:00Z', '02:30'],
      ['2026-10-24T12:00:00Z', '02:30'],
    ] as const) {
      const slots = new Set<string>();
      for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 10) {
        const now = instant(at).add({ minutes });
        const slot = lastDigestSlot({ zone, at: skipped }, now);
        expect(Temporal.Instant.compare(slot.at, now)).toBeLessThanOrEqual(0);
        slots.add(`${slot.day} ${slot.at.toString()}`);
      }
      expect(slots.size).toBe(4);
    }
  });
});
