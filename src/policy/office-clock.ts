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
  const events = input.events.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
  const [first] = events;
  if (first !== undefined && Temporal.Instant.compare(first.at, input.start) < 0) {
    const because = `Counting the response time: an event of type ${first.type} at ${first.at.toString()} lies before the start ${input.start.toString()}. Correct its time.`;
    return { state: 'invalid', dueUtc: null, dueLocal: null, because };
  }
  const { promise } = targetOf(finalSeverity(input.severity, events));
  if (promise.kind === 'reasonable-effort') {
    return { state: 'no-target', dueUtc: null, dueLocal: null };
  }
  const budget =
    promise.kind === 'less-than'
      ? BigInt(Math.round(promise.officeMinutes * nanosecondsPerMinute))
      : budgetToNextBusinessDay(input.calendar, input.start);
  const due = spend(budget, runningSpans(input, events), input.calendar);
  if (due === null) {
    return { state: 'paused', dueUtc: null, dueLocal: null };
  }
  const dueUtc = new Temporal.Instant(due);
  return {
    state: 'running',
    dueUtc,
    dueLocal: dueUtc.toZonedDateTimeISO(input.calendar.zone).toString({ timeZoneName: 'never' }),
  };
}

/** Office minutes of elapsed time between two instants, fractions included; 0 when `to` is not later. */
export function officeMinutesBetween(calendar: OfficeCalendar, from: Temporal.Instant, to: Temporal.Instant): number {
  let open = 0n;
  for (const stretch of openStretches(calendar, from)) {
    if (stretch.from >= to.epochNanoseconds) {
      break;
    }
    open += shorter(stretch.to, to.epochNanoseconds) - stretch.from;
  }
  return Number(open) / nanosecondsPerMinute;
}

function finalSeverity(severity: Severity, events: readonly ClockEvent[]): Severity {
  return events.findLast((event) => event.type === 'severity')?.to ?? severity;
}

/** From the first instant to the last open one of the first office day whose local date is later. */
function budgetToNextBusinessDay(calendar: OfficeCalendar, start: Temporal.Instant): bigint {
  const raised = start.toZonedDateTimeISO(calendar.zone).toPlainDate().toString();
  let budget = 0n;
  let dueDate: string | null = null;
  for (const stretch of openStretches(calendar, start)) {
    if (dueDate !== null && stretch.date !== dueDate) {
      break;
    }
    dueDate ??= stretch.date === raised ? null : stretch.date;
    budget += lengthOf(stretch);
  }
  return budget;
}

function runningSpans(input: ClockInput, events: readonly ClockEvent[]): Span[] {
  const spans: Span[] = [{ from: input.start.epochNanoseconds, to: null }];
  for (const event of input.pauseOnHold ? events : []) {
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
function spend(budget: bigint, spans: readonly Span[], calendar: OfficeCalendar): bigint | null {
  let left = budget;
  for (const span of spans) {
    for (const stretch of openStretches(calendar, new Temporal.Instant(span.from))) {
      if (span.to !== null && stretch.from >= span.to) {
        break;
      }
      const to = span.to === null ? stretch.to : shorter(stretch.to, span.to);
      if (to - stretch.from >= left) {
        return stretch.from + left;
      }
      left -= to - stretch.from;
    }
  }
  return null;
}

function lengthOf(stretch: OpenStretch): bigint {
  return stretch.to - stretch.from;
}

function shorter(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
