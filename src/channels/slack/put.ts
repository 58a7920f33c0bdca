/** Posts and edits as Slack takes them. Nothing in a message unfolds into a picture or a preview of another page. */
import { z } from 'zod/v4';
import type { Outgoing } from '../channel.ts';
import { Gone } from './errors.ts';
import type { Spot } from './memory.ts';
import { metadataOf } from './metadata.ts';
import { withOlderBlocks } from './older-blocks.ts';
import type { OutDeps } from './parts.ts';
import type { Rendered } from './render.ts';

type PutDeps = Pick<OutDeps, 'api' | 'log' | 'memory'>;

/** How a message looks; asked twice when the workspace does not know the newest blocks. */
export type Render = (olderBlocks: boolean) => Rendered;

/** By which a message is found again. */
type Marked = Pick<Outgoing, 'key' | 'revision'>;

export interface Target {
  channel: string;
  thread: string | null;
  /** A post into a thread is shown in the channel as well. */
  broadcast?: boolean;
}

const Sent = z.object({ ts: z.string().min(1) });
const Whispered = z.object({ message_ts: z.string().min(1) });

const still = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

/** @returns its `ts` */
export async function post(
  deps: PutDeps,
  { broadcast = false, channel, thread }: Target,
  marked: Marked,
  render: Render,
): Promise<string> {
  const loud = broadcast ? { reply_broadcast: true } : {};
  const where = { channel, ...(thread === null ? {} : { thread_ts: thread, ...loud }) };
  const { ts } = await withOlderBlocks(deps, render, ({ blocks, text }) =>
    deps.api.ask('chat.postMessage', { ...where, text, blocks, metadata: metadataOf(marked), ...still }, Sent),
  );
  return ts;
}

/** @throws {Gone} when it is not there any more */
export async function edit(deps: PutDeps, { channel, ts }: Spot, marked: Marked, render: Render): Promise<void> {
  await withOlderBlocks(deps, render, ({ blocks, text }) =>
    deps.api.ask(
      'chat.update',
      { channel, ts, text, blocks, metadata: metadataOf(marked), parse: 'none', link_names: false },
      Sent,
    ),
  );
}

/** Edits what stands there; posts when nothing does, or somebody deleted it. @returns the `ts` under which it stands now. */
export async function editOrPost(
  deps: PutDeps,
  known: string | null,
  target: Target,
  marked: Marked,
  render: Render,
): Promise<string> {
  if (known !== null) {
    try {
      await edit(deps, { channel: target.channel, ts: known }, marked, render);
      return known;
    } catch (error) {
      if (!(error instanceof Gone)) {
        throw error;
      }
      // The case goes on, so it gets a new one.
    }
  }
  return post(deps, target, marked, render);
}

/** Shows it to one person of the channel, until they reload. @returns the `ts` */
export async function postEphemeral(
  deps: PutDeps,
  { channel, thread }: Target,
  user: string,
  render: Render,
): Promise<string> {
  const where = { channel, user, ...(thread === null ? {} : { thread_ts: thread }) };
  const { message_ts } = await withOlderBlocks(deps, render, ({ blocks, text }) =>
    deps.api.ask('chat.postEphemeral', { ...where, text, blocks, parse: 'none', link_names: false }, Whispered),
  );
  return message_ts;
}
