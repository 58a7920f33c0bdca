/** Calendars and a minute-stepping twin of the response clock for tests. The twin shares no code with it. */
import { type OfficeCalendar, parseCalendar } from '../../src/policy/office-calendar.ts';

export type Windows = readonly (readonly [string, string])[];
export type Week = Readonly<Record<string, Windows>>;

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

function toMinutes(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

function isOpen(raw: RawCalendar, local: Temporal.ZonedDateTime): boolean {
  const minute = local.hour * 60 + local.minute;
  const date = local.toPlainDate().toString();
  const windows = raw.holidays?.includes(date) === true ? [] : (raw.week[String(local.dayOfWeek)] ?? []);
  return windows.some(([open, close]) => toMinutes(open) <= minute && minute < toMinutes(close));
}

function localAt(raw: RawCalendar, epochMinute: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMinute * 60_000).toZonedDateTimeISO(raw.zone);
}

/** Minutes since the epoch at which `budget` open minutes have passed that `isPaused` does not take out. */
export function dueByMinutes(
  raw: RawCalendar,
  start: number,
  budget: number,
  isPaused: (minute: number) => boolean,
): number {
  let left = budget;
  let minute = start;
  while (left > 0) {
    left -= isOpen(raw, localAt(raw, minute)) && !isPaused(minute) ? 1 : 0;
    minute += 1;
  }
  return minute;
}

/** The end of the last open minute on the first office day after the local date of `start`. */
export function nextBusinessDayEnd(raw: RawCalendar, start: number): number {
  const raised = localAt(raw, start).toPlainDate();
  let date: Temporal.PlainDate | null = null;
  let end = start;
  for (let minute = start; ; minute += 1) {
    const local = localAt(raw, minute);
    const today = local.toPlainDate();
    if (date !== null && Temporal.PlainDate.compare(today, date) > 0) {
      return end;
    }
    if (Temporal.PlainDate.compare(today, raised) > 0 && isOpen(raw, local)) {
      date ??= today;
      end = minute + 1;
    }
  }
}

export function countOpenMinutes(raw: RawCalendar, from: number, to: number): number {
  let open = 0;
  for (let minute = from; minute < to; minute += 1) {
    open += isOpen(raw, localAt(raw, minute)) ? 1 : 0;
  }
  return open;
}
