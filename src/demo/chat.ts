/** A person at the local page, by its public HTTP interface only (CONTRACTS.md section 6), and what any way has to do. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Card, inputValues, tokenOf } from './card.ts';

export interface ChatMessage {
  id: string;
  /** Grows with every new message; on the local page with every edit too. */
  seq: number;
  revision: number;
  thread: string | null;
  from: string;
  text: string;
  card: Card | null;
  at: string;
}

export interface Outcome {
  outcome: string;
  because?: string;
  errors?: { input: string; message: string }[];
}

/** Conversations go by the names of the local page: `team`, `on-call`, `support` and `dm-<person>`. */
export interface Chat {
  say(person: string, conversation: string, text: string, thread?: string): Promise<void>;
  read(person: string, conversation: string): Promise<ChatMessage[]>;
  /** Presses a button of the message as this person sees it, with the card's own values and `inputs` on top. */
  press(
    person: string,
    conversation: string,
    message: ChatMessage,
    verb: string,
    inputs?: Record<string, string>,
  ): Promise<Outcome>;
  /** Presses a button that was shown to somebody else. */
  pressForeign(person: string, conversation: string, message: ChatMessage, verb: string): Promise<Outcome>;
  waitFor(
    person: string,
    conversation: string,
    what: string,
    found: (message: ChatMessage) => boolean,
    seconds?: number,
  ): Promise<ChatMessage>;
}

const pollMs = 100;

export function openChat(origin: string): Chat {
  async function call(path: string, body?: unknown): Promise<unknown> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${origin}${path}`, init);
    if (!response.ok) {
      throw new Error(`Calling ${path}: HTTP ${response.status} ${await response.text()}. Is the bot still running?`);
    }
    return response.json();
  }

  async function read(person: string, conversation: string): Promise<ChatMessage[]> {
    const query = new URLSearchParams({ as: person, after: '0' }).toString();
    const answer = (await call(`/chat/conversations/${conversation}/messages?${query}`)) as { messages: ChatMessage[] };
    return answer.messages;
  }

  function click(
    person: string,
    conversation: string,
    message: ChatMessage,
    verb: string,
    inputs: Record<string, string>,
  ): Promise<Outcome> {
    const token = tokenFor(person, message, verb);
    return call('/chat/actions', {
      as: person,
      conversation,
      message: message.id,
      verb,
      token,
      inputs,
    }) as Promise<Outcome>;
  }

  return {
    async say(person, conversation, text, thread) {
      await call('/chat/messages', { as: person, conversation, text, ...(thread === undefined ? {} : { thread }) });
    },
    read,
    press: (person, conversation, message, verb, inputs = {}) =>
      click(person, conversation, message, verb, { ...inputValues(message.card), ...inputs }),
    pressForeign: (person, conversation, message, verb) => click(person, conversation, message, verb, {}),
    waitFor: waitFor(read),
  };
}

/** @throws when the message offers no such button */
export function tokenFor(person: string, message: ChatMessage, verb: string): string {
  const token = tokenOf(message.card, verb);
  if (token === null) {
    throw new Error(
      `Pressing “${verb}” as ${person}: the card “${message.text}” offers no such button. This is a fault of the bot.`,
    );
  }
  return token;
}

export function waitFor(read: Chat['read']): Chat['waitFor'] {
  return async (person, conversation, what, found, seconds = 40) => {
    const deadline = performance.now() + seconds * 1000;
    while (performance.now() < deadline) {
      const message = (await read(person, conversation)).findLast(found);
      if (message !== undefined) {
        return message;
      }
      await wait(pollMs);
    }
    throw new Error(
      `Waiting ${seconds} s for ${what} in “${conversation}”: it did not come. See the log of the bot above.`,
    );
  };
}
