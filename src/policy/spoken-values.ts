/** Values that people write as numbers: a Mendix version, and the time since when something is wrong. */
import type { Matched } from './understand.ts';

/** A number counts only right behind the product's name: "postgres 15.4" and "10.8.0.4" are something else. */
const versionPattern =
  /\b(?:mendix|mx|studio pro)\s*(?:version|runtime|v)?\.?\s*(\d{1,2}(?:\.\d{1,5}){0,3})(?![\d.]*\.\d|\d)/giu;

export function readVersions(text: string): Matched[] {
  const found = [...text.matchAll(versionPattern)].map(
    (match): Matched => ({ key: 'mendixVersion', value: match[1] ?? '', words: match[0] }),
  );
  return found.filter((one, index) => found.findIndex((other) => other.value === one.value) === index);
}

const sincePattern =
  /\b(?:since|as of)\s+(?:about |around |roughly |approximately )?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?!\s*(?:min|hour|hr|h\b|day|week|month|year|second)|[\d:./-]*\d)/iu;

/** HH:MM, as in "since 8" or "since 8:15 pm"; null when no time is written that way. */
export function readSince(text: string): string | null {
  const match = sincePattern.exec(text);
  if (match === null) {
    return null;
  }
  const [, hourText = '', minuteText = '00', half = ''] = match;
  const hour = Number(hourText) + hoursToAdd(Number(hourText), half.toLowerCase());
  const minute = Number(minuteText);
  return hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function hoursToAdd(hour: number, half: string): number {
  if (half.startsWith('p')) {
    return hour < 12 ? 12 : 0;
  }
  return half.startsWith('a') && hour === 12 ? -12 : 0;
}
