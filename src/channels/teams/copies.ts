/**
 * Teams cannot be asked whether a post arrived, so now and then a message stands there twice. The copy that nobody knew
 * of is found by the first click on it.
 */
import type { Outgoing } from '../channel.ts';
import type { Background } from '../background.ts';
import { shownNow } from '../shown-now.ts';
import type { TeamsDeps } from './deps.ts';
import { decodeConversation, decodePosted } from './place.ts';
import type { Activity } from './schema.ts';
import { renewCopy } from './send.ts';

/** @param renew also when the card is the known one, because the client will not show the answer by itself */
export async function copySeen(
  deps: TeamsDeps,
  background: Background,
  messageKey: string | null,
  activity: Activity,
  renew: boolean,
): Promise<void> {
  const { replyToId } = activity;
  const shown = messageKey === null ? null : await shownNow(deps, messageKey);
  if (shown === null || replyToId === null || replyToId === undefined || replyToId === '') {
    return;
  }
  const posted = shown.platformId === null ? null : decodePosted(shown.platformId);
  const { conversation } = decodeConversation(activity.conversation.id);
  if ((posted?.elsewhere ?? shown.place.conversation) !== conversation) {
    return;
  }
  const isCopy = posted?.activity !== replyToId;
  if (isCopy) {
    await deps.memory.addCopy(shown.key, replyToId);
  }
  if (isCopy || renew) {
    const message: Outgoing = { ...shown, mention: [], mayHaveBeenSent: false };
    background.run('Bringing a copy of a card up to date', () => renewCopy(deps, message, replyToId));
  }
}
