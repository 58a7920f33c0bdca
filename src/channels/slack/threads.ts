/** In which thread a message belongs, where its place names none, and which threads there are to look at. */
import type { CaseState } from '../../flows/state.ts';
import { readFlow } from '../../store/flows.ts';
import type { Store } from '../../store/store.ts';
import type { Outgoing } from '../channel.ts';
import { tsHere } from './posted.ts';

/**
 * The thread of its place; where that has none, the thread below what the case posted there first, so that a channel has
 * one parent per case. What somebody has to do elsewhere than where it was asked stands for itself.
 */
export async function threadOf({ store }: { store: Store }, message: Outgoing): Promise<string | null> {
  const { caseId, mention, place } = message;
  if (place.thread !== null) {
    return place.thread;
  }
  const state = (await readFlow(store.read, caseId))?.state ?? null;
  const isAway = mention.length > 0 && !isAskedIn(state, message);
  // What the house says, such as a digest a day, is about something else each time.
  return isAway || state?.flow === 'settings' ? null : parentOf(store, caseId, message);
}

function isAskedIn(state: CaseState | null, { place }: Outgoing): boolean {
  const home = state !== null && 'place' in state ? state.place : null;
  return home !== null && home.platform === 'slack' && home.conversation === place.conversation;
}

async function parentOf(store: Store, caseId: string, { key, place }: Outgoing): Promise<string | null> {
  const rows = await store.read
    .selectFrom('message')
    .select('platform_id')
    .where('case_id', '=', caseId)
    .where('platform', '=', 'slack')
    .where('conversation', '=', place.conversation)
    .where('thread', 'is', null)
    .where('only_for', 'is', null)
    .where('platform_id', 'is not', null)
    .where('key', '!=', key)
    .execute();
  const posted = rows.map(({ platform_id }) => tsHere(platform_id)).filter((ts) => ts !== null);
  return posted.toSorted()[0] ?? null;
}

/** True when the bot has spoken there. Slack shows nothing ephemeral in a thread that nobody has answered in yet. */
export async function hasSpokenIn(
  { store }: { store: Store },
  where: { conversation: string; thread: string },
): Promise<boolean> {
  const bound = await store.read
    .selectFrom('conversation')
    .innerJoin('message', 'message.case_id', 'conversation.case_id')
    .select('message.key')
    .where('conversation.platform', '=', 'slack')
    .where('conversation.conversation', '=', where.conversation)
    .where('conversation.thread', '=', where.thread)
    .where('message.platform', '=', 'slack')
    .where('message.conversation', '=', where.conversation)
    .where('message.thread', '=', where.thread)
    .where('message.only_for', 'is', null)
    .where('message.platform_id', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return bound !== undefined;
}
