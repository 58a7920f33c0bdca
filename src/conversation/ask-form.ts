/**
 * A press on a button whose form has to be opened first. It decides nothing, so it is no event of the case: what is
 * stored is the effect, under the id of the press. Whoever could not send the form anyway is told before they fill it in.
 */
import type { OpenForm } from '../flows/effect.ts';
import { doneReply, staleReply } from '../flows/flow.ts';
import type { Reply } from '../flows/reply.ts';
import { readEffect } from '../store/effects.ts';
import type { Message } from '../store/messages.ts';
import type { Tx } from '../store/store.ts';
import { findClick, type Token } from '../store/tokens.ts';
import { type AcceptDeps, foresee } from './accept.ts';
import { findButton, renewedCard } from './click.ts';
import type { AskedForm } from './inbox.ts';
import { instantText } from './instant-text.ts';
import { writeEffect } from './write-effects.ts';

/** How long Slack's leave to open a form is good for, counted from the press. */
const triggerSeconds = 3;

const usedButton = staleReply('This button was used already. The card is renewed in a moment; use the newest one.');

export async function askForm(tx: Tx, asked: AskedForm, tokenKey: string, stamp: AcceptDeps): Promise<Reply> {
  const effectId = `form/${asked.id}`;
  if ((await readEffect(tx, effectId)) !== null) {
    return doneReply;
  }
  const found = await findButton(tx, asked, tokenKey);
  if (found.kind === 'answered') {
    return found.reply;
  }
  const refusal = await whyNoForm(tx, asked, found, stamp);
  if (refusal !== null) {
    return refusal;
  }
  const { caseId } = found.message;
  const at = instantText(stamp.now);
  await writeEffect(tx, effectId, formOf(asked, found.message), {
    caseId,
    revision: 0,
    at,
    newTokenId: stamp.newTokenId,
  });
  return doneReply;
}

/** A form shows the present card, so a press on an older one is as good, as long as the button is still offered. */
async function whyNoForm(
  tx: Tx,
  asked: AskedForm,
  { message, token }: { message: Message; token: Token },
  stamp: AcceptDeps,
): Promise<Reply | null> {
  const { person, place, verb } = asked;
  const isOffered = message.verbs.includes(verb);
  if (isOffered && token.revision === message.revision && (await findClick(tx, asked.token)) !== null) {
    return usedButton;
  }
  const event = { type: 'clicked' as const, person, place, message: message.key, verb, inputs: {} };
  const reply = await foresee(tx, { caseId: message.caseId, event, stale: !isOffered }, stamp);
  if (reply !== null && reply.outcome !== 'done' && reply.outcome !== 'invalid') {
    return reply;
  }
  return isOffered ? null : renewedCard;
}

function formOf({ person, place, triggerId, userId, verb }: AskedForm, { caseId, key }: Message): OpenForm {
  return {
    kind: 'message',
    type: 'open-form',
    message: key.slice(caseId.length + 1),
    to: place,
    verb,
    onlyFor: person,
    userId,
    triggerId,
    expiresInSeconds: triggerSeconds,
  };
}
