/** What no webhook told is found: real rows, a simulated desk over HTTP, and a clock that passes when it is told to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Event } from '../../src/flows/event.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { insertTicket, readTicket as readRow, setTicket } from '../../src/store/tickets.ts';
import type { Desk, Rights } from '../../src/tickets/desk.ts';
import { type PassDeps, type PassResult, reconcileOnce } from '../../src/tickets/reconcile-pass.ts';
import { asBot, asRequester } from '../simulators/zendesk/desk.ts';
import { type ConnectOptions, type Office, openOffice } from './working-desk.ts';

interface Bench {
  office: Office;
  store: Store;
  hints: { caseId: string; event: Event }[];
  /** One look; afterwards the cases have read what they were told to read. */
  pass(changes?: Partial<PassDeps>): Promise<PassResult>;
  /** In the last look. */
  asked(): readonly string[];
}

const robin = { kind: 'api-token', email: 'robin.devries@desk.example.com', token: 'abc' } as const;

async function open(rights: Rights, count: number, options: ConnectOptions = {}): Promise<Bench> {
  const office = await openOffice(rights);
  const directory = mkdtempSync(join(tmpdir(), 'causeway-reconcile-'));
  const store = await openSqliteStore({ dataDir: directory, migrate: true });
  onTestFinished(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });
  // Side by side: which of them gets which number does not matter.
  await Promise.all(Array.from({ length: count }, (_none, index) => openAtDesk(office, rights, index + 1)));
  const at = office.clock.now().toString();
  await store.write(async (tx) => {
    for (let id = 1; id <= count; id += 1) {
      await insertTicket(tx, { caseId: `case-${id}`, externalId: `case-${id}`, at });
      await setTicket(tx, {
        caseId: `case-${id}`,
        ticketId: id,
        status: rights === 'agent' ? 'open' : 'new',
        updatedAt: at,
      });
    }
  });
  const asked: string[] = [];
  function noted(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    asked.push(`${init?.method ?? 'GET'} ${JSON.stringify(input)}`);
    return fetch(input, init);
  }
  const desk = office.connect({
    fetch: noted,
    ...(rights === 'agent' && { credential: robin }),
    ...options,
  });
  const hints: Bench['hints'] = [];
  const seen = new Set<string>();
  async function deliver(delivery: { id: string; caseId: string; event: Event }): Promise<void> {
    if (!seen.has(delivery.id)) {
      seen.add(delivery.id);
      hints.push(delivery);
      await readFor(store, desk, delivery);
    }
  }
  return {
    office,
    store,
    hints,
    async pass(changes = {}) {
      asked.splice(0);
      hints.splice(0);
      const { now } = office.clock;
      const signal = new AbortController().signal;
      return reconcileOnce({ store, desk, deliver, isTold: () => false, now, budget: 60, signal, ...changes });
    },
    asked: () => asked,
  };
}

/** As the case does with a hint. */
async function readFor(store: Store, desk: Desk, { caseId, event }: { caseId: string; event: Event }): Promise<void> {
  if (event.type !== 'ticket-hinted') {
    return;
  }
  const read = await desk.read(event.ticketId);
  const ticket = read?.ticket ?? desk.deletedTicket(event.ticketId, desk.now().toString());
  const { id: ticketId, status, updatedAt } = ticket;
  await store.write((tx) => setTicket(tx, { caseId, ticketId, status, updatedAt, complete: true }));
}

async function openAtDesk({ simulated }: Office, rights: Rights, id: number): Promise<void> {
  const comment = { body: `problem ${id}` };
  await (rights === 'agent'
    ? simulated.call('POST', 'tickets', { ticket: { comment, status: 'open' } }, asBot)
    : simulated.call('POST', 'requests', { request: { subject: `problem ${id}`, comment } }, asRequester));
}

function numbers(bench: Bench): number[] {
  return bench.hints.flatMap(({ event }) => (event.type === 'ticket-hinted' ? [event.ticketId] : []));
}

describe.each(['agent', 'end-user'] as const)('looking again, with the rights of an %s', (rights) => {
  it('reads each ticket once, and then only what has changed', async () => {
    const bench = await open(rights, 3);
    bench.office.clock.pass({ seconds: 30 });
    await bench.pass();
    expect(numbers(bench)).toEqual([1, 2, 3]);
    bench.office.clock.pass({ minutes: 6 });
    expect(await bench.pass()).toMatchObject({ looked: 3, hinted: 0 });

    await bench.office.simulated.control('agent', { ticket: 2, move: 'comment', text: 'We are looking.' });
    bench.office.clock.pass({ minutes: 6 });
    await bench.pass();
    expect(numbers(bench)).toEqual([2]);
    bench.office.clock.pass({ minutes: 6 });
    await bench.pass();

    expect(numbers(bench)).toEqual([]);
  });

  it.each([
    ['status', { move: 'status', status: 'pending' }],
    ['priority', { move: 'priority', priority: 'low' }],
    ['redaction', { move: 'redact', text: 'problem' }],
    ['deletion', { move: 'delete' }],
  ])('finds what happened: %s', async (_what, move) => {
    const bench = await open(rights, 2);
    bench.office.clock.pass({ seconds: 30 });
    await bench.pass();
    bench.office.clock.pass({ minutes: 6 });
    await bench.pass();

    await bench.office.simulated.control('agent', { ticket: 1, ...move });
    bench.office.clock.pass({ minutes: 6 });
    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('sees a word that came in the same second as one that was read', async () => {
    const bench = await open(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    await bench.office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'first' });
    await bench.pass();
    await bench.office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'second' });
    bench.office.clock.pass({ minutes: 2 });

    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('looks again after a reply of ours, which may hide a word of the desk', async () => {
    const bench = await open(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    await bench.pass();
    bench.office.clock.pass({ minutes: 2 });
    await bench.office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'A word that no webhook told.' });
    bench.office.clock.pass({ seconds: 30 });
    // What we know after our own reply: the ticket as it stands, and nothing of what was said before.
    const updatedAt = bench.office.clock.now().toString();
    await bench.store.write((tx) => setTicket(tx, { caseId: 'case-1', ticketId: 1, status: 'open', updatedAt }));
    await bench.office.simulated.control('agent', { ticket: 1, move: 'priority', priority: 'high' });
    bench.office.clock.pass({ minutes: 2 });

    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('asks again for what could not be stored', async () => {
    const bench = await open(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    const broken = { deliver: () => Promise.reject(new Error('the database is away')) };
    await expect(bench.pass(broken)).rejects.toThrow('away');
    bench.office.clock.pass({ seconds: 15 });

    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('says now and then that it looked, where nothing else tells', async () => {
    const bench = await open(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    await bench.pass();
    const told: string[] = [];
    for (let minutes = 0; minutes < 120; minutes += 6) {
      bench.office.clock.pass({ minutes: 6 });
      await bench.pass();
      told.push(...bench.hints.map(({ event }) => event.type));
    }

    expect(new Set(told)).toEqual(new Set(['ticket-looked']));
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThan(6);
    bench.office.clock.pass({ minutes: 31 });
    await bench.pass({ isTold: () => true });
    expect(bench.hints).toEqual([]);
  });

  it('stops before the next request when another replica has taken over', async () => {
    const bench = await open(rights, 2);

    await bench.pass({ signal: AbortSignal.abort() });

    expect(bench.asked()).toEqual([]);
  });
});

describe('500 tickets open at start', () => {
  it('cost an agent five requests when nothing has changed, and never more than the budget', async () => {
    const bench = await open('agent', 500);
    bench.office.clock.pass({ minutes: 10 });
    let passes = 0;
    for (; passes < 100; passes += 1) {
      await bench.pass();
      expect(bench.asked().length).toBeLessThanOrEqual(60);
      bench.office.clock.pass({ minutes: 1 });
      if (bench.hints.length === 0) {
        break;
      }
    }
    expect(passes).toBeGreaterThan(10);
    expect(passes).toBeLessThan(40);
    bench.office.clock.pass({ minutes: 6 });

    expect(await bench.pass()).toMatchObject({ looked: 500, hinted: 0 });
    expect(bench.asked().filter((asked) => asked.includes('show_many'))).toHaveLength(5);
  }, 60_000);

  it('are all looked at by a requester in turn, within the budget', async () => {
    const bench = await open('end-user', 60);
    bench.office.clock.pass({ minutes: 10 });
    const hinted: number[] = [];
    for (let pass = 0; pass < 10; pass += 1) {
      await bench.pass({ budget: 30 });
      expect(bench.asked().length).toBeLessThanOrEqual(30);
      hinted.push(...numbers(bench));
      bench.office.clock.pass({ minutes: 1 });
    }

    expect(new Set(hinted).size).toBe(60);
  });
});

describe('with an admin’s account', () => {
  it('the export of changes stands for looking at each ticket', async () => {
    const bench = await open('agent', 150, { credential: { kind: 'stand-in' } });
    bench.office.clock.pass({ minutes: 10 });
    for (let pass = 0; pass < 20; pass += 1) {
      await bench.pass({ budget: 120 });
      bench.office.clock.pass({ minutes: 1 });
    }
    await bench.office.simulated.control('agent', { ticket: 77, move: 'comment', text: 'Found it.' });
    bench.office.clock.pass({ minutes: 3 });

    await bench.pass();

    expect(numbers(bench)).toEqual([77]);
    const asked = bench.asked();
    expect(asked.some((one) => one.includes('incremental'))).toBe(true);
    expect(asked.filter((one) => one.includes('show_many'))).toEqual([]);
  });

  it('an export that fails costs nothing but the saving', async () => {
    const bench = await open('agent', 2, { credential: { kind: 'stand-in' } });
    bench.office.clock.pass({ minutes: 10 });
    await bench.office.simulated.control('faults', [
      { match: { method: 'GET', path: '/api/v2/incremental*' }, fault: 'forbid', times: 9 },
    ]);

    await bench.pass();

    expect(numbers(bench)).toEqual([1, 2]);
    expect((await readRow(bench.store.read, 'case-1'))?.seenAt).not.toBeNull();
  });
});

it('follows a merged ticket under its new number', async () => {
  const bench = await open('agent', 2);
  bench.office.clock.pass({ seconds: 30 });
  const updatedAt = bench.office.clock.now().toString();
  await bench.store.write((tx) => setTicket(tx, { caseId: 'case-1', ticketId: 2, status: 'open', updatedAt }));

  await bench.pass();

  expect(bench.hints.map(({ caseId, event }) => [caseId, 'ticketId' in event && event.ticketId])).toEqual([
    ['case-1', 2],
    ['case-2', 2],
  ]);
});
