/** An inbox on a store, with the people of the example settings. */
import { randomUUID } from 'node:crypto';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import type { Store } from '../../src/store/store.ts';
import { exampleDirectory } from '../support/example-directory.ts';

export function inboxOn(store: Store, committed: () => void = () => undefined): Inbox {
  const directory = exampleDirectory();
  return createInbox({
    store,
    tokenKey: 'token-key',
    auditKey: 'audit-key',
    directory: () => directory,
    adminPlaces: () => [],
    now: () => Temporal.Now.instant(),
    newId: randomUUID,
    committed,
    log: (message, details) => {
      throw new Error(`${message}: ${JSON.stringify(details)}. Nothing may go wrong while it is measured.`);
    },
  });
}

/** “help”: one event, one state, one card with buttons, one audit entry. */
export function help(inbox: Inbox, thread: string): Promise<unknown> {
  const place = { platform: 'web' as const, conversation: 'team', thread };
  return inbox.say({ id: randomUUID(), person: 'requester', place, text: 'help', files: [] });
}
