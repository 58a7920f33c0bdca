/** `POST /_sim/shortcut`: a person uses a shortcut, a global one or one of a message. */
import { z } from 'zod/v4';
import type { Account } from './account.ts';
import { onWire } from './messages.ts';
import { type Triggered, watchForView } from './opened-view.ts';
import { actionTs, channelOf, interaction } from './payloads.ts';
import type { Json, User } from './records.ts';
import { newResponseUrl } from './response-url.ts';
import { messageSeenBy, person, placeOf, readMove, type Stage } from './scene.ts';
import { newTrigger } from './trigger.ts';

const Shortcut = z
  .strictObject({
    user: z.string(),
    callback_id: z.string(),
    channel: z.string().optional(),
    ts: z.string().optional(),
    awaitView: z.boolean().default(false),
  })
  .refine(({ channel, ts }) => (channel === undefined) === (ts === undefined), {
    message: 'A message shortcut needs channel and ts, a global one neither.',
  });

export async function shortcut(stage: Stage, body: unknown): Promise<Triggered> {
  const { account, deliveries } = stage;
  const move = readMove(Shortcut, body, 'There is no such shortcut');
  const user = person(account, move.user);
  const triggerId = newTrigger(account, user.id, null);
  const opened = watchForView(stage, triggerId, move.awaitView);
  const base = { callback_id: move.callback_id, trigger_id: triggerId, action_ts: actionTs(account) };
  const payload =
    move.channel === undefined
      ? interaction(account, 'shortcut', user, base)
      : interaction(account, 'message_action', user, {
          ...base,
          ...onMessage(account, user, move.channel, move.ts ?? ''),
        });
  const outcome = await deliveries.send('interactive', payload);
  return { ...outcome, trigger_id: triggerId, ...(await opened()) };
}

function onMessage(account: Account, user: User, channel: string, ts: string): Json {
  const room = placeOf(account, user, channel);
  const message = messageSeenBy(account, user, room, ts);
  return {
    message_ts: ts,
    channel: channelOf(room),
    message: onWire(message),
    response_url: newResponseUrl(account, { user: user.id, channel: room.id, ts, thread: message.thread_ts ?? null }),
  };
}
