/**
 * The response clock: when a first answer is due, counted in office hours (CONTRACTS.md section 4). It counts elapsed
 * time inside open windows, never a difference of wall-clock times. There is no "now" in it.
 *
 * Source: "Support for Mendix on Azure", section "Severity Baselines for Support Tickets". The document does not say
 * whose office hours those are, so the calendar is a setting.
 */
import { type OfficeCalendar, type OpenStretch, openStretches } from './office-calendar.ts';
import { targetOf } from './response-target.ts';
import type { Severity } from './severity.ts';

export { describeCalendar, type OfficeCalendar, parseCalendar } from './office-calendar.ts';

const nanosecondsPerMinute = 60_000_000_000;

export type ClockEvent =
  | { type: 'severity'; at: Temporal.Instant; to: Severity }
  | { type: 'pause' | 'resume'; at: Temporal.Instant };

export interface ClockInput {
  severity: Severity;
  /** When the problem was raised. A change of severity counts again from here. */
  start: Temporal.Instant;
  calendar: OfficeCalendar;
  /** Whether `pause` and `resume` stop the clock; otherwise they are ignored. */
  pauseOnHold: boolean;
  /** In any order. */
  events: readonly ClockEvent[];
}

/** `dueUtc` may lie in the past. `dueLocal` is ISO 8601 with the offset in the calendar's zone. */
export type DueTime =
  | { state: 'running'; dueUtc: Temporal.Instant; dueLocal: string }
  | { state: 'paused' | 'no-target'; dueUtc: null; dueLocal: null }
  | { state: 'invalid'; dueUtc: null; dueLocal: null; because: string };

/** Epoch nanoseconds between which the clock runs; an open end is null. */
interface Span {
  from: bigint;
  to: bigint | null;
}

export function computeTarget(input: ClockInput): DueTime {
  const events = inOrder(input.events);
  const [first] = events;
  if (first !== undefined && Temporal.Instant.compare(first.at, input.start) < 0) {
    return invalid(
      `an event of type ${first.type} at ${first.at.toString()} lies before the start ${input.start.toString()}. Correct its time.`,
    );
  }
  const budget = budgetOf(finalSeverity(input.severity, events), input);
  if (budget === null) {
    return { state: 'no-target', dueUtc: null, dueLocal: null };
  }
  const due = spend(budget, countedStretches(input));
  if (due === null) {
    return isOnHold(input)
      ? { state: 'paused', dueUtc: null, dueLocal: null }
      : invalid('the calendar ends before the time is used up. Correct the start.');
  }
  const dueUtc = new Temporal.Instant(due);
  return {
    state: 'running',
    dueUtc,
    dueLocal: dueUtc.toZonedDateTimeISO(input.calendar.zone).toString({ timeZoneName: 'never' }),
  };
}

function invalid(why: string): DueTime {
  return { state: 'invalid', dueUtc: null, dueLocal: null, because: `Counting the response time: ${why}` };
}

function isOnHold(input: ClockInput): boolean {
  return runningSpans(input).at(-1)?.to !== null;
}

/** Office time while the clock runs, in order. It ends only where a pause has no end. */
export function* countedStretches(input: ClockInput): Generator<OpenStretch> {
  for (const span of runningSpans(input)) {
    for (const stretch of openStretches(input.calendar, new Temporal.Instant(span.from))) {
      if (span.to !== null && stretch.from >= span.to) {
        break;
      }
      yield { ...stretch, to: span.to === null ? stretch.to : earlier(stretch.to, span.to) };
    }
  }
}

/**
 * The instant at which a share of the office time until the target is used up, as a warning wants it; null where the
 * target is not running.
 */
export function shareOfTarget(input: ClockInput, share: number): Temporal.Instant | null {
  const budget = budgetOf(finalSeverity(input.severity, inOrder(input.events)), input);
  if (budget === null) {
    return null;
  }
  const part = BigInt(Math.round(Number(budget / 1_000_000n) * share)) * 1_000_000n;
  const at = spend(part, countedStretches(input));
  return at === null ? null : new Temporal.Instant(at);
}

/** Office minutes of elapsed time between two instants, fractions included; 0 when `to` is not later. */
export function officeMinutesBetween(calendar: OfficeCalendar, from: Temporal.Instant, to: Temporal.Instant): number {
  let open = 0n;
  for (const stretch of openStretches(calendar, from)) {
    if (stretch.from >= to.epochNanoseconds) {
      break;
    }
    open += earlier(stretch.to, to.epochNanoseconds) - stretch.from;
  }
  return Number(open) / nanosecondsPerMinute;
}

function inOrder(events: readonly ClockEvent[]): ClockEvent[] {
  return events.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
}

function finalSeverity(severity: Severity, events: readonly ClockEvent[]): Severity {
  return events.findLast((event) => event.type === 'severity')?.to ?? severity;
}

/** Nanoseconds of office time; null where no time is promised. */
function budgetOf(severity: Severity, { calendar, start }: ClockInput): bigint | null {
  const { promise } = targetOf(severity);
  switch (promise.kind) {
    case 'less-than':
      return BigInt(Math.round(promise.officeMinutes * nanosecondsPerMinute));
    case 'next-business-day':
      return budgetToNextBusinessDay(calendar, start);
    case 'reasonable-effort':
      return null;
    default: {
      const never: never = promise;
      return never;
    }
  }
}

/** From the first instant to the last open one of the first office day whose local date is later. */
function budgetToNextBusinessDay(calendar: OfficeCalendar, start: Temporal.Instant): bigint {
  const raised = start.toZonedDateTimeISO(calendar.zone).toPlainDate();
  let budget = 0n;
  let dueDate: string | null = null;
  for (const stretch of openStretches(calendar, start)) {
    if (dueDate !== null && stretch.date !== dueDate) {
      break;
    }
    dueDate ??= Temporal.PlainDate.compare(stretch.date, raised) > 0 ? stretch.date : null;
    budget += stretch.to - stretch.from;
  }
  return budget;
}

function runningSpans({ start, pauseOnHold, events }: ClockInput): Span[] {
  const spans: Span[] = [{ from: start.epochNanoseconds, to: null }];
  for (const event of pauseOnHold ? inOrder(events) : []) {
    const last = spans.at(-1);
    const at = event.at.epochNanoseconds;
    if (event.type === 'pause' && last?.to === null) {
      last.to = at;
    } else if (event.type === 'resume' && last !== undefined && last.to !== null) {
      spans.push({ from: at, to: null });
    }
  }
  return spans;
}

/** The instant at which the budget is used up; null when the clock stops before. */
function spend(budget: bigint, stretches: Iterable<OpenStretch>): bigint | null {
  let left = budget;
  for (const stretch of stretches) {
    const length = stretch.to - stretch.from;
    if (length >= left) {
      return stretch.from + left;
    }
    left -= length;
  }
  return null;
}

function earlier(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
