/** A message of the transcript as one person is shown it: the card filled, the buttons with that person's own tokens. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { placeTokens } from '../../cards/actions.ts';
import { fillCard } from '../../cards/fill.ts';
import { deriveToken } from '../../cards/token.ts';
import type { Person, PersonId } from '../../flows/people.ts';
import type { ChatMessage } from '../../store/chat.ts';
import type { WebDeps } from './deps.ts';
import { tokenIdsOf } from './transcript.ts';

/** CONTRACTS.md section 6, and what the page needs besides. */
export interface ShownMessage {
  id: string;
  seq: number;
  revision: number;
  conversation: string;
  thread: string | null;
  /** Person id, or `causeway`. */
  from: string;
  /** Who speaks through the bot, such as an agent of the desk; null when it speaks for itself. */
  speaker: string | null;
  text: string;
  card: AdaptiveCard | null;
  /** Person ids. */
  mention: readonly PersonId[];
  /** True when nobody else sees it. */
  onlyForYou: boolean;
  at: string;
}

export async function showAll(
  messages: readonly ChatMessage[],
  person: Person,
  deps: WebDeps,
): Promise<ShownMessage[]> {
  const tokenIds = await tokenIdsOf(deps.store.read, messages);
  return messages.map((message) => ({
    id: message.id,
    seq: message.seq,
    revision: message.revision,
    conversation: message.conversation,
    thread: message.thread,
    from: message.sender,
    speaker: message.speaker,
    text: message.text,
    card: renderCard(message, tokenIds.get(message.id), { person: person.id, key: deps.tokenKey }),
    mention: message.mention,
    onlyForYou: message.onlyFor !== null,
    at: message.at,
  }));
}

/** Without the id of this revision's tokens no button is shown, because none would work. */
function renderCard(
  { card, verbs }: ChatMessage,
  tokenId: string | undefined,
  viewer: { person: PersonId; key: string },
): AdaptiveCard | null {
  if (card === null) {
    return null;
  }
  const filled = fillCard(card);
  return tokenId === undefined
    ? placeTokens(filled, [], () => '')
    : placeTokens(filled, verbs, (verb) => deriveToken({ ...viewer, tokenId, verb }));
}
