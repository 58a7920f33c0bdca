/** Instants as people read them, in their own zone, always with the zone's name so that nobody has to guess. */
import { dayAndTime, dayWords } from '../policy/explain-target.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon 14:52 (Europe/Amsterdam)" */
export function localTime(at: string, zone: string): string {
  return `${localTimeShort(at, zone)} (${zone})`;
}

/** "Mon 14:52" */
export function localTimeShort(at: string, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${weekdays[local.dayOfWeek - 1] ?? ''} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** "Mon 23 Nov 14:52 (Europe/Amsterdam)", for what may be more than a week away. */
export function localDayTime(at: string, zone: string): string {
  return `${dayAndTime(Temporal.Instant.from(at), zone)} (${zone})`;
}

/** "Mon 23 Nov", of a date such as 2026-11-23. */
export function shortDay(date: string): string {
  return dayWords(Temporal.PlainDate.from(date));
}

/** "2026-11-23 14:52 (Europe/Amsterdam)", for what may be long ago. */
export function localDateTime(at: string, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} (${zone})`;
}

/** "Friday 2026-12-04" */
export function localDay(at: string, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${local.toLocaleString('en-GB', { weekday: 'long' })} ${local.toPlainDate().toString()}`;
}

export function addMinutes(at: string, minutes: number): string {
  return Temporal.Instant.from(at).add({ minutes }).toString({ fractionalSecondDigits: 3 });
}

/** Nine in the morning of the next day from Monday to Friday. */
export function nextWorkday(at: string, zone: string): string {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  const days = [1, 2, 3].find((more) => today.add({ days: more }).dayOfWeek <= 5) ?? 1;
  const morning = today.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: '09:00' });
  return morning.toInstant().toString({ fractionalSecondDigits: 3 });
}

export function secondsBetween(from: string, to: string): number {
  return Temporal.Instant.from(from).until(to).total('seconds');
}

/** "3.1 s", "45 s", "2 min 5 s", "1 h 12 min" */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return seconds < 10 ? `${Math.max(0, seconds).toFixed(1)} s` : `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  }
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
