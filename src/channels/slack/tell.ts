/** A word to one person that is no part of a case: a refusal, a hint. It goes where nobody else reads it. */
import { z } from 'zod/v4';
import type { Listener } from './deps.ts';
import { openDirect } from './direct.ts';
import { Refused } from './errors.ts';
import type { OutDeps } from './parts.ts';
import { postEphemeral } from './put.ts';
import { type Rendered, renderWords } from './render.ts';
import { isDirect } from './rooms.ts';
import { visibleThread } from './whisper.ts';

const Sent = z.object({ ts: z.string() });

export async function tell(deps: OutDeps, listener: Listener, text: string): Promise<void> {
  try {
    await say(deps, listener, renderWords({ speaker: null, text }, { mentioned: [], revision: 1, olderBlocks: true }));
  } catch (error) {
    deps.log('Telling something to a Slack user', { user: listener.userId, reason: String(error) });
  }
}

async function say(deps: OutDeps, { conversation, thread, userId }: Listener, words: Rendered): Promise<void> {
  if (conversation === null) {
    return sayDirectly(deps, await openDirect(deps, userId), null, words);
  }
  if (isDirect(conversation)) {
    return sayDirectly(deps, conversation, thread, words);
  }
  try {
    const target = { channel: conversation, thread: await visibleThread(deps, { conversation, thread }) };
    await postEphemeral(deps, target, userId, () => words);
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    await sayDirectly(deps, await openDirect(deps, userId), null, words);
  }
}

async function sayDirectly(
  { api }: OutDeps,
  channel: string,
  thread: string | null,
  { blocks, text }: Rendered,
): Promise<void> {
  const where = { channel, ...(thread === null ? {} : { thread_ts: thread }) };
  await api.ask('chat.postMessage', { ...where, text, blocks, unfurl_links: false, unfurl_media: false }, Sent);
}
