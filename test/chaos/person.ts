/** People at the local page who do what people do when a page does not answer: they try again. */
import { setTimeout as wait } from 'node:timers/promises';
import { hasButton } from '../../src/demo/card.ts';
import { type ChatMessage, openChat } from '../../src/demo/chat.ts';

export interface Person {
  /** Says it at the top level, and answers the thread. */
  say(text: string): Promise<string>;
  /** The newest message that fits, as this person sees it. */
  see(what: string, fits: (message: ChatMessage) => boolean): Promise<ChatMessage>;
  seeButton(verb: string, thread?: string): Promise<ChatMessage>;
  /** Presses until there is an answer. A press whose answer was lost has the same answer the second time. */
  press(message: ChatMessage, verb: string, inputs?: Record<string, string>): Promise<void>;
  read(): Promise<ChatMessage[]>;
}

const pollMs = 25;
const patienceMs = 60_000;

export function personAt(botUrl: string, id: string, conversation: string): Person {
  const chat = openChat(botUrl);

  async function see(what: string, fits: (message: ChatMessage) => boolean): Promise<ChatMessage> {
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      const message = (await whileAway(() => chat.read(id, conversation))).findLast(fits);
      if (message !== undefined) {
        return message;
      }
      await wait(pollMs);
    }
    throw new Error(`${id} waited ${patienceMs / 1000} s for ${what} in “${conversation}”, and it did not come.`);
  }

  return {
    see,
    async say(text) {
      await chat.say(id, conversation, text);
      const own = await see('their own words', (message) => message.from === id && message.text === text);
      return own.thread ?? own.id;
    },
    seeButton: (verb, thread) =>
      see(
        `a card with “${verb}”`,
        (message) => hasButton(message.card, verb) && (thread === undefined || message.thread === thread),
      ),
    async press(message, verb, inputs = {}) {
      const { outcome, because = '' } = await whileAway(() => chat.press(id, conversation, message, verb, inputs));
      if (outcome !== 'done') {
        throw new Error(`${id} pressed “${verb}” on “${message.text}”: ${outcome}. ${because}`);
      }
    },
    read: () => whileAway(() => chat.read(id, conversation)),
  };
}

/** Calls again while nobody listens. An answer, of whatever kind, is an answer. */
async function whileAway<T>(call: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      // What `fetch` throws when there is no connection, or it broke.
      if (!(error instanceof TypeError) || performance.now() > until) {
        throw error;
      }
      await wait(pollMs);
    }
  }
}
