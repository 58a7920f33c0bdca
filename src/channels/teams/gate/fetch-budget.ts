/** How often an unknown key id may cause a fetch: a few times at once, then one each half minute, whoever asks. */

export interface FetchBudget {
  /** False when there is nothing left for now. */
  take(): boolean;
}

const most = 3;
const refillMs = 30_000;

export function openFetchBudget(now: () => Temporal.Instant): FetchBudget {
  let left = most;
  let countedAt = now().epochMilliseconds;
  return {
    take() {
      const time = now().epochMilliseconds;
      const refilled = Math.floor((time - countedAt) / refillMs);
      // A clock that was set back starts the count anew instead of holding it up.
      countedAt = refilled < 0 ? time : countedAt + refilled * refillMs;
      left = Math.min(most, left + Math.max(0, refilled));
      if (left === 0) {
        return false;
      }
      left -= 1;
      return true;
    },
  };
}
