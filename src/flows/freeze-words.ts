/**
 * Reads a freeze as an administrator types it. A small set of forms, listed by `freezeFormsText`; whatever is meant as a
 * freeze and is none of them is a problem that names them, never a guess.
 */
import type { FreezeMode } from '../policy/freeze.ts';

export interface AskedFreeze {
  /** Null: all of them. */
  environments: string[] | null;
  /** Null: until somebody lifts it. */
  until: string | null;
  mode: FreezeMode;
  reason: string;
}

export type FreezeReading = { kind: 'freeze'; freeze: AskedFreeze } | { kind: 'problem'; because: string };

export interface FreezeReader {
  at: string;
  /** Zone of whoever writes; times are local to it. */
  zone: string;
  /** Names of the environments. */
  known: readonly string[];
}

export const freezeFormsText =
  '“freeze mendix-prod until friday 18:00: why”, “freeze all until 2026-12-01 08:00: why”, “freeze mendix-prod for 2 hours: why”, or “freeze mendix-prod until further notice: why”; with “, with second approval” before the colon, plans need one more yes instead of waiting';

const reasonPattern = /(?:\s*:\s+|\s*:\s*$|\s*,?\s+because\s+)(?<reason>[\s\S]*)$/i;
const modePattern = /,?\s+(?:with|needs?|but with)\s+(?:a\s+)?second approval$/i;
const untilPattern = /\s+until\s+(?<until>\S[\s\S]*)$/i;
const forPattern = /\s+for\s+(?<count>\d{1,4}|an?|one)\s+(?<unit>minute|hour|day|week)s?$/i;
const allPattern = /^(?:all|everything|all environments|every environment)$/i;

/** Null: it is no freeze, whatever it begins with. `text` is what follows the word “freeze”. */
export function readFreeze(text: string, reader: FreezeReader): FreezeReading | null {
  // Joined, because the forms would read a long run of spaces in more ways than there is time for.
  const said = text.trim().replaceAll(/\s+/g, ' ');
  // A time has a colon as well, so the one of the reason is followed by a space.
  const reason = reasonPattern.exec(said)?.groups?.['reason']?.trim() ?? '';
  const order = said.replace(reasonPattern, '');
  const mode: FreezeMode = modePattern.test(order) ? 'second-approval' : 'wait';
  const span = order.replace(modePattern, '');
  const who = span.replace(untilPattern, '').replace(forPattern, '');
  const named = readEnvironments(who, reader.known);
  const isMeant = span !== who || named.some(({ name }) => name !== null) || allPattern.test(who);
  if (!isMeant) {
    return null;
  }
  const unknown = named.filter(({ name }) => name === null).map(({ words }) => words);
  const until = readEnd(span, reader);
  const because =
    problemOfNames(allPattern.test(who) ? [] : unknown, reader.known) ??
    (until.kind === 'problem' ? until.because : null) ??
    (reason === '' ? `Say why, after a colon: ${freezeFormsText}.` : null);
  if (because !== null || until.kind === 'problem') {
    return { kind: 'problem', because: because ?? '' };
  }
  const environments = allPattern.test(who) ? null : named.flatMap(({ name }) => (name === null ? [] : [name]));
  return { kind: 'freeze', freeze: { environments, until: until.at, mode, reason } };
}

/** Each name that was written, with the environment of that name; null where there is none. */
export function readEnvironments(text: string, known: readonly string[]): { words: string; name: string | null }[] {
  const words = text
    .split(/\s*,\s*|\s+and\s+/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return words.map((part) => ({
    words: part,
    name: known.find((name) => name.toLowerCase() === part.toLowerCase()) ?? null,
  }));
}

function problemOfNames(unknown: readonly string[], known: readonly string[]): string | null {
  return unknown.length === 0
    ? null
    : `I know no environment “${unknown.join('”, “')}”. There are ${known.join(', ')}; “all” means each of them.`;
}

type End = { kind: 'end'; at: string | null } | { kind: 'problem'; because: string };

function readEnd(span: string, reader: FreezeReader): End {
  const until = untilPattern.exec(span)?.groups?.['until'];
  if (until !== undefined) {
    return readUntil(until, reader);
  }
  const { count, unit } = forPattern.exec(span)?.groups ?? {};
  return count === undefined || unit === undefined
    ? { kind: 'problem', because: `Say until when: ${freezeFormsText}.` }
    : endIn(/^\d/.test(count) ? Number(count) : 1, unit.toLowerCase(), reader);
}

/** Days are the calendar's: “for 1 day” ends at the same time tomorrow, also when the clocks change. */
function endIn(count: number, unit: string, { at, zone }: FreezeReader): End {
  if (count === 0) {
    return { kind: 'problem', because: `A freeze of no time changes nothing. Say ${freezeFormsText}.` };
  }
  const now = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return endAt(now.add({ [`${unit}s`]: count }).toInstant());
}

const untilForms = /^(?:(?<day>\d{4}-\d{2}-\d{2}|[a-z]+)(?:T|,?\s+(?:at\s+)?))?(?<time>\d{1,2}:\d{2})$/i;
const openEnd = /^(?:further notice|(?:it is |someone |somebody |i |we )?lift(?:ed|s)?(?: it)?)$/i;

function readUntil(text: string, reader: FreezeReader): End {
  const said = text.trim();
  if (openEnd.test(said)) {
    return { kind: 'end', at: null };
  }
  const { day, time } = untilForms.exec(said)?.groups ?? {};
  const plainTime = time === undefined ? null : parseTime(time);
  const dates = plainTime === null ? [] : datesOf(day?.toLowerCase() ?? null, reader);
  if (plainTime === null || dates.length === 0) {
    return { kind: 'problem', because: `I cannot read “${said}” as a time. Say ${freezeFormsText}.` };
  }
  const now = Temporal.Instant.from(reader.at);
  const ends = dates.map((date) => date.toZonedDateTime({ timeZone: reader.zone, plainTime }).toInstant());
  const end = ends.find((candidate) => Temporal.Instant.compare(candidate, now) > 0);
  return end === undefined
    ? { kind: 'problem', because: `${said} is over already (${reader.zone}). Name a time to come.` }
    : endAt(end);
}

function endAt(instant: Temporal.Instant): End {
  return { kind: 'end', at: instant.toString({ fractionalSecondDigits: 3 }) };
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The days that may be meant, the next one first; none when it is no day. */
function datesOf(day: string | null, { at, zone }: FreezeReader): Temporal.PlainDate[] {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  if (day === null || day === 'today') {
    return [today];
  }
  if (day === 'tomorrow') {
    return [today.add({ days: 1 })];
  }
  const weekday = weekdays.findIndex((name) => name === day || name.slice(0, 3) === day) + 1;
  if (weekday > 0) {
    const ahead = (weekday - today.dayOfWeek + 7) % 7;
    return [today.add({ days: ahead }), today.add({ days: ahead + 7 })];
  }
  const date = parseDate(day);
  return date === null ? [] : [date];
}

function parseDate(text: string): Temporal.PlainDate | null {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : null;
  } catch {
    return null;
  }
}

function parseTime(text: string): Temporal.PlainTime | null {
  const [hour = NaN, minute = NaN] = text.split(':').map(Number);
  try {
    return Temporal.PlainTime.from({ hour, minute }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
