/** The bot may not write somewhere any more: kept as a fact, logged, and told to the people who can mend it. */
import type { TeamsDeps } from './deps.ts';
import type { Blocked } from './errors.ts';
import { activityOf } from './message.ts';
import { reachPrivately } from './reach.ts';

/** Once a day and conversation: every further message fails the same way. */
const quietHours = 24;

export async function tellAdmins(deps: TeamsDeps, conversation: string, blocked: Blocked): Promise<void> {
  if (!(await deps.memory.first('blocked', conversation, quietHours))) {
    return;
  }
  deps.log('Teams does not let the bot write into a conversation', { conversation, code: blocked.code });
  const admins = deps.people().filter((person) => person.roles.includes('admin') && person.entra !== null);
  const near = { platform: 'teams' as const, conversation, thread: null };
  const text = `I may not write into a conversation of Teams any more (${blocked.code}), so people there miss my messages: ${conversation}. Somebody blocked or removed the app there; install it again, or choose another channel in the settings.`;
  for (const admin of admins) {
    try {
      const { target } = await reachPrivately(deps, admin.id, near);
      if (target.conversation !== conversation) {
        await deps.connector.post(target, activityOf({ speaker: null, text }, null, []));
      }
    } catch (error) {
      deps.log('Telling an administrator in Teams', { admin: admin.id, reason: String(error) });
    }
  }
}
