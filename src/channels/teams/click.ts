/**
 * A button was pressed. The button says which revision of which message it belongs to; who pressed it is said by the
 * verified activity, and whether they may is decided behind the inbox, whatever they were shown.
 */
import { deriveToken, readToken } from '../../cards/token.ts';
import type { PersonId } from '../../flows/people.ts';
import type { Reply } from '../../flows/reply.ts';
import { readToken as readTokenRow } from '../../store/tokens.ts';
import type { TeamsDeps } from './deps.ts';
import type { TeamsPerson } from './identity.ts';
import { decodeConversation, placeOf } from './place.ts';
import type { Activity, Pressed } from './schema.ts';
import { everybody } from './views.ts';

export interface Clicked {
  reply: Reply;
  /** Key of the message that the button belongs to; null when the button is unknown. */
  message: string | null;
}

export async function click(
  deps: TeamsDeps,
  person: TeamsPerson,
  activity: Activity,
  pressed: Pressed,
  id: string,
): Promise<Clicked> {
  const { inputs, token, verb } = pressed;
  const tokenId = tokenIdOf(deps, pressed, person.id);
  // On a card that all see, the button is nobody's; the house knows it as the button of whoever pressed it.
  const own = tokenId === null ? token : deriveToken({ key: deps.tokenKey, tokenId, verb, person: person.id });
  const place = placeOf(decodeConversation(activity.conversation.id));
  const reply = await deps.inbox.click({ id, person: person.id, place, verb, token: own, inputs });
  const row = tokenId === null ? null : await readTokenRow(deps.store.read, tokenId);
  return { reply, message: row?.messageKey ?? null };
}

/** Whoever is not known here gets no answer from the house, but it records that they tried. */
export function refuse(
  deps: TeamsDeps,
  person: PersonId,
  activity: Activity,
  pressed: Pressed,
  refused: { id: string; because: string },
): Promise<void> {
  const place = placeOf(decodeConversation(activity.conversation.id));
  return deps.inbox.refuse({ ...refused, person, place, verb: pressed.verb, token: pressed.token });
}

/** Null for a token that is not ours, or another person's. */
export function tokenIdOf(
  deps: Pick<TeamsDeps, 'tokenKey'>,
  { token, verb }: Pick<Pressed, 'token' | 'verb'>,
  person: PersonId,
): string | null {
  for (const holder of [person, everybody]) {
    const read = readToken({ key: deps.tokenKey, token, verb, person: holder });
    if (typeof read === 'object') {
      return read.tokenId;
    }
  }
  return null;
}
