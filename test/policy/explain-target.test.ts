import { expect, it } from 'vitest';
import { explainTarget, type Reader } from '../../src/policy/explain-target.ts';
import type { ClockInput } from '../../src/policy/office-clock.ts';
import type { Severity } from '../../src/policy/severity.ts';
import { amsterdam, calendarOf, type RawCalendar, weekOf } from './clock-cases.ts';

const rosa: Reader = { zone: 'Europe/Amsterdam', alone: true };

function input(severity: Severity, start: string, raw: RawCalendar = amsterdam, more: Partial<ClockInput> = {}) {
  return {
    severity,
    start: Temporal.Instant.from(start),
    calendar: calendarOf(raw),
    pauseOnHold: false,
    events: [],
    ...more,
  };
}

it('says when, in whose office hours, and which weekend was skipped', () => {
  expect(explainTarget(input('critical', '2026-11-20T16:18+01:00'), rosa)).toEqual({
    due: 'Due Mon 23 Nov 10:18 (your time), counted in office hours Mon to Fri 09:00 to 17:00 Europe/Amsterdam.',
    skipped: 'Not counted: Fri 20 Nov 17:00 to Mon 23 Nov 09:00 (Sat 21 Nov, Sun 22 Nov).',
  });
});

it('tells a reader elsewhere in their own zone, and names it', () => {
  const explained = explainTarget(input('critical', '2026-11-20T16:18+01:00'), { zone: 'Asia/Kolkata', alone: true });

  expect(explained.due).toMatch(/^Due Mon 23 Nov 14:48 \(your time, Asia\/Kolkata\), counted in/);
  expect(explained.skipped).toBe('Not counted: Fri 20 Nov 21:30 to Mon 23 Nov 13:30 (Sat 21 Nov, Sun 22 Nov).');
});

it('does not call it your time where several people read it', () => {
  expect(explainTarget(input('critical', '2026-11-20T10:00+01:00'), { ...rosa, alone: false })).toEqual({
    due: 'Due Fri 20 Nov 12:00 (Europe/Amsterdam), counted in office hours Mon to Fri 09:00 to 17:00 Europe/Amsterdam.',
    skipped: '',
  });
});

it.each<[string, ClockInput, string]>([
  ['the night', input('critical', '2026-11-17T16:00+01:00'), 'Tue 17 Nov 17:00 to Wed 18 Nov 09:00 (night)'],
  ['the hours before opening', input('critical', '2026-11-17T07:30+01:00'), 'Tue 17 Nov 07:30 to 09:00 (closed)'],
  [
    'lunch',
    input('critical', '2026-11-17T11:00+01:00', {
      ...amsterdam,
      week: weekOf('12345', ['09:00', '12:00'], ['13:00', '17:00']),
    }),
    'Tue 17 Nov 12:00 to 13:00 (closed)',
  ],
  [
    'a holiday without a name',
    input('critical', '2026-12-24T16:00+01:00', { ...amsterdam, holidays: ['2026-12-25'] }),
    'Thu 24 Dec 17:00 to Mon 28 Dec 09:00 (holiday Fri 25 Dec, Sat 26 Dec, Sun 27 Dec)',
  ],
  [
    'each night on the way, at most four',
    input('high', '2026-11-16T16:00+01:00', { ...amsterdam, week: weekOf('1234567', ['15:30', '17:00']) }),
    'Mon 16 Nov 17:00 to Tue 17 Nov 15:30 (night), Tue 17 Nov 17:00 to Wed 18 Nov 15:30 (night), Wed 18 Nov 17:00 to Thu 19 Nov 15:30 (night), Thu 19 Nov 17:00 to Fri 20 Nov 15:30 (night), and 1 more',
  ],
])('tells that %s was skipped', (_what, given, skipped) => {
  expect(explainTarget(given, rosa).skipped).toBe(`Not counted: ${skipped}.`);
});

it('calls a holiday by its name, once', () => {
  const names = { '2026-12-24': 'Christmas', '2026-12-25': 'Christmas' };
  const calendar = { ...calendarOf({ ...amsterdam, holidays: Object.keys(names) }), holidayNames: names };

  const { skipped } = explainTarget(input('critical', '2026-12-23T16:00+01:00', amsterdam, { calendar }), rosa);

  expect(skipped).toBe('Not counted: Wed 23 Dec 17:00 to Mon 28 Dec 09:00 (Christmas, Sat 26 Dec, Sun 27 Dec).');
});

it('only counts the days of a long closure', () => {
  const raw = { ...amsterdam, holidays: ['2026-12-28', '2026-12-29', '2026-12-30'] };

  expect(explainTarget(input('critical', '2026-12-25T16:00+01:00', raw), rosa).skipped).toContain('(5 closed days)');
});

it('says that it was on hold', () => {
  const events = [
    { type: 'pause', at: Temporal.Instant.from('2026-11-17T10:00+01:00') },
    { type: 'resume', at: Temporal.Instant.from('2026-11-17T12:00+01:00') },
  ] as const;

  expect(
    explainTarget(input('critical', '2026-11-17T09:00+01:00', amsterdam, { pauseOnHold: true, events }), rosa).skipped,
  ).toBe('Not counted: Tue 17 Nov 10:00 to 12:00 (on hold).');
});

it('never invents a deadline', () => {
  expect(explainTarget(input('low', '2026-11-17T09:00+01:00'), rosa)).toEqual({
    due: 'Reasonable effort, no fixed time.',
    skipped: '',
  });
  const pause = { type: 'pause', at: Temporal.Instant.from('2026-11-17T10:00+01:00') } as const;
  const held = input('critical', '2026-11-17T09:00+01:00', amsterdam, { pauseOnHold: true, events: [pause] });
  expect(explainTarget(held, rosa)).toEqual({
    due: 'The clock is on hold; there is no due time until it runs again.',
    skipped: '',
  });
});
