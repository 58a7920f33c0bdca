/** Who is on call, and when the next one takes over. */
import { choice, list, section, text, zone } from './settings-fields.ts';

const startHint = 'the local date and time of a hand-over, such as 2026-01-05T09:00';
const start = text(startHint, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/).refine(isLocalTime, { error: startHint });

function isLocalTime(value: string): boolean {
  try {
    return Temporal.PlainDateTime.from(value) !== null;
  } catch {
    return false;
  }
}
