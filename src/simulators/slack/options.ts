/** `POST /_sim/options`: a person types into a menu that asks the app for its options. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import { type Inspection, isJson, list } from './blocks/check.ts';
import { asList, optionGroup, plainOption } from './blocks/composition.ts';
import { elementsIn } from './blocks/whole.ts';
import type { Outcome } from './deliveries.ts';
import { offerKey } from './form-state.ts';
import { onWire } from './messages.ts';
import { channelOf, interaction } from './payloads.ts';
import type { Json, User } from './records.ts';
import { messageSeenBy, person, placeOf, readMove, type Stage, viewSeenBy } from './scene.ts';
import { viewOnWire } from './views.ts';

export interface Offered extends Outcome {
  options: Json[];
  /** What the person reads when the answer is no list. */
  trouble?: string;
}

const Options = z.strictObject({
  user: z.string(),
  /** Instead of a view: a message. */
  view: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  action_id: z.string(),
  /** What was typed so far. */
  value: z.string().default(''),
});

export async function options({ account, deliveries }: Stage, body: unknown): Promise<Offered> {
  const move = readMove(Options, body, 'These options cannot be asked for');
  const user = person(account, move.user);
  const { blocks, place, about } = menuPlace(account, user, move);
  const block = blocks.find((entry) => elementsIn([entry]).some((element) => element['action_id'] === move.action_id));
  const element = elementsIn(block === undefined ? [] : [block]).find((entry) => entry['action_id'] === move.action_id);
  if (!/^(?:multi_)?external_select$/.test(String(element?.['type']))) {
    throw new BadControlRequest(`There is no menu ${move.action_id} that asks the app for its options.`);
  }
  const fewest = Number(element?.['min_query_length'] ?? 3);
  if (move.value.length < fewest) {
    throw new BadControlRequest(`The client asks only after ${fewest} characters.`);
  }
  const payload = interaction(account, 'block_suggestion', user, {
    ...about,
    action_id: move.action_id,
    block_id: block?.['block_id'],
    value: move.value,
  });
  const outcome = await deliveries.send('options', payload);
  const { offered, problem } = readOptions(outcome);
  account.offered.set(offerKey(place, move.action_id), offered);
  return { ...outcome, options: offered, ...(problem !== null && { trouble: problem }) };
}

function menuPlace(
  account: Account,
  user: User,
  move: z.output<typeof Options>,
): { blocks: readonly Json[]; place: string; about: Json } {
  if (move.view !== undefined) {
    const view = viewSeenBy(account, user, move.view);
    const about = { container: { type: 'view', view_id: view.id }, view: viewOnWire(view) };
    return { blocks: view.blocks, place: view.id, about };
  }
  const room = placeOf(account, user, move.channel ?? '');
  const message = messageSeenBy(account, user, room, move.ts ?? '');
  const container = { type: 'message', message_ts: message.ts, channel_id: room.id, is_ephemeral: false };
  const about = { container, channel: channelOf(room), message: onWire(message) };
  return { blocks: message.blocks ?? [], place: `${room.id}/${message.ts}`, about };
}

/** A menu whose options Slack would not take stays empty. */
function readOptions({ status, body }: Outcome): { offered: Json[]; problem: string | null } {
  const nothing = 'The menu could not be loaded.';
  if (status < 200 || status >= 300 || !isJson(body)) {
    return { offered: [], problem: nothing };
  }
  const into: Inspection = { surface: 'modal', newerBlocks: true, problems: [] };
  const { options: flat, option_groups: groups } = body;
  if (groups === undefined) {
    list(plainOption, 0, 100)(flat, '/options', into);
  } else {
    list(optionGroup, 0, 100)(groups, '/option_groups', into);
  }
  if (into.problems.length > 0) {
    return { offered: [], problem: `${nothing} ${into.problems.join('; ')}` };
  }
  const all =
    groups === undefined
      ? asList(flat)
      : asList(groups)
          .filter(isJson)
          .flatMap((group) => asList(group['options']));
  return { offered: all.filter(isJson), problem: null };
}
