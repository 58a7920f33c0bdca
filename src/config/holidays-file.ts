/**
 * Holidays from an iCalendar file. A holiday is a date on the office's wall, so dates are taken as they are written and
 * never shifted by a time zone; only an event that is written in UTC is read on the office's own clock. What cannot be a
 * whole day is refused, because skipping it in silence would promise an answer too early.
 */
import ICAL from 'ical.js';

/** Names by date, YYYY-MM-DD; an event without a title has an empty name. */
export type Holidays = Readonly<Record<string, string>>;
export type HolidaysReading = { ok: true; holidays: Holidays } | { ok: false; why: string };

/** Endless series are laid out for these years; no target lies outside. */
const firstYear = 2000;
const lastYear = 2099;
const longestDays = 366;

/** @param zone IANA name of the office's zone. */
export function readHolidays(text: string, zone: string): HolidaysReading {
  try {
    const events = eventsOf(text);
    const moved = movedDays(events, zone);
    const days = events
      .filter((event) => !isCancelled(event))
      .flatMap((event) => daysOf(event, zone, moved.get(event.uid) ?? new Set()));
    return { ok: true, holidays: Object.fromEntries(days.toSorted(([one], [other]) => (one < other ? -1 : 1))) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function eventsOf(text: string): ICAL.Event[] {
  if (text.trim() === '') {
    throw new Error('it is empty');
  }
  const parsed: unknown[] = ICAL.parse(text.replace(/^\uFEFF/, ''));
  // Several calendars in one file come as a list of them, a single one as itself.
  const calendars = Array.isArray(parsed[0]) ? parsed : [parsed];
  const events = calendars.flatMap((calendar) =>
    new ICAL.Component(calendar as unknown[]).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)),
  );
  if (events.length === 0) {
    throw new Error('it has no event (VEVENT)');
  }
  return events;
}

function isCancelled(event: ICAL.Event): boolean {
  return event.component.getFirstPropertyValue('status')?.toString().toUpperCase() === 'CANCELLED';
}

/** Days of a series that an event of its own replaces, by the id of the series. */
function movedDays(events: readonly ICAL.Event[], zone: string): Map<string, Set<string>> {
  const moved = new Map<string, Set<string>>();
  for (const event of events.filter((one) => one.isRecurrenceException())) {
    const days = moved.get(event.uid) ?? new Set();
    const day = event.recurrenceId === null ? null : wholeDay(event.recurrenceId, zone);
    moved.set(event.uid, day === null ? days : days.add(day.toString()));
  }
  return moved;
}

function daysOf(event: ICAL.Event, zone: string, moved: ReadonlySet<string>): [string, string][] {
  const first = startDay(event, zone);
  const length = lengthInDays(event, first, zone);
  const starts = event.isRecurring()
    ? recurringDays(event, first, zone).filter((day) => !moved.has(day.toString()))
    : [first];
  const name = (event.summary ?? '').replaceAll(/\s+/g, ' ').trim();
  return starts.flatMap((start) =>
    Array.from({ length }, (_, day): [string, string] => [start.add({ days: day }).toString(), name]),
  );
}

function startDay(event: ICAL.Event, zone: string): Temporal.PlainDate {
  const written = event.component.getFirstProperty('dtstart');
  if (written === null) {
    throw new Error(`${titleOf(event)} has no start (DTSTART)`);
  }
  // The library turns 30 February into 1 March; the text that it parsed still says what stands there.
  const text = String((written.toJSON() as unknown[])[3]);
  try {
    Temporal.PlainDate.from(text.slice(0, 10));
  } catch {
    throw new Error(`${titleOf(event)} begins on ${text}, which is no date`);
  }
  const day = wholeDay(event.startDate, zone);
  if (day === null) {
    throw new Error(
      `${titleOf(event)} begins at ${text}. Only whole days are read; make it an all-day event or remove it`,
    );
  }
  return day;
}

function lengthInDays(event: ICAL.Event, first: Temporal.PlainDate, zone: string): number {
  const end = wholeDay(event.endDate, zone);
  if (end === null) {
    throw new Error(
      `${titleOf(event)} ends at ${event.endDate.toString()}. Only whole days are read; make it an all-day event or remove it`,
    );
  }
  // Some programs write the same day as start and end.
  const days = Math.max(1, first.until(end).days);
  if (days > longestDays) {
    throw new Error(`${titleOf(event)} lasts ${days} days. Write at most ${longestDays}`);
  }
  return days;
}

/** The date that begins at this instant: as it is written when that is midnight, else on the office's clock. */
function wholeDay(time: ICAL.Time, zone: string): Temporal.PlainDate | null {
  const { year, month, day, hour, minute, second, isDate } = time;
  const written = new Temporal.PlainDateTime(year, month, day, hour, minute, second);
  if (isDate || (hour === 0 && minute === 0 && second === 0)) {
    return written.toPlainDate();
  }
  if (time.zone !== ICAL.Timezone.utcTimezone) {
    return null;
  }
  const local = written.toZonedDateTime('UTC').withTimeZone(zone);
  return local.equals(local.startOfDay()) ? local.toPlainDate() : null;
}

/** Parts of a rule that are laid out rightly; the library passes over others. */
const knownParts = new Set(['freq', 'until', 'count', 'interval', 'bymonth', 'bymonthday', 'byday', 'wkst']);

function recurringDays(event: ICAL.Event, first: Temporal.PlainDate, zone: string): Temporal.PlainDate[] {
  const rules = event.component.getAllProperties('rrule').map((rule) => ruleOf(event, rule));
  // Without a rule there are only single further dates, and the library leaves out the one it begins with.
  const days = rules.length === 0 ? [first] : [];
  const began = writtenDate(event.startDate);
  const iterator = event.iterator();
  for (let time = iterator.next() as ICAL.Time | undefined; time; time = iterator.next() as ICAL.Time | undefined) {
    if (time.year > lastYear) {
      break;
    }
    const day = wholeDay(time, zone);
    const written = writtenDate(time);
    if (
      day !== null &&
      time.year >= firstYear &&
      (rules.length === 0 || rules.some((rule) => fits(rule, written, began)))
    ) {
      days.push(day);
    }
  }
  return days;
}

function ruleOf(event: ICAL.Event, property: ICAL.Property): ICAL.Recur {
  const written = (property.toJSON() as unknown[])[3] as Readonly<Record<string, unknown>>;
  const strange = Object.keys(written).find((part) => !knownParts.has(part));
  if (written['freq'] !== 'YEARLY' || strange !== undefined) {
    const rule = Object.entries(written).map(([part, value]) => `${part.toUpperCase()}=${String(value)}`);
    throw new Error(
      `${titleOf(event)} repeats by ${rule.join(';')}. Only yearly series are read; write its days as events of their own`,
    );
  }
  return property.getFirstValue() as ICAL.Recur;
}

function writtenDate({ year, month, day }: ICAL.Time): Temporal.PlainDate {
  return new Temporal.PlainDate(year, month, day);
}

/** The library moves 29 February to 1 March where there is none; the standard leaves such a year out. */
function fits(rule: ICAL.Recur, day: Temporal.PlainDate, began: Temporal.PlainDate): boolean {
  const [months, monthDays] = [numbersOf(rule, 'BYMONTH'), numbersOf(rule, 'BYMONTHDAY')];
  if (months.length === 0 && monthDays.length === 0 && rule.getComponent('BYDAY').length === 0) {
    return day.month === began.month && day.day === began.day;
  }
  return (
    (months.length === 0 || months.includes(day.month)) &&
    (monthDays.length === 0 ||
      monthDays.some((wanted) => (wanted < 0 ? day.daysInMonth + 1 + wanted : wanted) === day.day))
  );
}

function numbersOf(rule: ICAL.Recur, part: string): number[] {
  return (rule.getComponent(part) as unknown[]).map(Number);
}

function titleOf(event: ICAL.Event): string {
  return `the event “${(event.summary ?? '').trim() || event.uid || 'without a title'}”`;
}
