import { describe, expect, it } from 'vitest';
import { verifyZendeskSignature } from '../../src/tickets/webhook-signature.ts';
import { connectZendesk } from '../../src/tickets/zendesk.ts';
import { openReceiver } from '../simulators/zendesk/webhook-receiver.ts';
import { connectToDesk, draft, failureOf } from './zendesk-client.ts';

describe('tickets', () => {
  it('creates one with everything that was drafted, under its key', async () => {
    const { client, desk } = await connectToDesk();

    const ticket = await client.createTicket(draft, 'effect-1');

    expect(ticket).toMatchObject({
      id: 1,
      externalId: 'case-7',
      subject: 'prod is down',
      status: 'new',
      priority: 'urgent',
      tags: ['causeway'],
      updatedAt: expect.stringMatching(/Z$/),
    });
    const [request] = await desk.requests();
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v2/tickets',
      headers: { 'idempotency-key': 'effect-1', authorization: 'Bearer causeway-stand-in' },
      body: {
        ticket: {
          external_id: 'case-7',
          subject: 'prod is down',
          comment: { body: 'Nobody can sign in.' },
          priority: 'urgent',
          requester: { name: 'Rosa Requester', email: 'requester@example.com' },
          custom_fields: [{ id: 360_001, value: 'production' }],
        },
      },
    });
  });

  it('sends the HTML of a draft instead of its text', async () => {
    const { client } = await connectToDesk();

    await client.createTicket({ ...draft, htmlBody: '<p>Nobody can <b>sign in</b>.</p>' }, 'effect-1');

    expect(await client.listComments(1)).toMatchObject([{ body: 'Nobody can sign in.' }]);
  });

  it('finds the oldest one by its external id, and none where there is none', async () => {
    const { client } = await connectToDesk();
    const odd = { ...draft, externalId: 'case 7/ü&x=1' };
    await client.createTicket(odd, 'a');
    await client.createTicket(odd, 'b');

    expect(await client.findByExternalId('case 7/ü&x=1')).toMatchObject({ id: 1 });
    expect(await client.findByExternalId('case-8')).toBeNull();
  });

  it('reads one, and null when it was deleted or never there', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');

    expect(await client.readTicket(1)).toMatchObject({ id: 1 });
    await desk.control('agent', { ticket: 1, move: 'delete' });
    expect(await client.readTicket(1)).toBeNull();
    expect(await client.readTicket(2)).toBeNull();
  });

  it('sets status and priority', async () => {
    const { client } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');

    expect(await client.setStatus(1, 'solved')).toMatchObject({ status: 'solved' });
    expect(await client.setPriority(1, 'low')).toMatchObject({ priority: 'low', status: 'solved' });
  });
});

describe('comments', () => {
  it('adds one in the name of a person and lists all with author, side and our mark', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    const { id: authorId } = await client.upsertUser({ name: 'Rosa Requester', email: 'requester@example.com' });

    const sent = await client.addComment(1, { body: 'Still down', public: true, authorId, commentKey: 'effect-2' });
    await desk.control('agent', { ticket: 1, move: 'comment', text: 'a note', public: false });

    expect(await client.listComments(1)).toMatchObject([
      { body: 'Nobody can sign in.', author: { name: 'Causeway' }, viaApi: true, mark: 'effect-1' },
      {
        id: sent.commentId,
        body: 'Still down',
        public: true,
        author: { name: 'Rosa Requester', role: 'end-user' },
        mark: 'effect-2',
      },
      { body: 'a note', public: false, author: { name: 'Robin de Vries', role: 'agent' }, viaApi: false, mark: null },
    ]);
  });

  it('reads more of them than fit on one page', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    const comments = Array.from({ length: 230 }, (_none, index) => ({
      id: index + 1,
      author_id: 90_002,
      body: `answer ${index + 1}`,
    }));
    await desk.control('world', { zendesk: { tickets: [{ id: 1, requester_id: 90_003, comments }] } });

    const listed = await client.listComments(1);

    expect(listed.map(({ id }) => id)).toEqual(comments.map(({ id }) => id));
    expect((await desk.requests()).filter(({ path }) => path.includes('/comments'))).toHaveLength(3);
  });

  it('knows its own comments by their audit where the comment itself does not say it', async () => {
    const { client, desk } = await connectToDesk();
    const comments = [
      { id: 5, author_id: 90_001, body: 'ours', audit_id: 4 },
      { id: 7, author_id: 90_001, body: 'of another program', audit_id: 6 },
    ];
    const event = { id: 5, type: 'Comment' };
    const audits = [
      { id: 4, ticket_id: 1, author_id: 90_001, metadata: { custom: { causeway: 'k' } }, events: [event] },
    ];
    await desk.control('world', { zendesk: { tickets: [{ id: 1, requester_id: 90_003, comments, audits }] } });

    expect(await client.listComments(1)).toMatchObject([{ mark: 'k' }, { mark: null }]);
  });

  it('sends nothing again when the comment is there already', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    await desk.control('faults', [{ match: { method: 'PUT' }, fault: 'drop-answer', times: 1 }]);
    const comment = { body: 'Still down', public: true, commentKey: 'effect-2' };

    const lost = await failureOf(client.addComment(1, comment));
    const found = await client.addComment(1, { ...comment, lookFirst: true });

    expect(lost).toMatchObject({ status: null, code: 'NoConnection', mayHaveHappened: true });
    const comments = await client.listComments(1);
    expect(comments).toHaveLength(2);
    expect(found.commentId).toBe(comments[1]?.id);
  });

  it('sends it when looking did not find it', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    await desk.control('faults', [{ match: { method: 'PUT' }, fault: 'drop', times: 1 }]);
    const comment = { body: 'Still down', public: true, commentKey: 'effect-2' };

    await failureOf(client.addComment(1, comment));
    await client.addComment(1, { ...comment, lookFirst: true });

    expect(await client.listComments(1)).toHaveLength(2);
  });

  it('does not look for a comment that has no key', async () => {
    const { client } = await connectToDesk();

    await expect(client.addComment(1, { body: 'x', public: true, lookFirst: true })).rejects.toThrow('give commentKey');
  });
});

describe('people', () => {
  it('registers somebody once', async () => {
    const { client, desk } = await connectToDesk();

    const first = await client.upsertUser({ name: 'Nina', email: 'nina@example.com' });
    const again = await client.upsertUser({ name: 'Nina New', email: 'nina@example.com' });

    expect(again).toEqual(first);
    expect((await desk.world()).users.filter((user) => user.email === 'nina@example.com')).toHaveLength(1);
  });

  it('says who the bot is', async () => {
    const { client } = await connectToDesk();

    expect(await client.me()).toEqual({ id: 90_001, name: 'Causeway', role: 'admin' });
  });
});

describe('the webhook', () => {
  const subscriptions = ['zen:event-type:ticket.status_changed'];

  it('is registered once, and its secret verifies what it delivers', async () => {
    const { client, desk } = await connectToDesk();
    const receiver = await openReceiver();
    const wanted = { name: 'Causeway', endpoint: receiver.endpoint, subscriptions };

    const first = await client.registerWebhook(wanted);
    const again = await client.registerWebhook(wanted);
    await client.createTicket(draft, 'effect-1');
    await desk.control('agent', { ticket: 1, move: 'status', status: 'pending' });

    expect(again).toEqual(first);
    expect((await desk.world()).webhooks).toHaveLength(1);
    const [delivery] = await receiver.received(1);
    const verdict = verifyZendeskSignature({
      secret: first.signingSecret,
      timestamp: String(delivery?.headers['x-zendesk-webhook-signature-timestamp']),
      signature: String(delivery?.headers['x-zendesk-webhook-signature']),
      rawBody: delivery?.raw ?? '',
      now: Temporal.Now.instant(),
      freshnessSeconds: 300,
    });
    expect(verdict).toBe('ok');
  });

  it('is one, although two replicas register it at once', async () => {
    const { client, desk } = await connectToDesk();
    const wanted = { name: 'Causeway', endpoint: 'http://127.0.0.1:9/zendesk/webhook', subscriptions };

    await Promise.all(
      [client.registerWebhook(wanted), client.registerWebhook(wanted)].map((done) => done.catch(() => 0)),
    );
    const [first, second] = await Promise.all([client.registerWebhook(wanted), client.registerWebhook(wanted)]);

    expect(first).toEqual(second);
    expect((await desk.world()).webhooks).toHaveLength(1);
  });

  it('is refused to somebody who is no admin, with the reason', async () => {
    const { client } = await connectToDesk({ kind: 'api-token', email: 'robin.devries@desk.example.com', token: 'a' });
    const wanted = { name: 'Causeway', endpoint: 'http://127.0.0.1:9/zendesk/webhook', subscriptions };

    const error = await failureOf(client.registerWebhook(wanted));

    expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
    expect(error.message).toContain('Webhooks are for admins');
  });

  it('is subscribed to what a later version wants besides', async () => {
    const { client, desk } = await connectToDesk();
    const wanted = { name: 'Causeway', endpoint: 'http://127.0.0.1:9/zendesk/webhook', subscriptions };
    await client.registerWebhook(wanted);

    await client.registerWebhook({ ...wanted, subscriptions: ['zen:event-type:ticket.comment_added'] });

    expect((await desk.world()).webhooks).toMatchObject([
      { subscriptions: ['zen:event-type:ticket.status_changed', 'zen:event-type:ticket.comment_added'] },
    ]);
  });
});

describe('the address', () => {
  it.each([
    ['http://127.0.0.1:9/', 'Let it end in /api/v2'],
    ['https://desk.example.com/api/v2', 'only a stand-in on loopback takes that'],
  ])('%s is refused without a credential', (url, because) => {
    expect(() => connectZendesk({ url, credential: { kind: 'stand-in' } })).toThrow(because);
  });

  it('is refused when a credential would be sent there in the clear', () => {
    const credential = { kind: 'oauth', clientId: 'causeway', clientSecret: 'planted' } as const;

    expect(() => connectZendesk({ url: 'http://desk.example.com/api/v2', credential })).toThrow('Use https');
  });
});
