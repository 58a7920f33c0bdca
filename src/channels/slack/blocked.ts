/** The bot may not write somewhere: told in private to the people who can mend it. */
import type { Unreachable } from './errors.ts';
import type { OutDeps } from './parts.ts';
import { tell } from './tell.ts';

/** Once a day and conversation: every further message fails the same way. */
const quietHours = 24;

export async function tellAdmins(deps: OutDeps, conversation: string, error: Unreachable): Promise<void> {
  const lack = `way-into-${conversation}` as const;
  if (await deps.memory.lacks(lack, quietHours)) {
    return;
  }
  await deps.memory.rememberLack(lack);
  deps.log('Slack does not let the bot write into a conversation', { conversation, code: error.code });
  const text = `I may not write into a conversation of Slack, so people there miss my messages: ${conversation}. ${error.message}`;
  for (const admin of deps.admins()) {
    const userId = await deps.people.userOf(admin);
    if (userId !== null) {
      await tell(deps, { userId, conversation: null, thread: null }, text);
    }
  }
}
