/** Time zones as people write them in settings and calendars. */
import { z } from 'zod/v4';

const advice = 'not a known time zone; write an IANA name such as Europe/Amsterdam';
/** An IANA name such as Europe/Amsterdam. */
export const zoneSchema = z.string(advice).refine(isZone, advice);

function isZone(zone: string): boolean {
  try {
    // Intl and not Temporal: Temporal also takes a whole date-time and picks the zone out of it.
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
