/** What becomes of a ticket after the first talk: less severe, solved, not solved after all, merged, and over. */
import { hasButton, linesOf } from './card.ts';
import type { ChatMessage } from './chat.ts';
import { inTeam, press } from './play-steps.ts';
import type { Stage } from './stage.ts';
import type { Ticket } from './world.ts';

const reason = 'One of three apps answers again';
const lastAnswer = 'Both tickets had the same cause: an ingress rule. It is mended.';

/** A ticket and the thread in which people talk about it. */
interface Life {
  thread: string;
  ticket: Ticket;
}

export async function playOn(stage: Stage, life: Life): Promise<void> {
  await changeSeverity(stage, life);
  await solveAndReopen(stage, life);
  await merge(stage, life);
}

async function changeSeverity(stage: Stage, { thread, ticket }: Life): Promise<void> {
  const { record } = stage;
  record.person('Rosa Requester', inTeam, `changes the severity to High: ${reason}`);
  await press(stage, inTeam, await offering(stage, thread, 'severity-form'), 'severity-form');
  const form = await offering(stage, thread, 'change-severity');
  await press(stage, inTeam, form, 'change-severity', { severity: 'high', reason });
  const changed = await atDesk(stage, ticket.id, ({ priority }) => priority === 'high');
  record.check('The desk has the new severity', changed.priority === 'high', `priority ${changed.priority}`);
  const told = await atDesk(stage, ticket.id, (known) => saying(known, reason) > 0);
  record.check('The desk has the reason once', saying(told, reason) === 1, `${saying(told, reason)} comment`);
  const card = await threadCard(stage, thread, /^Severity: High/);
  record.check('The card shows who changed it, and why', linesOf(card.card).some(isTheirChange), severityLine(card));
}

function isTheirChange(line: string): boolean {
  return line.includes('changed by Rosa Requester') && line.includes(reason);
}

function severityLine({ card }: ChatMessage): string {
  return linesOf(card).find((line) => line.startsWith('Severity:')) ?? 'no severity';
}

async function solveAndReopen(stage: Stage, { thread, ticket }: Life): Promise<void> {
  const { record } = stage;
  record.person('Rosa Requester', inTeam, 'presses “It is solved”, and a moment later “Reopen”');
  await press(stage, inTeam, await offering(stage, thread, 'mark-solved'), 'mark-solved');
  const solved = await atDesk(stage, ticket.id, ({ status }) => status === 'solved');
  const asked = await threadText(stage, thread, /Ticket \d+ is solved\./);
  record.check(
    'Marked as solved here, it is solved there, and people are told',
    solved.status === 'solved',
    asked.text,
  );
  await press(stage, inTeam, await offering(stage, thread, 'reopen'), 'reopen');
  const open = await atDesk(stage, ticket.id, ({ status }) => status === 'open');
  const back = await threadText(stage, thread, /is open again/);
  record.check('Opened again here, it is open there', open.status === 'open', back.text);
}

async function merge(stage: Stage, { thread, ticket }: Life): Promise<void> {
  const { record, world } = stage;
  const into = await world.openAtDesk('All apps are down');
  await world.agent({ ticket: ticket.id, move: 'merge', into });
  const told = await threadText(stage, thread, new RegExp(`merged at the desk into ticket ${into}`));
  record.bot('team', told);
  await world.agent({ ticket: into, move: 'comment', public: true, text: lastAnswer });
  const answer = await threadText(stage, thread, /had the same cause/);
  record.bot('team', answer);
  await world.agent({ ticket: into, move: 'status', status: 'solved' });
  const end = new RegExp(`^Ticket ${into}: Solved`);
  const card = await stage.chat.waitFor(
    'requester',
    inTeam,
    'the end',
    ({ text, thread: at }) => at === thread && end.test(text),
  );
  record.check('The card follows into the other ticket, to its end', end.test(card.text), card.text);
  const said = (await stage.chat.read('requester', inTeam)).filter(({ text }) => text.includes('had the same cause'));
  record.check('What was answered there stands here once', countOf(said) === 1, `${countOf(said)} message`);
}

/** The card has the last word as well. */
function countOf(messages: readonly ChatMessage[]): number {
  return messages.filter(({ card }) => card === null).length;
}

/** The newest card of the thread with this button. */
function offering({ chat }: Stage, thread: string, verb: string): Promise<ChatMessage> {
  return chat.waitFor(
    'requester',
    inTeam,
    `a card with “${verb}”`,
    (message) => message.thread === thread && hasButton(message.card, verb),
  );
}

function threadCard({ chat }: Stage, thread: string, shown: RegExp): Promise<ChatMessage> {
  return chat.waitFor(
    'requester',
    inTeam,
    `a card with ${shown.source}`,
    (message) => message.thread === thread && linesOf(message.card).some((line) => shown.test(line)),
  );
}

function threadText({ chat }: Stage, thread: string, said: RegExp): Promise<ChatMessage> {
  return chat.waitFor(
    'requester',
    inTeam,
    said.source,
    (message) => message.thread === thread && message.card === null && said.test(message.text),
  );
}

function saying({ comments }: Ticket, text: string): number {
  return comments.filter(({ body }) => body.includes(text)).length;
}

const pollMs = 100;
const mostPolls = 200;

/** As it stands at the desk once this holds, or after a while all the same: then the check tells. */
export async function atDesk({ world }: Stage, id: number, holds: (ticket: Ticket) => boolean): Promise<Ticket> {
  for (let polls = 0; ; polls += 1) {
    const ticket = (await world.tickets()).find((known) => known.id === id);
    if (ticket === undefined) {
      throw new Error(`Looking for ticket ${id} at the simulated desk: it is not there. See the log of the bot above.`);
    }
    if (holds(ticket) || polls === mostPolls) {
      return ticket;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs);
    });
  }
}
