import { expect, it } from 'vitest';
import { describeCalendar, parseCalendar } from '../../src/policy/office-calendar.ts';
import { amsterdam, calendarOf, type RawCalendar, weekOf } from './clock-cases.ts';

it.each<[RawCalendar, string]>([
  [amsterdam, 'Mon to Fri 09:00 to 17:00 Europe/Amsterdam'],
  [{ zone: 'UTC', week: weekOf('1234567', ['00:00', '24:00']) }, 'Mon to Sun 00:00 to 24:00 UTC'],
  [{ zone: 'Asia/Riyadh', week: weekOf('71234', ['09:00', '17:00']) }, 'Sun to Thu 09:00 to 17:00 Asia/Riyadh'],
  [
    {
      zone: 'UTC',
      week: { ...weekOf('1234', ['09:00', '12:00'], ['13:00', '17:00']), ...weekOf('5', ['09:00', '12:00']) },
    },
    'Mon to Thu 09:00 to 12:00 and 13:00 to 17:00, Fri 09:00 to 12:00 UTC',
  ],
  [{ zone: 'UTC', week: weekOf('24', ['09:00', '10:00']) }, 'Tue 09:00 to 10:00, Thu 09:00 to 10:00 UTC'],
  [{ zone: 'UTC', week: weekOf('67', ['10:00', '14:00']) }, 'Sat and Sun 10:00 to 14:00 UTC'],
])('describes %j', (raw, text) => {
  expect(describeCalendar(calendarOf(raw))).toBe(text);
});

it('takes a day with one window as just that window, and windows in any order', () => {
  const bare = parseCalendar({ zone: 'UTC', week: { 1: ['09:00', '17:00'] }, holidays: [] });
  const unsorted = parseCalendar({
    zone: 'UTC',
    week: {
      1: [
        ['13:00', '17:00'],
        ['09:00', '12:00'],
      ],
    },
  });

  expect(bare.calendar?.week[0]).toEqual([{ open: 540, close: 1020 }]);
  expect(unsorted.calendar?.week[0]?.map((window) => window.open)).toEqual([540, 780]);
});

it.each([
  [{ zone: 'Mars/Olympus', week: weekOf('1', ['09:00', '17:00']) }, 'calendar.zone: not a known time zone'],
  [{ zone: '2026-01-01T00:00[Europe/Amsterdam]', week: weekOf('1', ['09:00', '17:00']) }, 'not a known time zone'],
  [{ zone: 'UTC', week: {} }, 'at least one day needs a window'],
  [{ zone: 'UTC', week: { 1: [] } }, 'at least one day needs a window'],
  [{ zone: 'UTC', week: { 8: [['09:00', '17:00']] } }, 'calendar.week.8'],
  [{ zone: 'UTC', week: { 1: [['09:00', '25:00']] } }, 'write times as HH:MM'],
  [{ zone: 'UTC', week: { 1: [['17:00', '09:00']] } }, 'must close after it opens'],
  [
    {
      zone: 'UTC',
      week: {
        1: [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    },
    'must not overlap',
  ],
  [{ zone: 'UTC', week: { 1: [['09:00']] } }, 'write times as HH:MM'],
  [{ zone: 'UTC', week: { 1: 'all day' } }, 'write a list of windows'],
  [{ zone: 'UTC', week: weekOf('1', ['09:00', '17:00']), holidays: ['2025-02-30'] }, 'write holidays as YYYY-MM-DD'],
  [null, 'Reading the office calendar'],
])('refuses %j', (raw, message) => {
  expect(parseCalendar(raw).error).toContain(message);
});
