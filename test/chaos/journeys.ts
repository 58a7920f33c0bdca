/** The two jobs as people do them, with named moments at which something may happen to the bot. */
import { personAt } from './person.ts';
import type { Rig } from './rig.ts';
import { type Ticket, openWorld } from '../../src/demo/world.ts';

export type Moment = 'approval waits' | 'approved' | 'ticket asked for' | 'ticket open' | 'reply sent';

/** Called at each moment; the journey goes on when it returns, or at once when it does not wait. */
export type AtMoment = (moment: Moment) => Promise<void>;

export type Journey = (rig: Rig, at: AtMoment) => Promise<void>;

export async function connect(rig: Rig, at: AtMoment): Promise<void> {
  const requester = personAt(rig.botUrl, 'requester', 'team');
  const approver = personAt(rig.botUrl, 'approver-1', 'on-call');
  const thread = await requester.say('connect mendix-prod to hub-vnet for app orders');
  for (const verb of ['connect-continue', 'use-peering', 'ask-approval']) {
    await requester.press(await requester.seeButton(verb, thread), verb);
  }
  const asked = await approver.seeButton('approve');
  await at('approval waits');
  await approver.press(asked, 'approve');
  await at('approved');
  await requester.seeButton('judge-output', thread);
}

export const reply = 'It affects all apps, and everybody who uses them.';

export async function ticket(rig: Rig, at: AtMoment): Promise<void> {
  const requester = personAt(rig.botUrl, 'requester', 'team');
  const thread = await requester.say('prod is down since 8, recovery button did nothing, pls help');
  await requester.press(await requester.seeButton('triage-continue', thread), 'triage-continue', {
    faultLocation: 'unknown',
  });
  await requester.press(await requester.seeButton('preview-ticket', thread), 'preview-ticket');
  await requester.press(await requester.seeButton('open-ticket', thread), 'open-ticket');
  await at('ticket asked for');
  await requester.seeButton('send-reply', thread);
  await at('ticket open');
  await requester.press(await requester.seeButton('send-reply', thread), 'send-reply', { reply });
  await at('reply sent');
  await reached(rig);
  await followed(rig);
}

/** The reply stands in the ticket. */
async function reached(rig: Rig): Promise<void> {
  await until(
    async () => (await ours(rig))?.comments.some((comment) => comment.body.includes(reply)) === true,
    'the reply',
  );
}

/** The desk solves it, and the card in the support channel says so: the webhook finds the bot again. */
async function followed(rig: Rig): Promise<void> {
  const opened = await ours(rig);
  await openWorld(rig.armUrl, rig.zendeskUrl).agent({ ticket: opened?.id ?? 0, move: 'status', status: 'solved' });
  const agent = personAt(rig.botUrl, 'agent', 'support');
  await agent.see('the solved ticket', (message) => /^Ticket \d+: Solved/.test(message.text));
}

async function ours(rig: Rig): Promise<Ticket | undefined> {
  const tickets = await openWorld(rig.armUrl, rig.zendeskUrl).tickets();
  return tickets.find((known) => known.external_id !== null);
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await holds()) {
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`Waited 60 s for ${what}, and it did not come.`);
}
