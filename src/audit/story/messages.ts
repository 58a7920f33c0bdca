/** Every message and every edit of it, as it was sent. */
import { cardIn, type ReadCard } from './cards.ts';
import type { OpenEntry } from './entry.ts';
import { objectOf, textOf, textsOf } from './json.ts';
import type { MessageTold } from './model.ts';
import type { People } from './people.ts';
import { placeText } from './words.ts';

export function messagesIn(entries: readonly OpenEntry[], people: People, readCard: ReadCard): MessageTold[] {
  return entries
    .filter((entry) => entry.type === 'message-sent' && !entry.erased)
    .map((entry) => {
      const { seq, at, payload } = entry;
      const content = objectOf(payload['content']);
      const revision = payload['revision'];
      return {
        seq,
        at,
        name: textOf(payload['message']),
        revision: typeof revision === 'number' ? revision : 0,
        edited: payload['edited'] === true,
        where: placeText(payload['place']),
        onlyFor: people.nameOf(payload['onlyFor'], seq),
        mention: textsOf(payload['mention']).map((id) => people.nameOf(id, seq)),
        speaker: textOf(content['speaker']),
        text: textOf(content['text']),
        lines: cardIn(entry, readCard)?.lines ?? [],
      };
    });
}
