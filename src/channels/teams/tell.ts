/** A word to one person that is no part of a case: a refusal, a hint. It goes where nobody else reads it. */
import { Undeliverable } from '../channel.ts';
import type { TeamsDeps } from './deps.ts';
import { idOf, type Who } from './identity.ts';
import { activityOf } from './message.ts';
import { decodeConversation } from './place.ts';
import { reachPlace, reachPrivately } from './reach.ts';
import type { Activity } from './schema.ts';

export async function tell(deps: TeamsDeps, activity: Activity, who: Who, text: string): Promise<void> {
  const place = { platform: 'teams' as const, ...decodeConversation(activity.conversation.id) };
  const here = await reachPlace(deps, place);
  if (here.reference.kind === 'personal') {
    await deps.connector.post(here.target, activityOf({ speaker: null, text }, null, []));
    return;
  }
  try {
    const { target } = await reachPrivately(deps, idOf(who), place);
    await deps.connector.post(target, activityOf({ speaker: null, text }, null, []));
  } catch (error) {
    if (!(error instanceof Undeliverable)) {
      throw error;
    }
    // Nothing of a case stands in such a word, so it may be said in the thread when there is no other way.
    const { name } = activity.from;
    await deps.connector.post(
      here.target,
      activityOf({ speaker: null, text }, null, [{ userId: activity.from.id, name }]),
    );
  }
}
