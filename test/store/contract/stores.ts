/** What a contract runs on: two replicas of one store, emptied before each test. */
import { beforeEach } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import type { Tables } from '../../../src/store/tables.ts';

export interface Stores {
  first: Store;
  /** Another replica on the same database; on SQLite, where there is only one process, the same. */
  second: Store;
  /** A store of its own, whose writes have only `writeTimeoutMs`. */
  openImpatient(writeTimeoutMs: number): Promise<Store>;
}

export type UseStores = () => Stores;

const tables: Record<keyof Tables, true> = {
  conversation: true,
  event: true,
  flow: true,
  fact: true,
  effect: true,
  message: true,
  token: true,
  click: true,
  plan: true,
  step: true,
  approval: true,
  ticket: true,
  override: true,
  audit: true,
  audit_payload: true,
  anchor: true,
  anchor_case: true,
  lock: true,
  control: true,
  alert: true,
  alert_thread: true,
  digest: true,
  secret: true,
  chat_message: true,
  chat_seen: true,
  chat_file: true,
};

export function emptyBeforeEach(stores: UseStores): void {
  beforeEach(async () => {
    await stores().first.write(async (tx) => {
      for (const table of Object.keys(tables) as (keyof Tables)[]) await tx.deleteFrom(table).execute();
    });
  });
}

export const at = '2026-11-21T13:00:00.000Z';

export function later(seconds: number): string {
  return Temporal.Instant.from(at)
    .add({ milliseconds: seconds * 1000 })
    .toString({ fractionalSecondDigits: 3 });
}
