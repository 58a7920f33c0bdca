/** Bolt writes to the console by itself; here, what it finds worrying goes into our own log, and nothing else anywhere. */
import { type Logger, LogLevel } from '@slack/bolt';

export function createLogger(log: (message: string, details: Record<string, unknown>) => void): Logger {
  let level = LogLevel.WARN;
  function tell(...messages: unknown[]): void {
    log('Bolt says', {
      words: messages.map((message) => (message instanceof Error ? message.message : String(message))),
    });
  }
  function nothing(): void {
    // Payloads stand in what Bolt says for debugging.
  }
  return {
    debug: nothing,
    info: nothing,
    warn: tell,
    error: tell,
    setLevel(wanted) {
      level = wanted;
    },
    getLevel: () => level,
    setName: nothing,
  };
}
