/** Sends one message effect. Newest wins: what is sent is the message as it stands now, not as it stood when asked. */
import type { EffectOf } from '../flows/effect.ts';
import { bindThread } from '../store/conversations.ts';
import { type Leased, releaseEffect } from '../store/effect-leases.ts';
import { finishEffect } from '../store/effects.ts';
import { type Message, markSent, readMessage } from '../store/messages.ts';
import { readNewestToken } from '../store/tokens.ts';
import { instantText } from './instant-text.ts';
import type { OutgoingMessage } from './handlers.ts';
import type { OutboxDeps } from './outbox.ts';

type Show = Leased<EffectOf<'show'>>;

/** After this many tries a message no longer blocks its lane. */
const maxAttempts = 8;

export async function sendMessage(deps: OutboxDeps, leased: Show): Promise<void> {
  const message = leased.messageKey === null ? null : await readMessage(deps.store.read, leased.messageKey);
  if (message === null || message.sentRevision >= message.revision) {
    return finish(deps, leased, 'done', 'superseded');
  }
  if (leased.expiresAt !== null && leased.expiresAt <= instantText(deps.now())) {
    return finish(deps, leased, 'dropped', 'expired');
  }
  try {
    const { platformId } = await deps.send(await outgoing(deps, message, leased));
    await sent(deps, leased, message, platformId);
  } catch (error) {
    await failed(deps, leased, error);
  }
}

async function outgoing(deps: OutboxDeps, message: Message, leased: Show): Promise<OutgoingMessage> {
  const token = message.verbs.length === 0 ? null : await readNewestToken(deps.store.read, message.key);
  const { platformId, revision, ...what } = message;
  return {
    ...what,
    revision,
    platformId,
    tokenId: token?.revision === revision ? token.id : null,
    mention: leased.effect.mention,
    mayHaveBeenSent: leased.mayHaveBeenSent,
  };
}

async function sent(deps: OutboxDeps, leased: Show, message: Message, platformId: string): Promise<void> {
  await deps.store.write(async (tx) => {
    await markSent(tx, message.key, { platformId, revision: message.revision });
    if (message.place.thread === null && message.platformId === null) {
      await bindThread(tx, { ...message.place, thread: platformId }, message.caseId);
    }
    await finishEffect(tx, leased.id, { status: 'done', outcome: { platformId }, finishedAt: instantText(deps.now()) });
  });
}

async function failed(deps: OutboxDeps, leased: Show, error: unknown): Promise<void> {
  const because = error instanceof Error ? error.message : String(error);
  const final = (error instanceof Error && error.name === 'Undeliverable') || leased.attempts >= maxAttempts;
  if (!final) {
    const waitMs = retryAfterMs(error) ?? Math.min(30_000, 250 * 2 ** leased.attempts);
    const at = instantText(deps.now().add({ milliseconds: waitMs }));
    await deps.store.write((tx) => releaseEffect(tx, leased.id, { owner: deps.owner, at, attempts: leased.attempts }));
    return;
  }
  deps.log('A message can not be sent', { effect: leased.id, reason: because });
  await finish(deps, leased, 'failed', because);
  await deps.inbox.deliver({
    id: `${leased.id}/failed`,
    caseId: leased.caseId,
    event: { type: 'effect-failed', effect: leased.id, of: leased.effect.type, because },
  });
}

function retryAfterMs(error: unknown): number | null {
  return error instanceof Error && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
    ? error.retryAfterMs
    : null;
}

async function finish(
  deps: OutboxDeps,
  leased: Show,
  status: 'done' | 'failed' | 'dropped',
  outcome: string,
): Promise<void> {
  await deps.store.write((tx) => finishEffect(tx, leased.id, { status, outcome, finishedAt: instantText(deps.now()) }));
}
