import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectZendesk, type ZendeskClient } from '../../src/tickets/zendesk.ts';
import type { Desk } from '../simulators/zendesk/desk.ts';
import { connectToDesk, draft, failureOf } from './zendesk-client.ts';

function always(desk: Desk, fault: string, times = 9): Promise<unknown> {
  return desk.control('faults', [{ match: { path: '/api/v2/tickets' }, fault, times }]);
}

/** A client of a server that answers as given. */
async function clientOf(listener: RequestListener): Promise<ZendeskClient> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return connectZendesk(
    { url: `http://127.0.0.1:${port}/api/v2`, credential: { kind: 'stand-in' } },
    { wait: () => Promise.resolve() },
  );
}

describe('creating a ticket in bad weather', () => {
  it.each(['drop', 'drop-answer', '500', '502', '503', 'html', '429'])('gives one ticket after %s', async (fault) => {
    const { client, desk } = await connectToDesk();
    await always(desk, fault, 1);

    const ticket = await client.createTicket(draft, 'effect-1');

    expect((await desk.world()).tickets).toMatchObject([{ id: ticket.id }]);
  });

  it('gives one ticket when the first answer never comes', async () => {
    const { client, desk } = await connectToDesk({ kind: 'stand-in' }, { timeoutMs: 100 });
    await always(desk, 'hang', 1);

    await client.createTicket(draft, 'effect-1');

    expect((await desk.world()).tickets).toHaveLength(1);
  });

  it('keeps the keys of tickets that are created at the same time apart', async () => {
    const { client, desk } = await connectToDesk();
    const keys = ['a', 'b', 'c', 'd'];

    const tickets = await Promise.all(keys.map((key) => client.createTicket({ ...draft, externalId: key }, key)));

    expect(new Set(tickets.map(({ id }) => id)).size).toBe(4);
    const sent = (await desk.requests()).map(({ headers, body }) => [headers['idempotency-key'], body]);
    expect(sent).toHaveLength(4);
    for (const [key, body] of sent) {
      expect(body).toMatchObject({ ticket: { external_id: key } });
    }
  });

  it('says so when the key stands for another draft', async () => {
    const { client } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');

    const error = await failureOf(client.createTicket({ ...draft, subject: 'other' }, 'effect-1'));

    expect(error).toMatchObject({ status: 400, code: 'IdempotentRequestError', mayHaveHappened: false });
    expect(error.message).toContain('by its external id');
  });
});

describe('waiting', () => {
  it('waits as long as 429 says, for changes too', async () => {
    const { client, desk, pauses } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    await always(desk, '429', 2);

    await client.addComment(1, { body: 'Still down', public: true });

    expect(pauses).toEqual([1000, 1000]);
    expect(await client.listComments(1)).toHaveLength(2);
  });

  it('gives up after the third 429 and says how long to stay away', async () => {
    const { client, desk, pauses } = await connectToDesk();
    await always(desk, '429');

    const error = await failureOf(client.readTicket(1));

    expect(error).toMatchObject({ status: 429, code: 'TooManyRequests', retryAfterMs: 1000, mayHaveHappened: false });
    expect(pauses).toHaveLength(2);
  });

  it.each([
    ['seconds', '3600'],
    ['a date', 'Fri, 01 Jan 2100 00:00:00 GMT'],
  ])('does not hold the caller for a long Retry-After in %s', async (_form, header) => {
    let asked = 0;
    const client = await clientOf((_request, response) => {
      asked += 1;
      response.writeHead(429, { 'Retry-After': header }).end();
    });

    const error = await failureOf(client.readTicket(1));

    expect(error.retryAfterMs).toBeGreaterThan(3_000_000);
    expect(asked).toBe(1);
  });
});

describe('errors are typed', () => {
  it.each([
    ['500', { status: 500, code: 'ServerError', mayHaveHappened: true }, 3],
    ['502', { status: 502, code: 'ServerError', mayHaveHappened: true }, 3],
    ['503', { status: 503, code: 'ServerError', mayHaveHappened: true }, 3],
    ['html', { status: 200, code: 'NotJson' }, 3],
    ['drop', { status: null, code: 'NoConnection' }, 3],
    ['forbid', { status: 403, code: 'Forbidden' }, 1],
  ])('reading under %s', async (fault, expected, calls) => {
    const { client, desk } = await connectToDesk();
    await always(desk, fault);

    const error = await failureOf(client.readTicket(1));

    expect(error).toMatchObject({ name: 'ZendeskError', ...expected });
    expect(error.message).toMatch(/^reading ticket 1: .+\.$/);
    expect(await desk.requests()).toHaveLength(calls);
  });

  it.each(['502', 'html', 'drop-answer'])('a change under %s is sent once', async (fault) => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    await always(desk, fault, 1);

    const error = await failureOf(client.addComment(1, { body: 'Still down', public: true }));

    expect(error.mayHaveHappened).toBe(true);
    expect((await desk.requests()).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('a desk that never answers', async () => {
    const { client, desk } = await connectToDesk({ kind: 'stand-in' }, { timeoutMs: 50 });
    await always(desk, 'hang');

    expect(await failureOf(client.readTicket(1))).toMatchObject({
      status: null,
      code: 'Timeout',
      mayHaveHappened: true,
    });
  });

  it('a desk that is not there', async () => {
    const { client, desk } = await connectToDesk();
    await desk.close();

    const error = await failureOf(client.setStatus(1, 'open'));

    expect(error).toMatchObject({ status: null, code: 'NoConnection', mayHaveHappened: false });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('a change that breaks a rule, with the rule', async () => {
    const { client, desk } = await connectToDesk();
    await client.createTicket(draft, 'effect-1');
    await desk.control('agent', { ticket: 1, move: 'status', status: 'closed' });

    const error = await failureOf(client.addComment(1, { body: 'too late', public: true }));

    expect(error).toMatchObject({
      status: 422,
      code: 'RecordInvalid',
      details: { status: [{ error: 'ClosedTicket' }] },
    });
    expect(error.message).toContain('closed prevents ticket update');
  });

  it.each([
    ['{"error":"RecordInvalid","description":"d","details":["x"]}', 'RecordInvalid', 'd'],
    ['{"error":{"title":"Invalid attribute","message":"m"}}', 'Invalidattribute', 'm'],
    ['{"errors":[{"code":"InvalidWebhook","title":"t"}]}', 'InvalidWebhook', 't'],
    ['{"error":7}', 'Refused', ''],
    ['plain text', 'Refused', ''],
    ['', 'Refused', ''],
  ])('a refusal in the shape %s', async (body, code, reason) => {
    const client = await clientOf((_request, response) => {
      response.writeHead(422).end(body);
    });

    const error = await failureOf(client.setStatus(1, 'open'));

    expect(error).toMatchObject({ status: 422, code });
    expect(error.message).toContain(reason === '' ? `${code}. ` : `(${reason})`);
  });

  it('a redirect, which is never followed', async () => {
    const paths: (string | undefined)[] = [];
    const client = await clientOf((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });

    expect(await failureOf(client.setStatus(1, 'open'))).toMatchObject({ status: 302, code: 'Redirect' });
    expect(paths).toEqual(['/api/v2/tickets/1']);
  });

  it.each(['{"ticket":{"id":"one"}}', '[]', '""'])('an answer that is not understood: %s', async (body) => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
    });

    expect(await failureOf(client.setStatus(1, 'open'))).toMatchObject({ code: 'Unexpected', mayHaveHappened: true });
  });

  it('a good answer with Retry-After is still a good answer', async () => {
    const user = { id: 5, name: 'Causeway', role: 'agent' };
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Retry-After': '9' }).end(JSON.stringify({ user }));
    });

    expect(await client.me()).toEqual(user);
  });
});
