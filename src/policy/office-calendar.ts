/**
 * Office hours: weekly windows in a time zone, without holidays. A moment is inside office hours when its local time
 * lies in a window of its local date; that alone settles days of 23 and 25 hours and windows that begin in a gap.
 */
import { z } from 'zod/v4';
import { zoneSchema } from './zone.ts';

const nanosecondsPerMinute = 60_000_000_000n;
const nanosecondsPerDay = 1440n * nanosecondsPerMinute;
/** The last instant that Temporal can hold. */
const endOfTime = 8_640_000_000_000_000_000_000n;
const epochDate = Temporal.PlainDate.from('1970-01-01');

/** Minutes since local midnight; `close` is the first minute outside and at most 1440. */
export interface OfficeWindow {
  open: number;
  close: number;
}

export interface OfficeCalendar {
  /** IANA name. */
  zone: string;
  /** Windows of each weekday in order, Monday first. */
  week: readonly (readonly OfficeWindow[])[];
  /** Local dates, YYYY-MM-DD. */
  holidays: readonly string[];
  /** What people call a holiday, by its date; a holiday may have no name. */
  holidayNames?: Readonly<Record<string, string>>;
}

export type ParsedCalendar = { calendar: OfficeCalendar; error?: never } | { error: string; calendar?: never };

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const timeForm = 'write times as HH:MM, from 00:00 to 24:00';
const time = z.string(timeForm).regex(timePattern, timeForm);
const windowSchema = z
  .tuple([time, time], 'write a window as ["09:00","17:00"]')
  .transform(([open, close]): OfficeWindow => ({ open: minutesOf(open), close: minutesOf(close) }))
  .refine(
    (window) => window.open < window.close,
    'a window must close after it opens; split one that crosses midnight',
  );

/** A day with one window may be written as just that window. */
const windowsSchema = z.preprocess(
  (day) => (Array.isArray(day) && typeof day[0] === 'string' ? [day] : day),
  z.array(windowSchema, 'write a list of windows such as [["09:00","17:00"]]'),
);

const daySchema = windowsSchema
  .transform((windows) => windows.toSorted((one, other) => one.open - other.open))
  .refine(
    (windows) => windows.every((window, index) => index === 0 || (windows[index - 1]?.close ?? 0) <= window.open),
    'windows of a day must not overlap',
  );

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

const weekSchema = z
  .partialRecord(z.enum(weekdays), daySchema, {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? 'days are "1" (Monday) to "7" (Sunday)'
        : 'write an object such as {"1":[["09:00","17:00"]]}',
  })
  .refine(
    (week) => Object.values(week).some((windows) => windows.length > 0),
    'at least one day needs a window such as ["09:00","17:00"]',
  );

const calendarSchema = z.strictObject(
  {
    zone: zoneSchema,
    week: weekSchema,
    holidays: z
      .array(z.iso.date('write holidays as YYYY-MM-DD'), 'write a list of dates such as ["2026-12-25"]')
      .nullish()
      .transform((dates) => dates ?? []),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.join(', ')}: no such key; the keys are zone, week, holidays`
        : 'write an object with the keys zone, week, holidays',
  },
);

/** Reads a calendar as CONTRACTS.md section 4 writes it. */
export function parseCalendar(raw: unknown): ParsedCalendar {
  const parsed = calendarSchema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${['calendar', ...issue.path].map(String).join('.')}: ${issue.message}`,
    );
    return { error: `Reading the office calendar: ${problems.join('; ')}.` };
  }
  const { zone, week, holidays } = parsed.data;
  return { calendar: { zone, week: weekdays.map((day) => week[day] ?? []), holidays } };
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A stretch of open office time on one local date, end excluded; epoch nanoseconds. */
export interface OpenStretch {
  date: string;
  from: bigint;
  to: bigint;
}

/** Every open stretch from this instant on, in order. It never ends: take what you need. */
export function* openStretches(calendar: OfficeCalendar, from: Temporal.Instant): Generator<OpenStretch> {
  const holidays = new Set(calendar.holidays);
  function windowsOn(date: Temporal.PlainDate): readonly OfficeWindow[] {
    return holidays.has(date.toString()) ? [] : (calendar.week[date.dayOfWeek - 1] ?? []);
  }
  let start = from.toZonedDateTimeISO(calendar.zone);
  for (;;) {
    const next = start.getTimeZoneTransition('next');
    yield* stretchesAtOneOffset(windowsOn, start, next?.epochNanoseconds ?? endOfTime);
    if (next === null) {
      return;
    }
    start = next;
  }
}

/** Between two changes of the clock local time runs evenly, so windows can be laid out by arithmetic. */
function* stretchesAtOneOffset(
  windowsOn: (date: Temporal.PlainDate) => readonly OfficeWindow[],
  start: Temporal.ZonedDateTime,
  end: bigint,
): Generator<OpenStretch> {
  const first = start.epochNanoseconds;
  const offset = BigInt(start.offsetNanoseconds);
  let date = start.toPlainDate();
  let midnight = BigInt(epochDate.until(date).days) * nanosecondsPerDay - offset;
  while (midnight < end) {
    for (const window of windowsOn(date)) {
      const from = latest(first, midnight + BigInt(window.open) * nanosecondsPerMinute);
      const to = earliest(end, midnight + BigInt(window.close) * nanosecondsPerMinute);
      if (from < to) {
        yield { date: date.toString(), from, to };
      }
    }
    midnight += nanosecondsPerDay;
    date = date.add({ days: 1 });
  }
}

function latest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function earliest(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** "Mon to Fri 09:00 to 17:00 Europe/Amsterdam": the assumption that is printed with every target. */
export function describeCalendar(calendar: OfficeCalendar): string {
  const texts = calendar.week.map((windows) =>
    windows.map((window) => `${clockText(window.open)} to ${clockText(window.close)}`).join(' and '),
  );
  // Begin after a change, so that a week from Sunday to Thursday reads as one stretch.
  const changed = texts.findIndex((text, day) => text !== '' && text !== texts.at(day - 1));
  const days = [...texts.keys()].map((day) => (day + Math.max(changed, 0)) % 7);
  const stretches: { text: string; days: number[] }[] = [];
  for (const day of days) {
    const text = texts[day] ?? '';
    const last = stretches.at(-1);
    if (last?.text === text) {
      last.days.push(day);
    } else {
      stretches.push({ text, days: [day] });
    }
  }
  const open = stretches
    .filter((stretch) => stretch.text !== '')
    .map((stretch) => `${dayText(stretch.days)} ${stretch.text}`);
  return `${open.join(', ')} ${calendar.zone}`;
}

function dayText(days: readonly number[]): string {
  const names = days.map((day) => dayNames[day]);
  const [first, second] = names;
  return names.length === 1
    ? `${first}`
    : names.length === 2
      ? `${first} and ${second}`
      : `${first} to ${names.at(-1)}`;
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
