/** Who wrote the row is told by its count: on PostgreSQL a violated key would end the whole transaction. */
import type { InsertResult, UpdateResult } from 'kysely';

export function inserted(result: InsertResult): boolean {
  return result.numInsertedOrUpdatedRows === 1n;
}

export function updated(result: UpdateResult): boolean {
  return result.numUpdatedRows === 1n;
}
