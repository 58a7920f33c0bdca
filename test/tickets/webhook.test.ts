import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { insertTicket, setTicket } from '../../src/store/tickets.ts';
import { receiveWebhook, type WebhookDeps } from '../../src/tickets/webhook.ts';
import { connectZendesk } from '../../src/tickets/zendesk.ts';
import { type Desk, openDesk, printerOnFire } from '../simulators/zendesk/desk.ts';
import { type Delivery, openReceiver } from '../simulators/zendesk/webhook-receiver.ts';

const secret = 'the signing secret';
const now = Temporal.Instant.from('2026-03-02T09:00:00Z');

let store: Store;
let delivered: string[] = [];
const directory = mkdtempSync(join(tmpdir(), 'causeway-webhook-'));

beforeAll(async () => {
  store = await openSqliteStore({ dataDir: directory, migrate: true });
  await store.write(async (tx) => {
    await insertTicket(tx, { caseId: 'case-7', externalId: 'case-7' });
    await setTicket(tx, { caseId: 'case-7', ticketId: 1, status: 'open', updatedAt: '2026-03-02T08:00:00Z' });
  });
});
afterAll(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  delivered = [];
});

function deps(changes: Partial<WebhookDeps> = {}): WebhookDeps {
  return {
    secret: () => secret,
    read: store.read,
    deliver: ({ id }) => Promise.resolve(delivered.push(id)),
    now: () => now,
    log: () => undefined,
    ...changes,
  };
}

function signed(body: string, headers: Record<string, string> = {}) {
  const timestamp = now.toString();
  return {
    headers: {
      'x-zendesk-webhook-signature': createHmac('sha256', secret).update(timestamp).update(body).digest('base64'),
      'x-zendesk-webhook-signature-timestamp': timestamp,
      ...headers,
    },
    rawBody: new TextEncoder().encode(body),
  };
}

const event = JSON.stringify({ id: 'event-1', detail: { id: '1', status: 'SOLVED' } });
const trigger = '{"ticket_id":"1","event_id":"always the same"}';

describe('a webhook of Zendesk', () => {
  it('in event mode is taken under the id of its event, whatever its invocation', async () => {
    const first = await receiveWebhook(signed(event, { 'x-zendesk-webhook-invocation-id': 'a' }), deps());
    await receiveWebhook(signed(event, { 'x-zendesk-webhook-invocation-id': 'b' }), deps());

    expect(first).toMatchObject({ status: 200, because: 'Taken.' });
    expect(delivered).toEqual(['zendesk/event-1', 'zendesk/event-1']);
  });

  it('in trigger mode is taken under the id of its invocation, whatever somebody wrote into the body', async () => {
    await receiveWebhook(signed(trigger, { 'x-zendesk-webhook-invocation-id': 'a' }), deps());
    await receiveWebhook(signed(trigger, { 'x-zendesk-webhook-invocation-id': 'a' }), deps());
    await receiveWebhook(signed(trigger, { 'x-zendesk-webhook-invocation-id': 'b' }), deps());

    expect(delivered).toEqual(['zendesk/invocation/a', 'zendesk/invocation/a', 'zendesk/invocation/b']);
  });

  it('that lost the header of its invocation counts once for each signature', async () => {
    await receiveWebhook(signed(trigger), deps());
    await receiveWebhook(signed(trigger), deps());
    await receiveWebhook(signed('{"ticket_id":1}'), deps());

    expect(new Set(delivered).size).toBe(2);
  });

  it.each(['{}', '[]', 'null', 'x', '{"ticket_id":"x"}', '{"ticket_id":-1}', '{"id":"","detail":{"id":1}}'])(
    'that names no ticket is refused: %s',
    async (body) => {
      expect(await receiveWebhook(signed(body), deps())).toMatchObject({ status: 400, retryAfterSeconds: null });
    },
  );

  it('about a ticket of somebody else is answered and passed over', async () => {
    expect(await receiveWebhook(signed('{"ticket_id":99}'), deps())).toMatchObject({ status: 200 });
    expect(delivered).toEqual([]);
  });

  it.each([
    ['there is no secret yet', { secret: () => null }],
    ['it cannot be stored', { deliver: () => Promise.reject(new Error('the database is away')) }],
  ])('is asked for again in a few seconds while %s', async (_what, changes) => {
    const answer = await receiveWebhook(signed(event), deps(changes));

    expect(answer).toMatchObject({ status: 503, retryAfterSeconds: expect.any(Number) });
    expect(answer.retryAfterSeconds).toBeLessThan(60);
  });
});

describe('what the simulated Zendesk sends', () => {
  async function registered(
    ticketEvents: boolean,
  ): Promise<{ desk: Desk; secret: string; received: (n: number) => Promise<Delivery[]>; mode: string }> {
    const desk = await openDesk();
    const receiver = await openReceiver();
    await desk.control('settings', { ticketEvents });
    const client = connectZendesk({ url: `${desk.origin}/api/v2`, credential: { kind: 'stand-in' } });
    const wanted = {
      name: 'Causeway',
      endpoint: receiver.endpoint,
      subscriptions: ['zen:event-type:ticket.status_changed', 'zen:event-type:ticket.comment_added'],
    };
    const webhook = await client.registerWebhook(wanted);
    expect(await client.registerWebhook(wanted)).toEqual(webhook);
    await desk.call('POST', 'tickets', printerOnFire);
    return { desk, secret: webhook.signingSecret, mode: webhook.mode, received: (n) => receiver.received(n) };
  }

  async function take(delivery: Delivery | undefined, signingSecret: string): Promise<number> {
    const headers = Object.fromEntries(
      Object.entries(delivery?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const rawBody = new TextEncoder().encode(delivery?.raw ?? '');
    const changes = { secret: () => signingSecret, now: () => Temporal.Now.instant() };
    return (await receiveWebhook({ headers, rawBody }, deps(changes))).status;
  }

  it.each([
    [true, 'events'],
    [false, 'trigger'],
  ])('is taken in both modes (events of tickets: %s)', async (ticketEvents, expected) => {
    const { desk, received, mode, secret: signingSecret } = await registered(ticketEvents);
    const before = (await received(0)).length;

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const deliveries = await received(before + 1);
    expect(mode).toBe(expected);
    expect(await take(deliveries.at(-1), signingSecret)).toBe(200);
    expect(delivered).toHaveLength(1);
  });

  it.each(['forge-webhook', 'stale-webhook'])('is refused under %s', async (fault) => {
    const { desk, received, secret: signingSecret } = await registered(true);
    const before = (await received(1)).length;
    await desk.control('deliveries', { fault });

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const deliveries = await received(before + 1);
    const wrong = deliveries.find(({ event: { type } }) => type.endsWith('status_changed'));
    expect(await take(wrong, signingSecret)).toBe(401);
  });

  it('counts once when it is doubled', async () => {
    const { desk, received, secret: signingSecret } = await registered(true);
    const before = (await received(1)).length;
    await desk.control('deliveries', { fault: 'double-webhook' });

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const deliveries = await received(before + 2);
    for (const delivery of deliveries.slice(before)) {
      expect(await take(delivery, signingSecret)).toBe(200);
    }
    expect(new Set(delivered).size).toBe(1);
  });
});

it('tells of public answers, status and severity by trigger, and of nothing that is private', async () => {
  const desk = await openDesk();
  const receiver = await openReceiver();
  await desk.control('settings', { ticketEvents: false });
  const client = connectZendesk({ url: `${desk.origin}/api/v2`, credential: { kind: 'stand-in' } });
  await client.registerWebhook({
    name: 'Causeway',
    endpoint: receiver.endpoint,
    subscriptions: ['zen:event-type:ticket.merged'],
  });
  await desk.call('POST', 'tickets', printerOnFire);
  await desk.call('POST', 'tickets', { ticket: { comment: { body: 'not of the bot' } } });

  await desk.control('agent', { ticket: 1, move: 'comment', public: false, text: 'PRIVATE' });
  await desk.control('agent', { ticket: 2, move: 'priority', priority: 'low' });
  await desk.control('agent', { ticket: 1, move: 'comment', text: 'public' });
  await desk.control('agent', { ticket: 1, move: 'priority', priority: 'low' });

  const deliveries = await receiver.received(2);
  expect(deliveries.map(({ raw }) => raw)).toEqual(['{"ticket_id":"1"}', '{"ticket_id":"1"}']);
});
