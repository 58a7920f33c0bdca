/** Sends one message effect. Newest wins: what is sent is the message as it stands now, not as it stood when asked. */
import type { ShowMessage } from '../flows/effect.ts';
import { bindThread } from '../store/conversations.ts';
import { finishEffect, type LeasedEffect, retryEffect } from '../store/effects.ts';
import { type MessageRow, markSent, readMessage } from '../store/messages.ts';
import type { OutboxDeps } from './outbox.ts';

/** After this many tries a message no longer blocks its lane. */
const maxAttempts = 8;

export async function sendMessage(deps: OutboxDeps, leased: LeasedEffect): Promise<void> {
  const show = leased.effect as ShowMessage;
  const now = deps.now();
  const message = leased.messageKey === null ? null : await readMessage(deps.store.read, leased.messageKey);
  if (message === null || message.sentRevision >= message.revision) {
    return finish(deps, leased, 'done', 'superseded');
  }
  if (leased.expiresAt !== null && leased.expiresAt <= now.toString({ fractionalSecondDigits: 3 })) {
    return finish(deps, leased, 'dropped', 'expired');
  }
  try {
    const { platformId } = await deps.send(outgoing(show, message, leased));
    await sent(deps, leased, message, platformId);
  } catch (error) {
    await failed(deps, leased, error);
  }
}

function outgoing(show: ShowMessage, message: MessageRow, leased: LeasedEffect) {
  return {
    key: message.key,
    caseId: message.caseId,
    revision: message.revision,
    place: show.to,
    content: message.content,
    verbs: message.verbs,
    tokenId: message.tokenId,
    mention: message.mention,
    onlyFor: message.onlyFor,
    platformId: message.platformId,
    mayHaveBeenSent: leased.attempts > 1,
  };
}

async function sent(deps: OutboxDeps, leased: LeasedEffect, message: MessageRow, platformId: string): Promise<void> {
  await deps.store.write(async (tx) => {
    await markSent(tx, message.key, { platformId, revision: message.revision });
    if (message.place.thread === null && message.platformId === null) {
      await bindThread(tx, { ...message.place, thread: platformId }, message.caseId);
    }
    await finishEffect(tx, leased.id, { status: 'done', outcome: { platformId }, finishedAt: instantText(deps) });
  });
}

async function failed(deps: OutboxDeps, leased: LeasedEffect, error: unknown): Promise<void> {
  const because = error instanceof Error ? error.message : String(error);
  const final = (error instanceof Error && error.name === 'Undeliverable') || leased.attempts >= maxAttempts;
  if (!final) {
    const waitMs = retryAfterMs(error) ?? Math.min(30_000, 250 * 2 ** leased.attempts);
    await deps.store.write((tx) => retryEffect(tx, leased.id, { untilMs: deps.now().epochMilliseconds + waitMs }));
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
  return error instanceof Error && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : null;
}

async function finish(deps: OutboxDeps, leased: LeasedEffect, status: 'done' | 'failed' | 'dropped', outcome: string): Promise<void> {
  await deps.store.write((tx) => finishEffect(tx, leased.id, { status, outcome, finishedAt: instantText(deps) }));
}

function instantText(deps: OutboxDeps): string {
  return deps.now().toString({ fractionalSecondDigits: 3 });
}
