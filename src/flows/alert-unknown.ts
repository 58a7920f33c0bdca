/**
 * An alert that has no channel: administrators hear of it once for as long as it goes on, because only they can mend the
 * settings. When everything of it is resolved, the same message says so.
 */
import { alertSeverityText } from '../policy/alert-facts.ts';
import type { AlertState } from './alert-state.ts';
import type { Place } from './event.ts';
import { type Context, type Directory, moveTo, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { localDayTime } from './time.ts';

export function tellOfNowhere(before: AlertState, state: AlertState, context: Context): Transition {
  if (state.isTold === true && before.at === state.at) {
    return moveTo(state);
  }
  const text = textOf(state, context);
  const lines = adminPlacesOf(context.directory).map((place, index) => showText(`alert-nowhere-${index}`, place, text));
  return moveTo({ ...state, isTold: true }, lines);
}

function adminPlacesOf({ people, personPlaces }: Directory): Place[] {
  const admins = people.filter(({ roles }) => roles.includes('admin'));
  return admins.flatMap(({ id }) => (personPlaces?.get(id) ?? []).slice(0, 1));
}

function textOf(state: AlertState, { directory }: Context): string {
  const { at, environment, latest, resolvedAt, worst } = state;
  const over =
    at === 'resolved' && resolvedAt !== null
      ? ` It was resolved: ${localDayTime(resolvedAt, directory.calendar.zone)}.`
      : '';
  const what = `The alert “${latest.rule}”, ${alertSeverityText(worst)}, came from Azure`;
  const targets = latest.targets.length === 0 ? 'nothing by name' : latest.targets.slice(0, 3).join(', ');
  return environment === null
    ? `${what} about ${targets}, which belongs to no environment of the settings.${over} I say so once for as long as it goes on: add the environment with its managed resource group, or take this bot out of the rule’s action group.`
    : `${what} for ${environment}, and no channel takes support notices.${over} Name one in the settings: “channels” with “support”, or “routing”.`;
}
