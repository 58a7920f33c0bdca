import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planReconcile, type ReconcileInput, type WatchedTicket } from '../../src/tickets/reconcile.ts';

const noon = Temporal.Instant.from('2026-03-02T12:00:00Z');

function ago(seconds: number): Temporal.Instant {
  return noon.subtract({ seconds });
}

/** Opened and last read that long ago; null: never read. */
function ticket(id: number, openedSeconds: number, readSeconds: number | null): WatchedTicket {
  return { id, openedAt: ago(openedSeconds), readAt: readSeconds === null ? null : ago(readSeconds) };
}

function plan(tickets: readonly WatchedTicket[], changes: Partial<ReconcileInput> = {}) {
  return planReconcile({ rights: 'end-user', isTold: false, now: noon, tickets, budget: 60, ...changes });
}

describe('which open tickets are read next', () => {
  it.each([
    ['in its first hour, after a minute', 1_800, 60, true],
    ['in its first hour, not before', 1_800, 59, false],
    ['later, after five minutes', 7_200, 300, true],
    ['later, not before', 7_200, 299, false],
    ['at the end of its first hour, for the last time by the minute', 3_659, 60, true],
    ['never read since it was opened', 5, null, true],
  ])('one %s', (_when, opened, read, isRead) => {
    expect(plan([ticket(1, opened, read)]).batches).toEqual(isRead ? [[1]] : []);
  });

  it('where webhooks tell of changes, every five minutes is enough', () => {
    expect(plan([ticket(1, 600, 299)], { isTold: true, rights: 'agent' }).batches).toEqual([]);
    expect(plan([ticket(1, 600, 300)], { isTold: true, rights: 'agent' }).batches).toEqual([[1]]);
  });

  it('the longest overdue first', () => {
    const tickets = [ticket(1, 9_000, 301), ticket(2, 9_000, 900), ticket(3, 60, null), ticket(4, 100, 90)];

    expect(plan(tickets).batches.flat()).toEqual([2, 3, 4, 1]);
  });

  it('with an agent’s rights a hundred with one request', () => {
    const tickets = Array.from({ length: 250 }, (_none, index) => ticket(index + 1, 9_000, 400));

    expect(plan(tickets, { rights: 'agent' }).batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  });

  it('never more than half of the budget, so that changes can be read', () => {
    const tickets = Array.from({ length: 500 }, (_none, index) => ticket(index + 1, 9_000, 400));

    const planned = plan(tickets);

    expect(planned.batches).toHaveLength(30);
    expect(planned.nextAt).toEqual(noon.subtract({ seconds: 100 }));
  });

  it('nothing without a budget, and something with the smallest', () => {
    expect(plan([ticket(1, 60, null)], { budget: 0 }).batches).toEqual([]);
    expect(plan([ticket(1, 60, null)], { budget: 1 }).batches).toEqual([[1]]);
  });

  it('says when the next one is due', () => {
    expect(plan([]).nextAt).toBeNull();
    expect(plan([ticket(1, 7_200, 100)]).nextAt).toEqual(noon.add({ seconds: 200 }));
    expect(plan([ticket(1, 60, null)]).nextAt).toEqual(noon.add({ seconds: 60 }));
    expect(plan([ticket(1, 7_200, 400), ticket(2, 7_200, 250)]).nextAt).toEqual(noon.add({ seconds: 50 }));
  });

  it('leaves nobody out for ever, however small the budget', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 2, max: 10 }),
        fc.constantFrom('agent' as const, 'end-user' as const),
        (count, budget, rights) => {
          const readAt = new Map<number, Temporal.Instant>();
          let now = noon;
          // As many passes as everybody needs once, with a minute between them.
          for (let pass = 0; pass < Math.ceil(count / Math.floor(budget / 2)); pass += 1) {
            const tickets = Array.from({ length: count }, (_none, index) => ({
              id: index,
              openedAt: ago(7_200),
              readAt: readAt.get(index) ?? null,
            }));
            const { batches } = planReconcile({ rights, isTold: false, now, tickets, budget });
            expect(batches.length).toBeLessThanOrEqual(Math.floor(budget / 2));
            for (const id of batches.flat()) {
              readAt.set(id, now);
            }
            now = now.add({ seconds: 1 });
          }
          expect(readAt.size).toBe(count);
        },
      ),
    );
  });
});
