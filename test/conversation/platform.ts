/** A chat platform that remembers what it was sent, and can be slow, busy or unwilling. */
import { randomUUID } from 'node:crypto';
import type { FormToOpen, OpenFormBy, OutgoingMessage, Send } from '../../src/conversation/handlers.ts';

export interface Platform {
  send: Send;
  openForm: OpenFormBy;
  /** Forms that were opened. */
  forms: FormToOpen[];
  /** The next form is not opened. */
  refuseForm(error: Error): void;
  /** Everything that arrived, in the order of its arrival, also what was refused. */
  arrived: OutgoingMessage[];
  /** Texts that were taken, in order. */
  texts(): string[];
  /** From now on what arrives waits, until `release`. */
  hold(): void;
  release(): void;
  /** Answers the next `times` messages to this conversation with an error. */
  refuse(conversation: string, error: Error, times?: number): void;
}

export function createPlatform(): Platform {
  const arrived: OutgoingMessage[] = [];
  const taken: OutgoingMessage[] = [];
  const forms: FormToOpen[] = [];
  const formRefusals: Error[] = [];
  const refusals: { conversation: string; error: Error; times: number }[] = [];
  let gate = Promise.withResolvers<void>();
  gate.resolve();

  return {
    arrived,
    forms,
    refuseForm: (error) => void formRefusals.push(error),
    openForm(_platform, form) {
      const refusal = formRefusals.shift();
      if (refusal !== undefined) {
        return Promise.reject(refusal);
      }
      forms.push(form);
      return Promise.resolve();
    },
    texts: () => taken.map((message) => message.content.text),
    hold: () => {
      gate = Promise.withResolvers<void>();
    },
    release: () => gate.resolve(),
    refuse: (conversation, error, times = 1) => void refusals.push({ conversation, error, times }),
    async send(message) {
      arrived.push(message);
      const { conversation } = message.place;
      await gate.promise;
      const refusal = refusals.find((known) => known.conversation === conversation && known.times > 0);
      if (refusal !== undefined) {
        refusal.times -= 1;
        throw refusal.error;
      }
      taken.push(message);
      return { platformId: message.platformId ?? `posted-${randomUUID()}` };
    },
  };
}
