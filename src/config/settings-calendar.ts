/**
 * Office calendars (CONTRACTS.md section 4), as they are written. The support policy does not say whose office hours
 * count, so it is a setting, and every target that is shown names the calendar's hours and zone.
 *
 * The policy judges a calendar; the patterns here are for editors only.
 */
import { z } from 'zod/v4';
import { parseCalendar } from '../policy/office-clock.ts';
import type { Holidays } from './holidays-file.ts';
import { list, section, sentence, text } from './settings-fields.ts';

const opens = hinted('when the office opens, such as 09:00', '^([01]\\d|2[0-3]):[0-5]\\d$');
const closes = hinted('when it closes, such as 17:00; 24:00 is allowed', '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$');
const windowHint = 'opening and closing time, such as ["09:00", "17:00"]';
const window = z
  .tuple([opens, closes], { error: windowHint })
  .meta({ description: 'One open stretch; it ends before its second time.', minItems: 2, maxItems: 2 });
const day = list(window, 'open stretches').meta({ id: 'Day' }).optional();
const week = section(
  { '1': day, '2': day, '3': day, '4': day, '5': day, '6': day, '7': day },
  'open stretches by weekday; 1 is Monday, 7 is Sunday, and a day that is missing is closed',
);

function hinted(hint: string, pattern: string) {
  return z.string({ error: hint }).meta({ description: sentence(hint), pattern });
}

const calendar = section(
  {
    zone: hinted('an IANA time zone, such as Europe/Amsterdam', '^[A-Za-z]'),
    week,
    holidays: list(
      hinted('a date, such as 2026-12-25', '^\\d{4}-\\d{2}-\\d{2}$'),
      'local dates on which the office is closed',
    ).default([]),
    holidaysFile: text(
      'the path of an iCalendar file with further closed days, counted from this file, such as holidays.ics',
    )
      .nullable()
      .default(null),
  },
  'when an office works',
)
  .superRefine(({ zone, week: days, holidays }, context) => {
    const { error } = parseCalendar({ zone, week: days, holidays });
    if (error !== undefined) {
      context.addIssue({ code: 'custom', message: error, params: { unusable: true } });
    }
  })
  .meta({ id: 'Calendar', description: 'When an office works.' });

/** As the settings say it, with the days of its holidays file. */
export interface Calendar extends z.infer<typeof calendar> {
  fileHolidays: Holidays;
}

const officeDay: [string, string][] = [['09:00', '17:00']];
const usualOffice = {
  zone: 'Europe/Amsterdam',
  week: { '1': officeDay, '2': officeDay, '3': officeDay, '4': officeDay, '5': officeDay },
  holidays: [],
  holidaysFile: null,
};

export const calendars = z
  .object({ support: calendar.default(usualOffice) }, { error: 'an object of names and calendars' })
  .catchall(calendar)
  .prefault({})
  .describe(
    'Office calendars by name. The one named “support” counts for the desk’s response targets, unless a person names another; without it the desk works Monday to Friday from 09:00 to 17:00 in Europe/Amsterdam.',
  );
