/** The conversation with everything around it that a test needs: a store, a clock, a platform, people. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect } from 'vitest';
import { verifyAudit } from '../../src/audit/verify.ts';
import { deriveToken } from '../../src/cards/token.ts';
import type { ReadHandlers } from '../../src/conversation/handlers.ts';
import { createInbox, type Inbox, type InboxDeps } from '../../src/conversation/inbox.ts';
import { createOutbox, type Outbox } from '../../src/conversation/outbox.ts';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import type { Effect, ShowMessage } from '../../src/flows/effect.ts';
import type { Place } from '../../src/flows/event.ts';
import type { Directory } from '../../src/flows/flow.ts';
import { showText } from '../../src/flows/message.ts';
import type { Reply } from '../../src/flows/reply.ts';
import { readMessage } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';
import { readNewestToken } from '../../src/store/tokens.ts';
import { writeEffects } from '../../src/conversation/write-effects.ts';
import { exampleDirectory } from '../support/example-directory.ts';
import { createPlatform, type Platform } from './platform.ts';

/** What the contract runs on. */
export interface Ground {
  first: Store;
  /** Another replica on the same database; on SQLite, where there is only one process, the same. */
  second: Store;
  /** A new, empty one for each call. */
  engineDatabase(): EngineDatabase;
}

export type UseGround = () => Ground;

export const tokenKey = 'test-token-key';
const auditKey = 'test-audit-key';

export const team: Place = { platform: 'web', conversation: 'team', thread: null };
export const adminRoom: Place = { platform: 'web', conversation: 'dm-admin', thread: null };

export function thread(id: string): Place {
  return { ...team, thread: id };
}

export interface Clock {
  now(): Temporal.Instant;
  pass(seconds: number): void;
}

function createClock(): Clock {
  let now = Temporal.Instant.from('2026-11-23T10:00:00Z');
  return {
    now: () => now,
    pass: (seconds) => {
      now = now.add({ milliseconds: seconds * 1000 });
    },
  };
}

export interface House {
  store: Store;
  clock: Clock;
  platform: Platform;
  directory: Directory;
  inbox: Inbox;
  logged: string[];
  /** Another inbox on the same database: another replica, or one with other parts. */
  inboxOn(store: Store, more?: Partial<InboxDeps>): Inbox;
  /** Sends from now on; stopped after the test. */
  openOutbox(options?: { store?: Store; owner?: string; reads?: Partial<ReadHandlers> }): Outbox;
  say(text: string, options?: { id?: string; person?: string; place?: Place; inbox?: Inbox }): Promise<Reply>;
  press(button: Button): Promise<Reply>;
  /** Presses a button whose form has to be opened first. */
  askForm(button: Button): Promise<Reply>;
  /** As this person's client has it for the newest revision of the message. */
  tokenOf(message: string, verb: string, person: string): Promise<string>;
  /** Asks for effects as a flow does, in the case of `ask`: `case-1`, which has no state, unless told otherwise. */
  ask(...effects: Effect[]): Promise<string[]>;
  askIn(caseId: string, ...effects: Effect[]): Promise<string[]>;
}

export interface Button {
  message: string;
  verb: string;
  person?: string;
  inputs?: Record<string, string>;
  token?: string;
  id?: string;
  inbox?: Inbox;
}

/** Called at the top of a suite: a new house for each test; after it, everything is stopped and the audit must hold. */
export function houses(ground: UseGround): (more?: Partial<InboxDeps>) => House {
  const outboxes: Outbox[] = [];
  const platforms: Platform[] = [];
  afterEach(async () => {
    for (const platform of platforms.splice(0)) {
      platform.release();
    }
    await Promise.all(outboxes.splice(0).map((outbox) => outbox.stop(2000)));
    expect((await verifyAudit(ground().first, auditKey)).problems).toEqual([]);
  });
  return (more) => {
    const house = createHouse(ground().first, outboxes, more);
    platforms.push(house.platform);
    return house;
  };
}

function createHouse(store: Store, outboxes: Outbox[], more: Partial<InboxDeps> = {}): House {
  const clock = createClock();
  const platform = createPlatform();
  const directory = exampleDirectory();
  const logged: string[] = [];
  const own: Outbox[] = [];
  // Above those of the flows.
  let revision = 1000;
  function log(message: string, details: Record<string, unknown>): void {
    logged.push(`${message} ${JSON.stringify(details)}`);
  }
  function inboxOn(on: Store, others: Partial<InboxDeps> = {}): Inbox {
    return createInbox({
      store: on,
      tokenKey,
      auditKey,
      directory: () => directory,
      adminPlaces: () => [adminRoom],
      now: () => clock.now(),
      newId: randomUUID,
      committed: () => wakeAll(own),
      log,
      ...more,
      ...others,
    });
  }
  const inbox = inboxOn(store);
  async function tokenOf(message: string, verb: string, person: string): Promise<string> {
    const token = await readNewestToken(store.read, message);
    return deriveToken({ key: tokenKey, tokenId: token?.id ?? '', verb, person });
  }
  async function askIn(caseId: string, ...effects: Effect[]): Promise<string[]> {
    revision += 1;
    const at = clock.now().toString({ fractionalSecondDigits: 3 });
    const where = { caseId, revision, at, newTokenId: randomUUID };
    const ids = await store.write((tx) => writeEffects(tx, effects, where));
    wakeAll(own);
    return ids;
  }
  return {
    store,
    clock,
    platform,
    directory,
    inbox,
    logged,
    inboxOn,
    tokenOf,
    openOutbox({ store: on = store, owner = 'one', reads = {} } = {}) {
      const { openForm, send } = platform;
      const deps = { auditKey, send, openForm, reads: reads as ReadHandlers, inbox, now: () => clock.now(), log };
      const outbox = createOutbox({ store: on, owner, ...deps });
      outboxes.push(outbox);
      own.push(outbox);
      outbox.wake();
      return outbox;
    },
    say: (words, { id = randomUUID(), person = 'requester', place = thread('root'), inbox: by = inbox } = {}) =>
      by.say({ id, person, place, text: words, files: [] }),
    async press({ message, verb, person = 'requester', inputs = {}, token, id = randomUUID(), inbox: by = inbox }) {
      const given = token ?? (await tokenOf(message, verb, person));
      return by.click({ id, person, place: thread('root'), verb, token: given, inputs });
    },
    async askForm({ message, verb, person = 'requester', token, id = randomUUID(), inbox: by = inbox }) {
      const given = token ?? (await tokenOf(message, verb, person));
      const trigger = { userId: `user-${person}`, triggerId: `trigger-${id}` };
      return by.open({ id, person, place: thread('root'), verb, token: given, ...trigger });
    },
    ask: (...effects) => askIn('case-1', ...effects),
    askIn,
  };
}

function wakeAll(outboxes: readonly Outbox[]): void {
  for (const outbox of outboxes) {
    outbox.wake();
  }
}

/** A plain text at the top level of a conversation. */
export function text(message: string, says: string, conversation = 'team'): ShowMessage {
  return showText(message, { ...team, conversation }, says);
}

/** Id of the case that this thread belongs to. */
export async function caseIn(house: House, root = 'root'): Promise<string> {
  const row = await house.store.read
    .selectFrom('conversation')
    .select('case_id')
    .where('thread', '=', root)
    .executeTakeFirstOrThrow();
  return row.case_id;
}

const counted = ['conversation', 'event', 'flow', 'effect', 'message', 'token', 'click', 'audit'] as const;

/** How many rows there are of everything that an event may write. */
export async function countRows(store: Store): Promise<Record<(typeof counted)[number], number>> {
  const counts = await Promise.all(
    counted.map(async (table) => {
      const row = await store.read
        .selectFrom(table)
        .select((all) => all.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      return [table, row.rows] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<(typeof counted)[number], number>;
}

export async function effectRow(store: Store, id: string) {
  return store.read.selectFrom('effect').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

export async function eventRow(store: Store, id: string) {
  return store.read.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirst();
}

/** What a message of the bot says now. */
export async function textOf(store: Store, key: string): Promise<string | null> {
  return (await readMessage(store.read, key))?.content.text ?? null;
}

/** Resolves when nobody has anything in hand: only then may a test let time pass. */
export async function atRest(store: Store): Promise<void> {
  await expect
    .poll(() => store.read.selectFrom('effect').select('id').where('status', '=', 'leased').execute(), soon)
    .toEqual([]);
}

/** Looks often, because nothing here takes long. */
export const soon = { interval: 15, timeout: 30_000 };
