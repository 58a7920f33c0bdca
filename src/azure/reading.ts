/** What every part of a reading needs, and how it notes what it could not read. */
import type { Arm } from './arm.ts';
import { collect } from './collect.ts';
import { shortReason } from './errors.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface Reading {
  arm: Arm;
  subscriptions: Subscriptions;
  /** What could not be read, each with the reason: “the networks of subscription Analytics (AuthorizationFailed)”. */
  unread: string[];
}

/** Null when it could not be read; then `what` is noted. */
export async function readOrNote<Result>(
  { unread }: Pick<Reading, 'unread'>,
  what: string,
  read: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    unread.push(`${what} (${shortReason(error)})`);
    return null;
  }
}

/** All pages of a list; null when it could not be read. */
export function listOrNote<Item>(
  reading: Pick<Reading, 'unread'>,
  what: string,
  pages: () => AsyncIterable<Item> | Promise<AsyncIterable<Item>>,
): Promise<Item[] | null> {
  return readOrNote(reading, what, async () => collect(await pages()));
}
