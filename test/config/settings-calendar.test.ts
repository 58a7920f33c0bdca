import { expect, it } from 'vitest';
import { describeCalendar, parseCalendar } from '../../src/policy/office-clock.ts';
import { accepted, type Json, settings, settingsProblems } from './settings-samples.ts';

function officeHours(json: Json): string {
  const { calendar } = parseCalendar(accepted(json).calendars.support);
  return calendar === undefined ? '' : describeCalendar(calendar);
}

it('takes usual office hours when nobody said any', () => {
  expect(officeHours(settings())).toBe('Mon to Fri 09:00 to 17:00 Europe/Amsterdam');
  expect(officeHours(settings({ calendars: {} }))).toBe('Mon to Fri 09:00 to 17:00 Europe/Amsterdam');
});

it('takes office hours of another desk', () => {
  const support = {
    zone: 'Asia/Riyadh',
    week: {
      '7': [
        ['08:00', '12:00'],
        ['13:00', '24:00'],
      ],
    },
    holidays: ['2026-09-23'],
  };
  const other = { zone: 'UTC', week: { '1': [['00:00', '24:00']] } };

  expect(officeHours(settings({ calendars: { support, other } }))).toBe(
    'Sun 08:00 to 12:00 and 13:00 to 24:00 Asia/Riyadh',
  );
});

it.each<[string, Json, RegExp]>([
  ['a week without a window', { zone: 'UTC', week: {} }, /at least one day needs a window/],
  [
    'windows that overlap',
    {
      zone: 'UTC',
      week: {
        '1': [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    },
    /must not overlap/,
  ],
  ['a window across midnight', { zone: 'UTC', week: { '1': [['22:00', '06:00']] } }, /must close after it opens/],
  ['an hour that there is not', { zone: 'UTC', week: { '1': [['09:00', '25:00']] } }, /write times as HH:MM/],
  ['a day that there is not', { zone: 'UTC', week: { '8': [['09:00', '17:00']] } }, /week\["8"\]: is no known key/],
  [
    'a holiday that there is not',
    { zone: 'UTC', week: { '1': [['09:00', '17:00']] }, holidays: ['2026-02-30'] },
    /holidays/,
  ],
  ['a zone that there is not', { zone: 'Mars/Base', week: { '1': [['09:00', '17:00']] } }, /not a known time zone/],
])('refuses %s', (_name, support, problem) => {
  expect(settingsProblems(settings({ calendars: { support } })).join('\n')).toMatch(problem);
});
