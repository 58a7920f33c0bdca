/** People as the desk knows them. */
import type { Calls } from './zendesk-calls.ts';
import { UserAnswer, type ZendeskUser } from './zendesk-records.ts';

export async function upsertUser(
  calls: Calls,
  { name, email }: { name: string; email: string },
): Promise<{ id: number }> {
  const { user } = await calls.make({
    doing: `registering ${email} at the desk`,
    answer: UserAnswer,
    run: (zendesk) => zendesk.users.createOrUpdate({ user: { name, email, skip_verify_email: true } }),
  });
  return { id: user.id };
}

export async function me(calls: Calls): Promise<ZendeskUser> {
  const { user } = await calls.make({
    doing: 'asking Zendesk who the bot is',
    answer: UserAnswer,
    run: (zendesk) => zendesk.users.me(),
  });
  return user;
}
