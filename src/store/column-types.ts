/** What columns hold, in either database; `tables.ts` says why it is portable. */
import type { Generated } from 'kysely';

/** A row's growing number; filled in by the database. */
export type Serial = Generated<number>;
/** ISO 8601 with milliseconds and `Z`. */
export type InstantText = string;
export type JsonText = string;
