/** What no webhook told is found: real rows, a simulated desk over HTTP, and a clock that passes when it is told to. */
import { describe, expect, it } from 'vitest';
import { readTicket as readRow, setTicket } from '../../src/store/tickets.ts';
import { numbers, openBench } from './reconcile-bench.ts';

describe.each(['agent', 'end-user'] as const)('looking again, with the rights of an %s', (rights) => {
  it('reads each ticket once, and then only what has changed', async () => {
    const bench = await openBench(rights, 3);
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
    const bench = await openBench(rights, 2);
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
    const bench = await openBench(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    await bench.office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'first' });
    await bench.pass();
    await bench.office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'second' });
    bench.office.clock.pass({ minutes: 2 });

    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('looks again after a reply of ours, which may hide a word of the desk', async () => {
    const bench = await openBench(rights, 1);
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
    const bench = await openBench(rights, 1);
    bench.office.clock.pass({ seconds: 30 });
    const broken = { deliver: () => Promise.reject(new Error('the database is away')) };
    await expect(bench.pass(broken)).rejects.toThrow('away');
    bench.office.clock.pass({ seconds: 15 });

    await bench.pass();

    expect(numbers(bench)).toEqual([1]);
  });

  it('says now and then that it looked, where nothing else tells', async () => {
    const bench = await openBench(rights, 1);
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
    const bench = await openBench(rights, 2);

    await bench.pass({ signal: AbortSignal.abort() });

    expect(bench.asked()).toEqual([]);
  });
});

describe('with an admin’s account', () => {
  it('an export that fails costs nothing but the saving', async () => {
    const bench = await openBench('agent', 2, { credential: { kind: 'stand-in' } });
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
  const bench = await openBench('agent', 2);
  bench.office.clock.pass({ seconds: 30 });
  const updatedAt = bench.office.clock.now().toString();
  await bench.store.write((tx) => setTicket(tx, { caseId: 'case-1', ticketId: 2, status: 'open', updatedAt }));

  await bench.pass();

  expect(bench.hints.map(({ caseId, event }) => [caseId, 'ticketId' in event && event.ticketId])).toEqual([
    ['case-1', 2],
    ['case-2', 2],
  ]);
});
