/**
 * Edits of one message keep a distance, and the newest wins: a card that changes ten times in a second is edited twice.
 * An edit that comes too early is handed back to the outbox, which sends the message as it stands by then; so the last
 * one is always sent, also by another process.
 */

export interface Coalescer {
  /** Milliseconds until this message may be edited; 0 counts as edited. The first edit never waits. */
  take(key: string): number;
}

/** With the second in which the outbox looks again, two to three pass between two edits. */
const gapMs = 2_000;
const maxKeys = 5_000;

export function createCoalescer(now: () => Temporal.Instant): Coalescer {
  const edited = new Map<string, number>();
  return {
    take(key) {
      const at = now().epochMilliseconds;
      const waitMs = Math.max(0, (edited.get(key) ?? 0) + gapMs - at);
      if (waitMs === 0) {
        // The oldest first: a key that is edited again moves to the end.
        edited.delete(key);
        edited.set(key, at);
        if (edited.size > maxKeys) {
          edited.delete(edited.keys().next().value ?? '');
        }
      }
      return waitMs;
    },
  };
}
