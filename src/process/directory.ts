/** What the flows need to know of the settings. */
import type { Settings } from '../config/settings.ts';
import type { Place, Platform } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { parseCalendar } from '../policy/office-calendar.ts';

/** Name of the calendar in which the desk's targets count. */
const supportCalendar = 'support';

/** @param platforms Those on which the bot speaks in this process; channels of others are passed over. */
export function directoryOf(settings: Settings, platforms: readonly Platform[] = ['web']): Directory {
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
    places: {
      approvals: placeFor(settings, platforms, 'approvals'),
      support: placeFor(settings, platforms, 'support'),
    },
  };
}

function placeFor(settings: Settings, platforms: readonly Platform[], purpose: 'approvals' | 'support'): Place | null {
  const channel = settings.channels.find((known) => platforms.includes(known.platform) && known.for.includes(purpose));
  return channel === undefined ? null : { platform: channel.platform, conversation: channel.id, thread: null };
}
