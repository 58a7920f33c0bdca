/** The least that any durable event costs on this machine: one row, one commit, one flush to the disk. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Samples, samplesOf } from './samples.ts';

const warmUp = 50;
const events = 600;
/** About as large as an event with its reply. */
const body = 'x'.repeat(600);

export function sqliteFloor(directory: string): Samples {
  const database = new DatabaseSync(join(directory, 'floor.db'));
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    database.exec('create table event (id text primary key, body text not null)');
    const insert = database.prepare('insert into event values (?, ?)');
    for (let index = 0; index < warmUp; index += 1) {
      insert.run(`warm-${index}`, body);
    }
    const since = performance.now();
    const durations = Array.from({ length: events }, (_, index) => {
      const start = performance.now();
      insert.run(`event-${index}`, body);
      return performance.now() - start;
    });
    return samplesOf(durations, performance.now() - since);
  } finally {
    database.close();
  }
}
