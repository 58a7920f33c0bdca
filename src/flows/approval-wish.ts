/** The question to whoever asked for an approval: whoever decides would like something to be different. */
import { decisionText, quoted, zoneOf } from './approval-words.ts';
import { sizeOf, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import { type Context, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import type { ChangeWish } from './approval-state.ts';
import type { ApprovedState } from './state.ts';

export function wishCard(state: ApprovedState, change: ChangeWish, context: Context, over = ''): ShowMessage {
  const by = nameOf(context.directory, change.by);
  const isOpen = over === '' && change.answer === null;
  const headline = `${by} asks for a change`;
  const work = workOf(state);
  const text = `Before deciding about ${sizeOf(work)} for ${work.environment}: ${quoted(change.what)}`;
  const answer = change.answer === null ? over : `You answered: keep it as it is, ${quoted(change.answer)}.`;
  // An undo has no answers to change.
  const isUndo = state.undo !== undefined;
  const next = isUndo
    ? 'Say why it should stay as it is, or withdraw the request. Until then it waits, and can still be decided.'
    : 'Change the answers: the request ends, and the new plan shows what is different. Or say why it should stay as it is. Until then the request waits, and can still be decided.';
  return showCard(
    change.message,
    state.place,
    `${headline}. ${text}`,
    { name: 'change-asked', data: { headline, text, answer, next: isOpen ? next : '' } },
    {
      verbs: isOpen ? [...(isUndo ? [] : ['change-answers']), 'keep-plan'] : [],
      mention: isOpen ? [state.requester] : [],
    },
  );
}

/** The question is over when the request is. */
export function closedWish(state: ApprovedState, context: Context, over = ''): ShowMessage[] {
  const { approval, requester } = state;
  const { change } = approval;
  const words = over === '' ? decisionText(approval, zoneOf(requester, context), context) : over;
  return change === null || change.answer !== null ? [] : [wishCard(state, change, context, words)];
}
