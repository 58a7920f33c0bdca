/**
 * The desk as the bot's work sees it, over HTTP to a simulated Zendesk, with a clock that passes only when somebody
 * waits, and an engine whose books survive its process.
 */
import type { Durable, Outcome } from '../../src/engine/engine.ts';
import type { EffectOf, Stored, TicketRequest, WorkEffect } from '../../src/flows/effect.ts';
import { createDesk } from '../../src/tickets/create-desk.ts';
import type { Desk, OwnFile, Rights } from '../../src/tickets/desk.ts';
import { connectZendesk, type ZendeskConfig } from '../../src/tickets/zendesk.ts';
import { type Clock, type Desk as Simulated, openDesk, startClock } from '../simulators/zendesk/desk.ts';

/** An end user's way in: signed in as Rosa Requester, as a customer of the provider is. */
const credentials: Readonly<Record<Rights, ZendeskConfig['credential']>> = {
  agent: { kind: 'stand-in' },
  'end-user': { kind: 'api-token', email: 'requester@example.com', token: 'abc' },
};

export interface Office {
  simulated: Simulated;
  clock: Clock;
  /** A process that has just started, with nothing in its memory. */
  connect(options?: ConnectOptions): Desk;
}

export interface ConnectOptions {
  fetch?: typeof fetch;
  credential?: ZendeskConfig['credential'];
  fields?: Readonly<Record<string, number>>;
  ownTicket?: (caseId: string) => Promise<number | null>;
  ownFile?: (fileId: string) => Promise<OwnFile | null>;
  isBehind?: (effectId: string) => Promise<boolean>;
  timeoutMs?: number;
}

export async function openOffice(rights: Rights, world?: object): Promise<Office> {
  const clock = startClock();
  const simulated = await openDesk({ now: clock.now, ...(world && { world: { zendesk: world } }) });
  const apiUrl = `${simulated.origin}/api/v2`;
  return {
    simulated,
    clock,
    connect: ({
      credential = credentials[rights],
      fields = {},
      ownTicket = () => Promise.resolve(null),
      ownFile = () => Promise.resolve(null),
      isBehind = () => Promise.resolve(false),
      ...wire
    } = {}) =>
      createDesk({
        client: connectZendesk(
          { url: apiUrl, credential },
          {
            timeoutMs: 30_000,
            now: clock.now,
            wait: (ms) => Promise.resolve(clock.pass({ milliseconds: ms })),
            ...wire,
          },
        ),
        apiUrl,
        rights: () => rights,
        fields: () => fields,
        ownTicket,
        ownFile,
        isBehind,
        now: clock.now,
      }),
  };
}

export interface Books {
  steps: Map<string, string>;
}

export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A process that dies when the answer to its request of this number is there and nobody has read it. */
export function dyingFetch(at: number): { fetch: typeof fetch; isDead: () => boolean } {
  let count = 0;
  let dead = false;
  return {
    isDead: () => dead,
    async fetch(input, init) {
      if (dead) {
        throw new Killed('dead processes send nothing');
      }
      count += 1;
      const answer = await fetch(input, init);
      dead = count === at;
      if (dead) {
        throw new Killed(`request ${at}`);
      }
      return answer;
    },
  };
}

/** What is under way ends without a trace when the process is dead; what was stored is handed back. */
export function durableOn(books: Books, clock: Clock, isDead: () => boolean = () => false): Durable {
  async function once(name: string, run: () => Promise<unknown>): Promise<Outcome<unknown>> {
    const known = books.steps.get(name);
    if (known !== undefined) {
      return JSON.parse(known) as Outcome<unknown>;
    }
    const outcome: Outcome<unknown> = await run().then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: { message: error instanceof Error ? error.message : String(error) } }),
    );
    if (isDead()) {
      throw new Killed(name);
    }
    books.steps.set(name, JSON.stringify(outcome));
    return outcome;
  }
  return {
    runId: 'run-1',
    once: once as Durable['once'],
    gate: () => Promise.reject(new Error('nothing here waits for a decision')),
    wake: () => Promise.resolve(),
    sleep(name, seconds) {
      if (!books.steps.has(name)) {
        clock.pass({ milliseconds: Math.ceil(seconds * 1000) });
        books.steps.set(name, '');
      }
      return Promise.resolve();
    },
  };
}

export const request: TicketRequest = {
  subject: 'Production cannot be reached',
  body: 'Nobody can sign in.',
  priority: 'urgent',
  tags: ['causeway'],
  requester: { name: 'Rosa Requester', email: 'requester@example.com' },
};

export function opening(changes: Partial<TicketRequest> = {}): Stored<EffectOf<'open-ticket'>> {
  return stored({ kind: 'work', type: 'open-ticket', request: { ...request, ...changes } });
}

export function comment(body = 'Still down.', author = request.requester): Stored<EffectOf<'send-comment'>> {
  return stored({ kind: 'work', type: 'send-comment', ticketId: 1, commentKey: 'case-7/reply-1', body, author });
}

export function change(status: 'open' | 'solved'): Stored<EffectOf<'change-ticket'>> {
  return stored({ kind: 'work', type: 'change-ticket', ticketId: 1, status });
}

export function reading(): Stored<EffectOf<'read-ticket'>> {
  return {
    id: 'case-7/9/0',
    caseId: 'case-7',
    at: '2026-03-02T09:00:00.000Z',
    effect: { kind: 'read', type: 'read-ticket', ticketId: 1 },
  };
}

function stored<E extends WorkEffect>(effect: E): Stored<E> {
  return { id: 'case-7/3/0', caseId: 'case-7', at: '2026-03-02T09:00:00.000Z', effect };
}
