/** What the rest of the house may expect of a store, whichever database stands behind it. */
import { casesContract } from './contract/cases.ts';
import { chatContract } from './contract/chat.ts';
import { effectsContract } from './contract/effects.ts';
import { locksContract } from './contract/locks.ts';
import { overridesContract } from './contract/overrides.ts';
import { recordsContract } from './contract/records.ts';
import { emptyBeforeEach, type UseStores } from './contract/stores.ts';
import { writesContract } from './contract/writes.ts';

export function storeContract(stores: UseStores): void {
  emptyBeforeEach(stores);
  writesContract(stores);
  casesContract(stores);
  effectsContract(stores);
  recordsContract(stores);
  overridesContract(stores);
  locksContract(stores);
  chatContract(stores);
}
