/** The same for a bot on PostgreSQL: its own commits. Those of the engine lie between them, on a driver of its own. */
import pg from 'pg';
import { boundary, changeOf } from './kill-switch.ts';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

const original = Reflect.get(pg.Client.prototype, 'query') as Query;
const changed = new WeakMap<pg.Client, Set<string>>();

function changedBy(client: pg.Client): Set<string> {
  const changes = changed.get(client) ?? new Set();
  changed.set(client, changes);
  return changes;
}

async function committing(client: pg.Client, args: unknown[]): Promise<unknown> {
  const changes = changedBy(client);
  const what = `commit: ${[...changes].toSorted().join(' ')}`;
  const happens = changes.size > 0;
  changes.clear();
  if (happens) {
    boundary(`before ${what}`);
  }
  const result = await (original.apply(client, args) as Promise<unknown>);
  if (happens) {
    boundary(`after ${what}`);
  }
  return result;
}

async function changing(client: pg.Client, change: string, args: unknown[]): Promise<unknown> {
  const result = (await original.apply(client, args)) as { rowCount?: number | null };
  if ((result.rowCount ?? 0) > 0) {
    changedBy(client).add(change);
  }
  return result;
}

function queryWatched(this: pg.Client, ...args: unknown[]): unknown {
  const [first] = args;
  const isPlain = typeof first === 'string' && !args.some((part) => typeof part === 'function');
  if (!isPlain) {
    return original.apply(this, args);
  }
  const verb = /^\s*(\w+)/.exec(first)?.[1]?.toLowerCase();
  if (verb === 'commit') {
    return committing(this, args);
  }
  if (verb === 'begin' || verb === 'start' || verb === 'rollback') {
    changedBy(this).clear();
  }
  const change =
    verb === 'insert' || verb === 'update' || verb === 'delete' || verb === 'with' ? changeOf(first) : null;
  return change === null ? original.apply(this, args) : changing(this, change, args);
}

Object.defineProperty(pg.Client.prototype, 'query', { value: queryWatched });
