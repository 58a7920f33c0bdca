import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { appId, askForToken, openStage, path, tenantId } from './stage.ts';

const chat = path('19:orders@thread.v2', 'activities');
const hello = { type: 'message', text: 'hello' };

it('publishes the keys with which it signs, each with the channels it may speak for', async () => {
  const { teams, control } = await openStage();

  const metadata = (await (await fetch(teams.metadataUrl)).json()) as { issuer: string; jwks_uri: string };
  const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: { endorsements?: string[] }[] };
  const { token } = (await control('token', {})).body;
  const verified = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
    issuer: metadata.issuer,
    audience: appId,
  });

  expect(verified.payload['serviceurl']).toBe(`${teams.origin}/emea/`);
  expect(keys.map((key) => key.endorsements?.includes('msteams'))).toEqual([true, false, undefined]);
});

it('keeps the key from before until it is withdrawn', async () => {
  const { control } = await openStage();

  const rotated = await control('keys', { move: 'rotate' });
  const withdrawn = await control('keys', { move: 'withdraw-previous' });
  const secret = await control('keys', { move: 'rotate-unpublished' });
  const published = await control('keys', { move: 'publish' });

  const counts = [rotated, withdrawn, secret, published].map(
    ({ body }) => (body as never as { published: [] }).published,
  );
  expect(counts.map((kids) => kids.length)).toEqual([4, 3, 3, 4]);
});

it('mints tokens with the claims that a test asks for', async () => {
  const { control } = await openStage();

  const { token } = (await control('token', { claims: { aud: 'other', exp: null }, header: { kid: 'k' } })).body;

  const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  expect(JSON.parse(header ?? '')).toMatchObject({ alg: 'RS256', kid: 'k' });
  expect(JSON.parse(claims ?? '')).toMatchObject({ aud: 'other' });
  expect(claims).not.toContain('exp');
});

it.each([[{ variant: 'made-up' }], [{ claim: {} }]])('refuses to mint %j', async (request) => {
  const { control } = await openStage();

  expect((await control('token', request)).status).toBe(400);
});

it('gives a token to the bot', async () => {
  const { teams } = await openStage();

  const answer = await askForToken(teams);

  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3599 } });
});

it.each([
  ['an unknown application', { client_id: 'other' }],
  ['no secret', { client_secret: '' }],
  ['a wrong secret', { client_secret: 'wrong' }],
  ['another scope', { scope: 'https://graph.microsoft.com/.default' }],
  ['another grant', { grant_type: 'password' }],
])('gives no token for %s', async (_name, changes) => {
  const { teams } = await openStage({ appPassword: 'secret' });

  expect((await askForToken(teams, changes)).status).toBeGreaterThanOrEqual(400);
});

it('gives no token at another tenant', async () => {
  const { teams } = await openStage();

  expect((await askForToken(teams, {}, 'botframework.com')).status).toBe(400);
});

it.each([
  ['no token', {}],
  ['an unknown token', { Authorization: 'Bearer made-up' }],
])('refuses a post with %s', async (_name, headers) => {
  const { call, messages } = await openStage();

  const answer = await call('POST', chat, hello, headers);

  expect([answer.status, await messages('19:orders@thread.v2')]).toEqual([401, []]);
});

it('refuses a token that has ended, and one that was revoked', async () => {
  let now = Temporal.Now.instant();
  const { teams, call, control } = await openStage({ now: () => now, tokenSeconds: 60 });
  await control('faults', [{ match: { path: '/activities' }, fault: 'revoke-token', times: 1 }]);

  const revoked = await call('POST', chat, hello);
  const { access_token: token } = (await askForToken(teams)).body;
  const fresh = await call('POST', chat, hello, { Authorization: `Bearer ${token}` });
  now = now.add({ seconds: 60 });
  const ended = await call('POST', chat, hello, { Authorization: `Bearer ${token}` });

  expect([revoked.status, fresh.status, ended.status]).toEqual([401, 201, 401]);
});

it('takes the people of a test, and puts a world in place of its own', async () => {
  const people = [{ id: 'rosa', name: 'Rosa', objectId: 'object-1' }];
  const { control, world } = await openStage({ people });

  const before = await world();
  const conversations = { '19:orders@thread.v2': [{ id: '1', type: 'message' }] };
  const replaced = await control('world', { teams: { conversations } });
  const after = await world();
  const refused = await control('world', { teams: { conversations: [] } });

  expect(before.people).toEqual([
    { id: 'rosa', name: 'Rosa', objectId: 'object-1', tenantId, email: 'rosa@example.com' },
  ]);
  expect([replaced.status, refused.status]).toEqual([200, 400]);
  expect(after).toEqual({ ...before, conversations });
});
