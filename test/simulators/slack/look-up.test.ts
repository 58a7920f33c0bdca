/** What the app can find out: conversations, people, files. */
import { expect, it } from 'vitest';
import { botToken, openStage } from './stage.ts';

it('reads a channel backwards, in pages, without what stands in threads', async () => {
  const { api } = await openStage();
  const first = await api('chat.postMessage', { channel: 'C0TEAM', text: 'one' });
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'in a thread', thread_ts: first.ts });
  const third = await api('chat.postMessage', { channel: 'C0TEAM', text: 'three' });
  function history(args: object) {
    return api('conversations.history', { channel: 'C0TEAM', ...args });
  }

  const page = await history({ limit: 1 });
  const next = await history({ limit: 1, cursor: page.response_metadata.next_cursor });

  expect(page).toMatchObject({ messages: [{ text: 'three' }], has_more: true });
  expect(next).toMatchObject({ messages: [{ text: 'one' }], has_more: false });
  expect((await history({ oldest: first.ts })).messages).toHaveLength(1);
  expect((await history({ oldest: first.ts, latest: third.ts, inclusive: true })).messages).toHaveLength(2);
  expect(await history({ limit: 0 })).toMatchObject({ error: 'invalid_limit' });
});

it('reads a thread forwards', async () => {
  const { api, move } = await openStage();
  const parent = await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'parent' });
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'reply', thread_ts: parent.ts });
  function replies(ts: string) {
    return api('conversations.replies', { channel: 'C0TEAM', ts }, { form: true });
  }

  expect((await replies(parent.ts)).messages.map((message) => message['text'])).toEqual(['parent', 'reply']);
  expect(await replies('1700000000.000001')).toMatchObject({ error: 'thread_not_found' });
});

it('opens direct messages once', async () => {
  const { api } = await openStage();
  function open(users: string) {
    return api('conversations.open', { users });
  }

  expect(await open('U0REQUESTER')).toMatchObject({ channel: { id: 'D0REQUESTER' } });
  expect(await open('U0REQUESTER')).toMatchObject({ already_open: true });
  expect(await open('U0NOBODY')).toMatchObject({ error: 'user_not_found' });
  expect(await open('U0CAUSEWAY')).toMatchObject({ error: 'cannot_dm_bot' });
  expect(await open('')).toMatchObject({ error: 'users_list_not_supplied' });
});

it('tells what a conversation is and who is in it', async () => {
  const { api } = await openStage();
  function ask(method: string, channel: string) {
    return api(method, { channel }, { form: true });
  }

  expect(await ask('conversations.info', 'C0SHARED')).toMatchObject({
    channel: { name: 'shared', is_ext_shared: true, is_private: false, is_member: true },
  });
  expect((await ask('conversations.members', 'C0SHARED'))['members']).toContain('U0FOREIGN');
  expect(await ask('conversations.info', 'C0NOWHERE')).toMatchObject({ error: 'channel_not_found' });
});

it('tells who people are, and their e-mail only with the right to it', async () => {
  const { api, move } = await openStage();
  function ask() {
    return api('users.info', { user: 'U0ADMIN' }, { form: true });
  }
  const withRight = await ask();
  await move('settings', { scopes: ['users:read'] });

  expect(withRight['user']).toMatchObject({
    id: 'U0ADMIN',
    team_id: 'T0CAUSEWAY',
    profile: { email: 'admin@example.com' },
  });
  expect((await ask())['user']).not.toHaveProperty('profile.email');
  expect(await api('users.info', { user: 'U0NOBODY' }, { form: true })).toMatchObject({ error: 'user_not_found' });
});

it('shows where somebody of another company belongs', async () => {
  const { api } = await openStage();

  expect((await api('users.info', { user: 'U0FOREIGN' }, { form: true }))['user']).toMatchObject({
    team_id: 'T0OTHER',
    is_stranger: true,
  });
});

it('finds people of the workspace by e-mail', async () => {
  const { api } = await openStage();
  function find(email: string) {
    return api('users.lookupByEmail', { email }, { form: true });
  }

  expect(await find('Approver-1@example.com')).toMatchObject({ user: { id: 'U0APPROVER1' } });
  expect(await find('fiona@other.example')).toMatchObject({ error: 'users_not_found' });
  expect(await find('nobody@example.com')).toMatchObject({ error: 'users_not_found' });
});

it('takes a file in three steps and shows it in a thread', async () => {
  const { api, messages, world } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'parent' });
  const offer = await api('files.getUploadURLExternal', { filename: 'plan.bicep', length: 5 }, { form: true });

  const uploaded = await fetch(String(offer['upload_url']), { method: 'POST', body: 'param' });
  const done = await api('files.completeUploadExternal', {
    files: [{ id: offer['file_id'], title: 'The plan' }],
    channel_id: 'C0TEAM',
    thread_ts: ts,
    initial_comment: 'Here it is',
  });

  expect([uploaded.status, await uploaded.text()]).toEqual([200, 'OK - 5']);
  expect(done).toMatchObject({ ok: true, files: [{ title: 'The plan' }] });
  expect((await messages('C0TEAM'))[1]).toMatchObject({
    thread_ts: ts,
    text: 'Here it is',
    files: [{ name: 'plan.bicep' }],
  });
  expect((await world()).files).toMatchObject([{ name: 'plan.bicep', text: 'param' }]);
});

it('takes a file as a form too', async () => {
  const { api } = await openStage();
  const offer = await api('files.getUploadURLExternal', { filename: 'a.txt', length: 3 }, { form: true });
  const form = new FormData();
  form.set('filename', new Blob(['abc']), 'a.txt');

  expect((await fetch(String(offer['upload_url']), { method: 'POST', body: form })).status).toBe(200);
});

it('refuses a file that is not what was announced', async () => {
  const { api } = await openStage();
  const offer = await api('files.getUploadURLExternal', { filename: 'a.txt', length: 3 }, { form: true });
  function complete() {
    return api('files.completeUploadExternal', { files: [{ id: offer['file_id'] }], channel_id: 'C0TEAM' });
  }

  expect((await fetch(String(offer['upload_url']), { method: 'POST', body: 'abcd' })).status).toBe(400);
  expect(await complete()).toMatchObject({ error: 'file_not_found' });
  expect(await api('files.getUploadURLExternal', { filename: 'a.txt' }, { form: true })).toMatchObject({
    error: 'invalid_arguments',
  });
});

it('shows a sign-in page instead of a file to an app without the right to read it', async () => {
  const { move, world, received } = await openStage();
  await move('say', {
    user: 'U0AGENT',
    channel: 'D0AGENT',
    text: 'the log',
    files: [{ name: 'app.log', text: 'boom' }],
  });
  const event = received[0]?.payload['event'] as { files: { url_private: string }[] } | undefined;
  const url = event?.files[0]?.url_private ?? '';
  async function get() {
    return (await fetch(url, { headers: { Authorization: `Bearer ${botToken}` } })).text();
  }

  expect(await get()).toBe('boom');
  await move('settings', { scopes: ['im:history'] });
  expect(await get()).toContain('Sign in');
  expect((await world()).files).toHaveLength(1);
});
