/** Accept with full sync, and from an event to the first post when nothing else is going on. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import { createOutbox, type Outbox } from '../../src/conversation/outbox.ts';
import type { ReadHandlers } from '../../src/conversation/handlers.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { exampleDirectory } from '../conversation/house.ts';
import { startPostgres } from '../support/postgres.ts';
import { measure, printRows, type Row, spreadOf } from './measure.ts';

const events = 600;
const idlePosts = 60;

export async function benchConversation(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const floor = await measure(events, 1, bareInsert(join(dir, 'floor.db')));
  const sqlite = await openStore({ database: { kind: 'sqlite', dataDir: join(dir, 'data') }, migrate: true });
  const rows: Row[] = [{ what: 'floor: one prepared insert and commit, full sync', spread: floor, floorMs: floor.p50 }];
  rows.push(...(await benchStore('SQLite', sqlite, floor.p50)));
  await sqlite.close();
  const postgres = await startPostgres();
  if (postgres !== null) {
    const store = await openStore({
      database: { kind: 'postgresql', url: await postgres.url('bench') },
      migrate: true,
    });
    rows.push(...(await benchStore('PostgreSQL', store, floor.p50)));
    await store.close();
    await postgres.stop();
  }
  rmSync(dir, { recursive: true, force: true });
  printRows('Accept (an event stored, decided, audited and answered), and from event to post', rows);
}

/** What durability costs by itself: the least that any bot must do before it may answer. */
function bareInsert(file: string): (index: number) => Promise<void> {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal; pragma synchronous = full; create table event (id text primary key, body text)');
  const insert = db.prepare('insert into event values (?, ?)');
  const body = 'x'.repeat(300);
  return (index) => {
    insert.run(String(index), body);
    return Promise.resolve();
  };
}

async function benchStore(name: string, store: Store, floorMs: number): Promise<Row[]> {
  const platform = { posted: new Map<string, number>() };
  const house = openHouse(store, platform);
  const one = await measure(events, 1, (index) => help(house.inbox, `one-${name}-${index}`));
  const sixteen = await measure(events, 16, (index) => help(house.inbox, `many-${name}-${index}`));
  await house.drained();
  const idle = await fromEventToPost(house.inbox, platform, name);
  await house.stop();
  return [
    { what: `${name}: accept, 1 caller`, spread: one, floorMs },
    { what: `${name}: accept, 16 callers`, spread: sixteen, floorMs },
    { what: `${name}: event to first post, idle`, spread: idle, floorMs },
  ];
}

function help(inbox: Inbox, id: string): Promise<unknown> {
  const place = { platform: 'web' as const, conversation: 'team', thread: id };
  return inbox.say({ id, person: 'requester', place, text: 'help', files: [] });
}

function now(): Temporal.Instant {
  return Temporal.Now.instant();
}

function log(message: string): void {
  process.stderr.write(`${message}\n`);
}

function openHouse(store: Store, platform: { posted: Map<string, number> }) {
  const directory = exampleDirectory();
  const started: { outbox: Outbox | null } = { outbox: null };
  let sent = 0;
  const inbox = createInbox({
    store,
    tokenKey: 'bench',
    auditKey: 'bench',
    directory: () => directory,
    adminPlaces: () => [],
    now,
    newId: randomUUID,
    committed: () => started.outbox?.wake(),
    log,
  });
  started.outbox = createOutbox({
    store,
    owner: 'bench',
    send: (message) => {
      sent += 1;
      platform.posted.set(message.place.thread ?? message.key, performance.now());
      return Promise.resolve({ platformId: message.key });
    },
    reads: {} as ReadHandlers,
    inbox,
    now,
    log,
  });
  return {
    inbox,
    async drained() {
      let before = -1;
      while (before !== sent) {
        before = sent;
        await wait(300);
      }
    },
    stop: () => started.outbox?.stop(2000) ?? Promise.resolve(),
  };
}

/** One at a time with a pause between, as a person would write: from the call to the platform having the answer. */
async function fromEventToPost(inbox: Inbox, platform: { posted: Map<string, number> }, name: string) {
  const took: number[] = [];
  for (let index = 0; index < idlePosts; index += 1) {
    const id = `idle-${name}-${index}`;
    const started = performance.now();
    await help(inbox, id);
    while (!platform.posted.has(id)) {
      await wait(0);
    }
    took.push((platform.posted.get(id) ?? Number.NaN) - started);
    await wait(20);
  }
  return spreadOf(took);
}
