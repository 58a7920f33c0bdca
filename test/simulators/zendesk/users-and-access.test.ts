import { describe, expect, it } from 'vitest';
import { as, asAgent, asBot, asRequester, openDesk, printerOnFire, send, startClock } from './desk.ts';

const client = { grant_type: 'client_credentials', client_id: 'causeway', client_secret: 's3cret' };

function basic(credential: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(credential).toString('base64')}` };
}

describe('access', () => {
  it.each([
    ['no credential', {}],
    ['a bearer token that nobody issued', { Authorization: 'Bearer nonsense' }],
    ['somebody with an API token who is not there', basic('nobody@example.com/token:abc')],
    ['a password instead of an API token', basic('causeway@example.com:abc')],
  ])('refuses %s with 401', async (_what, headers) => {
    const desk = await openDesk();

    expect((await desk.call('GET', 'users/me', undefined, headers)).status).toBe(401);
  });

  it('knows who signs in with an e-mail address and an API token', async () => {
    const desk = await openDesk();

    const { body } = await desk.call(
      'GET',
      'users/me.json',
      undefined,
      basic('robin.devries@desk.example.com/token:abc'),
    );

    expect(body.user).toMatchObject({ name: 'Robin de Vries', role: 'agent' });
  });

  it('lets an API token speak for anybody whose address is verified, end users included', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'users/create_or_update', { user: { name: 'Nina', email: 'nina@example.com' } });

    expect((await desk.call('GET', 'users/me', undefined, asRequester)).body.user).toMatchObject({ role: 'end-user' });
    expect((await desk.call('GET', 'users/me', undefined, as('nina@example.com'))).status).toBe(401);
  });

  it('refuses API tokens where they are switched off, and everywhere from 30 April 2027 on', async () => {
    const clock = startClock('2027-04-29T23:59:59Z');
    const desk = await openDesk({ now: clock.now });

    expect((await desk.call('GET', 'users/me', undefined, asAgent)).status).toBe(200);
    await desk.control('settings', { apiTokens: false });
    expect((await desk.call('GET', 'users/me', undefined, asAgent)).status).toBe(401);
    await desk.control('settings', { apiTokens: true });
    clock.pass({ seconds: 1 });
    expect((await desk.call('GET', 'users/me', undefined, asAgent)).status).toBe(401);
  });

  it('knows only the OAuth clients that it lists, each as its user', async () => {
    const oauthClients = [{ identifier: 'portal', secret: 's3cret', user_id: 90_003 }];
    const desk = await openDesk({ world: { zendesk: { oauthClients } } });
    const grant = { ...client, client_id: 'portal' };

    const { body } = await send(`${desk.origin}/oauth/tokens`, 'POST', grant, {});
    const stranger = await send(`${desk.origin}/oauth/tokens`, 'POST', client, {});

    const headers = { Authorization: `Bearer ${body.access_token}` };
    expect((await desk.call('GET', 'users/me', undefined, headers)).body.user).toMatchObject({ id: 90_003 });
    expect(stranger).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it.each([
    ['read', 'GET', 'tickets', 200],
    ['read', 'POST', 'tickets', 403],
    ['tickets:read', 'GET', 'tickets', 200],
    ['users:read', 'GET', 'tickets', 403],
    ['tickets:write', 'POST', 'tickets', 201],
  ])('holds a token of scope %s to it: %s %s is %i', async (scope, method, path, status) => {
    const desk = await openDesk();
    const { body } = await send(`${desk.origin}/oauth/tokens`, 'POST', { ...client, scope }, {});
    const headers = { Authorization: `Bearer ${body.access_token}` };

    expect((await desk.call(method, path, method === 'POST' ? printerOnFire : undefined, headers)).status).toBe(status);
  });

  it.each([
    ['GET', 'tickets'],
    ['GET', 'tickets/1'],
    ['PUT', 'tickets/1'],
    ['GET', 'tickets/show_many?ids=1'],
    ['GET', 'tickets/1/comments'],
    ['GET', 'tickets/1/audits'],
    ['POST', 'users/create_or_update'],
    ['GET', 'search?query=printer'],
    ['GET', 'incremental/tickets/cursor?start_time=1'],
    ['POST', 'tickets/1/merge'],
    ['GET', 'webhooks'],
  ])('does not let an end user %s %s', async (method, path) => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    const answer = await desk.call(method, path, method === 'GET' ? undefined : { ticket: {} }, asRequester);

    expect(answer.status).toBe(403);
  });

  it('issues tokens for client credentials, and they end', async () => {
    let now = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const desk = await openDesk({ now: () => now });

    const { status, body } = await send(`${desk.origin}/oauth/tokens`, 'POST', { ...client, expires_in: 300 }, {});
    const headers = { Authorization: `Bearer ${body.access_token}` };

    expect(status).toBe(201);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'read write' });
    expect((await desk.call('GET', 'users/me', undefined, headers)).body.user.name).toBe('Causeway');
    now = now.add({ seconds: 300 });
    expect(await desk.call('GET', 'users/me', undefined, headers)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    });
  });

  it.each([
    [{ ...client, client_secret: '' }, 401, 'invalid_client'],
    [{ ...client, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ ...client, expires_in: 200_000 }, 400, 'invalid_request'],
    ['not json', 400, 'invalid_request'],
  ])('refuses the grant %j', async (grant, status, error) => {
    const desk = await openDesk();

    expect(await send(`${desk.origin}/oauth/tokens`, 'POST', grant, {})).toMatchObject({ status, body: { error } });
  });

  it.each(['tickets/1/unknown', 'organizations', 'tickets/show_all'])('knows no GET %s', async (path) => {
    const desk = await openDesk();

    expect(await desk.call('GET', path)).toMatchObject({ status: 404, body: { error: 'InvalidEndpoint' } });
  });
});

describe('users', () => {
  it('creates somebody new with 201 and updates somebody known by e-mail address with 200', async () => {
    const desk = await openDesk();

    const made = await desk.call('POST', 'users/create_or_update', {
      user: { name: 'Nina', email: 'nina@example.com' },
    });
    const kept = await desk.call('POST', 'users/create_or_update', {
      user: { name: 'Nina New', email: 'NINA@example.com' },
    });

    expect(made).toMatchObject({ status: 201, body: { user: { role: 'end-user' } } });
    expect(kept).toMatchObject({ status: 200, body: { user: { id: made.body.user.id, name: 'Nina New' } } });
  });

  it('refuses somebody new without a name', async () => {
    const desk = await openDesk();

    const answer = await desk.call('POST', 'users/create_or_update', { user: { email: 'x@example.com' } });

    expect(answer).toMatchObject({ status: 422, body: { details: { name: [{}] } } });
  });

  it.each([
    ['users/search?query=requester@example.com', ['requester@example.com']],
    ['users/search?query=type:user email:approver-1@example.com', ['approver-1@example.com']],
    ['users/search?query=approver', ['approver-1@example.com', 'approver-2@example.com']],
    ['users/search?query=nobody', []],
    ['users/show_many?ids=90003,1', ['requester@example.com']],
  ])('finds by GET %s', async (path, emails) => {
    const desk = await openDesk();

    const { body } = await desk.call('GET', path);

    expect(body.users.map((user) => user.email)).toEqual(emails);
  });

  it('shows one by id, and 404 for nobody', async () => {
    const desk = await openDesk();

    expect((await desk.call('GET', 'users/90002', undefined, asBot)).body.user.name).toBe('Robin de Vries');
    expect((await desk.call('GET', 'users/4')).status).toBe(404);
  });
});
