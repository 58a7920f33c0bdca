/** What the flows need to know of the settings. */
import type { Settings } from '../config/settings.ts';
import type { Place } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { parseCalendar } from '../policy/office-calendar.ts';

/** Name of the calendar in which the desk's targets count. */
const supportCalendar = 'support';

export function directoryOf(settings: Settings): Directory {
  const calendar = parseCalendar(settings.calendars[supportCalendar]);
  if (calendar.calendar === undefined) {
    throw new Error(
      `Reading the calendar “${supportCalendar}” of the settings: ${calendar.error ?? 'it is missing'} Add it under “calendars”.`,
    );
  }
  const asked = settings.approvals[0]?.rotation;
  const rotation = settings.onCall.find((known) => known.name === asked) ?? settings.onCall[0] ?? null;
  return {
    people: settings.people,
    environments: settings.environments,
    rotation,
    calendar: calendar.calendar,
    places: { approvals: placeFor(settings, 'approvals'), support: placeFor(settings, 'support') },
  };
}

/** Channels of other platforms wait for the version that can post there. */
function placeFor(settings: Settings, purpose: 'approvals' | 'support'): Place | null {
  const channel = settings.channels.find((known) => known.platform === 'web' && known.for.includes(purpose));
  return channel === undefined ? null : { platform: channel.platform, conversation: channel.id, thread: null };
}
