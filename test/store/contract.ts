/** What the rest of the house may expect of a store, whichever database stands behind it. */
import { alertsContract } from './contract/alerts.ts';
import { casesContract } from './contract/cases.ts';
import { chatContract } from './contract/chat.ts';
import { controlContract } from './contract/control.ts';
import { effectsContract } from './contract/effects.ts';
import { locksContract } from './contract/locks.ts';
import { overridesContract } from './contract/overrides.ts';
import { ticketListsContract } from './contract/ticket-lists.ts';
import { recordsContract } from './contract/records.ts';
import { emptyBeforeEach, type UseStores } from './contract/stores.ts';
import { turnsContract } from './contract/turns.ts';
import { writesContract } from './contract/writes.ts';

export function storeContract(stores: UseStores): void {
  emptyBeforeEach(stores);
  writesContract(stores);
  casesContract(stores);
  effectsContract(stores);
  recordsContract(stores);
  overridesContract(stores);
  ticketListsContract(stores);
  controlContract(stores);
  alertsContract(stores);
  locksContract(stores);
  turnsContract(stores);
  chatContract(stores);
}
