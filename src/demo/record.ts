/** What the demo saw: the conversation as it went, and each claim beside what was found. */
import { buttonsOf, linesOf } from './card.ts';
import type { ChatMessage } from './chat.ts';

export interface Check {
  what: string;
  ok: boolean;
  saw: string;
}

export interface ScenarioResult {
  scenario: string;
  ok: boolean;
  seconds: number;
  checks: Check[];
}

export interface Record {
  title(text: string): void;
  person(name: string, where: string, text: string): void;
  bot(where: string, message: ChatMessage): void;
  progress(text: string): void;
  check(what: string, ok: boolean, saw: string): void;
  checks(): Check[];
}

/** @param write Takes one line; the transcript is the demo's result, so it goes to standard output. */
export function createRecord(write: (line: string) => void): Record {
  const checks: Check[] = [];
  let lastProgress = '';
  return {
    title: (text) => write(`\n${text}\n${'─'.repeat(text.length)}`),
    person: (name, where, text) => write(`\n${name} (${where})\n  ${text}`),
    bot(where, message) {
      write(`\nCauseway (${where})`);
      const lines = message.card === null ? [message.text] : linesOf(message.card);
      for (const line of lines.flatMap((text) => text.split('\n'))) {
        write(`  │ ${line}`);
      }
      const buttons = buttonsOf(message.card).map((button) => `[${button.title}]`);
      if (buttons.length > 0) {
        write(`  └ ${buttons.join(' ')}`);
      }
    },
    progress(text) {
      if (text !== lastProgress) {
        lastProgress = text;
        write(`  … ${text}`);
      }
    },
    check(what, ok, saw) {
      checks.push({ what, ok, saw });
      write(`  ${ok ? '✓' : '✕'} ${what}: ${saw}`);
    },
    checks: () => checks,
  };
}
