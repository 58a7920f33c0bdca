import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Inbox } from '../../src/conversation/inbox.ts';
import { type ReconcileDeps, startReconcile } from '../../src/process/desk-reconcile.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { insertTicket, setTicket } from '../../src/store/tickets.ts';
import type { Desk } from '../../src/tickets/desk.ts';
import { openOffice } from '../tickets/working-desk.ts';

interface Scene {
  store: Store;
  desk: Desk;
  hinted: string[];
  warned: string[];
  pass: (duration: Temporal.DurationLike) => void;
  /** Looks very often; stopped after the test. */
  start: (owner: string, changes?: Partial<ReconcileDeps>) => ReturnType<typeof startReconcile>;
}

async function scene(): Promise<Scene> {
  const office = await openOffice('agent');
  const directory = mkdtempSync(join(tmpdir(), 'causeway-looking-'));
  const store = await openSqliteStore({ dataDir: directory, migrate: true });
  const running: ReturnType<typeof startReconcile>[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await store.close();
    rmSync(directory, { recursive: true });
  });
  await office.simulated.call('POST', 'tickets', { ticket: { comment: { body: 'x' }, status: 'open' } });
  const at = office.clock.now().toString();
  await store.write(async (tx) => {
    await insertTicket(tx, { caseId: 'case-1', externalId: 'case-1', at });
    await setTicket(tx, { caseId: 'case-1', ticketId: 1, status: 'open', updatedAt: at });
  });
  const desk = office.connect();
  const hinted: string[] = [];
  const warned: string[] = [];
  function warn(message: string, details?: Record<string, unknown>): void {
    warned.push(`${message} ${JSON.stringify(details)}`);
  }
  return {
    store,
    desk,
    hinted,
    warned,
    pass: (duration) => office.clock.pass(duration),
    start(owner, changes = {}) {
      const inbox: Pick<Inbox, 'deliver'> = {
        deliver: ({ caseId }) => {
          hinted.push(`${owner} ${caseId}`);
          return Promise.resolve({ outcome: 'done', because: '', errors: [] });
        },
      };
      const logs = { info: warn, warn, error: warn };
      const { now } = office.clock;
      const looking = startReconcile({
        store,
        desk,
        inbox,
        owner,
        isTold: () => false,
        readsPerMinute: () => 60,
        now,
        logs,
        everyMs: 20,
        ...changes,
      });
      running.push(looking);
      return looking;
    },
  };
}

describe('looking for what no webhook told', () => {
  it('is done by one replica at a time, and by another one when that is gone', async () => {
    const { desk, hinted, pass, start } = await scene();
    let inside = 0;
    let most = 0;
    const slow: Desk = {
      ...desk,
      readChanges: () => Promise.resolve(null),
      async readMany(ids) {
        inside += 1;
        most = Math.max(most, inside);
        const read = await desk.readMany(ids);
        inside -= 1;
        return read;
      },
    };
    const first = start('one', { desk: slow });
    await expect.poll(() => hinted.length).toBeGreaterThan(0);
    start('two', { desk: slow });
    start('three', { desk: slow });

    await first.stop();
    pass({ minutes: 10 });

    // Nobody reads for the case here, so that it is hinted at again once it is due.
    await expect.poll(() => hinted.some((hint) => !hint.startsWith('one '))).toBe(true);
    expect(most).toBe(1);
  });

  it('goes on after trouble, which is told once', async () => {
    const { desk, hinted, start, warned } = await scene();
    let failures = 0;
    const failing: Desk = {
      ...desk,
      readChanges: () => Promise.resolve(null),
      readMany(ids) {
        failures += 1;
        return failures > 3 ? desk.readMany(ids) : Promise.reject(new Error('the desk is away'));
      },
    };

    start('one', { desk: failing });

    await expect.poll(() => hinted).toContain('one case-1');
    expect(warned).toEqual([expect.stringContaining('the desk is away')]);
  });

  it('ends when it is told to', async () => {
    const { hinted, start } = await scene();

    await start('one').stop();

    const before = hinted.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    expect(hinted).toHaveLength(before);
  });
});
