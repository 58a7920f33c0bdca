/** People at the local page who do what people do when a page does not answer: they try again. */
import { setTimeout as wait } from 'node:timers/promises';
import { hasButton } from '../../src/demo/card.ts';
import { type Chat, type ChatMessage, openChat } from '../../src/demo/chat.ts';

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

const pollMs = 50;
const patienceMs = 180_000;

/** @param botUrl Asked before every call: who does not get an answer from one replica goes to another. */
export function personAt(botUrl: () => string, id: string, conversation: string): Person {
  function chat(): Chat {
    return openChat(botUrl());
  }

  async function see(what: string, fits: (message: ChatMessage) => boolean): Promise<ChatMessage> {
    const until = performance.now() + patienceMs;
    let last: ChatMessage | undefined;
    while (performance.now() < until) {
      const messages = await whileAway(() => chat().read(id, conversation));
      const message = messages.findLast(fits);
      if (message !== undefined) {
        return message;
      }
      last = messages.findLast(({ from }) => from === 'causeway') ?? last;
      await wait(pollMs);
    }
    throw new Error(
      `${id} waited ${patienceMs / 1000} s for ${what} in “${conversation}”, and it did not come. The last word of the bot: “${last?.text ?? ''}”`,
    );
  }

  return {
    see,
    async say(text) {
      await chat().say(id, conversation, text);
      const own = await see('their own words', (message) => message.from === id && message.text === text);
      return own.thread ?? own.id;
    },
    seeButton: (verb, thread) =>
      see(
        `a card with “${verb}”`,
        (message) => hasButton(message.card, verb) && (thread === undefined || message.thread === thread),
      ),
    async press(message, verb, inputs = {}) {
      const { outcome, because = '' } = await whileAway(() => chat().press(id, conversation, message, verb, inputs));
      if (outcome !== 'done') {
        throw new Error(`${id} pressed “${verb}” on “${message.text}”: ${outcome}. ${because}`);
      }
    },
    read: () => whileAway(() => chat().read(id, conversation)),
  };
}

/** A process that was stopped in the middle of a write may excuse itself; people try again, but not for ever. */
const mostExcuses = 3;

/** Calls again while nobody listens. An answer, of whatever kind, is an answer. */
async function whileAway<T>(call: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs;
  let excuses = 0;
  for (;;) {
    try {
      return await Promise.race([call(), noAnswer()]);
    } catch (error) {
      excuses += /HTTP 50[03]/.test(String(error)) ? 1 : 0;
      // A TypeError is what `fetch` throws when there is no connection, or it broke.
      const passes = error instanceof TypeError || (excuses > 0 && excuses <= mostExcuses);
      if (!passes || performance.now() > until) {
        throw error;
      }
      await wait(pollMs);
    }
  }
}

const answerMs = 8000;

/** A process that is stopped takes a call and never answers: as good as nobody. */
async function noAnswer(): Promise<never> {
  await wait(answerMs, null, { ref: false });
  throw new TypeError('no answer');
}
