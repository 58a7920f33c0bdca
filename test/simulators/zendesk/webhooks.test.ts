import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../src/simulators/zendesk/webhooks.ts';
import { type Desk, openDesk, printerOnFire } from './desk.ts';
import { openReceiver, type Receiver } from './webhook-receiver.ts';

const subscriptions = [
  'zen:event-type:ticket.created',
  'zen:event-type:ticket.status_changed',
  'zen:event-type:ticket.comment_added',
  'zen:event-type:ticket.priority_changed',
  'zen:event-type:ticket.merged',
  'zen:event-type:ticket.soft_deleted',
];

async function register(
  desk: Desk,
  receiver: Receiver,
  types = subscriptions,
): Promise<{ id: string; secret: string }> {
  const webhook = {
    name: 'Causeway',
    endpoint: receiver.endpoint,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: types,
  };
  const { body } = await desk.call('POST', 'webhooks', { webhook });
  const secret = await desk.call('GET', `webhooks/${body.webhook.id}/signing_secret`);
  return { id: body.webhook.id, secret: secret.body.signing_secret.secret };
}

async function withTicket(types?: string[], options?: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(options);
  const receiver = await openReceiver();
  await desk.call('POST', 'tickets', printerOnFire);
  return { desk, receiver, ...(await register(desk, receiver, types)) };
}

describe('registration', () => {
  it('creates, lists, shows, changes and deletes a webhook without ever showing its secret', async () => {
    const desk = await openDesk();
    const receiver = await openReceiver();
    const { id } = await register(desk, receiver);

    const listed = await desk.call('GET', 'webhooks?filter[name_contains]=cause');
    const changed = await desk.call('PATCH', `webhooks/${id}`, { webhook: { subscriptions: [] } });
    const shown = await desk.call('GET', `webhooks/${id}`);
    const deleted = await desk.call('DELETE', `webhooks/${id}`);

    expect(listed.body).toMatchObject({
      webhooks: [{ id, name: 'Causeway', subscriptions }],
      meta: { has_more: false },
    });
    expect(JSON.stringify(listed.body)).not.toContain('secret');
    expect([changed.status, deleted.status]).toEqual([204, 204]);
    expect(shown.body.webhook).toMatchObject({ endpoint: receiver.endpoint, subscriptions: [] });
    expect((await desk.call('GET', `webhooks/${id}`)).status).toBe(404);
  });

  it('sends nowhere but to loopback and to the hosts that were allowed', async () => {
    const webhook = { name: 'x', http_method: 'POST', request_format: 'json', status: 'active' };
    const outside = { webhook: { ...webhook, endpoint: 'https://bot.example.com/zendesk/webhook' } };

    const closed = await openDesk();
    const open = await openDesk({ allowedWebhookHosts: ['bot.example.com'] });

    expect((await closed.call('POST', 'webhooks', outside)).status).toBe(400);
    expect((await open.call('POST', 'webhooks', outside)).status).toBe(201);
  });

  it.each([
    ['http://127.0.0.1:3978/zendesk/webhook', true],
    ['http://localhost/zendesk/webhook', true],
    ['http://[::1]:1/', true],
    ['https://bot.example.com/zendesk/webhook', true],
    ['https://evil.bot.example.com/', false],
    ['https://127.0.0.1.example.com/', false],
  ])('delivers to %s, from whatever world it came: %s', (endpoint, allowed) => {
    expect(isAllowed(['bot.example.com'], endpoint)).toBe(allowed);
  });

  it('is for admins', async () => {
    const desk = await openDesk();
    const agent = `Basic ${Buffer.from('robin.devries@desk.example.com/token:x').toString('base64')}`;

    expect((await desk.call('DELETE', 'webhooks/01X', undefined, { Authorization: agent })).status).toBe(403);
  });
});

describe('deliveries', () => {
  it('sends a signed envelope with string ids and upper-case values', async () => {
    const { desk, receiver, id, secret } = await withTicket();

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const [delivery] = await receiver.received(1);
    expect(delivery?.event).toMatchObject({
      type: 'zen:event-type:ticket.status_changed',
      account_id: expect.any(Number),
      subject: 'zen:ticket:1',
      zendesk_event_version: '2022-11-06',
      detail: { id: '1', status: 'PENDING', priority: 'URGENT', requester_id: '90003', actor_id: '90002' },
      event: { current: 'PENDING', previous: 'NEW', meta: { sequence: { id: expect.any(String), position: 1 } } },
    });
    const timestamp = String(delivery?.headers['x-zendesk-webhook-signature-timestamp']);
    const signature = createHmac('sha256', secret)
      .update(timestamp + delivery?.raw)
      .digest('base64');
    expect(delivery?.headers).toMatchObject({
      'x-zendesk-webhook-id': id,
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-invocation-id': expect.any(String),
      'x-zendesk-account-id': expect.any(String),
    });
  });

  it('tells of changes made by the API too', async () => {
    const { desk, receiver } = await withTicket();

    await desk.call('PUT', 'tickets/1', {
      ticket: { comment: { body: 'Any news?', author_id: 90_003 }, status: 'open', priority: 'high' },
    });

    const deliveries = await receiver.received(3);
    expect(deliveries.map(({ event }) => event.type).sort()).toEqual([
      'zen:event-type:ticket.comment_added',
      'zen:event-type:ticket.priority_changed',
      'zen:event-type:ticket.status_changed',
    ]);
    const comment = deliveries.find(({ event }) => event.type.endsWith('comment_added'));
    expect(comment?.event.event).toMatchObject({
      comment: { body: 'Any news?', is_public: true, author: { id: '90003', name: 'Rosa Requester', is_staff: false } },
    });
  });

  it('tells of a new ticket and of its first comment', async () => {
    const { desk, receiver } = await withTicket();

    await desk.call('POST', 'tickets', { ticket: { comment: { body: 'second' } } });

    const types = (await receiver.received(2)).map(({ event }) => event.type);
    expect(types.sort()).toEqual(['zen:event-type:ticket.comment_added', 'zen:event-type:ticket.created']);
  });

  it('sends only what was subscribed to', async () => {
    const { desk, receiver } = await withTicket(['zen:event-type:ticket.priority_changed']);

    await desk.control('agent', { ticket: 1, move: 'status', status: 'hold' });
    await desk.control('agent', { ticket: 1, move: 'priority', priority: 'low' });

    const [delivery] = await receiver.received(1);
    expect(delivery?.event).toMatchObject({ event: { current: 'LOW', previous: 'URGENT' } });
    expect(receiver.deliveries).toHaveLength(1);
  });

  it.each([
    ['409', [409, 409], 3],
    ['no answer in time', ['never'], 2],
    ['503 that asks to come back at once', [{ status: 503, headers: { 'Retry-After': '0' } }], 2],
  ] satisfies [string, Receiver['answers'], number][])('sends again after %s', async (_what, answers, count) => {
    const isHung = answers.some((answer) => answer === 'never');
    const delivery = { pauseMs: 10, ...(isHung && { timeoutMs: 200 }) };
    const { desk, receiver } = await withTicket(undefined, { delivery });
    receiver.answers.push(...answers);

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const deliveries = await receiver.received(count);
    expect(new Set(deliveries.map(({ event }) => event.id)).size).toBe(1);
    expect(new Set(deliveries.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])).size).toBe(1);
  });

  it.each([
    ['500', [500]],
    ['503 without Retry-After', [503]],
    ['429 that asks for more than a minute', [{ status: 429, headers: { 'Retry-After': '60' } }]],
    ['four times 409', [409, 409, 409, 409]],
  ] satisfies [string, Receiver['answers']][])('gives up after %s', async (_what, answers) => {
    const { desk, receiver } = await withTicket();
    const count = answers.length;
    receiver.answers.push(...answers);

    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });
    await receiver.received(count);
    await desk.control('agent', { ticket: 1, move: 'priority', priority: 'low' });

    const deliveries = await receiver.received(count + 1);
    expect(deliveries.filter(({ event }) => event.type.endsWith('status_changed'))).toHaveLength(count);
  });

  it('closes while a receiver never answers', async () => {
    const desk = await openDesk({ delivery: { timeoutMs: 60_000, pauseMs: 60_000 } });
    const receiver = await openReceiver();
    await register(desk, receiver);
    receiver.answers.push('never');
    await desk.call('POST', 'tickets', printerOnFire);
    await receiver.received(1);

    await desk.close();

    expect(receiver.deliveries.length).toBeGreaterThan(0);
  });
});

describe('faults of deliveries', () => {
  it.each(['lose-webhook', 'double-webhook'])('%s strikes the events of the request that it matches', async (fault) => {
    const { desk, receiver } = await withTicket();

    await desk.control('faults', [{ match: { method: 'PUT' }, fault, times: 1 }]);
    await desk.call('PUT', 'tickets/1', { ticket: { status: 'open' } });
    await desk.call('PUT', 'tickets/1', { ticket: { status: 'pending' } });

    const wanted = fault === 'lose-webhook' ? ['PENDING'] : ['OPEN', 'OPEN', 'PENDING'];
    const deliveries = await receiver.received(wanted.length);
    expect(deliveries.map(({ event }) => String(event.detail['status'])).sort()).toEqual(wanted);
  });

  it('a doubled event keeps its id and has two invocations', async () => {
    const { desk, receiver } = await withTicket();

    await desk.control('deliveries', { fault: 'double-webhook' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'solved' });

    const [first, second] = await receiver.received(2);
    expect(first?.event.id).toBe(second?.event.id);
    expect(first?.headers['x-zendesk-webhook-invocation-id']).not.toBe(
      second?.headers['x-zendesk-webhook-invocation-id'],
    );
  });

  it('loses the next events of any cause when armed', async () => {
    const { desk, receiver } = await withTicket();

    await desk.control('deliveries', { fault: 'lose-webhook', times: 1 });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'solved' });

    const [delivery] = await receiver.received(1);
    expect(delivery?.event.detail['status']).toBe('SOLVED');
  });

  it('delivers an event after the one that followed it', async () => {
    const { desk, receiver } = await withTicket();

    await desk.control('deliveries', { fault: 'reorder-webhook' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'solved' });

    const deliveries = await receiver.received(2);
    expect(deliveries.map(({ event }) => event.detail['status'])).toEqual(['SOLVED', 'PENDING']);
  });

  it('delivers late when told to', async () => {
    const desk = await openDesk({ delivery: { lateMs: 50 } });
    const receiver = await openReceiver();
    await desk.call('POST', 'tickets', printerOnFire);
    await register(desk, receiver);

    await desk.control('deliveries', { fault: 'late-webhook' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'solved' });

    const deliveries = await receiver.received(2);
    expect(deliveries.map(({ event }) => event.detail['status'])).toEqual(['SOLVED', 'PENDING']);
  });

  it.each([
    ['forge-webhook', false, 0],
    ['stale-webhook', true, 600],
  ])('signs wrongly or too long ago under %s', async (fault, fits, ageSeconds) => {
    const { desk, receiver, secret } = await withTicket();

    await desk.control('deliveries', { fault });
    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    const [delivery] = await receiver.received(1);
    const timestamp = String(delivery?.headers['x-zendesk-webhook-signature-timestamp']);
    const signature = createHmac('sha256', secret).update(`${timestamp}${delivery?.raw}`).digest('base64');
    expect(delivery?.headers['x-zendesk-webhook-signature'] === signature).toBe(fits);
    expect(Temporal.Now.instant().since(timestamp).total('seconds')).toBeGreaterThanOrEqual(ageSeconds);
  });

  it.each([
    [{ move: 'redact', text: 'sign in' }, 'ticket.comment_redacted'],
    [{ move: 'make-private' }, 'ticket.comment_made_private'],
    [{ move: 'spam' }, 'ticket.marked_as_spam'],
    [{ move: 'comment', text: 'I mailed', as: 'requester@example.com' }, 'ticket.comment_added'],
  ])('tells of %j', async (move, type) => {
    const { desk, receiver } = await withTicket([`zen:event-type:${type}`]);

    await desk.control('agent', { ticket: 1, ...move });

    const [delivery] = await receiver.received(1);
    expect(delivery?.event.type).toBe(`zen:event-type:${type}`);
  });
});
