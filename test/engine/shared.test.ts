import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { Workflow } from '../../src/engine/engine.ts';
import { migrateEngine } from '../../src/engine/openworkflow.ts';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { startPostgres } from '../support/postgres.ts';
import { engines } from './engines.ts';
import { ended, parked, until } from './waiting.ts';

const postgres = await startPostgres();
const url = (await postgres?.url('shared')) ?? '';
afterAll(() => postgres?.stop());
let count = 0;

function emptyDatabase() {
  count += 1;
  return { kind: 'postgresql', url, migrate: true, schema: `shared_${count}` } satisfies EngineDatabase;
}

function one(): Promise<number> {
  return Promise.resolve(1);
}

async function query(text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

describe.skipIf(postgres === null)('engines that share a PostgreSQL', () => {
  const { open, logged } = engines();

  it('may all start at once on an empty database', async () => {
    const database = emptyDatabase();

    const opened = await Promise.all([1, 2, 3].map(() => open(database, { one })));

    for (const engine of opened) await until(() => engine.ready(), { what: 'an engine to be ready' });
  });

  it('refuse to start without tables when they are not to make them', async () => {
    const database = { ...emptyDatabase(), migrate: false };

    await expect(open(database, { one })).rejects.toThrow(/causeway migrate/);
    await migrateEngine(database);
    const engine = await open(database, { one });

    expect((await ended(engine, await engine.start('one', 'k', null))).output).toBe(1);
  });

  it('say what to check when the server is not there', async () => {
    const database = { ...emptyDatabase(), url: 'postgresql://nobody@127.0.0.1:1/nothing' };

    await expect(open(database, { one })).rejects.toThrow(/ECONNREFUSED.*DATABASE_URL/);
  });

  it('divide the work, and do each piece once', async () => {
    const database = emptyDatabase();
    const done: string[] = [];
    const atWork = new Set<string>();
    const [left, right] = await Promise.all(
      ['left', 'right'].map((name) =>
        open(database, {
          async piece(durable, input) {
            await durable.once('work', async () => {
              // Neither goes on before both have begun, so none is done by the time the other one looks.
              atWork.add(name);
              await until(() => atWork.size === 2, { what: 'both engines to be at work' });
              return done.push(`${name} ${JSON.stringify(input)}`);
            });
            return name;
          },
        }),
      ),
    );
    if (left === undefined || right === undefined) throw new Error('Two engines were opened.');
    const pieces = Array.from({ length: 20 }, (_, index) => index);

    const ids = await Promise.all(pieces.map((piece) => left.start('piece', `k${piece}`, piece)));
    right.nudge();
    const runs = await Promise.all(ids.map((id) => ended(right, id)));

    expect(new Set(runs.map((run) => run.output))).toEqual(new Set(['left', 'right']));
    expect(done.map((entry) => Number(entry.split(' ')[1])).sort((a, b) => a - b)).toEqual(pieces);
  });

  it('leave a step alone that another is at, also when they start', async () => {
    const database = emptyDatabase();
    const calls: string[] = [];
    const step = Promise.withResolvers<null>();
    function long(name: string): Workflow {
      return async (durable) => {
        await durable.once('long', () => {
          calls.push(name);
          return step.promise;
        });
        return name;
      };
    }
    const first = await open(database, { long: long('first') });
    const id = await first.start('long', 'k', null);
    await until(() => calls.length > 0, { what: 'the step to begin' });

    const second = await open(database, { long: long('second'), other: () => Promise.resolve(null) });
    await ended(second, await second.start('other', 'k', null));
    step.resolve(null);

    expect((await ended(second, id)).output).toBe('first');
    expect(calls).toEqual(['first']);
  });

  it.each(['insert', 'update'])('end no run because the database once refused an %s', async (operation) => {
    const database = emptyDatabase();
    const engine = await open(database, {
      steps: async (durable) => [await durable.once('a', () => Promise.resolve(1)), durable.runId],
    });
    // A sequence keeps its value when what drew it is rolled back.
    await query(
      `create sequence ${database.schema}.faults;
       create function ${database.schema}.stumble() returns trigger language plpgsql as $$ begin
         if nextval('${database.schema}.faults') = 1 then raise exception 'stumbled'; end if;
         return new;
       end $$;
       create trigger stumble before ${operation} on ${database.schema}.step_attempts
         for each row when (new.status <> 'failed') execute function ${database.schema}.stumble();`,
    );

    const id = await engine.start('steps', 'k', null);
    const run = await ended(engine, id);

    expect(run).toMatchObject({ status: 'completed', output: [{ ok: true, value: 1 }, id] });
    expect(logged.join()).toContain('stumbled');
  });

  it('survive the loss of all connections', async () => {
    const database = emptyDatabase();
    let decision: string | null = null;
    const engine = await open(database, {
      gated: (durable) => durable.gate('gate', () => Promise.resolve(decision), { signal: 'go' }),
    });
    const id = await engine.start('gated', 'k', null);
    await parked(engine, id);

    await query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'causeway-engine'`);
    decision = 'approved';
    await until(() => engine.wake('go', 'click').catch(() => false), { what: 'a wake-up to be heard' });

    expect((await ended(engine, id)).output).toBe('approved');
    await until(() => engine.ready(), { what: 'the engine to be ready again' });
  });
});
