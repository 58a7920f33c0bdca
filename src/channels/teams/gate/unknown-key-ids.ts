/** Key ids that were looked for and not found, so that one that is sent again and again costs nothing. */

export interface UnknownKeyIds {
  has(keyId: string): boolean;
  remember(keyId: string): void;
}

/** With the pause between fetches (fetch-budget.ts) a key that is published meanwhile is known within 60 s. */
const rememberedSeconds = 20;
const maxRemembered = 1_000;

export function openUnknownKeyIds(now: () => Temporal.Instant): UnknownKeyIds {
  /** Key id to the instant of its look-up in milliseconds; oldest first. */
  const lookedUp = new Map<string, number>();
  return {
    has(keyId) {
      const at = lookedUp.get(keyId);
      const age = at === undefined ? Infinity : now().epochMilliseconds - at;
      if (age >= 0 && age < rememberedSeconds * 1000) {
        return true;
      }
      lookedUp.delete(keyId);
      return false;
    },
    remember(keyId) {
      lookedUp.delete(keyId);
      for (const oldest of lookedUp.keys()) {
        if (lookedUp.size < maxRemembered) {
          break;
        }
        lookedUp.delete(oldest);
      }
      lookedUp.set(keyId, now().epochMilliseconds);
    },
  };
}
