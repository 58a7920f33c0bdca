/** Runs one read effect; its answer comes back as the event `<effect id>/result`. */
import type { ReadEffect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { type ReadEffectLeased, releaseEffect } from '../store/effect-leases.ts';
import { finishEffect } from '../store/effects.ts';
import type { ReadHandler } from './handlers.ts';
import { holdLease } from './hold-lease.ts';
import { instantText } from './instant-text.ts';
import type { OutboxDeps } from './outbox.ts';

/** A person waits for most reads, so a failure is told after the third try. */
const maxAttempts = 3;
/** A large Azure takes a minute to read. */
const patienceMs = 180_000;

export async function runRead(deps: OutboxDeps, leased: ReadEffectLeased): Promise<void> {
  const event = await answer(deps, leased);
  if (event === null) {
    return;
  }
  const caseId = leased.effect.type === 'tell-case' ? leased.effect.caseId : leased.caseId;
  await deps.inbox.deliver({ id: `${leased.id}/result`, caseId, event });
  await deps.store.write((tx) =>
    finishEffect(tx, leased.id, {
      status: event.type === 'read-failed' ? 'failed' : 'done',
      outcome: event.type,
      finishedAt: instantText(deps.now()),
    }),
  );
}

/** Null: it failed and is tried again later. */
async function answer(deps: OutboxDeps, leased: ReadEffectLeased): Promise<Event | null> {
  const { effect } = leased;
  const handler = deps.reads[effect.type] as ReadHandler<ReadEffect>;
  try {
    const stored = { id: leased.id, caseId: leased.caseId, at: leased.at, effect };
    return await holdLease(deps, { id: leased.id, patienceMs }, () => handler(stored));
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    deps.log('A read did not succeed', { effect: leased.id, attempt: leased.attempts, reason: because });
    if (leased.attempts < maxAttempts) {
      const at = instantText(deps.now().add({ seconds: leased.attempts }));
      await deps.store.write((tx) =>
        releaseEffect(tx, leased.id, { owner: deps.owner, at, attempts: leased.attempts }),
      );
      return null;
    }
    return { type: 'read-failed', question: 'question' in effect ? effect.question : 0, of: effect.type, because };
  }
}
