/** Instants for readers: in their own zone, with UTC beside, because evidence is read in more than one place. */
import { html, type Markup, nothing } from './markup.ts';

export interface Clock {
  zone: string;
}

/** "18:27:16" with "17:27:16 UTC" beside it. */
export function timeMarkup(at: string, { zone }: Clock): Markup {
  if (at === '') {
    return nothing;
  }
  const instant = Temporal.Instant.from(at);
  return html`<time datetime="${at}">${clockText(instant, zone)} <small>${clockText(instant, 'UTC')} UTC</small></time>`;
}

/** With the day, for what stands alone: "Sat 21 Nov 2026, 18:44:06". */
export function dateTimeMarkup(at: string, { zone }: Clock): Markup {
  if (at === '') {
    return nothing;
  }
  const instant = Temporal.Instant.from(at);
  const local = instant.toZonedDateTimeISO(zone).toPlainDate();
  const utc = instant.toZonedDateTimeISO('UTC').toPlainDate();
  // Near midnight it is another day there.
  const utcDay = local.equals(utc) ? '' : `${utc.toString()} `;
  const day = `${(weekdays[local.dayOfWeek - 1] ?? '').slice(0, 3)} ${local.day} ${(months[local.month - 1] ?? '').slice(0, 3)} ${local.year}`;
  return html`<time datetime="${at}">${day}, ${clockText(instant, zone)} <small>${utcDay}${clockText(instant, 'UTC')} UTC</small></time>`;
}

/** "Saturday 21 November 2026" */
export function dayText(at: string, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  return `${weekdays[local.dayOfWeek - 1] ?? ''} ${local.day} ${months[local.month - 1] ?? ''} ${local.year}`;
}

function clockText(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'second' });
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
