/** Slack asks for choices while somebody types into a field whose list is too long to be sent along. */
import { formOptions } from '../../cards/block-kit/form.ts';
import { cardSeen, ownButton } from './click.ts';
import type { Installation } from './deps.ts';
import { meet } from './meet.ts';
import type { Outcome, Room } from './room.ts';
import type { PayloadOf } from './schema.ts';

export async function takeSuggestion(
  room: Room,
  payload: PayloadOf<'suggestion'>,
  installation: Installation,
): Promise<Outcome> {
  const { action_id: actionId, value, view } = payload;
  const who = await meet(room, payload, installation);
  if (who?.kind !== 'known' || view === null || view === undefined) {
    return { words: null, body: noOptions };
  }
  const { callback_id: verb, private_metadata: token } = view;
  const card = await cardSeen(room.deps, await ownButton(room.deps, who.person.id, { verb, token }));
  return { words: null, body: card === null ? noOptions : { options: formOptions(card, actionId, value) } };
}

/** A list that Slack can show, whatever went wrong. */
export const noOptions = { options: [] };
