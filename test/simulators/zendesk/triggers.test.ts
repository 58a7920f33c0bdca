import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asAgent, type Desk, openDesk, printerOnFire } from './desk.ts';
import { openReceiver, type Receiver } from './webhook-receiver.ts';

const webhook = { name: 'Causeway', http_method: 'POST', request_format: 'json', status: 'active' };
const conditional = ['conditional_ticket_events'];

async function register(desk: Desk, endpoint: string, subscriptions = conditional) {
  return desk.call('POST', 'webhooks', { webhook: { ...webhook, endpoint, subscriptions } });
}

function triggerFor(webhookId: string, conditions: object): object {
  return {
    trigger: {
      title: 'Tell Causeway',
      conditions,
      actions: [{ field: 'notification_webhook', value: [webhookId, '{"ticket_id":"{{ticket.id}}"}'] }],
    },
  };
}

async function withTrigger(conditions: object): Promise<{ desk: Desk; receiver: Receiver; webhookId: string }> {
  const desk = await openDesk();
  const receiver = await openReceiver();
  await desk.control('settings', { ticketEvents: false });
  const { body } = await register(desk, receiver.endpoint);
  await desk.call('POST', 'triggers', triggerFor(body.webhook.id, conditions));
  return { desk, receiver, webhookId: body.webhook.id };
}

describe('a trigger', () => {
  it('sends the body that it holds, expanded and signed', async () => {
    const { desk, receiver, webhookId } = await withTrigger({
      all: [{ field: 'update_type', operator: 'is', value: 'Create' }],
    });
    const { body } = await desk.call('GET', `webhooks/${webhookId}/signing_secret`);

    await desk.call('POST', 'tickets', printerOnFire);

    const [delivery] = await receiver.received(1);
    expect(delivery?.raw).toBe('{"ticket_id":"1"}');
    const timestamp = String(delivery?.headers['x-zendesk-webhook-signature-timestamp']);
    expect(delivery?.headers['x-zendesk-webhook-signature']).toBe(
      createHmac('sha256', body.signing_secret.secret).update(timestamp).update('{"ticket_id":"1"}').digest('base64'),
    );
    expect(delivery?.headers['x-zendesk-webhook-invocation-id']).toEqual(expect.any(String));
  });

  it.each([
    ['a status that changed', [{ field: 'status', operator: 'changed' }], { move: 'status', status: 'hold' }, true],
    ['a status that stayed', [{ field: 'status', operator: 'changed' }], { move: 'priority', priority: 'low' }, false],
    [
      'the status that it names',
      [{ field: 'status', operator: 'is', value: 'hold' }],
      { move: 'status', status: 'hold' },
      true,
    ],
    [
      'a public comment',
      [{ field: 'comment_is_public', operator: 'is', value: 'true' }],
      { move: 'comment', text: 'x' },
      true,
    ],
    [
      'a private note, when it wants a public one',
      [{ field: 'comment_is_public', operator: 'is', value: 'true' }],
      { move: 'comment', text: 'x', public: false },
      false,
    ],
    [
      'one of its tags',
      [{ field: 'current_tags', operator: 'includes', value: 'vip causeway' }],
      { move: 'priority', priority: 'low' },
      true,
    ],
    [
      'a tag that is not there',
      [{ field: 'current_tags', operator: 'includes', value: 'vip' }],
      { move: 'priority', priority: 'low' },
      false,
    ],
  ])('looks at %s', async (_what, any, move, fires) => {
    const { desk, receiver } = await withTrigger({
      all: [{ field: 'update_type', operator: 'is', value: 'Change' }],
      any,
    });
    await desk.call('POST', 'tickets', printerOnFire);

    const { body } = await desk.control('agent', { ticket: 1, ...move });

    expect((body as unknown as { events: string[] }).events.includes('conditional_ticket_events')).toBe(fires);
    expect(await receiver.received(fires ? 1 : 0)).toHaveLength(fires ? 1 : 0);
  });

  it('is for admins, and refuses conditions that there are not', async () => {
    const desk = await openDesk();
    const trigger = triggerFor('01X', { all: [{ field: 'moon', operator: 'is', value: 'full' }] });

    expect((await desk.call('GET', 'triggers', undefined, asAgent)).status).toBe(403);
    expect((await desk.call('POST', 'triggers', trigger)).status).toBe(422);
  });

  it('can be changed and deleted', async () => {
    const { desk, receiver } = await withTrigger({ any: [{ field: 'priority', operator: 'changed' }] });
    const { body } = await desk.call('GET', 'triggers');
    const [{ id } = { id: 0 }] = (body as unknown as { triggers: { id: number }[] }).triggers;
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.call('PUT', `triggers/${id}`, { trigger: { active: false } });
    await desk.control('agent', { ticket: 1, move: 'priority', priority: 'low' });
    const { status } = await desk.call('DELETE', `triggers/${id}`);

    expect(status).toBe(204);
    expect(receiver.deliveries).toEqual([]);
  });
});

describe('the two modes', () => {
  it.each([
    ['events of tickets where there are none', ['zen:event-type:ticket.status_changed'], false],
    ['an event that there is not', ['zen:event-type:ticket.juggled'], true],
    ['both at once', ['conditional_ticket_events', 'zen:event-type:ticket.merged'], true],
  ])('refuse %s', async (_what, subscriptions, ticketEvents) => {
    const desk = await openDesk();
    await desk.control('settings', { ticketEvents });

    const answer = await register(desk, 'http://127.0.0.1:9/', subscriptions);

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'InvalidSubscription' }] } });
  });

  it('a new signing secret can be made', async () => {
    const desk = await openDesk();
    const { body } = await register(desk, 'http://127.0.0.1:9/');
    const before = await desk.call('GET', `webhooks/${body.webhook.id}/signing_secret`);

    const after = await desk.call('POST', `webhooks/${body.webhook.id}/signing_secret`);

    expect(after.body.signing_secret.secret).not.toBe(before.body.signing_secret.secret);
  });
});
