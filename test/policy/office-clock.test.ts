import { describe, expect, it } from 'vitest';
import { type ClockEvent, computeTarget, officeMinutesBetween } from '../../src/policy/office-clock.ts';
import type { Severity } from '../../src/policy/severity.ts';
import { amsterdam, calendarOf, type RawCalendar, weekOf } from './clock-cases.ts';

function instant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}

function due(
  severity: Severity,
  start: string,
  raw: RawCalendar = amsterdam,
  events: readonly ClockEvent[] = [],
  pauseOnHold = true,
) {
  return computeTarget({ severity, start: instant(start), calendar: calendarOf(raw), pauseOnHold, events });
}

const nightShift: RawCalendar = { zone: 'Europe/Amsterdam', week: weekOf('1234567', ['02:30', '06:00']) };

describe('without events', () => {
  it.each<[string, Severity, string, RawCalendar, string]>([
    ['inside the window', 'critical', '2025-11-05T09:00+01:00', amsterdam, '2025-11-05T11:00:00+01:00'],
    ['over the evening', 'critical', '2025-11-05T16:30+01:00', amsterdam, '2025-11-06T10:30:00+01:00'],
    ['over the weekend', 'critical', '2025-11-07T16:30+01:00', amsterdam, '2025-11-10T10:30:00+01:00'],
    ['from the middle of the weekend', 'critical', '2025-11-08T12:00+01:00', amsterdam, '2025-11-10T11:00:00+01:00'],
    ['Friday 16:00 and four hours of eight', 'high', '2025-11-07T16:00+01:00', amsterdam, '2025-11-10T16:00:00+01:00'],
    ['due exactly at closing', 'critical', '2025-11-05T15:00+01:00', amsterdam, '2025-11-05T17:00:00+01:00'],
    ['raised exactly at closing', 'critical', '2025-11-05T17:00+01:00', amsterdam, '2025-11-06T11:00:00+01:00'],
    ['with seconds', 'critical', '2025-11-05T09:00:30+01:00', amsterdam, '2025-11-05T11:00:30+01:00'],
    [
      'over a holiday',
      'critical',
      '2025-12-24T16:00+01:00',
      { ...amsterdam, holidays: ['2025-12-25', '2025-12-26'] },
      '2025-12-29T10:00:00+01:00',
    ],
    [
      'over lunch',
      'critical',
      '2025-11-05T11:00+01:00',
      { ...amsterdam, week: weekOf('12345', ['09:00', '12:00'], ['13:00', '17:00']) },
      '2025-11-05T14:00:00+01:00',
    ],
    [
      'a day that ends at 24:00',
      'critical',
      '2025-11-05T23:00+01:00',
      { ...amsterdam, week: weekOf('1234567', ['00:00', '24:00']) },
      '2025-11-06T01:00:00+01:00',
    ],
    [
      'a week from Sunday to Thursday',
      'critical',
      '2025-11-06T16:30+03:00',
      { zone: 'Asia/Riyadh', week: weekOf('71234', ['09:00', '17:00']) },
      '2025-11-09T10:30:00+03:00',
    ],
    [
      'a window that opens inside the gap of summer time',
      'critical',
      '2026-03-29T00:00+01:00',
      nightShift,
      '2026-03-29T05:00:00+02:00',
    ],
    [
      'a night of 25 hours, round the clock',
      'high',
      '2026-10-24T22:00+02:00',
      { ...amsterdam, week: weekOf('1234567', ['00:00', '24:00']) },
      '2026-10-25T05:00:00+01:00',
    ],
    [
      'a window inside the hour that comes twice',
      'critical',
      '2026-10-25T00:00+02:00',
      { ...amsterdam, week: weekOf('1234567', ['02:00', '03:00']) },
      '2026-10-25T03:00:00+01:00',
    ],
    [
      'a zone with three quarters of an hour',
      'critical',
      '2025-11-05T16:00+05:45',
      { zone: 'Asia/Kathmandu', week: weekOf('12345', ['09:00', '17:00']) },
      '2025-11-06T10:00:00+05:45',
    ],
    [
      'a night of 23 hours, round the clock',
      'high',
      '2026-03-28T22:00+01:00',
      { ...amsterdam, week: weekOf('1234567', ['00:00', '24:00']) },
      '2026-03-29T07:00:00+02:00',
    ],
    [
      'a summer time of half an hour',
      'critical',
      '2026-04-05T01:00+11:00',
      { zone: 'Australia/Lord_Howe', week: weekOf('1234567', ['01:00', '05:00']) },
      '2026-04-05T02:30:00+10:30',
    ],
    [
      'a zone with half an hour',
      'critical',
      '2025-11-05T16:30+05:30',
      { zone: 'Asia/Kolkata', week: weekOf('12345', ['09:00', '17:00']) },
      '2025-11-06T10:30:00+05:30',
    ],
    [
      'a window that closes inside the gap of summer time, next business day',
      'medium',
      '2026-03-28T12:00+01:00',
      { ...amsterdam, week: weekOf('1234567', ['01:00', '02:30']) },
      '2026-03-29T03:00:00+02:00',
    ],
    [
      'a holiday that is the next business day',
      'medium',
      '2025-12-24T10:00+01:00',
      { ...amsterdam, holidays: ['2025-12-25', '2025-12-26'] },
      '2025-12-29T17:00:00+01:00',
    ],
    [
      'raised at the closing of Friday, all eight hours of Monday',
      'high',
      '2025-11-07T17:00+01:00',
      amsterdam,
      '2025-11-10T17:00:00+01:00',
    ],
    ['Monday evening, next business day', 'medium', '2025-11-03T20:00+01:00', amsterdam, '2025-11-04T17:00:00+01:00'],
    [
      'Monday before opening, next business day',
      'medium',
      '2025-11-03T07:00+01:00',
      amsterdam,
      '2025-11-04T17:00:00+01:00',
    ],
    ['Saturday, next business day', 'medium', '2025-11-08T12:00+01:00', amsterdam, '2025-11-10T17:00:00+01:00'],
    ['the date of the calendar, not of UTC', 'medium', '2025-11-03T23:30Z', amsterdam, '2025-11-05T17:00:00+01:00'],
    [
      'the last window of the next business day',
      'medium',
      '2025-11-03T10:00+01:00',
      { ...amsterdam, week: weekOf('12345', ['09:00', '12:00'], ['13:00', '17:30']) },
      '2025-11-04T17:30:00+01:00',
    ],
  ])('%s', (_case, severity, start, raw, expected) => {
    expect(due(severity, start, raw)).toMatchObject({
      state: 'running',
      dueUtc: instant(expected),
      dueLocal: expected,
    });
  });

  it('has no due time for reasonable effort', () => {
    expect(due('low', '2025-11-03T10:00Z')).toEqual({ state: 'no-target', dueUtc: null, dueLocal: null });
  });

  it('skips a day whose only window falls into the gap of summer time', () => {
    const raw: RawCalendar = { zone: 'Europe/Amsterdam', week: weekOf('1234567', ['02:00', '03:00']) };

    expect(due('medium', '2026-03-28T12:00+01:00', raw)).toMatchObject({ dueLocal: '2026-03-30T03:00:00+02:00' });
  });
});

describe('with events', () => {
  const wednesday = '2025-11-05T09:00+01:00';
  const pause = { type: 'pause', at: instant('2025-11-05T10:00+01:00') } as const;
  const resume = { type: 'resume', at: instant('2025-11-05T14:00+01:00') } as const;

  it.each<[string, Severity, readonly ClockEvent[], string]>([
    [
      'a new severity counts from the start',
      'critical',
      [{ type: 'severity', at: instant('2025-11-07T12:00Z'), to: 'high' }],
      '2025-11-05T17:00:00+01:00',
    ],
    [
      'the last severity counts, however the events are sorted',
      'low',
      [
        { type: 'severity', at: instant('2025-11-07T12:00Z'), to: 'critical' },
        { type: 'severity', at: instant('2025-11-06T12:00Z'), to: 'high' },
      ],
      '2025-11-05T11:00:00+01:00',
    ],
    ['a pause stops the clock', 'critical', [resume, pause], '2025-11-05T15:00:00+01:00'],
    [
      'a second pause inside a pause changes nothing',
      'critical',
      [pause, { type: 'pause', at: instant('2025-11-05T11:00+01:00') }, resume],
      '2025-11-05T15:00:00+01:00',
    ],
    ['a resume without a pause changes nothing', 'critical', [resume], '2025-11-05T11:00:00+01:00'],
    [
      'a pause at the due instant changes nothing',
      'critical',
      [{ type: 'pause', at: instant('2025-11-05T11:00+01:00') }],
      '2025-11-05T11:00:00+01:00',
    ],
    [
      'a pause after closing, when it was due at closing, changes nothing',
      'high',
      [{ type: 'pause', at: instant('2025-11-05T18:00+01:00') }],
      '2025-11-05T17:00:00+01:00',
    ],
    [
      'a pause that ends at once changes nothing',
      'critical',
      [
        { type: 'pause', at: instant('2025-11-05T09:00+01:00') },
        { type: 'resume', at: instant('2025-11-05T09:00+01:00') },
      ],
      '2025-11-05T11:00:00+01:00',
    ],
    ['paused office time is added to the next business day', 'medium', [pause, resume], '2025-11-07T13:00:00+01:00'],
  ])('%s', (_case, severity, events, expected) => {
    expect(due(severity, wednesday, amsterdam, events)).toMatchObject({ state: 'running', dueLocal: expected });
  });

  it('is paused while nobody resumes', () => {
    expect(due('critical', wednesday, amsterdam, [pause])).toEqual({ state: 'paused', dueUtc: null, dueLocal: null });
  });

  it('has no target rather than a pause', () => {
    expect(due('low', wednesday, amsterdam, [pause])).toMatchObject({ state: 'no-target' });
  });

  it('ignores pauses unless they are switched on', () => {
    expect(due('critical', wednesday, amsterdam, [pause], false)).toMatchObject({
      dueLocal: '2025-11-05T11:00:00+01:00',
    });
  });

  it('refuses an event before the start', () => {
    const early = { type: 'severity', at: instant('2025-11-05T07:59Z'), to: 'high' } as const;

    expect(due('critical', wednesday, amsterdam, [pause, early])).toMatchObject({
      state: 'invalid',
      because: expect.stringContaining('2025-11-05T07:59:00Z lies before the start 2025-11-05T08:00:00Z'),
    });
  });
});

describe('office minutes between two instants', () => {
  it.each([
    ['2025-11-05T16:30+01:00', '2025-11-06T09:42+01:00', 72],
    ['2025-11-08T00:00+01:00', '2025-11-09T00:00+01:00', 0],
    ['2025-11-05T10:00+01:00', '2025-11-05T10:00:30+01:00', 0.5],
    ['2025-11-06T10:00+01:00', '2025-11-05T10:00+01:00', 0],
  ])('%s to %s', (from, to, minutes) => {
    expect(officeMinutesBetween(calendarOf(amsterdam), instant(from), instant(to))).toBe(minutes);
  });
});
