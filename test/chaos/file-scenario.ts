/** Files from the page to the desk: one with the ticket, one with a reply, and one that somebody takes back. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { type Person, personAt } from './person.ts';
import type { Place, Scenario } from './scenarios.ts';

const room = 'team';
const withTicket = 'ingress.log';
const withReply = 'nodes.csv';
const pauseMs = 100;
const patienceMs = 60_000;

/** @param prepare Up to the preview of a ticket. @param reply What is written to the desk. */
export function fileScenario(prepare: Scenario['prepare'], reply: () => string): Scenario {
  return { name: 'files', prepare, play: (place, thread) => playFiles(place, thread, reply()), changes: 'tickets' };
}

async function playFiles(place: Place, thread: string, reply: string): Promise<void> {
  const requester = personAt(place.botUrl, 'requester', room);
  await attach(requester, place, thread, withTicket);
  await requester.press(await requester.seeButton('open-ticket', thread), 'open-ticket');
  const opened = await requester.seeButton('send-reply', thread);
  await filesOfTicket(place, [[withTicket]]);
  await attach(requester, place, thread, withReply);
  await requester.press(opened, 'send-reply', { reply });
  await filesOfTicket(place, [[withTicket], [withReply]]);
  await requester.see('what was sent', ({ text }) => text.includes(reply) && text.includes(withReply));
}

/** Sent, then named in a message: again while nobody answers, as the page does for people who press Send again. */
async function attach(person: Person, { botUrl }: Place, thread: string, name: string): Promise<void> {
  const { file } = (await posted(botUrl, `/chat/files?name=${name}`, `contents of ${name}`)) as { file: string };
  const words = { text: `Here is ${name}`, files: [file] };
  const body = { as: 'requester', conversation: room, thread, key: randomUUID(), ...words };
  await posted(botUrl, '/chat/messages', JSON.stringify(body));
  await person.see(`the word that ${name} goes along`, (message) => isKept(message, thread, name));
}

function isKept({ from, text, thread: where }: ChatMessage, thread: string, name: string): boolean {
  return from === 'causeway' && where === thread && text.includes(name) && text.includes('along with');
}

async function posted(botUrl: () => string, path: string, body: string): Promise<unknown> {
  const until = performance.now() + patienceMs;
  const type = body.startsWith('{') ? 'application/json' : 'application/octet-stream';
  for (;;) {
    const answer = await fetch(`${botUrl()}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: AbortSignal.timeout(8000),
    }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      () => null,
    );
    if (answer !== null && answer.status < 300) {
      return JSON.parse(answer.text);
    }
    if (performance.now() > until || (answer !== null && answer.status < 500)) {
      throw new Error(`POST ${path}: ${answer === null ? 'no answer' : `HTTP ${answer.status} ${answer.text}`}`);
    }
    await wait(pauseMs);
  }
}

interface Attached {
  external_id: string | null;
  comments: { attachments: { file_name: string }[] }[];
}

/** Waits until the comments of the one ticket carry these, and nothing besides. */
async function filesOfTicket({ zendeskUrl }: Place, expected: readonly string[][]): Promise<void> {
  const until = performance.now() + patienceMs;
  let found: string[][] = [];
  while (performance.now() < until) {
    const world = (await (await fetch(`${new URL(zendeskUrl).origin}/_sim/world`)).json()) as { tickets: Attached[] };
    const ours = world.tickets.filter((ticket) => ticket.external_id !== null);
    found = ours.flatMap(({ comments }) =>
      comments.map(({ attachments }) => attachments.map((file) => file.file_name)),
    );
    if (JSON.stringify(found) === JSON.stringify(expected)) {
      return;
    }
    await wait(pauseMs);
  }
  throw new Error(`The comments at the desk carry ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}.`);
}
