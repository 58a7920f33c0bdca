/**
 * A message in a room where people from outside read along: its words go to the people of the case in private, and the
 * room hears that they did, once.
 */
import type { PersonId } from '../../flows/people.ts';
import { readFlow } from '../../store/flows.ts';
import { type Outgoing, Undeliverable } from '../channel.ts';
import { isSame } from './memory.ts';
import { findPosted } from './metadata.ts';
import type { OutDeps } from './parts.ts';
import { decodePosted, type Posted, tsHere } from './posted.ts';
import { editOrPost } from './put.ts';
import { renderWords } from './render.ts';
import { threadOf } from './threads.ts';
import { everybody } from './views.ts';
import { toDirect } from './whisper.ts';

export async function tellAside(deps: OutDeps, message: Outgoing): Promise<Posted> {
  const told: Posted[] = [];
  const copies = await deps.memory.copies(message.key);
  for (const person of await peopleOf(deps, message)) {
    const user = await deps.people.userOf(person);
    const channel = user === null ? null : await deps.memory.direct(user);
    const copy = copies.find((one) => one.channel === channel);
    const known: Posted | null = copy === undefined ? null : { kind: 'direct', ...copy };
    const posted = user === null ? null : await privately(deps, message, user, known);
    if (posted !== null) {
      told.push(posted);
    }
  }
  return inTheRoom(deps, message, told);
}

/** More than these need not be told each for themselves. */
const maxPeople = 20;

/** Whose case it is, and who is called. */
async function peopleOf({ store }: OutDeps, { caseId, mention }: Outgoing): Promise<PersonId[]> {
  const state = (await readFlow(store.read, caseId))?.state ?? null;
  const own = state === null ? [] : 'requester' in state ? [state.requester] : 'person' in state ? [state.person] : [];
  return [...new Set([...own, ...mention])].slice(0, maxPeople);
}

async function privately(
  deps: OutDeps,
  message: Outgoing,
  user: string,
  known: Posted | null,
): Promise<Extract<Posted, { kind: 'direct' }> | null> {
  try {
    const posted = await toDirect(deps, message, { user, holder: everybody, known });
    const copy = { channel: posted.channel, ts: posted.ts };
    const isKnown = known !== null && known.kind === 'direct' && isSame(known, copy);
    if (!isKnown) {
      await deps.memory.addCopy(message.key, copy);
    }
    return posted;
  } catch (error) {
    if (!(error instanceof Undeliverable)) {
      throw error;
    }
    deps.log('Writing to somebody in private instead of a shared channel', { user, reason: error.message });
    return null;
  }
}

const wrotePrivately =
  'People from outside are in this channel, so I do not show this here. I wrote about it in a direct message.';
const couldNotWrite =
  'People from outside are in this channel, so I do not show this here. Ask me again in a direct message, or in a channel of your own.';

/** Below what the case has said there already, nothing is added. What stood there before it was shared, is taken away. */
async function inTheRoom(deps: OutDeps, message: Outgoing, told: readonly Posted[]): Promise<Posted> {
  const { key, mayHaveBeenSent, place, platformId } = message;
  const before = platformId === null ? null : decodePosted(platformId);
  if (before?.kind === 'bare') {
    return before;
  }
  const [first] = told;
  if (first !== undefined && before?.kind !== 'here' && (before !== null || (await isMentionedThere(deps, message)))) {
    return first;
  }
  const target = { channel: place.conversation, thread: await threadOf(deps, message) };
  const known = before?.kind === 'here' ? before.ts : mayHaveBeenSent ? await findPosted(deps, key, target) : null;
  const text = told.length > 0 ? wrotePrivately : couldNotWrite;
  const ts = await editOrPost(deps, known, target, message, (olderBlocks) =>
    renderWords({ speaker: null, text }, { mentioned: [], revision: message.revision, olderBlocks }),
  );
  // The first time the `ts` alone is said: it becomes the thread of the case.
  return { kind: before === null ? 'here' : 'bare', ts };
}

/** True when the room knows already that this case goes on elsewhere. */
async function isMentionedThere({ store }: OutDeps, { caseId, key, place }: Outgoing): Promise<boolean> {
  const rows = await store.read
    .selectFrom('message')
    .select('platform_id')
    .where('case_id', '=', caseId)
    .where('platform', '=', 'slack')
    .where('conversation', '=', place.conversation)
    .where('only_for', 'is', null)
    .where('platform_id', 'is not', null)
    .where('key', '!=', key)
    .execute();
  return rows.some(({ platform_id }) => tsHere(platform_id) !== null);
}
