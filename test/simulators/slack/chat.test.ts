/** Messages: posted, edited, whispered, taken back, found again. */
import { expect, it } from 'vitest';
import { actions, button, openStage, section } from './stage.ts';

it('posts as the app, and names every part', async () => {
  const { api, messages } = await openStage();

  const posted = await api('chat.postMessage', {
    channel: 'C0TEAM',
    text: 'Approve?',
    blocks: [section('Approve?'), actions(button(''))],
  });

  expect(posted).toMatchObject({ ok: true, channel: 'C0TEAM', message: { user: 'U0CAUSEWAY', bot_id: 'B0CAUSEWAY' } });
  expect(posted.ts).toMatch(/^\d{10}\.\d{6}$/);
  const [message] = await messages('C0TEAM');
  expect(message?.blocks).toMatchObject([
    { block_id: expect.stringMatching(/^.{5}$/) as unknown },
    { elements: [{ action_id: expect.stringMatching(/^.{5}$/) as unknown }] },
  ]);
});

it('finds the channel by its name, and a person in their direct messages', async () => {
  const { api, messages } = await openStage();

  expect(await api('chat.postMessage', { channel: '#on-call', text: 'x' })).toMatchObject({ channel: 'C0ONCALL' });
  expect(await api('chat.postMessage', { channel: 'U0REQUESTER', text: 'x' })).toMatchObject({
    channel: 'D0REQUESTER',
  });
  expect(await messages('D0REQUESTER')).toHaveLength(1);
});

it.each([
  ['a channel that is not there', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
  ['direct messages that nobody opened', { channel: 'D0REQUESTER', text: 'x' }, 'channel_not_found'],
  ['no channel', { text: 'x' }, 'invalid_arguments'],
  ['nothing to say', { channel: 'C0TEAM' }, 'no_text'],
  ['too much to say', { channel: 'C0TEAM', text: 'x'.repeat(40_001) }, 'msg_too_long'],
  [
    'a thread that never was',
    { channel: 'C0TEAM', text: 'x', thread_ts: '1700000000.000001' },
    'cannot_reply_to_message',
  ],
  ['metadata of another shape', { channel: 'C0TEAM', text: 'x', metadata: { kind: 'x' } }, 'invalid_metadata_format'],
  [
    '101 attachments',
    { channel: 'C0TEAM', text: 'x', attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) },
    'too_many_attachments',
  ],
])('refuses %s', async (_name, args, error) => {
  const { api } = await openStage();

  expect(await api('chat.postMessage', args)).toMatchObject({ ok: false, error });
});

it('writes only where the bot is, and not where nobody writes any more', async () => {
  const rooms = [
    { id: 'C0OPEN', name: 'open', members: ['U0ADMIN'] },
    { id: 'C0SECRET', name: 'secret', is_private: true, members: ['U0ADMIN'] },
    { id: 'C0OLD', name: 'old', is_archived: true, members: ['U0ADMIN', 'U0CAUSEWAY'] },
  ];
  const { api } = await openStage({ world: { slack: { rooms } } });

  expect(await api('chat.postMessage', { channel: 'C0OPEN', text: 'x' })).toMatchObject({ error: 'not_in_channel' });
  expect(await api('chat.postMessage', { channel: 'C0SECRET', text: 'x' })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(await api('chat.postMessage', { channel: 'C0OLD', text: 'x' })).toMatchObject({ error: 'is_archived' });
});

it('edits words and blocks; words alone take the blocks away', async () => {
  const { api, messages } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'one', blocks: [section('one')] });

  await api('chat.update', { channel: 'C0TEAM', ts, text: 'two', blocks: [section('two')] });
  const [second] = await messages('C0TEAM');
  await api('chat.update', { channel: 'C0TEAM', ts, text: 'three' });
  const [third] = await messages('C0TEAM');

  expect(second).toMatchObject({ text: 'two', blocks: [{ text: { text: 'two' } }], edits: 1 });
  expect(second).not.toHaveProperty('edited');
  expect(third).toMatchObject({ text: 'three', edited: { user: 'U0CAUSEWAY' }, edits: 2 });
  expect(third).not.toHaveProperty('blocks');
});

it('edits what is its own and there', async () => {
  const { api, move } = await openStage();
  const said = await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'mine' });
  const { message_ts: whispered } = await api('chat.postEphemeral', {
    channel: 'C0TEAM',
    user: 'U0ADMIN',
    text: 'psst',
  });
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'ours' });
  function update(args: object) {
    return api('chat.update', { channel: 'C0TEAM', text: 'x', ...args });
  }

  expect(await update({ ts: said.ts })).toMatchObject({ error: 'cant_update_message' });
  expect(await update({ ts: whispered })).toMatchObject({ error: 'message_not_found' });
  expect(await update({ ts: '1700000000.000001' })).toMatchObject({ error: 'message_not_found' });
  expect(await update({ ts, text: 'x'.repeat(4001) })).toMatchObject({ error: 'msg_too_long' });
  expect(await update({ ts, text: undefined })).toMatchObject({ error: 'no_text' });
});

it('keeps metadata over an edit, and gives it to whoever asks for it', async () => {
  const { api } = await openStage();
  const metadata = { event_type: 'causeway', event_payload: { key: 'plan-1', revision: 3 } };
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'one', metadata });
  await api('chat.update', { channel: 'C0TEAM', ts, text: 'two' });

  const plainly = await api('conversations.history', { channel: 'C0TEAM' });
  const fully = await api('conversations.history', { channel: 'C0TEAM', include_all_metadata: true });

  expect(plainly.messages[0]?.['metadata']).toEqual({ event_type: 'causeway' });
  expect(fully.messages[0]?.['metadata']).toEqual(metadata);
  await api('chat.update', { channel: 'C0TEAM', ts, text: 'three', metadata: {} });
  const after = await api('conversations.history', { channel: 'C0TEAM', include_all_metadata: true });
  expect(after.messages[0]).not.toHaveProperty('metadata');
});

it('answers in a thread, and counts there', async () => {
  const { api, messages } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'parent' });
  const reply = await api('chat.postMessage', { channel: 'C0TEAM', text: 'reply', thread_ts: ts });
  const further = await api('chat.postMessage', {
    channel: 'C0TEAM',
    text: 'further',
    thread_ts: reply.ts,
    reply_broadcast: true,
  });

  expect(further.message).toMatchObject({ thread_ts: ts, subtype: 'thread_broadcast' });
  expect((await messages('C0TEAM'))[0]).toMatchObject({ thread_ts: ts, reply_count: 2, latest_reply: further.ts });
});

it('takes back what is its own; a parent leaves a stone', async () => {
  const { api, messages } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'parent', blocks: [section('x')] });
  const reply = await api('chat.postMessage', { channel: 'C0TEAM', text: 'reply', thread_ts: ts });

  await api('chat.delete', { channel: 'C0TEAM', ts });
  const stone = await messages('C0TEAM');
  await api('chat.delete', { channel: 'C0TEAM', ts: reply.ts });

  expect(stone[0]).toMatchObject({ subtype: 'tombstone', text: 'This message was deleted.' });
  expect(stone[0]).not.toHaveProperty('blocks');
  expect(await messages('C0TEAM')).toMatchObject([{ ts, reply_count: 0 }]);
  expect(await api('chat.update', { channel: 'C0TEAM', ts, text: 'x' })).toMatchObject({ error: 'message_not_found' });
});

it('whispers to somebody who is there, and leaves no trace in the history', async () => {
  const { api, world } = await openStage();

  await api('chat.postEphemeral', { channel: 'C0TEAM', user: 'U0ADMIN', text: 'psst' });
  const foreign = await api('chat.postEphemeral', { channel: 'C0TEAM', user: 'U0FOREIGN', text: 'psst' });

  expect(foreign).toMatchObject({ error: 'user_not_in_channel' });
  expect((await world()).ephemeral).toMatchObject([{ channel: 'C0TEAM', to: 'U0ADMIN', text: 'psst', shown: true }]);
  expect((await api('conversations.history', { channel: 'C0TEAM' })).messages).toEqual([]);
});

it('shows no whisper in a thread that has no reply yet', async () => {
  const { api, world } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'parent' });
  const whisper = { channel: 'C0TEAM', user: 'U0ADMIN', text: 'psst', thread_ts: ts };

  await api('chat.postEphemeral', whisper);
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'reply', thread_ts: ts });
  await api('chat.postEphemeral', whisper);

  expect((await world()).ephemeral.map(({ shown }) => shown)).toEqual([false, true]);
});

it('has an address for every message', async () => {
  const { api } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'parent' });
  const link = await api('chat.getPermalink', { channel: 'C0TEAM', message_ts: ts }, { form: true });

  expect(link['permalink']).toBe(`https://causeway-test.slack.com/archives/C0TEAM/p${ts.replace('.', '')}`);
  expect(await api('chat.getPermalink', { channel: 'C0TEAM', message_ts: '1.1' }, { form: true })).toMatchObject({
    error: 'message_not_found',
  });
});

it('reacts once', async () => {
  const { api, move, messages } = await openStage();
  await move('settings', { scopes: ['chat:write', 'reactions:write'] });
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'x' });
  function react(name: string) {
    return api('reactions.add', { channel: 'C0TEAM', timestamp: ts, name });
  }

  expect(await react('eyes')).toMatchObject({ ok: true });
  expect(await react('eyes')).toMatchObject({ error: 'already_reacted' });
  expect(await react('no such name')).toMatchObject({ error: 'invalid_name' });
  expect((await messages('C0TEAM'))[0]?.['reactions']).toEqual([{ name: 'eyes', users: ['U0CAUSEWAY'], count: 1 }]);
});
