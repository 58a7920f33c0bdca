/**
 * The sending half of the local page: the outbox hands over a revision of a message, and it stands in the transcript
 * once, however often that happens.
 */
import type { MessageContent } from '../../flows/effect.ts';
import { appendChat, editChat, findChat } from '../../store/chat.ts';
import type { Tx } from '../../store/store.ts';
import { type Channel, type Outgoing, Undeliverable } from '../channel.ts';
import { findConversation } from './conversations.ts';
import type { WebDeps } from './deps.ts';

/** The sender of everything that the bot posts. */
const bot = 'causeway';

type SendDeps = Pick<WebDeps, 'store' | 'people' | 'news' | 'now' | 'newId'>;

export function createChannel(deps: SendDeps): Channel {
  return {
    platform: 'web',
    send: async (message) => {
      const { conversation } = message.place;
      if (findConversation(conversation, deps.people()) === null) {
        throw new Undeliverable(
          `Sending to the local page: there is no conversation “${conversation}”. Use team, on-call, support or dm-<person> in the settings.`,
        );
      }
      const platformId = await deps.store.write((tx) => post(tx, message, deps));
      deps.news.changed();
      return { platformId };
    },
  };
}

/** A document stands between fences with its file name, so that the page shows it as it is written. */
function textOf({ document, text }: MessageContent): string {
  return document === undefined ? text : [document.title, `\`\`\`${document.name}`, text.trimEnd(), '```'].join('\n');
}

/** Writes a revision that is newer than what stands there; an older one changes nothing. */
async function post(tx: Tx, message: Outgoing, deps: SendDeps): Promise<string> {
  const { key, place, revision, mention, verbs } = message;
  const { card, speaker } = message.content;
  const text = textOf(message.content);
  const posted = await findChat(tx, key);
  if (posted !== null) {
    if (posted.revision < revision) {
      await editChat(tx, posted.id, { revision, card, speaker, text, verbs, mention });
    }
    return posted.id;
  }
  const id = deps.newId();
  const { conversation, thread } = place;
  await appendChat(tx, {
    id,
    conversation,
    thread,
    revision,
    sender: bot,
    speaker,
    text,
    card,
    verbs,
    mention,
    onlyFor: message.onlyFor,
    messageKey: key,
    at: deps.now().toString(),
  });
  return id;
}
