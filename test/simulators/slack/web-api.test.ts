/** The front door of the Web API: who calls, with which right, in which form. */
import { expect, it } from 'vitest';
import manifest from '../../../manifest/slack/manifest.json' with { type: 'json' };
import { appToken, botToken, openStage, section } from './stage.ts';

const post = { channel: 'C0TEAM', text: 'hello' };

it('grants what the manifest asks for', async () => {
  const { move } = await openStage();

  expect((await move('settings'))['scopes']).toEqual(manifest.oauth_config.scopes.bot);
});

it.each([
  ['no token', null, 'not_authed'],
  ['a wrong token', 'xoxb-somebody-else', 'invalid_auth'],
  ['the token of the app', appToken, 'not_allowed_token_type'],
])('refuses %s', async (_name, token, error) => {
  const { api } = await openStage();

  expect(await api('chat.postMessage', post, { token })).toMatchObject({ ok: false, error, status: 200 });
});

it('opens sockets for the token of the app only', async () => {
  const { api } = await openStage();

  expect(await api('apps.connections.open', {}, { token: botToken })).toMatchObject({
    error: 'not_allowed_token_type',
  });
  expect((await api('apps.connections.open', {}, { token: appToken })).url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\//);
});

it('knows methods that there are', async () => {
  const { api } = await openStage();

  expect(await api('chat.shout')).toMatchObject({ error: 'unknown_method', req_method: 'chat.shout' });
  expect(await api('toString')).toMatchObject({ error: 'unknown_method' });
});

it('names the scope that is missing', async () => {
  const { api, move } = await openStage();
  await move('settings', { scopes: ['users:read', 'channels:read'] });

  expect(await api('chat.postMessage', post)).toMatchObject({
    error: 'missing_scope',
    needed: 'chat:write',
    provided: 'users:read,channels:read',
  });
  expect(await api('conversations.history', { channel: 'C0TEAM' })).toMatchObject({ error: 'missing_scope' });
  expect(await api('conversations.info', { channel: 'C0TEAM' }, { form: true })).toMatchObject({ ok: true });
  expect(await api('reactions.add', { ...post, name: 'eyes' })).toMatchObject({ needed: 'reactions:write' });
});

it('needs the scope of the kind of conversation', async () => {
  const { api, move } = await openStage();
  await api('conversations.open', { users: 'U0REQUESTER' });
  await move('settings', { scopes: ['im:history'] });

  expect(await api('conversations.history', { channel: 'C0TEAM' })).toMatchObject({ needed: 'channels:history' });
  expect(await api('conversations.history', { channel: 'D0REQUESTER' })).toMatchObject({ ok: true });
});

it('tells which scopes there are', async () => {
  const { slack } = await openStage();

  const response = await fetch(`${slack.origin}/api/auth.test`, { headers: { Authorization: `Bearer ${botToken}` } });

  expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
  expect(await response.json()).toMatchObject({
    ok: true,
    team_id: 'T0CAUSEWAY',
    user_id: 'U0CAUSEWAY',
    bot_id: 'B0CAUSEWAY',
  });
});

it('takes JSON and forms alike', async () => {
  const { api, messages } = await openStage();

  await api('chat.postMessage', { ...post, blocks: [section('as JSON')] });
  await api('chat.postMessage', { ...post, blocks: [section('as a form')] }, { form: true });

  expect((await messages('C0TEAM')).map((message) => message.blocks)).toMatchObject([
    [{ text: { text: 'as JSON' } }],
    [{ text: { text: 'as a form' } }],
  ]);
});

it('warns of JSON without a charset', async () => {
  const { slack } = await openStage();

  const response = await fetch(`${slack.origin}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${botToken}` },
    body: JSON.stringify(post),
  });

  expect(await response.json()).toMatchObject({ ok: true, warning: 'missing_charset' });
});

it.each([
  ['application/json', '{', 'invalid_json'],
  ['application/json', '[]', 'json_not_object'],
  ['text/plain', 'hello', 'invalid_post_type'],
])('refuses a body of %s that is %s', async (type, body, error) => {
  const { slack } = await openStage();

  const response = await fetch(`${slack.origin}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'Content-Type': type, Authorization: `Bearer ${botToken}` },
    body,
  });

  expect(await response.json()).toMatchObject({ ok: false, error });
});

it('finds no arguments in the JSON of a method that only reads', async () => {
  const { api } = await openStage();

  expect(await api('users.info', { user: 'U0ADMIN' })).toMatchObject({ error: 'invalid_arguments' });
  expect(await api('users.info', { user: 'U0ADMIN' }, { form: true })).toMatchObject({ ok: true });
});

it.each([
  ['ratelimited', 429, 'ratelimited'],
  ['internal-error', 200, 'internal_error'],
  ['invalid-blocks-once', 200, 'invalid_blocks'],
])('shows the fault %s once', async (fault, status, error) => {
  const { api, slack, messages } = await openStage();
  const faults = JSON.stringify([{ match: { path: '/api/chat.postMessage' }, fault, times: 1 }]);
  await fetch(`${slack.origin}/_sim/faults`, { method: 'POST', body: faults });

  expect(await api('chat.postMessage', post)).toMatchObject({ ok: false, error, status });
  expect(await api('chat.postMessage', post)).toMatchObject({ ok: true });
  expect(await messages('C0TEAM')).toHaveLength(1);
});

it.each(['slow', 'drop-answer'])('posts at once, and says so late or never: %s', async (fault) => {
  const { slack, messages, move } = await openStage();
  await move('settings', { slowMs: 60_000 });
  const faults = JSON.stringify([{ match: { path: '/api/chat.postMessage' }, fault, times: 1 }]);
  await fetch(`${slack.origin}/_sim/faults`, { method: 'POST', body: faults });

  const answer = fetch(`${slack.origin}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${botToken}` },
    body: JSON.stringify(post),
    signal: AbortSignal.timeout(200),
  });

  await expect(answer).rejects.toThrow();
  expect(await messages('C0TEAM')).toHaveLength(1);
});
