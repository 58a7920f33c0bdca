/** An alert of Azure from its request to the solved problem: two that fired, a triage, a ticket, a reply, the end. */
import { setTimeout as wait } from 'node:timers/promises';
import { hasButton } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { openWorld, type Ticket } from '../../src/demo/world.ts';
import { alertBody, alertId } from '../support/alerts.ts';
import { alertLogin } from './alert-login.ts';
import { type Person, personAt } from './person.ts';
import type { Place, Scenario } from './scenarios.ts';

const rule = 'Ingress does not answer';
const room = 'support';

/** @param reply What is written to the desk. */
export function alertScenario(reply: () => string): Scenario {
  return {
    name: 'alert',
    // Nothing leads to an alert.
    prepare: () => Promise.resolve(''),
    play: (place) => playAlert(place, reply()),
    changes: 'tickets',
  };
}

async function playAlert(place: Place, reply: string): Promise<void> {
  const agent = personAt(place.botUrl, 'agent', room);
  await tell(place, 1, 'Fired');
  const { id: thread } = await agent.see('the alert', isCard(/^Fired/));
  // As an action group does that has waited too long for the first answer.
  await tell(place, 1, 'Fired');
  await tell(place, 2, 'Fired');
  await agent.press(await agent.seeButton('triage-alert'), 'triage-alert');
  await pressAll(agent, thread, ['triage-continue', 'preview-ticket', 'open-ticket']);
  const sending = await agent.seeButton('send-reply', thread);
  await agent.press(sending, 'send-reply', { reply });
  const ticket = await ticketWith(place, reply);
  await openWorld(place.armUrl, place.zendeskUrl).agent({ ticket: ticket.id, move: 'status', status: 'solved' });
  await agent.see('the solved ticket', ({ text }) => /^Ticket \d+: Solved/.test(text));
  await tell(place, 1, 'Resolved');
  await tell(place, 2, 'Resolved');
  await agent.see('the end of the alert', isCard(/^Resolved: .* It fired 2 times; everything is resolved\./));
  await onlyOnce(agent, place);
}

function isCard(text: RegExp): (message: ChatMessage) => boolean {
  return (message) => message.thread === null && message.text.includes(rule) && text.test(message.text);
}

async function pressAll(person: Person, thread: string, verbs: readonly string[]): Promise<void> {
  for (const verb of verbs) {
    const inputs = verb === 'triage-continue' ? { faultLocation: 'unknown', recoveryTried: 'yes' } : {};
    await person.press(await person.seeButton(verb, thread), verb, inputs);
  }
}

const pauseMs = 100;
const patienceMs = 60_000;

/** As the action group does it: again until somebody says that it was taken. */
async function tell({ botUrl }: Place, number: number, condition: string): Promise<void> {
  const login = await alertLogin();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await login.token()}` };
  const body = JSON.stringify(alertBody({ rule, id: alertId(number), condition, severity: 'Sev0' }));
  const until = performance.now() + patienceMs;
  for (;;) {
    const signal = AbortSignal.timeout(8000);
    const status = await fetch(`${botUrl()}/azure/alerts`, { method: 'POST', headers, body, signal }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) {
      return;
    }
    // Nobody there, or trouble that passes: everything else is an answer.
    if (performance.now() > until || (status !== 0 && status < 500)) {
      throw new Error(`The alert was not taken: HTTP ${status}.`);
    }
    await wait(pauseMs);
  }
}

async function ticketWith(place: Place, words: string): Promise<Ticket> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const tickets = await openWorld(place.armUrl, place.zendeskUrl).tickets();
    const found = tickets.find(({ comments }) => comments.some(({ body }) => body.includes(words)));
    if (found !== undefined) {
      return found;
    }
    await wait(pauseMs);
  }
  throw new Error(`Waited ${patienceMs / 1000} s for “${words}” at the desk, and it did not come.`);
}

/** What the comparison with a run in peace would find as well, said in its own words. */
async function onlyOnce(agent: Person, place: Place): Promise<void> {
  const cards = (await agent.read()).filter(
    ({ card, text, thread }) => card !== null && thread === null && text.includes(rule),
  );
  const alerts = cards.filter(({ text }) => /^(?:Fired|Resolved)/.test(text));
  const tickets = (await openWorld(place.armUrl, place.zendeskUrl).tickets()).filter(
    (known) => known.external_id !== null,
  );
  if (alerts.length !== 1 || tickets.length !== 1) {
    throw new Error(`There are ${alerts.length} threads for one alert rule, and ${tickets.length} tickets.`);
  }
  if (alerts.some(({ card }) => hasButton(card, 'triage-alert'))) {
    throw new Error('The card of an alert that is over still asks for a triage.');
  }
}
