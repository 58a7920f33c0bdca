/** `POST /_sim/submit` and `/_sim/close`: a person sends a modal, or shuts it. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import { Refused } from './answers.ts';
import { isJson } from './blocks/check.ts';
import type { Outcome } from './deliveries.ts';
import { formState } from './form-state.ts';
import { Value } from './inputs.ts';
import { interaction } from './payloads.ts';
import type { Json, User, View } from './records.ts';
import { person, readMove, type Stage, viewSeenBy } from './scene.ts';
import { newTrigger } from './trigger.ts';
import { closeStack, closeView, pushView, readModal, replaceView, stackOf, viewOnWire } from './views.ts';

const Submit = z.strictObject({
  user: z.string(),
  view: z.string(),
  /** By block; an input that is not named keeps what stood in it, null empties it. */
  values: z.record(z.string(), Value).default({}),
});

export interface Submitted extends Outcome {
  delivered: boolean;
  /** What stands below the inputs, by block; from the client when nothing was delivered, else from the app. */
  errors?: Record<string, string>;
  /** The view on top of this person's screen afterwards; null when none is left. */
  view: Json | null;
  /** What the person reads when the app's answer makes no sense. */
  trouble?: string;
}

const trouble = 'We had some trouble connecting. Try again?';

export async function submit({ account, deliveries }: Stage, body: unknown): Promise<Submitted> {
  const move = readMove(Submit, body, 'This cannot be submitted');
  const user = person(account, move.user);
  const view = topView(account, user, move.view);
  const { values, errors } = formState(account, view.id, view.blocks, move.values);
  if (Object.keys(errors).length > 0) {
    return { id: '', status: 0, body: null, retries: 0, delivered: false, errors, view: viewOnWire(view) };
  }
  view['state'] = { values };
  const payload = interaction(account, 'view_submission', user, {
    trigger_id: newTrigger(account, user.id, view.id),
    view: viewOnWire(view),
    response_urls: [],
  });
  const outcome = await deliveries.send('interactive', payload);
  const effect = takeAnswer(account, user, view, outcome);
  const top = stackOf(account, user.id).at(-1);
  return { ...outcome, delivered: true, ...effect, view: top === undefined ? null : viewOnWire(top) };
}

function topView(account: Account, user: User, id: string): View {
  const view = viewSeenBy(account, user, id);
  const top = stackOf(account, user.id).at(-1);
  if (view !== top) {
    throw new BadControlRequest(`${user.id} sees ${top?.id ?? 'no modal'} on top, not ${id}.`);
  }
  if (view['submit'] === null) {
    throw new BadControlRequest(`View ${id} has nothing to submit it with.`);
  }
  return view;
}

/** An empty answer closes the view; everything else has to say what it does, and is checked like any view. */
function takeAnswer(account: Account, user: User, view: View, { status, body }: Outcome): Partial<Submitted> {
  if (status < 200 || status >= 300) {
    return { trouble };
  }
  if (body === null || body === '' || (isJson(body) && Object.keys(body).length === 0)) {
    leave(account, view);
    return {};
  }
  if (!isJson(body)) {
    return { trouble };
  }
  try {
    return respond(account, user, view, body);
  } catch (error) {
    if (error instanceof Refused) {
      return { trouble: `${trouble} (${JSON.stringify(error.response.body)})` };
    }
    throw error;
  }
}

/** @throws {Refused} */
function respond(account: Account, user: User, view: View, body: Json): Partial<Submitted> {
  switch (body['response_action']) {
    case 'clear':
      closeStack(account, user.id);
      return {};
    case 'update':
      replaceView(account, view, readModal(account, body['view']), undefined);
      return {};
    case 'push': {
      const given = readModal(account, body['view']);
      const trigger = { user: user.id, view: view.id, expiresAt: account.now(), used: true, onView: [] };
      pushView(account, trigger, given);
      return {};
    }
    case 'errors':
      return readErrors(view, body['errors']);
    default:
      return { trouble };
  }
}

function readErrors(view: View, errors: unknown): Partial<Submitted> {
  const inputs = new Set(view.blocks.filter((block) => block['type'] === 'input').map((block) => block['block_id']));
  const entries = isJson(errors) ? Object.entries(errors) : [];
  const fits = entries.length > 0 && entries.every(([id, text]) => inputs.has(id) && typeof text === 'string');
  return fits ? { errors: errors as Record<string, string> } : { trouble };
}

function leave(account: Account, view: View): void {
  if (account.world.views.includes(view)) {
    closeView(account, view);
  }
}

const Close = z.strictObject({
  user: z.string(),
  view: z.string(),
  /** The cross in the corner: shuts the views below it too. */
  all: z.boolean().default(false),
});

export async function close({ account, deliveries }: Stage, body: unknown): Promise<Submitted> {
  const move = readMove(Close, body, 'This cannot be closed');
  const user = person(account, move.user);
  const view = viewSeenBy(account, user, move.view);
  const isCleared = move.all || view['clear_on_close'] === true;
  const payload = interaction(account, 'view_closed', user, { view: viewOnWire(view), is_cleared: isCleared });
  if (isCleared) {
    closeStack(account, user.id);
  } else {
    leave(account, view);
  }
  const top = stackOf(account, user.id).at(-1);
  const left = { view: top === undefined ? null : viewOnWire(top) };
  if (view['notify_on_close'] !== true) {
    return { id: '', status: 0, body: null, retries: 0, delivered: false, ...left };
  }
  return { ...(await deliveries.send('interactive', payload)), delivered: true, ...left };
}
