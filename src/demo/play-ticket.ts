/** The life of a ticket: the cry, the verdict, one ticket, both ways of talking; the rest in `play-ticket-life.ts`. */
import { hasButton, linesOf } from './card.ts';
import type { ChatMessage } from './chat.ts';
import { ask, card, press } from './play-steps.ts';
import { atDesk, playOn } from './play-ticket-life.ts';
import type { Stage } from './stage.ts';
import type { Ticket } from './world.ts';

const inTeam = 'team';
const inSupport = 'support';

export async function playTicket(stage: Stage): Promise<void> {
  const { chat, record } = stage;
  record.title('A production outage, from the cry to the solved ticket');
  const thread = await ask(stage, 'prod is down since 8, recovery button did nothing, pls help');
  await toVerdict(stage, thread);
  const verdict = await card(stage, thread, 'preview-ticket');
  await press(stage, inTeam, verdict, 'preview-ticket');
  const preview = await card(stage, thread, 'open-ticket');
  const empty = await chat.press('requester', inTeam, preview, 'open-ticket', { subject: '' });
  record.check(
    'A ticket without a subject is refused',
    empty.outcome === 'invalid',
    `${empty.outcome}: ${empty.errors?.[0]?.message ?? ''}`,
  );
  await press(stage, inTeam, preview, 'open-ticket');
  const living = await ticketCard(stage, /Open/);
  record.bot('support', living);
  const ticket = await onlyTicket(stage);
  await talk(stage, thread, ticket);
}

async function toVerdict(stage: Stage, thread: string): Promise<void> {
  const first = await stage.chat.waitFor(
    'requester',
    inTeam,
    'triage',
    (message) =>
      message.thread === thread &&
      (hasButton(message.card, 'triage-continue') || hasButton(message.card, 'preview-ticket')),
  );
  if (hasButton(first.card, 'triage-continue')) {
    stage.record.bot('team', first);
    await press(stage, inTeam, first, 'triage-continue', { faultLocation: 'unknown' });
  }
}

function ticketCard(stage: Stage, shown: RegExp, person = 'agent'): Promise<ChatMessage> {
  return stage.chat.waitFor(
    person,
    inSupport,
    `the ticket's card showing ${shown.source}`,
    (message) =>
      message.card !== null &&
      /^Ticket \d+/.test(message.text) &&
      linesOf(message.card).some((line) => shown.test(line)),
  );
}

async function onlyTicket(stage: Stage): Promise<Ticket> {
  const tickets = await stage.world.tickets();
  const ours = tickets.filter((ticket) => ticket.external_id !== null);
  stage.record.check('There is exactly one ticket', ours.length === 1, `${ours.length} at the desk`);
  const [ticket] = ours;
  if (ticket === undefined) {
    throw new Error('Looking for the ticket at the simulated desk: none was opened. See the log of the bot above.');
  }
  stage.record.check('It is urgent', ticket.priority === 'urgent', `${ticket.priority}: ${ticket.subject}`);
  return ticket;
}

async function talk(stage: Stage, thread: string, ticket: Ticket): Promise<void> {
  const { chat, record, world } = stage;
  await world.agent({
    ticket: ticket.id,
    move: 'comment',
    public: true,
    text: 'We are looking at the ingress controller now.',
  });
  const answer = await chat.waitFor(
    'requester',
    inTeam,
    'the answer of the agent',
    (message) => message.thread === thread && message.text.includes('ingress controller'),
  );
  record.bot('team', answer);
  await world.agent({ ticket: ticket.id, move: 'comment', public: false, text: 'PRIVATE: customer on node pool 3' });

  await status(stage, ticket, 'hold', /On Hold/);
  await status(stage, ticket, 'pending', /Awaiting your reply/);
  const living = await ticketCard(stage, /Awaiting your reply/, 'requester');
  record.person('Rosa Requester', 'support', 'All apps, since 08:00. (Send to support)');
  await press(stage, inSupport, living, 'send-reply', { reply: 'All apps, since 08:00.' });
  await reached(stage, ticket, 'All apps, since 08:00.');
  await status(stage, ticket, 'open', /● Open/);
  await playOn(stage, { thread, ticket });
  await secrecy(stage, ticket);
}

async function status(stage: Stage, ticket: Ticket, to: string, shown: RegExp): Promise<void> {
  await stage.world.agent({ ticket: ticket.id, move: 'status', status: to });
  const living = await ticketCard(stage, shown);
  stage.record.check(`The card follows the desk to “${to}”`, shown.test(linesOf(living.card).join('\n')), living.text);
}

async function reached(stage: Stage, ticket: Ticket, text: string): Promise<void> {
  function saying({ comments }: Ticket): number {
    return comments.filter(({ body }) => body.includes(text)).length;
  }
  const found = saying(await atDesk(stage, ticket.id, (now) => saying(now) > 0));
  stage.record.check('The reply reached the ticket once', found === 1, `${found} comment`);
}

async function secrecy(stage: Stage, ticket: Ticket): Promise<void> {
  const { chat } = stage;
  const seen = [
    ...(await chat.read('requester', inTeam)),
    ...(await chat.read('requester', 'dm-requester')),
    ...(await chat.read('approver-1', 'on-call')),
    ...(await chat.read('agent', inSupport)),
  ];
  const leaked = seen.filter((message) => JSON.stringify(message).includes('PRIVATE'));
  stage.record.check(
    'The private note never shows',
    leaked.length === 0,
    `${leaked.length} of ${seen.length} messages`,
  );
  const tickets = (await stage.world.tickets()).filter((known) => known.external_id === ticket.external_id);
  stage.record.check(
    'There is still one ticket of ours, closed by the merge',
    tickets.length === 1 && tickets[0]?.status === 'closed',
    `${tickets.length}, ${tickets[0]?.status ?? ''}`,
  );
}
