/** The first half of a connection, which many tests need to begin with. */
import { type House, onCall } from './house.ts';
import { caseOf, type Message, offersIn } from './slack-client.ts';

interface Asked {
  /** `ts` of what the requester said; undefined in direct messages, where cards stand at top level. */
  thread: string;
  /** The card of the thread. */
  living: Message;
  /** The card of the people on call. */
  approval: Message;
}

const sentence = 'connect mendix-prod to hub-vnet for app orders';

export async function askForApproval(
  { slack }: Pick<House, 'slack'>,
  channel: string,
  text = sentence,
  as = 'requester',
): Promise<Asked> {
  const { ts: thread } = await slack.say(as, text, { channel });
  const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));
  await slack.fill(as, form, 'connect-continue');
  const method = await slack.heard('the method', offersIn(channel, 'use-peering', thread));
  await slack.press(as, method, 'use-peering');
  const plan = await slack.heard('the plan', offersIn(channel, 'ask-approval', thread));
  await slack.press(as, plan, 'ask-approval');
  const approval = await slack.heard(
    'the request for approval',
    (message) => offersIn(onCall, 'approve')(message) && caseOf(message) === caseOf(plan),
  );
  return { thread, living: plan, approval };
}
