/** What the flows need to know of the settings. */
import type { Calendar } from '../config/settings-calendar.ts';
import type { Settings } from '../config/settings.ts';
import type { Place, Platform } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { type OfficeCalendar, parseCalendar } from '../policy/office-calendar.ts';
import type { PersonId } from '../policy/people.ts';

/** @param platforms Those on which the bot speaks in this process; channels of others are passed over. */
export function directoryOf(settings: Settings, platforms: readonly Platform[] = ['web']): Directory {
  const { calendars, people, onCall, approvals, clock } = settings;
  const asked = approvals[0]?.rotation;
  const { critical, high, medium } = clock.warnAtPercent;
  return {
    people,
    environments: settings.environments,
    rotation: onCall.find((known) => known.name === asked) ?? onCall[0] ?? null,
    calendar: officeCalendarOf('support', calendars.support),
    personCalendars: personCalendarsOf(settings),
    clock: {
      warnShare: { critical: critical / 100, high: high / 100, medium: medium / 100 },
      escalation: onCall.find((known) => known.name === clock.escalateTo) ?? null,
    },
    naming: settings.naming,
    places: {
      approvals: placeFor(settings, platforms, 'approvals'),
      support: placeFor(settings, platforms, 'support'),
      audit: placeFor(settings, platforms, 'audit'),
    },
  };
}

function personCalendarsOf({ people, calendars }: Settings): Map<PersonId, OfficeCalendar> {
  const named = people.flatMap(({ id, calendar: name }) => {
    const calendar = Object.hasOwn(calendars, name) ? calendars[name] : undefined;
    return name === 'support' || calendar === undefined ? [] : [[id, officeCalendarOf(name, calendar)] as const];
  });
  return new Map(named);
}

function officeCalendarOf(name: string, { zone, week, holidays, fileHolidays }: Calendar): OfficeCalendar {
  const { calendar, error } = parseCalendar({ zone, week, holidays: [...holidays, ...Object.keys(fileHolidays)] });
  if (calendar === undefined) {
    throw new Error(`Reading the calendar “${name}” of the settings: ${error} Mend it under “calendars”.`);
  }
  const names = Object.entries(fileHolidays).filter(([, title]) => title !== '');
  return { ...calendar, holidayNames: Object.fromEntries(names) };
}

function placeFor(
  settings: Settings,
  platforms: readonly Platform[],
  purpose: 'approvals' | 'support' | 'audit',
): Place | null {
  const channel = settings.channels.find((known) => platforms.includes(known.platform) && known.for.includes(purpose));
  return channel === undefined ? null : { platform: channel.platform, conversation: channel.id, thread: null };
}
