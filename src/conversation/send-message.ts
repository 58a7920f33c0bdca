/** Sends one message effect. Newest wins: what is sent is the message as it stands now, not as it stood when asked. */
import { holdCase, noteIn } from '../audit/note.ts';
import type { EffectOf } from '../flows/effect.ts';
import { bindThread } from '../store/conversations.ts';
import { type Leased, releaseEffect } from '../store/effect-leases.ts';
import { finishEffect } from '../store/effects.ts';
import { type Message, markSent, readMessage } from '../store/messages.ts';
import { readNewestToken } from '../store/tokens.ts';
import { sealWith } from './audit-seal.ts';
import type { OutgoingMessage } from './handlers.ts';
import { holdLease } from './hold-lease.ts';
import { instantText } from './instant-text.ts';
import type { LineDeps, OutboxDeps } from './outbox.ts';
import { writeTooLate } from './write-notice.ts';

type Show = Leased<EffectOf<'show'>>;

/** After this many tries a message no longer blocks its lane. */
const maxAttempts = 8;
/** A platform may ask to wait again and again; after this long it no longer blocks its lane either. */
const maxThrottledMinutes = 60;

/** No platform needs longer; one that keeps a request open must not hold up its lane. */
const patienceMs = 60_000;

export async function sendMessage(deps: LineDeps, leased: Show): Promise<void> {
  const message = leased.messageKey === null ? null : await readMessage(deps.store.read, leased.messageKey);
  if (message === null || message.sentRevision >= message.revision) {
    return finish(deps, leased, 'done', 'superseded');
  }
  if (leased.expiresAt !== null && leased.expiresAt <= instantText(deps.now())) {
    return drop(deps, leased);
  }
  try {
    const content = await outgoing(deps, message, leased);
    const { platformId } = await holdLease(deps, { id: leased.id, patienceMs }, () => deps.send(content));
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

/** What people answer below a message of ours belongs to the case that it came from. */
async function sent(deps: OutboxDeps, leased: Show, message: Message, platformId: string): Promise<void> {
  const at = instantText(deps.now());
  await deps.store.write(async (tx) => {
    const held = await holdCase(tx, message.caseId);
    await markSent(tx, message.key, { platformId, revision: message.revision });
    if (message.place.thread === null && message.platformId === null) {
      await bindThread(tx, { ...message.place, thread: platformId }, message.caseId);
    }
    await finishEffect(tx, leased.id, { status: 'done', outcome: { platformId }, finishedAt: at });
    const payload = sentPayload(leased, message, platformId);
    await noteIn(tx, held, {
      caseId: message.caseId,
      at,
      type: 'message-sent',
      payload,
      seal: sealWith(deps.auditKey),
    });
  });
}

/** What stands on the platform since, word for word: a message that is edited says something else afterwards. */
function sentPayload({ id, effect }: Show, message: Message, platformId: string) {
  const { key, caseId, revision, place, onlyFor, verbs, content } = message;
  return {
    effect: id,
    message: key.slice(caseId.length + 1),
    revision,
    edited: message.platformId !== null,
    place,
    platformId,
    onlyFor,
    mention: effect.mention,
    verbs,
    content,
  };
}

async function failed(deps: LineDeps, leased: Show, error: unknown): Promise<void> {
  const because = error instanceof Error ? error.message : String(error);
  const throttledMs = retryAfterMs(error);
  if (!isFinal(deps, leased, error)) {
    const waitMs = throttledMs ?? Math.min(30_000, 250 * 2 ** leased.attempts);
    const at = instantText(deps.now().add({ milliseconds: waitMs }));
    // Who is asked to wait was not let in: that was no try, and nothing can have been sent by it.
    const attempts = throttledMs === null ? leased.attempts : leased.attempts - 1;
    const freesLane = error instanceof Error && 'freesLane' in error && error.freesLane === true;
    await deps.store.write((tx) => releaseEffect(tx, leased.id, { owner: deps.owner, at, attempts, freesLane }));
    deps.wakeAfter(waitMs);
    return;
  }
  deps.log('A message can not be sent', { effect: leased.id, reason: because });
  // Told before the row is finished: a kill in between tells it twice, under one id, and not never.
  await deps.inbox.deliver({
    id: `${leased.id}/failed`,
    caseId: leased.caseId,
    event: { type: 'effect-failed', effect: leased.id, of: leased.effect.type, because },
  });
  await finish(deps, leased, 'failed', because);
}

function isFinal(deps: OutboxDeps, leased: Show, error: unknown): boolean {
  if (retryAfterMs(error) !== null) {
    const patience = Temporal.Instant.from(leased.at).add({ minutes: maxThrottledMinutes });
    return Temporal.Instant.compare(deps.now(), patience) > 0;
  }
  return (error instanceof Error && error.name === 'Undeliverable') || leased.attempts >= maxAttempts;
}

/** Null when the platform did not ask to wait. */
function retryAfterMs(error: unknown): number | null {
  const asked = error instanceof Error && 'retryAfterMs' in error ? error.retryAfterMs : null;
  return typeof asked === 'number' && asked >= 0 && Number.isFinite(asked) ? Math.ceil(asked) : null;
}

async function drop(deps: OutboxDeps, leased: Show): Promise<void> {
  const at = instantText(deps.now());
  await deps.store.write(async (tx) => {
    if (await finishEffect(tx, leased.id, { status: 'dropped', outcome: 'expired', finishedAt: at })) {
      await writeTooLate(tx, { effectId: leased.id, effect: leased.effect, caseId: leased.caseId, at });
    }
  });
}

async function finish(deps: OutboxDeps, leased: Show, status: 'done' | 'failed', outcome: string): Promise<void> {
  await deps.store.write((tx) => finishEffect(tx, leased.id, { status, outcome, finishedAt: instantText(deps.now()) }));
}
