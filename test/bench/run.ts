/**
 * `npm run bench`: how long it takes until an event is stored safely, and until the first message that it causes is at
 * the platform. Beside each number stands a floor that was measured in the same run: one bare insert and commit.
 *
 * Then how plans fare, at the real pace of the service: minutes as it stands, most of an hour with `--full`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from '../support/postgres.ts';
import { acceptLatency } from './accept.ts';
import { sqliteFloor } from './floor.ts';
import { indexBuild, questionLatency } from './look-up.ts';
import { crowd } from './makespan/crowd.ts';
import { kills } from './makespan/kills.ts';
import { makespan } from './makespan/makespan.ts';
import { postLatency } from './post.ts';
import { pageLatency } from './page.ts';
import { type Samples, table } from './samples.ts';

/** What is expected on an idle machine, from an event to its first post. */
const expectedPostMs = 20;

interface Line {
  what: string;
  samples: Samples;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  try {
    const floor = sqliteFloor(directory);
    const lines: Line[] = [{ what: 'floor: one prepared insert and commit (SQLite, full sync)', samples: floor }];
    lines.push(...(await onSqlite(join(directory, 'store'))));
    const page = { what: 'HTTP request to message on the page, idle (SQLite)', samples: await pageLatency() };
    lines.push(page, ...(await onPostgres()));
    lines.push({ what: 'policy: build the look-up', samples: indexBuild() });
    lines.push({ what: 'policy: answer a question', samples: questionLatency() });
    print(table(lines, floor));
    const post = lines.find((line) => line.what.startsWith('event to first post'));
    const p95 = post?.samples.percentile(95) ?? 0;
    print(`Event to first post on SQLite, p95: ${p95.toFixed(1)} ms, expected under ${expectedPostMs} ms.`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function onSqlite(dataDir: string): Promise<Line[]> {
  const store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
  try {
    return [
      { what: 'accept, 1 caller (SQLite)', samples: await acceptLatency(store, { callers: 1, events: 600 }) },
      { what: 'accept, 16 callers (SQLite)', samples: await acceptLatency(store, { callers: 16, events: 3200 }) },
      { what: 'event to first post, idle (SQLite)', samples: await postLatency(store) },
    ];
  } finally {
    await store.close();
  }
}

async function onPostgres(): Promise<Line[]> {
  const postgres = await startPostgres();
  if (postgres === null) {
    return [];
  }
  try {
    const store = await openStore({
      database: { kind: 'postgresql', url: await postgres.url('bench') },
      migrate: true,
    });
    try {
      return [
        {
          what: 'accept, 1 caller (PostgreSQL, no sync)',
          samples: await acceptLatency(store, { callers: 1, events: 300 }),
        },
        {
          what: 'accept, 16 callers (PostgreSQL, no sync)',
          samples: await acceptLatency(store, { callers: 16, events: 1600 }),
        },
        { what: 'event to first post, idle (PostgreSQL, no sync)', samples: await postLatency(store) },
      ];
    } finally {
      await store.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function plans(isFull: boolean): Promise<void> {
  const atOnce = 4;
  await makespan({ seeds: isFull ? 20 : 2, warmUp: isFull ? 4 : 2, speed: 1, atOnce }, print);
  await kills({ kills: isFull ? 20 : 4, speed: 1, atOnce, seed: 1 }, print);
  await crowd(isFull ? { plans: 300, networks: 50, speed: 20 } : { plans: 60, networks: 10, speed: 20 }, print);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const { values } = parseArgs({ options: { full: { type: 'boolean', default: false } } });
await main();
await plans(values.full);
