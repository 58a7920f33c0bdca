/** Stores what a flow wants done: each message gets its revision and its buttons' token, each effect its lane. */
import type { Effect, ShowMessage } from '../flows/effect.ts';
import { insertEffects } from '../store/effects.ts';
import { readMessage, upsertMessage } from '../store/messages.ts';
import type { Tx } from '../store/store.ts';
import { insertToken } from '../store/tokens.ts';

export interface EffectContext {
  caseId: string;
  revision: number;
  at: string;
  newTokenId: () => string;
}

/** @returns the ids of the effects, `case/revision/index`. */
export async function writeEffects(tx: Tx, effects: readonly Effect[], context: EffectContext): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, effect] of effects.entries()) {
    const id = `${context.caseId}/${context.revision}/${index}`;
    await writeEffect(tx, id, effect, context);
    ids.push(id);
  }
  return ids;
}

export async function writeEffect(tx: Tx, id: string, effect: Effect, context: EffectContext): Promise<void> {
  // Only what makes a revision of a message carries its key: `contentAt` counts those rows.
  const messageKey = effect.type === 'show' ? `${context.caseId}/${effect.message}` : null;
  const dueAt = await dueAtOf(tx, effect, messageKey);
  if (effect.type === 'show' && messageKey !== null) {
    await writeMessage(tx, messageKey, effect, context);
  }
  const row = {
    id,
    caseId: context.caseId,
    effect,
    at: context.at,
    lane: laneOf(effect, id),
    messageKey,
    dueAt,
    expiresAt: expiryOf(effect, context.at),
  };
  await insertEffects(tx, [row]);
}

/** A post may wait for the morning; what stands on the platform already is edited at once. */
async function dueAtOf(tx: Tx, effect: Effect, messageKey: string | null): Promise<string | null> {
  if (effect.type !== 'show') {
    return 'dueAt' in effect ? (effect.dueAt ?? null) : null;
  }
  if (effect.notBefore === undefined || messageKey === null) {
    return null;
  }
  const isPosted = ((await readMessage(tx, messageKey))?.platformId ?? null) !== null;
  return isPosted ? null : effect.notBefore;
}

/** Posts and edits of a conversation go in order; what must not wait has a lane of its own. */
function laneOf(effect: Effect, id: string): string | null {
  if (effect.kind !== 'message') {
    return null;
  }
  return effect.onlyFor === null ? `${effect.to.platform}/${effect.to.conversation}` : id;
}

function expiryOf(effect: Effect, at: string): string | null {
  if (effect.kind !== 'message' || effect.expiresInSeconds === null) {
    return null;
  }
  return Temporal.Instant.from(at).add({ seconds: effect.expiresInSeconds }).toString({ fractionalSecondDigits: 3 });
}

async function writeMessage(tx: Tx, key: string, effect: ShowMessage, context: EffectContext): Promise<void> {
  const tokenId = effect.verbs.length > 0 ? context.newTokenId() : null;
  const revision = await upsertMessage(tx, {
    key,
    caseId: context.caseId,
    place: effect.to,
    content: effect.content,
    verbs: effect.verbs,
    onlyFor: effect.onlyFor,
  });
  if (tokenId !== null) {
    await insertToken(tx, {
      id: tokenId,
      caseId: context.caseId,
      messageKey: key,
      revision,
      verbs: effect.verbs,
      at: context.at,
    });
  }
}
