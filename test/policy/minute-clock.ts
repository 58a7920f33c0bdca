/**
 * The response clock once more, written from CONTRACTS.md section 4 alone and as plainly as can be: it looks at every
 * minute and asks whether the office is open and the clock runs. Slow, and right by inspection; all instants are whole
 * minutes. It takes and gives what `causeway target` does.
 */

export interface MinuteRequest {
  severity: string;
  startUtc: string;
  calendar: {
    zone: string;
    week: Readonly<Record<string, readonly (readonly [string, string])[]>>;
    holidays?: readonly string[];
  };
  pauseOnHold?: boolean;
  events?: readonly { at: string; type: 'severity' | 'pause' | 'resume'; to?: string | null }[];
}

export interface MinuteAnswer {
  dueUtc: string | null;
  state: 'running' | 'paused' | 'no-target';
  dueLocal: string | null;
}

export function countMinutes(request: MinuteRequest): MinuteAnswer {
  const { calendar, pauseOnHold = false } = request;
  const start = minuteOf(request.startUtc);
  const events = (request.events ?? [])
    .map(({ at, type, to }) => ({ minute: minuteOf(at), type, to }))
    .sort((one, other) => one.minute - other.minute);
  const severity = events.findLast(({ type }) => type === 'severity')?.to ?? request.severity;
  if (severity === 'low') {
    return { dueUtc: null, state: 'no-target', dueLocal: null };
  }
  let left =
    severity === 'critical' ? 120 : severity === 'high' ? 480 : openMinutesUntilNextBusinessDayEnds(calendar, start);
  const switches = events.filter(({ type }) => pauseOnHold && type !== 'severity');
  const isOpen = officeOf(calendar);
  let paused = false;
  let passed = 0;
  for (let minute = start; ; minute += 1) {
    for (let next = switches[passed]; next !== undefined && next.minute <= minute; next = switches[passed]) {
      paused = next.type === 'pause';
      passed += 1;
    }
    if (paused && passed === switches.length) {
      return { dueUtc: null, state: 'paused', dueLocal: null };
    }
    if (!paused && isOpen(minute).open) {
      left -= 1;
    }
    if (left === 0) {
      return dueAt(minute + 1, calendar.zone);
    }
  }
}

/** Whether the office is open in this minute, and which local date it is. */
function officeOf({ zone, week, holidays = [] }: MinuteRequest['calendar']) {
  return (minute: number): { open: boolean; date: string } => {
    const local = localOf(minute, zone);
    const date = local.toISOString().slice(0, 10);
    const time = local.toISOString().slice(11, 16);
    const windows = week[String(local.getUTCDay() === 0 ? 7 : local.getUTCDay())] ?? [];
    const open = !holidays.includes(date) && windows.some(([from, to]) => from <= time && time < to);
    return { open, date };
  };
}

/** Of the first local date after the one of `start` on which the office is open at all, up to its last open minute. */
function openMinutesUntilNextBusinessDayEnds(calendar: MinuteRequest['calendar'], start: number): number {
  const isOpen = officeOf(calendar);
  const raised = isOpen(start).date;
  let due: string | null = null;
  let open = 0;
  for (let minute = start; ; minute += 1) {
    const now = isOpen(minute);
    if (due !== null && now.date > due) {
      return open;
    }
    if (now.open) {
      open += 1;
      due ??= now.date > raised ? now.date : null;
    }
  }
}

export function countOpenMinutes(calendar: MinuteRequest['calendar'], from: number, to: number): number {
  const isOpen = officeOf(calendar);
  let open = 0;
  for (let minute = from; minute < to; minute += 1) {
    open += isOpen(minute).open ? 1 : 0;
  }
  return open;
}

function minuteOf(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds / 60_000;
}

const offsets = new Map<string, number>();

/** No zone changes its clock inside a quarter of an hour, so one look is enough for each. */
function offsetMinutes(minute: number, zone: string): number {
  const quarter = Math.floor(minute / 15);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) {
    return known;
  }
  const at = Temporal.Instant.fromEpochMilliseconds(quarter * 900_000).toZonedDateTimeISO(zone);
  const offset = at.offsetNanoseconds / 60_000_000_000;
  offsets.set(key, offset);
  return offset;
}

/** Local wall-clock time, in the UTC fields of a date. */
function localOf(minute: number, zone: string): Date {
  return new Date((minute + offsetMinutes(minute, zone)) * 60_000);
}

function dueAt(minute: number, zone: string): MinuteAnswer {
  const offset = offsetMinutes(minute, zone);
  const hours = Math.floor(Math.abs(offset) / 60);
  const sign = offset < 0 ? '-' : '+';
  return {
    dueUtc: `${new Date(minute * 60_000).toISOString().slice(0, 19)}Z`,
    state: 'running',
    dueLocal: `${localOf(minute, zone).toISOString().slice(0, 19)}${sign}${two(hours)}:${two(Math.abs(offset) % 60)}`,
  };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
