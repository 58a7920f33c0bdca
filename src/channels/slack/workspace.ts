/** Where the app is installed, as Slack says; asked once. */
import { z } from 'zod/v4';
import type { SlackApi } from './api.ts';
import type { Installation } from './deps.ts';

const Answer = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().catch('') });

export function createInstallation(api: SlackApi): () => Promise<Installation> {
  let asked: Promise<Installation> | null = null;
  async function ask(): Promise<Installation> {
    const { team_id, user_id, bot_id } = await api.ask('auth.test', {}, Answer);
    return { teamId: team_id, botUserId: user_id, botId: bot_id };
  }
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
