/** Calendars for tests of the response clock. */
import { type OfficeCalendar, parseCalendar } from '../../src/policy/office-calendar.ts';

type Windows = readonly (readonly [string, string])[];
type Week = Readonly<Record<string, Windows>>;

export interface RawCalendar {
  zone: string;
  week: Week;
  holidays?: readonly string[];
}

export function weekOf(days: string, ...windows: Windows): Week {
  return Object.fromEntries(Array.from(days, (day) => [day, windows]));
}

export const amsterdam: RawCalendar = { zone: 'Europe/Amsterdam', week: weekOf('12345', ['09:00', '17:00']) };

export function calendarOf(raw: RawCalendar): OfficeCalendar {
  const { calendar, error } = parseCalendar(raw);
  if (calendar === undefined) {
    throw new Error(error);
  }
  return calendar;
}
