/**
 * The jobs as people do them, in two parts: what leads to the moment from which on everything runs by itself (talked
 * through once, then kept), and what comes after it (played once for every kill).
 */
import { setTimeout as wait } from 'node:timers/promises';
import { hasButton, linesOf } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { openWorld, type Ticket } from '../../src/demo/world.ts';
import { alertScenario } from './alert-scenario.ts';
import { fileScenario } from './file-scenario.ts';
import { type Person, personAt } from './person.ts';

/** Where people find the bot, and the simulated services. */
export interface Place {
  botUrl: () => string;
  armUrl: string;
  zendeskUrl: string;
}

export interface Scenario {
  name: string;
  /** Answers the thread of the case. */
  prepare(place: Place): Promise<string>;
  play(place: Place, thread: string): Promise<void>;
  /** What a run in peace must have changed, so that comparing with it means something. */
  changes: 'azure' | 'tickets';
}

const proved = /the proof$/;
const undone = /· undone$/;

export const scenarios: readonly Scenario[] = [
  connection('peering', 'connect mendix-prod to hub-vnet for app orders', ['use-peering']),
  connection('private-link', 'connect mendix-prod to data-vnet for apps orders and billing, isolated', [
    'use-private-link',
  ]),
  connection('service', 'let apps in mendix-prod reach inventory.corp.example via pls-inventory', ['use-private-link']),
  connection('dns', 'use our DNS servers 10.60.0.4 for mendix-acc', []),
  connection('database', 'read access to the database of mendix-prod from data-vnet', []),
  { name: 'undo', prepare: prepareUndo, play: (place, thread) => decide(place, thread, undone), changes: 'azure' },
  { name: 'ticket', prepare: prepareTicket, play: playTicket, changes: 'tickets' },
  alertScenario(() => reply),
  fileScenario(prepareTicket, () => reply),
];

export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) {
    throw new Error(`There is no scenario “${name}”; there are ${scenarios.map((known) => known.name).join(', ')}.`);
  }
  return found;
}

function connection(name: string, words: string, choices: readonly string[]): Scenario {
  return {
    name,
    prepare: (place) => askFor(place, words, choices),
    play: (place, thread) => decide(place, thread, proved),
    changes: 'azure',
  };
}

/** Until the card for the approval waits. */
export async function askFor(place: Place, words: string, choices: readonly string[]): Promise<string> {
  const requester = personAt(place.botUrl, 'requester', 'team');
  const thread = await requester.say(words);
  await pressAll(requester, thread, ['connect-continue', ...choices, 'ask-approval']);
  await openApproval(place);
  return thread;
}

async function pressAll(person: Person, thread: string, verbs: readonly string[]): Promise<void> {
  for (const verb of verbs) {
    await person.press(await person.seeButton(verb, thread), verb);
  }
}

export function openApproval(place: Place, headline = /^Approve\?/): Promise<ChatMessage> {
  return personAt(place.botUrl, 'approver-1', 'on-call').see(
    'the approval card',
    ({ card }) => hasButton(card, 'approve') && linesOf(card).some((line) => headline.test(line)),
  );
}

export async function approve(place: Place): Promise<void> {
  const approver = personAt(place.botUrl, 'approver-1', 'on-call');
  await approver.press(await openApproval(place), 'approve');
}

async function decide(place: Place, thread: string, heading: RegExp): Promise<void> {
  await approve(place);
  await ending(place, thread, heading);
}

/** @throws when the plan stopped instead */
export async function ending(place: Place, thread: string, heading = proved): Promise<ChatMessage> {
  const requester = personAt(place.botUrl, 'requester', 'team');
  const shown = await requester.see('the end of the plan', ({ card, text, thread: where }) => {
    const isEnd = hasButton(card, 'check-again') && linesOf(card).some((line) => heading.test(line));
    return where === thread && (isEnd || /^(?:Undo stopped|Stopped|Void|Expired)/.test(text));
  });
  if (!hasButton(shown.card, 'check-again')) {
    throw new Error(`The plan did not come to its end: ${linesOf(shown.card).join(' | ')}`);
  }
  return shown;
}

async function prepareUndo(place: Place): Promise<string> {
  const thread = await askFor(place, 'connect mendix-prod to hub-vnet for app orders', ['use-peering']);
  await decide(place, thread, proved);
  const requester = personAt(place.botUrl, 'requester', 'team');
  await pressAll(requester, thread, ['undo', 'ask-approval']);
  await openApproval(place, /^Approve\? Undo/);
  return thread;
}

export const reply = 'It affects all apps, and everybody who uses them.';
export const answer = 'We are looking at the ingress controller now.';

async function prepareTicket(place: Place): Promise<string> {
  const requester = personAt(place.botUrl, 'requester', 'team');
  const thread = await requester.say('prod is down since 8, recovery button did nothing, pls help');
  const first = await requester.see(
    'triage',
    ({ card, thread: where }) =>
      where === thread && ['triage-continue', 'preview-ticket'].some((verb) => hasButton(card, verb)),
  );
  if (hasButton(first.card, 'triage-continue')) {
    await requester.press(first, 'triage-continue', { faultLocation: 'unknown' });
  }
  await pressAll(requester, thread, ['preview-ticket']);
  await requester.seeButton('open-ticket', thread);
  return thread;
}

/** Opened, answered by the desk, replied to, solved. */
async function playTicket(place: Place, thread: string): Promise<void> {
  const requester = personAt(place.botUrl, 'requester', 'team');
  await pressAll(requester, thread, ['open-ticket']);
  const sending = await requester.seeButton('send-reply', thread);
  const world = openWorld(place.armUrl, place.zendeskUrl);
  const { id } = await oursAt(place, () => true, 'the ticket');
  await world.agent({ ticket: id, move: 'comment', public: true, text: answer });
  await requester.see(
    'the answer of the agent',
    ({ text, thread: where }) => where === thread && text.includes(answer),
  );
  await requester.press(sending, 'send-reply', { reply });
  await oursAt(place, ({ comments }) => comments.some(({ body }) => body.includes(reply)), 'the reply');
  await world.agent({ ticket: id, move: 'status', status: 'solved' });
  const agent = personAt(place.botUrl, 'agent', 'support');
  await agent.see('the solved ticket', (message) => /^Ticket \d+: Solved/.test(message.text));
}

async function oursAt(place: Place, fits: (ticket: Ticket) => boolean, what: string): Promise<Ticket> {
  for (let tries = 0; tries < 900; tries += 1) {
    const tickets = await openWorld(place.armUrl, place.zendeskUrl).tickets();
    const found = tickets.find((ticket) => ticket.external_id !== null && fits(ticket));
    if (found !== undefined) {
      return found;
    }
    await wait(100);
  }
  throw new Error(`Waited 90 s for ${what} at the desk, and it did not come.`);
}
