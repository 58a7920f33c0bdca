/**
 * Where Slack may not be asked whether a post arrived, a message stands there twice now and then. The copy that nobody
 * knew of is found by the first press of its buttons.
 */
import type { Outgoing } from '../channel.ts';
import { shownNow } from '../shown-now.ts';
import { isSame, type Spot } from './memory.ts';
import type { OutDeps } from './parts.ts';
import { tsHere } from './posted.ts';
import { renewCopy } from './send.ts';

export async function adoptCopy(deps: OutDeps, messageKey: string, copy: Spot): Promise<void> {
  const shown = await shownNow(deps, messageKey);
  const isItsPlace = shown !== null && shown.onlyFor === null && shown.place.conversation === copy.channel;
  if (!isItsPlace || tsHere(shown.platformId) === copy.ts) {
    return;
  }
  const copies = await deps.memory.copies(messageKey);
  if (copies.some((known) => isSame(known, copy)) || (await deps.rooms.hasOutsiders(copy.channel))) {
    return;
  }
  await deps.memory.addCopy(messageKey, copy);
  const message: Outgoing = { ...shown, mention: [], mayHaveBeenSent: false };
  await renewCopy(deps, message, copy);
}
