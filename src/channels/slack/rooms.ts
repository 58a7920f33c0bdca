/**
 * Who else may read along: a channel that is shared with another company (Slack Connect) hears nothing of a case. Where
 * Slack may not be asked, the worst is assumed.
 */
import { z } from 'zod/v4';
import type { SlackApi } from './api.ts';
import { MissingScope, Refused } from './errors.ts';

export interface Rooms {
  /** True when people from outside are in this conversation, or could be and nobody says. */
  hasOutsiders(conversation: string): Promise<boolean>;
}

export interface RoomDeps {
  api: SlackApi;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

const Answer = z.object({
  channel: z.object({
    is_ext_shared: z.boolean().catch(false),
    is_shared: z.boolean().catch(false),
    /** Shared between workspaces of one organisation. */
    is_org_shared: z.boolean().catch(false),
  }),
});

/** A channel becomes shared seldom, and by an administrator. */
const keptMs = 5 * 60 * 1000;
const maxKept = 2_000;

export function createRooms(deps: RoomDeps): Rooms {
  const known = new Map<string, { shared: boolean; until: number }>();
  return {
    async hasOutsiders(conversation) {
      if (isDirect(conversation)) {
        return false;
      }
      const at = deps.now().epochMilliseconds;
      const kept = known.get(conversation);
      if (kept !== undefined && kept.until > at) {
        return kept.shared;
      }
      const shared = await isShared(deps, conversation);
      if (known.size >= maxKept) {
        known.delete(known.keys().next().value ?? '');
      }
      known.set(conversation, { shared, until: at + keptMs });
      return shared;
    },
  };
}

/** The direct messages of one person with the bot. */
export function isDirect(conversation: string): boolean {
  return conversation.startsWith('D');
}

async function isShared(deps: RoomDeps, channel: string): Promise<boolean> {
  try {
    const answer = await deps.api.ask('conversations.info', { channel }, Answer);
    const { is_ext_shared, is_org_shared, is_shared } = answer.channel;
    return is_ext_shared || (is_shared && !is_org_shared);
  } catch (error) {
    if (error instanceof MissingScope) {
      deps.log('Slack does not say whether a channel is shared, so answers go to private conversations', {
        channel,
        reason: error.message,
      });
      return true;
    }
    if (error instanceof Refused) {
      // What is wrong with the channel is told by the post itself.
      return false;
    }
    throw error;
  }
}
