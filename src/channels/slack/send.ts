/**
 * The outbox hands over a revision of a message, and it stands in Slack once. A post whose outcome is unknown is looked
 * for first; where that is not allowed it is posted again with the same buttons, and a copy that turns up later by a
 * click is kept in step from then on.
 */
import type { PersonId } from '../../flows/people.ts';
import { bindThread } from '../../store/conversations.ts';
import { type Channel, HeldBack, type Outgoing, Undeliverable } from '../channel.ts';
import { readerOf } from '../personal.ts';
import { tellAside } from './aside.ts';
import { tellAdmins } from './blocked.ts';
import { Gone, NoThread, Unreachable } from './errors.ts';
import type { Forms } from './forms.ts';
import { headOf, isLong, renderHead, sendRest } from './long-text.ts';
import { isSame, type Spot } from './memory.ts';
import { findPosted } from './metadata.ts';
import type { OutDeps } from './parts.ts';
import { mustBeInSlack } from './people.ts';
import { decodePosted, encodePosted, type Posted, tsHere } from './posted.ts';
import { edit, editOrPost, post, type Render, type Target } from './put.ts';
import { renderCard, renderWords } from './render.ts';
import { isDirect } from './rooms.ts';
import { threadOf } from './threads.ts';
import { createTurns } from './turns.ts';
import { cardFor, everybody } from './views.ts';
import { toDirect, whisper } from './whisper.ts';

const maxKept = 5_000;

export function createChannel(deps: OutDeps, forms: Forms): Channel {
  const turns = createTurns();
  const newest = new Map<string, { revision: number; platformId: string }>();
  return {
    platform: 'slack',
    async send(message) {
      // Also for an edit that is held back: who fills in the form waits for what was read.
      deps.background.run('Bringing open forms up to date', () => forms.renew(message));
      return turns.run(message.key, async () => {
        const sent = newest.get(message.key);
        // Two rows of the outbox can carry one message; the older words must not come last.
        if (sent !== undefined && sent.revision > message.revision) {
          return { platformId: sent.platformId };
        }
        const platformId = encodePosted(await deliverOrTell(deps, message));
        newest.delete(message.key);
        newest.set(message.key, { revision: message.revision, platformId });
        if (newest.size > maxKept) {
          newest.delete(newest.keys().next().value ?? '');
        }
        return { platformId };
      });
    },
    openForm: (opening) => forms.open(opening),
  };
}

/** What can never be written there is of no use to anybody until somebody knows. */
async function deliverOrTell(deps: OutDeps, message: Outgoing): Promise<Posted> {
  try {
    return await deliver(deps, message);
  } catch (error) {
    if (error instanceof Unreachable) {
      const { conversation } = message.place;
      deps.background.run('Telling administrators what cannot be written', () => tellAdmins(deps, conversation, error));
    }
    throw error;
  }
}

async function deliver(deps: OutDeps, message: Outgoing): Promise<Posted> {
  const { onlyFor, place, platformId } = message;
  holdBack(deps, message);
  const reader = readerOf(place.conversation);
  if (reader !== null) {
    const user = await mustBeInSlack(deps.people, reader);
    const known = platformId === null ? null : decodePosted(platformId);
    return toDirect(deps, message, { user, holder: everybody, known });
  }
  if (onlyFor !== null && !isDirect(place.conversation)) {
    return whisper(deps, message, onlyFor);
  }
  if (await deps.rooms.hasOutsiders(place.conversation)) {
    return tellAside(deps, message);
  }
  return { kind: 'here', ts: await putHere(deps, message, tsHere(platformId)) };
}

/** @throws {HeldBack} for an edit that comes too soon after the last one of this message */
function holdBack({ coalescer }: OutDeps, { key, platformId }: Outgoing): void {
  const isEdit = platformId !== null && decodePosted(platformId).kind !== 'ephemeral';
  const waitMs = isEdit ? coalescer.take(key) : 0;
  if (waitMs > 0) {
    throw new HeldBack('Writing to Slack: this message was edited a moment ago. The newest words go out soon.', waitMs);
  }
}

async function putHere(deps: OutDeps, message: Outgoing, before: string | null): Promise<string> {
  const { content, key, place } = message;
  const thread = await threadOf(deps, message);
  const target = { channel: place.conversation, thread, broadcast: content.broadcast === true };
  const copies = await deps.memory.copies(key);
  const render = await renderHere(deps, message);
  const found = before ?? (await headOf(deps, message, target.channel)) ?? (await findEarlier(deps, message, target));
  const ts = await editOrPost(deps, found, target, message, render).catch((error: unknown) =>
    postAnew(deps, message, render, error),
  );
  for (const copy of copies.filter((other) => !isSame(other, { channel: target.channel, ts }))) {
    // Once it was posted, being asked to wait must not look as if it had not been.
    await (before === null
      ? deps.background.run('Bringing a copy of a message up to date', () => editCopy(deps, message, copy, render))
      : editCopy(deps, message, copy, render));
  }
  if (isLong(content)) {
    await sendRest(deps, message, { channel: target.channel, ts }, target.thread ?? ts);
  }
  return ts;
}

/** Null when it is not there, or nobody may look. */
async function findEarlier(deps: OutDeps, { key, mayHaveBeenSent }: Outgoing, target: Target): Promise<string | null> {
  if (!mayHaveBeenSent) {
    return null;
  }
  const copies = await deps.memory.copies(key);
  return (await findPosted(deps, key, target)) ?? copies.find(({ channel }) => channel === target.channel)?.ts ?? null;
}

/** Somebody deleted the thread. The case goes on, so it gets a new one. */
async function postAnew(deps: OutDeps, message: Outgoing, render: Render, error: unknown): Promise<string> {
  if (!(error instanceof NoThread)) {
    throw error;
  }
  const { conversation } = message.place;
  const ts = await post(deps, { channel: conversation, thread: null }, message, render);
  await deps.store.write((tx) => bindThread(tx, { ...message.place, thread: ts }, message.caseId));
  return ts;
}

async function renderHere(deps: OutDeps, message: Outgoing): Promise<Render> {
  const { content, mention, onlyFor, place, revision } = message;
  const mentioned = isDirect(place.conversation) ? [] : await usersOf(deps, mention);
  const card = cardFor(deps, message, onlyFor ?? everybody);
  return (olderBlocks) => {
    const look = { mentioned, revision, olderBlocks };
    return card === null
      ? isLong(content)
        ? renderHead(content, look)
        : renderWords(content, look)
      : renderCard(content, card, look);
  };
}

async function usersOf({ people }: OutDeps, ids: readonly PersonId[]): Promise<string[]> {
  const users = await Promise.all([...new Set(ids)].map((id) => people.userOf(id)));
  return users.filter((user) => user !== null);
}

/** A copy that is gone is no longer kept in step. */
async function editCopy(deps: OutDeps, message: Outgoing, copy: Spot, render: Render): Promise<void> {
  try {
    await edit(deps, copy, message, render);
  } catch (error) {
    if (!(error instanceof Undeliverable)) {
      throw error;
    }
    if (error instanceof Gone) {
      await deps.memory.dropCopy(message.key, copy);
    }
  }
}

/** Brings one copy to the present state, right after it made itself known by a click. */
export async function renewCopy(deps: OutDeps, message: Outgoing, copy: Spot): Promise<void> {
  await editCopy(deps, message, copy, await renderHere(deps, message));
}
