/**
 * Finds the key that a token names. Keys are fetched when the first token needs them, and again when a token names one
 * that is not among them, within a budget that strangers cannot exceed.
 */
import { openFetchBudget } from './fetch-budget.ts';
import type { SigningKey } from './fetch-keys.ts';
import { type KeySetOptions, openKeySet } from './key-set.ts';
import { openUnknownKeyIds } from './unknown-key-ids.ts';

export interface SigningKeys {
  /** `unavailable`: the keys could not be fetched, so nothing is known about this one. */
  find(keyId: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
}

/** From this age on a use fetches them anew beside the request, so that an outage of a few hours goes unnoticed. */
const renewAfterMs = 6 * 3_600_000;
const pauseOfRenewalMs = 60_000;
const pauseAfterFailureMs = 5_000;

export function openSigningKeys(options: KeySetOptions): SigningKeys {
  const set = openKeySet(options);
  const budget = openFetchBudget(options.now);
  const unknownIds = openUnknownKeyIds(options.now);

  function mayLoad(): boolean {
    return set.isLoading() || (set.usable() === null ? !set.triedWithin(pauseAfterFailureMs) : budget.take());
  }

  return {
    async find(keyId) {
      const key = set.usable()?.get(keyId);
      if (key !== undefined) {
        if (set.isOlderThan(renewAfterMs) && !set.triedWithin(pauseOfRenewalMs)) {
          void set.load();
        }
        return key;
      }
      if (set.usable() !== null && unknownIds.has(keyId)) {
        return 'unknown';
      }
      const isNew = mayLoad() && (await set.load());
      const keys = set.usable();
      if (isNew && keys?.has(keyId) === false) {
        unknownIds.remember(keyId);
      }
      return keys === null ? 'unavailable' : (keys.get(keyId) ?? 'unknown');
    },
  };
}
