/**
 * A card with the buttons of one viewer. A message that all see carries buttons that are nobody's; whoever presses one
 * gets their own in its place, after it is known who they are.
 */
import { placeTokens } from '../../cards/actions.ts';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { fillCard } from '../../cards/fill.ts';
import { deriveToken } from '../../cards/token.ts';
import type { CardContent } from '../../flows/card.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Outgoing } from '../channel.ts';

/** One revision of a message, as far as its card goes. */
export type Shown = Pick<Outgoing, 'content' | 'key' | 'tokenId' | 'verbs'>;

/** Whose token the buttons of a shared card carry: settings allow no such id, so it is nobody's. */
export const everybody: PersonId = 'slack/*';

/** The whole card: a list of choices that is too long for it is asked for while somebody types. */
export function filled(content: CardContent): AdaptiveCard {
  return fillCard(content, { allChoices: true });
}

/** Null when the message is words only. Without a token there are no buttons. */
export function cardFor(
  { tokenKey }: { tokenKey: string },
  { content, tokenId, verbs }: Shown,
  holder: PersonId,
): AdaptiveCard | null {
  return content.card === null
    ? null
    : placeTokens(filled(content.card), tokenId === null ? [] : verbs, (verb) =>
        tokenId === null ? '' : deriveToken({ key: tokenKey, tokenId, verb, person: holder }),
      );
}
