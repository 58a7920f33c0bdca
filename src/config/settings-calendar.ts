/**
 * Office calendars (CONTRACTS.md section 4). The support policy does not say whose office hours count, so it is a
 * setting, and every target that is shown names the calendar's hours and zone.
 */
import { z } from 'zod/v4';
import { list, section, text, zone } from './settings-fields.ts';

const opensHint = 'when the office opens, such as 09:00';
const closesHint = 'when it closes, such as 17:00, at most 24:00';
const windowHint = 'opening and closing time of one stretch, such as ["09:00", "17:00"], closing later than opening';
const window = z
  .tuple([text(opensHint, /^(?:[01]\d|2[0-3]):[0-5]\d$/), text(closesHint, /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)], { error: windowHint })
  .refine(([opens, closes]) => opens < closes, { error: windowHint })
  .describe('Opening and closing time of one stretch; it does not hold the closing instant.');

const dayHint = 'stretches of one day that do not overlap';
const day = list(window, dayHint).refine(apart, { error: `a list of ${dayHint}` }).optional();

function apart(windows: readonly (readonly [string, string])[]): boolean {
  const sorted = windows.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.every(([opens], index) => index === 0 || (sorted[index - 1]?.[1] ?? '') <= opens);
}

const weekHint = 'at least one weekday (1 is Monday, 7 is Sunday) with its open stretches, such as {"1": [["09:00", "17:00"]]}';
const week = section(
  { '1': day, '2': day, '3': day, '4': day, '5': day, '6': day, '7': day },
  'open stretches by weekday; 1 is Monday, 7 is Sunday, a day that is missing is closed',
).refine((days) => Object.values(days).some((windows) => windows.length > 0), { error: weekHint });

const dateHint = 'a date, such as 2026-12-25';
const holiday = text(dateHint, /^\d{4}-\d{2}-\d{2}$/).refine(isDate, { error: dateHint });

function isDate(value: string): boolean {
  try {
    return Temporal.PlainDate.from(value).toString() === value;
  } catch {
    return false;
  }
}

const calendar = section(
  {
    zone: zone('where the office is'),
    week,
    holidays: list(holiday, 'local dates on which the office is closed').default([]),
  },
  'when an office works',
);

const officeDay: [string, string][] = [['09:00', '17:00']];
const usualOffice = {
  zone: 'Europe/Amsterdam',
  week: { '1': officeDay, '2': officeDay, '3': officeDay, '4': officeDay, '5': officeDay },
  holidays: [],
};

export const calendars = z
  .object({ support: calendar.default(usualOffice) }, { error: 'an object of names and calendars' })
  .catchall(calendar)
  .prefault({})
  .describe(
    'Office calendars by name. The one named “support” counts for the desk’s response targets; without it the desk works Monday to Friday from 09:00 to 17:00 in Europe/Amsterdam.',
  );
