/** What the flows need to know of the settings. */
import { personalConversation } from '../channels/personal.ts';
import type { Calendar } from '../config/settings-calendar.ts';
import type { Settings } from '../config/settings.ts';
import type { Place, Platform } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { type ApprovalRule, defaultRule, timesOf } from '../policy/approval-rule.ts';
import { type OfficeCalendar, parseCalendar } from '../policy/office-calendar.ts';
import type { Rotation } from '../policy/on-call.ts';
import type { PersonId } from '../policy/people.ts';
import type { Routing } from '../policy/routing.ts';

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
    routing: routingOf(settings, platforms),
    approvalRules: approvalRulesOf(settings),
    freezes: settings.freezes,
    places: {
      approvals: placeFor(settings, platforms, 'approvals'),
      support: placeFor(settings, platforms, 'support'),
      audit: placeFor(settings, platforms, 'audit'),
      approvalCopies: placesFor(settings, platforms, 'approvals'),
    },
    homes: {
      teams: onlyOne(people.map(({ entra }) => entra?.tenant)),
      slack: onlyOne(people.map(({ slack }) => slack?.team)),
    },
    personPlaces: new Map(settings.people.map((person) => [person.id, privatePlaces(person, settings, platforms)])),
  };
}

/** Null where there is none, or more than one. */
function onlyOne(ids: readonly (string | undefined)[]): string | null {
  const [first, ...others] = new Set(ids.filter((id) => id !== undefined));
  return first === undefined || others.length > 0 ? null : first;
}

/** Where no rule fits, one person decides and the first rotation is asked. */
function approvalRulesOf({ approvals, onCall }: Settings): ApprovalRule[] {
  const first = onCall[0] ?? null;
  function rotationNamed(name: string | null): Rotation | null {
    return onCall.find((known) => known.name === name) ?? null;
  }
  const rules = approvals.map(
    ({ rotation, second, ...rule }): ApprovalRule => ({
      ...rule,
      ...timesOf(rule),
      rotation: rotation === undefined ? first : rotationNamed(rotation),
      second: second === null ? null : { ...second, rotation: rotationNamed(second.rotation) },
    }),
  );
  return [...rules, { ...defaultRule, rotation: first }];
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

/** Rules for channels of other platforms are passed over. */
function routingOf({ onCall, routing }: Settings, platforms: readonly Platform[]): Routing<Place> {
  const { digest, quiet, rules } = routing;
  return {
    quiet,
    digest,
    rules: rules
      .filter(({ channel }) => platforms.includes(channel.platform))
      .map(({ channel, environments, onCall: rotation, severities }) => ({
        environments: environments.length === 0 ? null : environments,
        severities: severities.length === 0 ? null : severities,
        channel: { platform: channel.platform, conversation: channel.id, thread: null },
        rotation: onCall.find((known) => known.name === rotation) ?? null,
      })),
  };
}

type Purpose = 'approvals' | 'support' | 'audit';

function placeFor(settings: Settings, platforms: readonly Platform[], purpose: Purpose): Place | null {
  return placesFor(settings, platforms, purpose)[0] ?? null;
}

/** In the order of the settings, each once. */
function placesFor({ channels }: Settings, platforms: readonly Platform[], purpose: Purpose): Place[] {
  const places = channels
    .filter((channel) => platforms.includes(channel.platform) && channel.for.includes(purpose))
    .map(({ platform, id }): Place => ({ platform, conversation: id, thread: null }));
  return places.filter(
    (place, index) =>
      places.findIndex(
        ({ conversation, platform }) => platform === place.platform && conversation === place.conversation,
      ) === index,
  );
}

/** On every platform on which the settings know this person, in the order of the platforms. */
function privatePlaces(
  person: Settings['people'][number],
  { slack }: Settings,
  platforms: readonly Platform[],
): readonly Place[] {
  const isThere: Readonly<Record<Platform, boolean>> = {
    web: true,
    teams: person.entra !== null,
    slack: person.slack !== null || slack.matchByEmail,
  };
  return platforms
    .filter((platform) => isThere[platform])
    .map((platform) => ({
      platform,
      conversation: platform === 'web' ? `dm-${person.id}` : personalConversation(person.id),
      thread: null,
    }));
}
