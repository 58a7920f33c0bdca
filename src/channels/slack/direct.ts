/** The direct messages of a person with the bot. Once opened they stay, so Slack is asked once. */
import { z } from 'zod/v4';
import type { OutDeps } from './parts.ts';

const Opened = z.object({ channel: z.object({ id: z.string().min(1) }) });

/** @returns the id of the conversation. @throws {Undeliverable} when this user cannot be written to */
export async function openDirect({ api, memory }: Pick<OutDeps, 'api' | 'memory'>, user: string): Promise<string> {
  const known = await memory.direct(user);
  if (known !== null) {
    return known;
  }
  const { channel } = await api.ask('conversations.open', { users: user }, Opened);
  await memory.rememberDirect(user, channel.id);
  return channel.id;
}
