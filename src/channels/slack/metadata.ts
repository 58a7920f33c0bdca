/**
 * What marks a message of ours in Slack, so that one whose post was never answered is found again. It names the message
 * and nothing of what it says: other apps of the workspace may read it.
 */
import { z } from 'zod/v4';
import type { Store } from '../../store/store.ts';
import type { Outgoing } from '../channel.ts';
import type { SlackApi } from './api.ts';
import type { Installation } from './deps.ts';
import { MissingScope, Refused } from './errors.ts';
import type { Lack, Memory } from './memory.ts';

export interface LookDeps {
  api: SlackApi;
  memory: Memory;
  store: Store;
  now: () => Temporal.Instant;
  installation: () => Promise<Installation>;
}

const eventType = 'causeway_message';

/** For how long a missing right is not asked for again; each kind of conversation has one of its own. */
const lackHours = 1;
/** Our clock and Slack's need not agree. */
const skewSeconds = 120;
/** When nobody knows since when it may be there. */
const lookBackHours = 1;
const pageSize = 200;
const maxPages = 10;

export function metadataOf({ key, revision }: Pick<Outgoing, 'key' | 'revision'>): object {
  return { event_type: eventType, event_payload: { key, revision } };
}

const Page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional().catch(undefined),
      bot_id: z.string().optional().catch(undefined),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ key: z.string().optional().catch(undefined) }),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});

type Found = z.infer<typeof Page>['messages'][number];

/** The `ts` of a message that was posted before without an answer; null when it is not there, or may not be looked for. */
export async function findPosted(
  deps: LookDeps,
  key: string,
  where: { channel: string; thread: string | null },
): Promise<string | null> {
  const history: Lack = `history-of-${where.channel.slice(0, 1)}`;
  if (await deps.memory.lacks(history, lackHours)) {
    return null;
  }
  try {
    return await lookThrough(deps, key, where);
  } catch (error) {
    if (error instanceof MissingScope) {
      await deps.memory.rememberLack(history);
    }
    if (error instanceof Refused) {
      return null;
    }
    throw error;
  }
}

async function lookThrough(
  deps: LookDeps,
  key: string,
  { channel, thread }: { channel: string; thread: string | null },
): Promise<string | null> {
  const { botId, botUserId } = await deps.installation();
  const oldest = await sinceWhen(deps, key);
  let cursor: string | undefined = '';
  for (let page = 0; page < maxPages && cursor !== undefined; page += 1) {
    const args = {
      channel,
      oldest,
      limit: pageSize,
      include_all_metadata: true,
      ...(thread === null ? {} : { ts: thread }),
      ...(cursor === '' ? {} : { cursor }),
    };
    const answer: z.infer<typeof Page> = await deps.api.ask(
      thread === null ? 'conversations.history' : 'conversations.replies',
      args,
      Page,
    );
    const found = answer.messages.find(
      (message) => isMarked(message, key) && (message.bot_id === botId || message.user === botUserId),
    );
    if (found !== undefined) {
      return found.ts;
    }
    const next: string | undefined = answer.response_metadata?.next_cursor;
    cursor = next === '' ? undefined : next;
  }
  return null;
}

function isMarked({ metadata }: Found, key: string): boolean {
  return metadata?.event_type === eventType && metadata.event_payload.key === key;
}

/** The first try is not older than the effect that asked for the message first. */
async function sinceWhen({ now, store }: Pick<LookDeps, 'now' | 'store'>, key: string): Promise<string> {
  const row = await store.read
    .selectFrom('effect')
    .select('at')
    .where('message_key', '=', key)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  const first = row === undefined ? now().subtract({ hours: lookBackHours }) : Temporal.Instant.from(row.at);
  const seconds = Math.floor(first.subtract({ seconds: skewSeconds }).epochMilliseconds / 1000);
  return `${seconds}.000000`;
}
