import { describe, expect, it } from 'vitest';
import type { Desk } from '../simulators/zendesk/desk.ts';
import { connectToDesk, failureOf } from './zendesk-client.ts';

const oauth = { kind: 'oauth', clientId: 'causeway', clientSecret: 'planted-secret' } as const;

async function tokensAsked(desk: Desk): Promise<number> {
  return (await desk.requests()).filter(({ path }) => path === '/oauth/tokens').length;
}

describe('signing in with an OAuth client', () => {
  it('asks for one token however many calls need it', async () => {
    const { client, desk } = await connectToDesk(oauth);

    await Promise.all([client.me(), client.me(), client.me()]);
    await client.me();

    expect(await tokensAsked(desk)).toBe(1);
    const [grant, call] = await desk.requests();
    expect(grant?.body).toMatchObject({ grant_type: 'client_credentials', client_id: 'causeway', scope: 'read write' });
    expect(call?.headers['authorization']).toMatch(/^Bearer [0-9a-f]+$/);
  });

  it('takes a new one before the old one ends', async () => {
    let now = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const { client, desk } = await connectToDesk(oauth, { now: () => now });
    await client.me();

    now = now.add({ seconds: 3_500 });
    await client.me();
    now = now.add({ seconds: 60 });
    await client.me();

    expect(await tokensAsked(desk)).toBe(2);
    expect((await desk.requests()).map(({ status }) => status)).not.toContain(401);
  });

  it('takes a new one when the desk refuses the old one, once for all calls under way', async () => {
    const { client, desk } = await connectToDesk(oauth);
    await client.me();
    await desk.control('faults', [{ match: { path: '/users/me' }, fault: 'revoke-token', times: 1 }]);

    await Promise.all([client.me(), client.me()]);

    expect(await tokensAsked(desk)).toBe(2);
  });

  it('sends a change again after the refusal, because nothing was done', async () => {
    const { client, desk } = await connectToDesk(oauth);
    await desk.control('world', { zendesk: { tickets: [{ id: 1, requester_id: 90_003 }] } });
    await desk.control('faults', [{ match: { method: 'PUT' }, fault: 'revoke-token', times: 1 }]);

    await client.addComment(1, { body: 'Still down', public: true });

    expect(await client.listComments(1)).toHaveLength(1);
  });

  it('gives up when the fresh token is refused too', async () => {
    const { client, desk } = await connectToDesk(oauth);
    await desk.control('faults', [{ match: { path: '/users/me' }, fault: 'revoke-token', times: 9 }]);

    const error = await failureOf(client.me());

    expect(error).toMatchObject({ status: 401, code: 'invalid_token' });
    expect(await tokensAsked(desk)).toBe(2);
  });

  it('says so when the desk does not know the client, and tries again next time', async () => {
    const { client, desk } = await connectToDesk(oauth);
    await desk.control('faults', [{ match: { path: '/oauth/tokens' }, fault: 'refuse-client', times: 1 }]);

    const error = await failureOf(client.me());

    expect(error).toMatchObject({ status: 401, code: 'invalid_client' });
    expect(error.message).toMatch(/^signing in to Zendesk .+ Check the OAuth client/);
    expect(await client.me()).toMatchObject({ name: 'Causeway' });
  });

  it('gets its token through bad weather', async () => {
    const { client, desk } = await connectToDesk(oauth);
    await desk.control('faults', [{ match: { path: '/oauth/tokens' }, fault: '502', times: 2 }]);

    expect(await client.me()).toMatchObject({ name: 'Causeway' });
  });
});

describe('signing in the older way', () => {
  it('sends e-mail address and API token', async () => {
    const { client } = await connectToDesk({
      kind: 'api-token',
      email: 'robin.devries@desk.example.com',
      token: 'abc',
    });

    expect(await client.me()).toMatchObject({ name: 'Robin de Vries' });
  });

  it('does not try again when it is refused', async () => {
    const { client, desk } = await connectToDesk({ kind: 'api-token', email: 'nobody@example.com', token: 'abc' });

    expect(await failureOf(client.me())).toMatchObject({ status: 401 });
    expect(await desk.requests()).toHaveLength(1);
  });
});

describe('secrets', () => {
  it.each(['revoke-token', '500', 'drop', 'html', 'forbid'])('stay out of the error under %s', async (fault) => {
    const { client, desk } = await connectToDesk(oauth);
    await desk.control('faults', [{ match: { path: '/api/v2/users/me' }, fault, times: 9 }]);

    const error = await failureOf(client.me());

    const requests = await desk.requests();
    const tokens = requests.flatMap(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? []);
    const said = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const secret of ['planted-secret', ...tokens]) {
      expect(said).not.toContain(secret);
    }
  });
});
