/**
 * A form was sent: what was filled in is read by the card that it was made from, and goes into the inbox as the click
 * that it stands for. What is wrong is told at its field, and the form stays open.
 */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { formErrors, formInputs } from '../../cards/block-kit/form.ts';
import { cutText } from '../../cards/text.ts';
import type { Inputs } from '../../flows/event.ts';
import type { Reply } from '../../flows/reply.ts';
import { cardSeen, ownButton, wordsOf } from './click.ts';
import type { Installation } from './deps.ts';
import { refusalFor } from './identity.ts';
import { meet } from './meet.ts';
import { noticeView, writtenIn } from './notice-view.ts';
import { slackPlace } from './place.ts';
import { nothing, note, type Outcome, type Room } from './room.ts';
import { deedId } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { sendingForm, takeSending } from './send-to-support.ts';

type Submission = PayloadOf<'submission'>;

export async function takeSubmission(room: Room, payload: Submission, installation: Installation): Promise<Outcome> {
  const { deps } = room;
  const { callback_id: verb, id: viewId, private_metadata: token, state } = payload.view;
  const who = await meet(room, payload, installation);
  if (who !== null && verb === sendingForm) {
    return takeSending(room, payload, who);
  }
  if (who === null || who.kind === 'stranger') {
    noteClosed(room, viewId);
    return { words: who === null ? unknownForm : refusalFor(who, deps.people()) };
  }
  const button = await ownButton(deps, who.person.id, { verb, token });
  const card = await cardSeen(deps, button);
  const inputs = card === null ? {} : formInputs(card, state.values);
  const place = button.found?.message.place ?? slackPlace(who.userId, null);
  const id = deedId('submission', payload);
  const reply = await heldStill(room, viewId, () =>
    deps.inbox.click({ id, person: who.person.id, place, verb, token: button.token, inputs }),
  );
  return outcomeOf(reply, payload, card, inputs);
}

/** What the form sets off must not change it before it closes; with a mistake in it, it stays open. */
async function heldStill(room: Room, viewId: string, send: () => Promise<Reply>): Promise<Reply> {
  const { out } = room;
  out.holdForm(viewId);
  try {
    const reply = await send();
    if (reply.outcome !== 'invalid') {
      noteClosed(room, viewId);
      return reply;
    }
    out.releaseForm(viewId);
    return reply;
  } catch (error) {
    out.releaseForm(viewId);
    throw error;
  }
}

const unknownForm = 'I do not know this form. Use the newest card.';

function noteClosed(room: Room, viewId: string): void {
  note(room, 'Forgetting a form that is over', room.out.formClosed(viewId));
}

export function takeClosed(room: Room, { view }: PayloadOf<'closed'>): Promise<Outcome> {
  noteClosed(room, view.id);
  return Promise.resolve(nothing);
}

function outcomeOf(reply: Reply, payload: Submission, card: AdaptiveCard | null, inputs: Inputs): Outcome {
  const words = wordsOf(reply);
  if (words === null) {
    return nothing;
  }
  const errors = reply.outcome === 'invalid' && card !== null ? errorsAt(card, reply, payload) : {};
  if (Object.keys(errors).length > 0) {
    return { words, body: { response_action: 'errors', errors } };
  }
  const written = card === null ? [] : writtenIn(card, inputs);
  return { words, body: noticeView({ title: titles[reply.outcome], words }, written) };
}

const titles: Readonly<Record<Reply['outcome'], string>> = {
  done: 'Done',
  refused: 'Not done',
  stale: 'Not sent',
  'already-decided': 'Already decided',
  invalid: 'Not sent',
};

const maxError = 500;

/** Slack takes errors only at fields of the form; what belongs to none of them stands at the first. */
function errorsAt(card: AdaptiveCard, reply: Reply, { view }: Submission): Record<string, string> {
  const fields = Object.keys(view.state.values);
  const [first] = fields;
  const errors: Record<string, string> = {};
  for (const [name, message] of Object.entries(formErrors(card, reply.errors))) {
    const field = fields.includes(name) ? name : first;
    if (field !== undefined) {
      errors[field] = cutText([errors[field], message].filter((part) => part !== undefined).join(' '), maxError);
    }
  }
  return errors;
}
