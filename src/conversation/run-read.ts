/** Runs one read effect; its answer comes back as the event `<effect id>/result`. */
import type { ReadEffect, Stored } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { finishEffect, type LeasedEffect, retryEffect } from '../store/effects.ts';
import type { ReadHandler } from './handlers.ts';
import type { OutboxDeps } from './outbox.ts';

/** A person waits for most reads, so a failure is told after the third try. */
const maxAttempts = 3;

export async function runRead(deps: OutboxDeps, leased: LeasedEffect): Promise<void> {
  const effect = leased.effect as ReadEffect;
  const event = await answer(deps, leased, effect);
  if (event === null) {
    return;
  }
  await deps.inbox.deliver({ id: `${leased.id}/result`, caseId: leased.caseId, event });
  await deps.store.write((tx) =>
    finishEffect(tx, leased.id, {
      status: event.type === 'read-failed' ? 'failed' : 'done',
      outcome: event.type,
      finishedAt: deps.now().toString({ fractionalSecondDigits: 3 }),
    }),
  );
}

/** Null: it failed and is tried again later. */
async function answer(deps: OutboxDeps, leased: LeasedEffect, effect: ReadEffect): Promise<Event | null> {
  const handler = deps.reads[effect.type] as ReadHandler<ReadEffect>;
  const stored: Stored<ReadEffect> = { id: leased.id, caseId: leased.caseId, at: leased.at, effect };
  try {
    return await handler(stored);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    deps.log('A read did not succeed', { effect: leased.id, attempt: leased.attempts, reason: because });
    if (leased.attempts < maxAttempts) {
      const untilMs = deps.now().epochMilliseconds + 1000 * leased.attempts;
      await deps.store.write((tx) => retryEffect(tx, leased.id, { untilMs }));
      return null;
    }
    return { type: 'read-failed', question: 'question' in effect ? effect.question : 0, of: effect.type, because };
  }
}
