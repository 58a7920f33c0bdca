/** A message for one person alone: shown to them where they are, or in their direct messages where that cannot be. */
import type { PersonId } from '../../flows/people.ts';
import { bindThread } from '../../store/conversations.ts';
import type { Outgoing } from '../channel.ts';
import { openDirect } from './direct.ts';
import { Unreachable } from './errors.ts';
import { headOf, isLong, renderHead, sendRest } from './long-text.ts';
import { findPosted } from './metadata.ts';
import type { OutDeps } from './parts.ts';
import { mustBeInSlack } from './people.ts';
import { decodePosted, type Posted } from './posted.ts';
import { editOrPost, postEphemeral, type Render } from './put.ts';
import { renderCard, renderWords } from './render.ts';
import { hasSpokenIn } from './threads.ts';
import { cardFor } from './views.ts';

export async function whisper(deps: OutDeps, message: Outgoing, person: PersonId): Promise<Posted> {
  const user = await mustBeInSlack(deps.people, person);
  const before = message.platformId === null ? null : decodePosted(message.platformId);
  // What Slack shows for a while only can neither be edited nor have a file below it.
  if (before?.kind === 'direct' || isLong(message.content)) {
    return toDirect(deps, message, { user, holder: person, known: before });
  }
  try {
    const target = { channel: message.place.conversation, thread: await visibleThread(deps, message.place) };
    const ts = await postEphemeral(deps, target, user, renderFor(deps, message, person));
    return { kind: 'ephemeral', ts };
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      throw error;
    }
    return toDirect(deps, message, { user, holder: person, known: null });
  }
}

/** Null where the person would not see it: in a thread that has no reply yet. */
export async function visibleThread(
  deps: Pick<OutDeps, 'store'>,
  { conversation, thread }: { conversation: string; thread: string | null },
): Promise<string | null> {
  return thread !== null && (await hasSpokenIn(deps, { conversation, thread })) ? thread : null;
}

interface Reader {
  user: string;
  /** Whose buttons they are. */
  holder: PersonId;
  /** Where it stands already. */
  known: Posted | null;
}

/** Who answers below it goes on with the case. */
export async function toDirect(
  deps: OutDeps,
  message: Outgoing,
  { user, holder, known }: Reader,
): Promise<Extract<Posted, { kind: 'direct' }>> {
  const channel = await openDirect(deps, user);
  const before = known?.kind === 'direct' && known.channel === channel ? known.ts : null;
  const found = before ?? (await maybeThere(deps, message, channel));
  const ts = await editOrPost(deps, found, { channel, thread: null }, message, renderFor(deps, message, holder));
  if (ts !== before) {
    const place = { platform: 'slack' as const, conversation: channel, thread: ts };
    await deps.store.write((tx) => bindThread(tx, place, message.caseId));
  }
  if (isLong(message.content)) {
    await sendRest(deps, message, { channel, ts }, ts);
  }
  return { kind: 'direct', ts, channel };
}

async function maybeThere(deps: OutDeps, message: Outgoing, channel: string): Promise<string | null> {
  const { key, mayHaveBeenSent } = message;
  const head = await headOf(deps, message, channel);
  return head ?? (mayHaveBeenSent ? findPosted(deps, key, { channel, thread: null }) : null);
}

/** Nobody has to be called in a conversation of two. */
function renderFor(deps: OutDeps, message: Outgoing, holder: PersonId): Render {
  const { content, revision } = message;
  const card = cardFor(deps, message, holder);
  return (olderBlocks) => {
    const look = { mentioned: [], revision, olderBlocks };
    return card === null
      ? isLong(content)
        ? renderHead(content, look)
        : renderWords(content, look)
      : renderCard(content, card, look);
  };
}
