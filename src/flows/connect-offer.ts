/** What a person has begun elsewhere, and how it is offered to them where they begin again. */
import type { PersonId } from '../policy/people.ts';
import type { Place, Platform } from './event.ts';
import { type Context, findPerson } from './flow.ts';
import type { LiveDraft } from './state.ts';
import { localDayTime, secondsBetween } from './time.ts';

/** Older ones are not offered: the networks have moved on. */
const offeredSeconds = 14 * 24 * 60 * 60;

/** The newest one that stands in another case. */
export function otherDraft({ at, caseId, facts }: Context): LiveDraft | null {
  return (
    facts.drafts?.find((draft) => draft.caseId !== caseId && secondsBetween(draft.at, at) < offeredSeconds) ?? null
  );
}

/** Where a draft stands is said, not what is in it: others read along. Empty when there is none. */
export function offerText(person: PersonId, context: Context): string {
  const draft = otherDraft(context);
  if (draft === null) {
    return '';
  }
  const zone = findPerson(context.directory, person)?.zone ?? 'UTC';
  return `You have another unfinished connection, from ${localDayTime(draft.at, zone)} ${whereStands(draft.place)}. You can go on with it here instead.`;
}

const platforms: Record<Platform, string> = { web: 'on the page', teams: 'in Teams', slack: 'in Slack' };

export function whereStands({ platform }: Place): string {
  return platforms[platform];
}
