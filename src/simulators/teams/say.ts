/** `POST /_sim/say`: a person writes something. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { activity, setScene } from './activities.ts';
import { type BotAnswer, deliver, Disguise, disguise, type Line } from './deliver.ts';
import { type Activity, append, botId, botName, type Json } from './records.ts';

const Say = Disguise.extend({
  as: z.string(),
  /** A conversation id, with a thread or without, or `personal` for the person's own chat with the bot. */
  in: z.string().default('personal'),
  /** Id of the first message of a thread; without it a message in a channel begins a new one. */
  thread: z.string().optional(),
  text: z.string(),
  /** Whether the bot is mentioned; outside a personal chat it hears nothing else. */
  mention: z.boolean().default(true),
  /** Sends the same message once more when it is that of an earlier one. */
  id: z.string().optional(),
  attachments: z.array(z.unknown()).optional(),
});

/** @throws {BadControlRequest} */
export async function say(line: Line, body: unknown): Promise<BotAnswer> {
  const read = Say.safeParse(body);
  if (!read.success) {
    throw new BadControlRequest(`This cannot be said:\n${z.prettifyError(read.error)}`);
  }
  const said = read.data;
  const { account } = line;
  const id = said.id ?? account.nextId();
  const scene = setScene(account, said.as, said.thread === undefined ? said.in : `${said.in};messageid=${said.thread}`);
  const startsThread = scene.place.kind === 'channel' && !scene.conversationId.includes(';messageid=');
  const conversationId = startsThread ? `${scene.conversationId};messageid=${id}` : scene.conversationId;
  const heard = scene.place.kind === 'personal' || said.mention;
  const message = disguise(
    activity(
      account,
      { ...scene, conversationId },
      {
        type: 'message',
        id,
        textFormat: 'plain',
        ...asSpoken(said.text, scene.place.kind !== 'personal' && said.mention, botId(account)),
        ...(said.attachments && { attachments: said.attachments }),
      },
    ),
    said,
  );
  if (said.id === undefined) {
    append(account.world, conversationId, message as Activity);
  }
  if (!heard || !scene.place.installed) {
    const because = heard ? 'The bot is not installed there.' : 'A bot hears only messages that mention it there.';
    return { delivered: false, id, conversation: conversationId, status: 0, body: null, because };
  }
  return deliver(line, message, said);
}

function asSpoken(text: string, mention: boolean, bot: string): Json {
  const clientInfo = { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' };
  if (!mention) {
    return { text, entities: [clientInfo] };
  }
  const words = `<at>${botName}</at>`;
  const entity = { type: 'mention', mentioned: { id: bot, name: botName }, text: words };
  return { text: `${words} ${text}`, entities: [entity, clientInfo] };
}
