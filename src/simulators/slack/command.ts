/** `POST /_sim/command`: a person gives a slash command. */
import { z } from 'zod/v4';
import type { Account } from './account.ts';
import { Refused } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { readContent, saysNothing } from './content.ts';
import type { Outcome } from './deliveries.ts';
import { type Triggered, watchForView } from './opened-view.ts';
import { asTyped, verificationToken } from './payloads.ts';
import type { Json, Room, User } from './records.ts';
import { newResponseUrl, sayBack } from './response-url.ts';
import { idsOf, person, placeOf, readMove, type Stage } from './scene.ts';
import { newTrigger } from './trigger.ts';

export interface Commanded extends Triggered {
  /** What the person reads when the app fails. */
  trouble?: string;
}

const Command = z.strictObject({
  user: z.string(),
  channel: z.string(),
  command: z.string().startsWith('/').default('/causeway'),
  text: z.string().default(''),
  awaitView: z.boolean().default(false),
});

export async function command(stage: Stage, body: unknown): Promise<Commanded> {
  const { account, deliveries } = stage;
  const move = readMove(Command, body, 'This command cannot be given');
  const user = person(account, move.user);
  const room = placeOf(account, user, move.channel);
  const triggerId = newTrigger(account, user.id, null);
  const opened = watchForView(stage, triggerId, move.awaitView);
  const outcome = await deliveries.send('command', {
    token: verificationToken,
    team_id: account.teamId,
    team_domain: account.teamDomain,
    channel_id: room.id,
    channel_name: room.kind === 'im' ? 'directmessage' : room.name,
    user_id: user.id,
    user_name: user.name,
    command: move.command,
    text: asTyped(move.text, idsOf(account)),
    api_app_id: account.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(account, { user: user.id, channel: room.id, ts: null, thread: null }),
    trigger_id: triggerId,
  });
  const effect = answerCommand(account, user, room, move.command, outcome);
  return { ...outcome, ...effect, trigger_id: triggerId, ...(await opened()) };
}

/** A text or a message in the answer is shown, to the person alone unless it says otherwise. */
function answerCommand(
  account: Account,
  user: User,
  room: Room,
  name: string,
  { status, body }: Outcome,
): Pick<Commanded, 'trouble'> {
  if (status < 200 || status >= 300) {
    return { trouble: `${name} failed with the error "${status === 0 ? 'operation_timeout' : 'dispatch_failed'}"` };
  }
  if (body === null || body === '') {
    return {};
  }
  const message: Json = isJson(body) ? body : { text: typeof body === 'string' ? body : JSON.stringify(body) };
  try {
    const content = readContent(account, message, 40_000);
    if (!saysNothing(content)) {
      sayBack(account, room, user.id, content, { inChannel: message['response_type'] === 'in_channel' });
    }
    return {};
  } catch (error) {
    if (error instanceof Refused) {
      return { trouble: `${name} failed with the error "${JSON.stringify(error.response.body)}"` };
    }
    throw error;
  }
}
