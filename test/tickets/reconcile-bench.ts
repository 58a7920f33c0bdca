/** Tickets that were opened at a simulated desk, real rows of them, and one look after another at what has changed. */
import { onTestFinished } from 'vitest';
import type { Event } from '../../src/flows/event.ts';
import type { Store } from '../../src/store/store.ts';
import { insertTicket, setTicket } from '../../src/store/tickets.ts';
import type { Desk, Rights } from '../../src/tickets/desk.ts';
import { type PassDeps, type PassResult, reconcileOnce } from '../../src/tickets/reconcile-pass.ts';
import { asBot, asRequester } from '../simulators/zendesk/desk.ts';
import { openFreshStore } from '../support/fresh-store.ts';
import { type ConnectOptions, type Office, openOffice } from './working-desk.ts';

export interface Bench {
  office: Office;
  store: Store;
  hints: { caseId: string; event: Event }[];
  /** One look; afterwards the cases have read what they were told to read. */
  pass(changes?: Partial<PassDeps>): Promise<PassResult>;
  /** In the last look. */
  asked(): readonly string[];
}

const robin = { kind: 'api-token', email: 'robin.devries@desk.example.com', token: 'abc' } as const;

export async function openBench(rights: Rights, count: number, options: ConnectOptions = {}): Promise<Bench> {
  const office = await openOffice(rights);
  const { close, store } = await openFreshStore();
  onTestFinished(close);
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

export function numbers(bench: Bench): number[] {
  return bench.hints.flatMap(({ event }) => (event.type === 'ticket-hinted' ? [event.ticketId] : []));
}
