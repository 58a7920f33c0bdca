/** Shows that the bot is at work when an answer takes longer than people wait without wondering. */
import type { Background } from '../background.ts';
import type { TeamsDeps } from './deps.ts';
import { decodeConversation } from './place.ts';
import { reachPlace } from './reach.ts';
import type { Activity } from './schema.ts';

const patienceMs = 800;

export async function whileTyping<Result>(
  deps: TeamsDeps,
  background: Background,
  activity: Activity,
  work: Promise<Result>,
): Promise<Result> {
  const timer = setTimeout(() => {
    background.run('Showing that the bot is typing', async () => {
      const { target } = await reachPlace(deps, { platform: 'teams', ...decodeConversation(activity.conversation.id) });
      await deps.connector.sign(target, { type: 'typing' });
    });
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
