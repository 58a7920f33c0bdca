/**
 * Loaded into the bot's process before the bot itself (`node --import`), and nowhere else: it numbers every boundary
 * between the process and the world, writes their names to a journal, and lets one of them be the last thing that the
 * process does. A boundary is a commit, a request with its answer, or a wait for a long operation. Its name says on which
 * side of what it lies and for which time, so that the same one is found in the next run, whatever happened in between.
 * What is stored in PostgreSQL is seen by `kill-switch-postgres.ts`, because that loads the driver.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const { CHAOS_AT: at = '', CHAOS_JOURNAL: journal = '', CHAOS_SIGNAL: signal = 'SIGKILL' } = process.env;

/** Long enough for everything that an answer sets off at once, shorter than any pause between two polls. */
const insideWaitMs = 40;

const counts = new Map<string, number>();

/** @param happens False: nothing happened, so it does not count; the next one has the same number. */
export function boundary(what: string, happens = true): void {
  const times = (counts.get(what) ?? 0) + 1;
  const name = `${what} #${times}`;
  if (name === at) {
    process.kill(process.pid, signal);
  }
  if (happens) {
    counts.set(what, times);
    note(name);
  }
}

function note(name: string): void {
  if (journal !== '') {
    appendFileSync(journal, `${name}\n`);
  }
}

// --- What is stored in SQLite ---

interface Handle {
  name: string;
  /** What the open transaction has changed so far. */
  changed: Set<string>;
}

const handles = new WeakMap<DatabaseSync, Handle>();
const origins = new WeakMap<StatementSync, { database: DatabaseSync; sql: string }>();

function handleOf(database: DatabaseSync): Handle {
  const handle = handles.get(database) ?? { name: basename(database.location() ?? 'memory'), changed: new Set() };
  handles.set(database, handle);
  return handle;
}

const marks: Readonly<Record<string, string>> = { insert: '+', update: '~', delete: '-' };

/** `+effect`, `~flow`; null for what changes nothing. */
export function changeOf(sql: string): string | null {
  const found = /\b(insert|update|delete)\s+(?:or\s+\w+\s+)?(?:into\s+|from\s+)?["\w.]*?"?(\w+)"?[\s(]/i.exec(sql);
  return found === null ? null : `${marks[found[1]?.toLowerCase() ?? '']}${found[2]}`;
}

/** How many rows an answer of SQLite says were changed. */
function changedRows(result: unknown): number {
  if (Array.isArray(result)) {
    return result.length;
  }
  const { changes } = (result ?? {}) as { changes?: number | bigint };
  return changes === undefined ? (result === undefined ? 0 : 1) : Number(changes);
}

function watched<Result>(database: DatabaseSync, sql: string, execute: () => Result): Result {
  const handle = handleOf(database);
  const verb = /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase();
  if (verb === 'commit') {
    return committing(handle, execute);
  }
  if (verb === 'begin' || (verb === 'rollback' && !/\bto\b/i.test(sql))) {
    handle.changed.clear();
  }
  const change = verb === 'select' || verb === 'pragma' ? null : changeOf(sql);
  if (change === null) {
    return execute();
  }
  return database.isTransaction ? inTransaction(handle, change, execute) : alone(handle, change, execute);
}

function committing<Result>(handle: Handle, execute: () => Result): Result {
  const what = `commit ${handle.name}: ${[...handle.changed].toSorted().join(' ')}`;
  const changes = handle.changed.size > 0;
  handle.changed.clear();
  if (changes) {
    boundary(`before ${what}`);
  }
  const result = execute();
  if (changes) {
    boundary(`after ${what}`);
  }
  return result;
}

function inTransaction<Result>({ changed }: Handle, change: string, execute: () => Result): Result {
  const result = execute();
  if (changedRows(result) > 0) {
    changed.add(change);
  }
  return result;
}

/** A statement that is its own transaction. One that turns out to change nothing was no boundary. */
function alone<Result>({ name }: Handle, change: string, execute: () => Result): Result {
  const what = `commit ${name}: ${change}`;
  boundary(`before ${what}`, false);
  const result = execute();
  if (changedRows(result) > 0) {
    counts.set(`before ${what}`, (counts.get(`before ${what}`) ?? 0) + 1);
    note(`before ${what} #${counts.get(`before ${what}`)}`);
    boundary(`after ${what}`);
  }
  return result;
}

const prepare = Reflect.get(DatabaseSync.prototype, 'prepare') as (sql: string, ...more: unknown[]) => StatementSync;
const exec: (sql: string) => void = Reflect.get(DatabaseSync.prototype, 'exec');

Object.defineProperty(DatabaseSync.prototype, 'prepare', {
  value(this: DatabaseSync, sql: string, ...more: unknown[]) {
    const statement = prepare.call(this, sql, ...more);
    origins.set(statement, { database: this, sql });
    return statement;
  },
});
Object.defineProperty(DatabaseSync.prototype, 'exec', {
  value(this: DatabaseSync, sql: string) {
    return watched(this, sql, () => exec.call(this, sql));
  },
});
for (const name of ['run', 'all', 'get'] as const) {
  const original = StatementSync.prototype[name] as (...values: unknown[]) => unknown;
  Object.defineProperty(StatementSync.prototype, name, {
    value(this: StatementSync, ...values: unknown[]) {
      const origin = origins.get(this);
      return origin === undefined
        ? original.apply(this, values)
        : watched(origin.database, origin.sql, () => original.apply(this, values));
    },
  });
}

// --- Requests that go out ---

/** Without what differs from run to run. */
function requestName(method: string, target: string): string {
  const path = target.split('?')[0] ?? '';
  const operation = /\/(\w*operation(?:result|statuse)?s)\/[^/]+$/i.exec(path)?.[1];
  const short =
    operation ??
    path
      .replace(/^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?(?:\/providers\/microsoft\.\w+)?/i, '')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, 'ID');
  return `${method} ${short === '' ? '/' : short}`;
}

function answered(name: string, method: string, status: number): void {
  boundary(`on the answer to ${name}`);
  if (status === 201 || status === 202 || /operation/i.test(name) || method === 'DELETE') {
    setTimeout(() => boundary(`inside the wait after ${name}`), insideWaitMs).unref();
  }
}

subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  boundary(`before ${requestName(request.method, request.path)}`);
});
subscribe('http.client.response.finish', (message) => {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
  answered(requestName(request.method, request.path), request.method, response.statusCode ?? 0);
});

interface FetchRequest {
  method: string;
  path: string;
}

subscribe('undici:request:create', (message) => {
  const { request } = message as { request: FetchRequest };
  boundary(`before ${requestName(request.method, request.path)}`);
});
subscribe('undici:request:headers', (message) => {
  const { request, response } = message as { request: FetchRequest; response: { statusCode: number } };
  answered(requestName(request.method, request.path), request.method, response.statusCode);
});

// --- Requests that come in: clicks, words and webhooks; looking is none. ---

subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage };
  if (request.method !== 'GET') {
    boundary(`before taking ${request.method} ${request.url}`);
  }
});
subscribe('http.server.response.finish', (message) => {
  const { request } = message as { request: IncomingMessage };
  if (request.method !== 'GET') {
    boundary(`after answering ${request.method} ${request.url}`);
  }
});
