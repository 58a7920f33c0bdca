/**
 * Tells people a due time: when, in whose office hours it was counted, and which closed hours and days were skipped on
 * the way. All times are shown in the reader's own zone.
 */
import { dayNames, describeCalendar, type OfficeCalendar } from './office-calendar.ts';
import { type ClockInput, computeTarget, countedStretches } from './office-clock.ts';

export interface Reader {
  /** IANA name. */
  zone: string;
  /** Whether only this person reads it, so that "your time" is true. */
  alone: boolean;
}

export interface TargetExplanation {
  /** "Due Mon 23 Nov 10:42 (your time), counted in office hours Mon to Fri 09:00 to 17:00 Europe/Amsterdam." */
  due: string;
  /** "Not counted: Fri 20 Nov 17:00 to Mon 23 Nov 09:00 (Sat, Sun)."; empty when nothing was skipped. */
  skipped: string;
}

interface Gap {
  from: Temporal.Instant;
  to: Temporal.Instant;
}

/** Further ones are only counted. */
const mostGaps = 4;
const mostDays = 4;

/** @param since Closed hours before this instant are not told; without it, all since the start are. */
export function explainTarget(input: ClockInput, reader: Reader, since = input.start): TargetExplanation {
  const target = computeTarget(input);
  switch (target.state) {
    case 'running': {
      const when = `${dayAndTime(target.dueUtc, reader.zone)} (${whoseTime(reader, input.calendar)})`;
      return {
        due: `Due ${when}, counted in office hours ${describeCalendar(input.calendar)}.`,
        skipped: skippedText(gapsBetween(since, target.dueUtc, input), input, reader.zone),
      };
    }
    case 'no-target':
      return { due: 'Reasonable effort, no fixed time.', skipped: '' };
    case 'paused':
      return { due: 'The clock is on hold; there is no due time until it runs again.', skipped: '' };
    case 'invalid':
      return { due: target.because, skipped: '' };
    default: {
      const never: never = target;
      return never;
    }
  }
}

/** The zone is named unless the office hours beside it name the same one. */
function whoseTime(reader: Reader, calendar: OfficeCalendar): string {
  if (!reader.alone) {
    return reader.zone;
  }
  return reader.zone === calendar.zone ? 'your time' : `your time, ${reader.zone}`;
}

function gapsBetween(since: Temporal.Instant, due: Temporal.Instant, input: ClockInput): Gap[] {
  const gaps: Gap[] = [];
  let counted = input.start.epochNanoseconds;
  for (const stretch of countedStretches(input)) {
    if (stretch.from >= due.epochNanoseconds) {
      break;
    }
    if (stretch.from > counted && stretch.from > since.epochNanoseconds) {
      gaps.push({ from: new Temporal.Instant(counted), to: new Temporal.Instant(stretch.from) });
    }
    counted = stretch.to;
  }
  return gaps;
}

function skippedText(gaps: readonly Gap[], input: ClockInput, zone: string): string {
  const told = gaps.slice(0, mostGaps).map((gap) => `${rangeText(gap, zone)} (${reasonOf(gap, input)})`);
  const more = gaps.length > mostGaps ? [`and ${gaps.length - mostGaps} more`] : [];
  return gaps.length === 0 ? '' : `Not counted: ${[...told, ...more].join(', ')}.`;
}

/** Days on which the office does not open at all; else the night or a break of the day. */
function reasonOf(gap: Gap, input: ClockInput): string {
  const first = gap.from.toZonedDateTimeISO(input.calendar.zone).toPlainDate();
  const last = gap.to.toZonedDateTimeISO(input.calendar.zone).toPlainDate();
  const closed: string[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    closed.push(...closedDay(date, input.calendar));
  }
  const held = isHeldIn(gap, input) ? ['on hold'] : [];
  const days = [...new Set(closed)];
  const reasons = [...(days.length > mostDays ? [`${closed.length} closed days`] : days), ...held];
  const hours = first.equals(last) ? 'closed' : 'night';
  return reasons.length === 0 ? hours : reasons.join(', ');
}

function closedDay(date: Temporal.PlainDate, { week, holidays, holidayNames = {} }: OfficeCalendar): string[] {
  const day = dayWords(date);
  if ((week[date.dayOfWeek - 1] ?? []).length === 0) {
    return [day];
  }
  return holidays.includes(date.toString()) ? [holidayNames[date.toString()] ?? `holiday ${day}`] : [];
}

function isHeldIn(gap: Gap, { pauseOnHold, events }: ClockInput): boolean {
  return (
    pauseOnHold &&
    events.some(
      ({ type, at }) =>
        type === 'pause' && Temporal.Instant.compare(at, gap.from) >= 0 && Temporal.Instant.compare(at, gap.to) < 0,
    )
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Mon 23 Nov 10:42" */
export function dayAndTime(at: Temporal.Instant, zone: string): string {
  const local = at.toZonedDateTimeISO(zone);
  return `${dayWords(local)} ${timeOf(local)}`;
}

/** "Mon 23 Nov" */
export function dayWords({ day, dayOfWeek, month }: Pick<Temporal.PlainDate, 'day' | 'dayOfWeek' | 'month'>): string {
  return `${dayNames[dayOfWeek - 1] ?? ''} ${day} ${months[month - 1] ?? ''}`;
}

function timeOf(local: Temporal.ZonedDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}

function rangeText({ from, to }: Gap, zone: string): string {
  const [begin, end] = [from.toZonedDateTimeISO(zone), to.toZonedDateTimeISO(zone)];
  const sameDay = begin.toPlainDate().equals(end.toPlainDate());
  return `${dayAndTime(from, zone)} to ${sameDay ? timeOf(end) : dayAndTime(to, zone)}`;
}
