/** A message as it stands now, with the tokens of its newest revision, for whatever shows it without being asked to. */
import { type Message, readMessage } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import { readNewestToken } from '../store/tokens.ts';

/** Null when the message is unknown. `tokenId`: null when its buttons are over. */
export async function shownNow(
  { store }: { store: Store },
  key: string,
): Promise<(Message & { tokenId: string | null }) | null> {
  const message = await readMessage(store.read, key);
  if (message === null) {
    return null;
  }
  const token = message.verbs.length === 0 ? null : await readNewestToken(store.read, key);
  return { ...message, tokenId: token?.revision === message.revision ? token.id : null };
}
