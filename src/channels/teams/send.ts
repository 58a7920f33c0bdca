/**
 * The sending half: the outbox hands over a revision of a message, and it stands in Teams once. Teams cannot be asked
 * whether a post arrived, so one whose outcome is unknown is posted again with the same buttons; a copy that turns up
 * later by a click is kept in step from then on.
 */
import type { PersonId } from '../../flows/people.ts';
import { bindThread } from '../../store/conversations.ts';
import { type Channel, type Outgoing, Undeliverable } from '../channel.ts';
import type { Background } from '../background.ts';
import { readerOf } from '../personal.ts';
import { tellAdmins } from './blocked.ts';
import type { TeamsDeps } from './deps.ts';
import { Blocked, Gone } from './errors.ts';
import { longMessage } from './long-text.ts';
import { mentionsOf } from './mention.ts';
import { activityOf } from './message.ts';
import { decodePosted, encodePosted } from './place.ts';
import { type Reached, reachPlace, reachPrivately } from './reach.ts';
import { viewOf } from './views.ts';

export function createChannel(deps: TeamsDeps, background: Background): Channel {
  return {
    platform: 'teams',
    async send(message) {
      const { conversation } = message.place;
      try {
        return { platformId: await deliver(deps, message) };
      } catch (error) {
        if (error instanceof Blocked) {
          background.run('Telling administrators that the bot is blocked', () => tellAdmins(deps, conversation, error));
        }
        throw error;
      }
    },
  };
}

/** Where a revision goes, and as what. */
interface Delivery {
  reached: Reached;
  activity: object;
  /** The private conversation in which it stands instead; null when it stands where it belongs. */
  elsewhere: string | null;
}

async function deliver(deps: TeamsDeps, message: Outgoing): Promise<string> {
  if (await isForOneInARoom(deps, message)) {
    try {
      return await putThere(deps, message, await privately(deps, message));
    } catch (error) {
      if (!(error instanceof Undeliverable)) {
        throw error;
      }
      return putThere(deps, message, await askToComeOver(deps, message));
    }
  }
  return putThere(deps, message, await here(deps, message));
}

async function isForOneInARoom(deps: TeamsDeps, { onlyFor, place }: Outgoing): Promise<boolean> {
  return onlyFor !== null && (await reachPlace(deps, place)).reference.kind !== 'personal';
}

async function here(deps: TeamsDeps, message: Outgoing): Promise<Delivery> {
  const reader = readerOf(message.place.conversation);
  if (reader !== null) {
    return privatelyTo(deps, message, reader);
  }
  const reached = await reachPlace(deps, message.place);
  return { reached, activity: await render(deps, message, reached), elsewhere: null };
}

function privately(deps: TeamsDeps, message: Outgoing): Promise<Delivery> {
  return privatelyTo(deps, message, message.onlyFor ?? '');
}

async function privatelyTo(deps: TeamsDeps, message: Outgoing, person: PersonId): Promise<Delivery> {
  const reached = await reachPrivately(deps, person, message.place);
  return { reached, activity: await render(deps, message, reached), elsewhere: reached.target.conversation };
}

/** Nothing of the answer is said in the room. */
async function askToComeOver(deps: TeamsDeps, { onlyFor, place }: Outgoing): Promise<Delivery> {
  const reached = await reachPlace(deps, place);
  const mentioned = onlyFor === null ? [] : await mentionsOf(deps, [onlyFor], reached);
  return { reached, activity: activityOf({ speaker: null, text: comeToMe }, null, mentioned), elsewhere: null };
}

const comeToMe =
  'my answer is for you alone, and I cannot write to you privately yet. Add me under Apps, or open a chat with me, and ask again there.';

async function render(deps: TeamsDeps, message: Outgoing, reached: Reached): Promise<object> {
  const { content, mention } = message;
  const isPrivate = reached.reference.kind === 'personal';
  const called: readonly PersonId[] = isPrivate ? [] : mention;
  // Before the card: it may teach by which id Teams knows somebody, who then gets a view of their own.
  const mentioned = await mentionsOf(deps, called, reached);
  const card = await viewOf(deps, message, { person: 'everybody', isPrivate, note: '' });
  return card === null
    ? (longMessage(deps, message, mentioned) ?? activityOf(content, null, mentioned))
    : activityOf(content, card, mentioned);
}

async function putThere(
  deps: TeamsDeps,
  message: Outgoing,
  { activity, elsewhere, reached }: Delivery,
): Promise<string> {
  const posted = message.platformId === null ? null : decodePosted(message.platformId);
  const copies = await deps.memory.copies(message.key);
  const isUncertain = posted === null && message.mayHaveBeenSent;
  // An id from another conversation is of no use in this one.
  const before = posted?.elsewhere === elsewhere ? posted.activity : null;
  const known = before ?? (isUncertain ? (copies[0] ?? null) : null);
  const id = await editOrPost(deps, reached, known, activity);
  for (const copy of copies.filter((other) => other !== id)) {
    await editCopy(deps, message.key, reached, copy, activity);
  }
  if (elsewhere !== null && id !== before) {
    // Who answers below it goes on with the case.
    const place = { platform: 'teams' as const, conversation: elsewhere, thread: id };
    await deps.store.write((tx) => bindThread(tx, place, message.caseId));
  }
  return encodePosted({ activity: id, elsewhere });
}

/** @returns the id under which it stands now. */
async function editOrPost(deps: TeamsDeps, reached: Reached, known: string | null, activity: object): Promise<string> {
  if (known !== null) {
    try {
      await deps.connector.edit(reached.target, known, inTwo(deps, activity)?.card ?? activity);
      return known;
    } catch (error) {
      if (!(error instanceof Gone)) {
        throw error;
      }
      // Somebody deleted it. The case goes on, so it gets a new one.
    }
  }
  return post(deps, reached, activity);
}

async function post(deps: TeamsDeps, { target }: Reached, activity: object): Promise<string> {
  const parts = inTwo(deps, activity);
  if (parts === null) {
    return deps.connector.post(target, activity);
  }
  await deps.connector.post(target, parts.words);
  return deps.connector.post(target, parts.card);
}

/**
 * The playground shows the words and the card of one message as two, and tells the id of neither; so it gets two. Null
 * where one message is one.
 */
function inTwo({ bot }: TeamsDeps, activity: object): { words: object; card: object } | null {
  if (bot.kind !== 'local' || !('attachments' in activity) || !('text' in activity)) {
    return null;
  }
  const { attachments: _attachments, ...words } = activity;
  const { entities: _entities, text: _text, textFormat: _format, ...card } = activity as Record<string, unknown>;
  return { words, card };
}

/** A copy that is gone is no longer kept in step. */
async function editCopy(deps: TeamsDeps, key: string, reached: Reached, copy: string, activity: object): Promise<void> {
  try {
    await deps.connector.edit(reached.target, copy, activity);
  } catch (error) {
    if (!(error instanceof Undeliverable)) {
      throw error;
    }
    await deps.memory.dropCopy(key, copy);
  }
}

/** Brings one copy to the present state, right after it made itself known by a click. */
export async function renewCopy(deps: TeamsDeps, message: Outgoing, copy: string): Promise<void> {
  const isElsewhere = await isForOneInARoom(deps, message);
  const { activity, reached } = await (isElsewhere ? privately(deps, message) : here(deps, message));
  await editCopy(deps, message.key, reached, copy, activity);
}
