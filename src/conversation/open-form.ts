/** Opens one form. A trigger is good once and for seconds, so there is no second try: the person presses again. */
import { holdCase, noteIn } from '../audit/note.ts';
import type { EffectOf } from '../flows/effect.ts';
import type { Leased } from '../store/effect-leases.ts';
import { finishEffect } from '../store/effects.ts';
import { sealWith } from './audit-seal.ts';
import type { FormToOpen } from './handlers.ts';
import { holdLease } from './hold-lease.ts';
import { instantText } from './instant-text.ts';
import type { OutboxDeps } from './outbox.ts';
import { writeTooLate } from './write-notice.ts';

type Asked = Leased<EffectOf<'open-form'>>;

/** Who waits longer has pressed again long ago. */
const patienceMs = 10_000;

export async function openForm(deps: OutboxDeps, asked: Asked): Promise<void> {
  if (asked.mayHaveBeenSent || (asked.expiresAt !== null && asked.expiresAt <= instantText(deps.now()))) {
    return giveUp(deps, asked, 'dropped', 'expired');
  }
  const { onlyFor, to } = asked.effect;
  try {
    await holdLease(deps, { id: asked.id, patienceMs }, () => deps.openForm(to.platform, formIn(asked)));
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    deps.log('A form could not be opened', { effect: asked.id, person: onlyFor, reason: because });
    return giveUp(deps, asked, 'failed', because);
  }
  await opened(deps, asked);
}

/** The form itself shows the card as it stands; the audit has that from when the card was sent. */
async function opened(deps: OutboxDeps, { id, caseId, effect }: Asked): Promise<void> {
  const at = instantText(deps.now());
  const { message, onlyFor, to, verb } = effect;
  await deps.store.write(async (tx) => {
    const held = await holdCase(tx, caseId);
    await finishEffect(tx, id, { status: 'done', outcome: 'opened', finishedAt: at });
    const payload = { effect: id, message, verb, person: onlyFor, place: to };
    await noteIn(tx, held, { caseId, at, type: 'form-opened', payload, seal: sealWith(deps.auditKey) });
  });
}

function formIn({ caseId, effect }: Asked): FormToOpen {
  const { message, onlyFor, triggerId, userId, verb } = effect;
  return { triggerId, userId, messageKey: `${caseId}/${message}`, verb, person: onlyFor };
}

/** What this press was worth; the next one may well succeed. */
async function giveUp(deps: OutboxDeps, asked: Asked, status: 'dropped' | 'failed', outcome: string): Promise<void> {
  const { caseId, effect, id: effectId } = asked;
  const at = instantText(deps.now());
  await deps.store.write(async (tx) => {
    if (await finishEffect(tx, effectId, { status, outcome, finishedAt: at })) {
      await writeTooLate(tx, { effectId, effect, caseId, at });
    }
  });
}
