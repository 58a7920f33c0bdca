/** `POST /_sim/press`: a person uses a button, a menu or another element of a message, a modal or the App Home. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import { elementsIn } from './blocks/whole.ts';
import { asList } from './blocks/composition.ts';
import { isJson } from './blocks/check.ts';
import type { Outcome } from './deliveries.ts';
import { formState, offerKey } from './form-state.ts';
import { fillIn, Value } from './inputs.ts';
import { onWire } from './messages.ts';
import { type Triggered, watchForView } from './opened-view.ts';
import { actionTs, channelOf, interaction } from './payloads.ts';
import type { Json, Message, Room, User, View } from './records.ts';
import { newResponseUrl } from './response-url.ts';
import { messageSeenBy, person, placeOf, readMove, type Stage, viewSeenBy } from './scene.ts';
import { newTrigger } from './trigger.ts';
import { viewOnWire } from './views.ts';

const Press = z
  .strictObject({
    user: z.string(),
    channel: z.string().optional(),
    ts: z.string().optional(),
    /** What this person's client still shows, when it has not heard of the last edit. */
    seen: z.array(z.record(z.string(), z.unknown())).optional(),
    /** Instead of a message: a modal or a home. */
    view: z.string().optional(),
    action_id: z.string(),
    block_id: z.string().optional(),
    /** What is chosen or typed, for everything that is no button. */
    value: Value.default(null),
    /** What stands in the inputs beside it, by block. */
    values: z.record(z.string(), Value).default({}),
    /** What the person answers when the element asks back. */
    confirm: z.boolean().default(true),
    /** Waits, as long as the trigger lives, for the modal that the app opens with it. */
    awaitView: z.boolean().default(false),
  })
  .refine(({ channel, ts, view }) => (view === undefined) === (channel !== undefined && ts !== undefined), {
    message: 'Name either channel and ts, or view.',
  });

type Press = z.output<typeof Press>;

export interface Pressed extends Outcome, Partial<Pick<Triggered, 'trigger_id' | 'view'>> {
  delivered: boolean;
  /** What the element asked before. */
  confirm?: Json;
}

/** Where the element stands. */
interface Standing {
  blocks: readonly Json[];
  /** Names the place for what an options handler offered there. */
  place: string;
  viewId: string | null;
  /** What the payload says of the place and of everything that is filled in there. */
  about(state: Json): Json;
}

export async function press(stage: Stage, body: unknown): Promise<Pressed> {
  const { account, deliveries } = stage;
  const move = readMove(Press, body, 'This cannot be pressed');
  const user = person(account, move.user);
  const standing = standingOf(account, user, move);
  const { element, blockId } = findElement(standing.blocks, move);
  const asked = isJson(element['confirm']) ? { confirm: element['confirm'] } : {};
  if (!move.confirm) {
    return { id: '', status: 0, body: null, retries: 0, delivered: false, ...asked };
  }
  const action = actionOf(account, standing.place, element, blockId, move);
  const triggerId = newTrigger(account, user.id, standing.viewId);
  const opened = watchForView(stage, triggerId, move.awaitView);
  const payload = interaction(account, 'block_actions', user, {
    trigger_id: triggerId,
    ...standing.about({ values: formState(account, standing.place, standing.blocks, move.values).values }),
    actions: [action],
  });
  const outcome = await deliveries.send('interactive', payload);
  return { ...outcome, delivered: true, trigger_id: triggerId, ...asked, ...(await opened()) };
}

function standingOf(account: Account, user: User, move: Press): Standing {
  if (move.view !== undefined) {
    return inView(viewSeenBy(account, user, move.view));
  }
  const room = placeOf(account, user, move.channel ?? '');
  const message = messageSeenBy(account, user, room, move.ts ?? '');
  return inMessage(account, user, room, move.seen === undefined ? message : { ...message, blocks: move.seen });
}

function inView(view: View): Standing {
  return {
    blocks: view.blocks,
    place: view.id,
    viewId: view.type === 'modal' ? view.id : null,
    about: (state) => ({ container: { type: 'view', view_id: view.id }, view: { ...viewOnWire(view), state } }),
  };
}

function inMessage(account: Account, user: User, room: Room, message: Message): Standing {
  const isEphemeral = message['is_ephemeral'] === true;
  const { ts, thread_ts: thread } = message;
  const about = {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: room.id,
      is_ephemeral: isEphemeral,
      ...(thread !== undefined && { thread_ts: thread }),
    },
    channel: channelOf(room),
    // Of an ephemeral message the app gets no copy.
    ...(!isEphemeral && { message: onWire(message) }),
    response_url: newResponseUrl(account, { user: user.id, channel: room.id, ts, thread: thread ?? null }),
  };
  const attached = asList(message['attachments'])
    .filter(isJson)
    .flatMap((attachment) => asList(attachment['blocks']).filter(isJson));
  return {
    blocks: [...(message.blocks ?? []), ...attached],
    place: `${room.id}/${ts}`,
    viewId: null,
    about: (state) => ({ ...about, state }),
  };
}

function findElement(blocks: readonly Json[], move: Press): { element: Json; blockId: string } {
  const all = flat(blocks).flatMap((block) =>
    elementsIn([withoutChildren(block)]).map((element) => ({ element, blockId: String(block['block_id']) })),
  );
  const found = all.find(
    ({ element, blockId }) =>
      element['action_id'] === move.action_id && (move.block_id === undefined || blockId === move.block_id),
  );
  if (found === undefined) {
    const known = all.flatMap(({ element }) =>
      typeof element['action_id'] === 'string' ? [element['action_id']] : [],
    );
    throw new BadControlRequest(`There is no ${move.action_id} to press; there is: ${known.join(', ') || 'nothing'}.`);
  }
  return found;
}

function flat(blocks: readonly Json[]): Json[] {
  return blocks.flatMap((block) => [block, ...flat(asList(block['child_blocks']).filter(isJson))]);
}

function withoutChildren({ child_blocks: _children, ...block }: Json): Json {
  return block;
}

function actionOf(account: Account, place: string, element: Json, blockId: string, move: Press): Json {
  const { type, action_id: actionId, text, value, style, confirm, url } = element;
  const base = { type, action_id: actionId, block_id: blockId, action_ts: actionTs(account) };
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    const shown = { text, value, style, confirm, url };
    return { ...base, ...Object.fromEntries(Object.entries(shown).filter(([, member]) => member !== undefined)) };
  }
  if (type === 'feedback_buttons') {
    return { ...base, value: move.value };
  }
  const offered = account.offered.get(offerKey(place, String(actionId))) ?? [];
  const filled = fillIn(element, move.value, offered);
  if (filled.kind === 'problem') {
    throw new BadControlRequest(filled.problem);
  }
  return { ...base, ...filled.state };
}
