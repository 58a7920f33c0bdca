/** Dates as documents and people write them. */

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** "November 6, 2025", "6 Nov 2025" or "2025-11-06" as YYYY-MM-DD; null for anything else. */
export function readDate(text: string): string | null {
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})(?:$|[T\s])/.exec(text);
  if (iso !== null) {
    return dateOf(iso[1], Number(iso[2]), iso[3]);
  }
  const monthFirst = /^\s*(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/u.exec(text);
  if (monthFirst !== null) {
    return dateOf(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  }
  const dayFirst = /^\s*(\d{1,2})(?:st|nd|rd|th)?\.?\s+(\p{L}+)\.?,?\s+(\d{4})\b/u.exec(text);
  return dayFirst === null ? null : dateOf(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
}

function monthNumber(name = ''): number {
  return name.length < 3 ? 0 : months.findIndex((month) => month.startsWith(name.toLowerCase())) + 1;
}

function dateOf(year: string | undefined, month: number, day: string | undefined): string | null {
  try {
    return Temporal.PlainDate.from({ year: Number(year), month, day: Number(day) }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
