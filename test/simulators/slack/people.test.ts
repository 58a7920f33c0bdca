/** What people do, as the app gets it. */
import { describe, expect, it } from 'vitest';
import { openStage, section } from './stage.ts';

describe('saying something', () => {
  it('reaches the app where it is mentioned', async () => {
    const { move, received, messages } = await openStage();

    const said = await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'connect orders', mention: true });

    expect(said).toMatchObject({ delivered: true, status: 200, retries: 0 });
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(received[0]?.payload).toMatchObject({
      type: 'event_callback',
      event_id: said.id,
      team_id: 'T0CAUSEWAY',
      api_app_id: 'A0CAUSEWAY',
      is_ext_shared_channel: false,
      authorizations: [{ team_id: 'T0CAUSEWAY', user_id: 'U0CAUSEWAY', is_bot: true }],
      event: {
        type: 'app_mention',
        user: 'U0REQUESTER',
        team: 'T0CAUSEWAY',
        channel: 'C0TEAM',
        text: '<@U0CAUSEWAY> connect orders',
        ts: said.ts,
        event_ts: said.ts,
      },
    });
    expect(await messages('C0TEAM')).toMatchObject([{ text: '<@U0CAUSEWAY> connect orders' }]);
  });

  it('reaches it in direct messages, and nowhere else', async () => {
    const { move, received } = await openStage();

    await move('say', { user: 'U0REQUESTER', channel: 'D0REQUESTER', text: 'help' });
    const unheard = await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'lunch?' });

    expect(received.map(({ payload }) => payload['event'])).toMatchObject([
      { type: 'message', channel_type: 'im', channel: 'D0REQUESTER', text: 'help' },
    ]);
    expect(unheard).toMatchObject({ delivered: false, ts: expect.any(String) as unknown });
  });

  it('reaches it in a thread, with files', async () => {
    const { move, received } = await openStage();
    const parent = await move('say', { user: 'U0AGENT', channel: 'D0AGENT', text: 'one' });

    await move('say', {
      user: 'U0AGENT',
      channel: 'D0AGENT',
      thread: parent.ts,
      text: 'two',
      files: [{ name: 'a.log', text: 'boom' }],
    });

    expect(received[1]?.payload['event']).toMatchObject({
      thread_ts: parent.ts,
      subtype: 'file_share',
      files: [{ name: 'a.log', size: 4, mimetype: 'text/plain' }],
    });
  });

  it('escapes what was typed, but for mentions that the client knows', async () => {
    const { move, messages } = await openStage();
    const text = 'a & b <!channel> <https://evil.example|portal> ask <@U0ADMIN> in <#C0TEAM> not <@U0NOBODY>';

    await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text });
    await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: '<!channel>', raw: true });

    expect((await messages('C0TEAM')).map((message) => message.text)).toEqual([
      'a &amp; b &lt;!channel&gt; &lt;https://evil.example|portal&gt; ask <@U0ADMIN> in <#C0TEAM> not &lt;@U0NOBODY&gt;',
      '<!channel>',
    ]);
  });

  it('needs the right to hear it', async () => {
    const { move, received } = await openStage();
    await move('settings', { scopes: ['chat:write'] });

    await move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'help', mention: true });
    await move('say', { user: 'U0REQUESTER', channel: 'D0REQUESTER', text: 'help' });

    expect(received).toEqual([]);
  });

  it('tells of somebody from another company, as Slack does', async () => {
    const { move, received } = await openStage();

    await move('say', { user: 'U0FOREIGN', channel: 'C0SHARED', text: 'status?', mention: true });

    expect(received[0]?.payload).toMatchObject({
      team_id: 'T0CAUSEWAY',
      context_team_id: 'T0CAUSEWAY',
      is_ext_shared_channel: true,
      authorizations: [{ team_id: 'T0CAUSEWAY' }],
      event: {
        user: 'U0FOREIGN',
        team: 'T0CAUSEWAY',
        user_team: 'T0OTHER',
        source_team: 'T0OTHER',
        user_profile: { team: 'T0OTHER' },
      },
    });
  });

  it.each([
    [{ user: 'U0NOBODY', channel: 'C0TEAM', text: 'x' }, 'There is nobody called U0NOBODY'],
    [{ user: 'U0FOREIGN', channel: 'C0TEAM', text: 'x' }, 'U0FOREIGN is in no conversation C0TEAM'],
    [{ user: 'U0ADMIN', channel: 'D0REQUESTER', text: 'x' }, 'U0ADMIN is in no conversation D0REQUESTER'],
    [{ user: 'U0ADMIN', channel: 'C0TEAM', thread: '1700000000.000001', text: 'x' }, 'cannot_reply_to_message'],
    [{ user: 'U0ADMIN', text: 'x' }, 'This cannot be said'],
  ])('is not for %o', async (body, because) => {
    const { move } = await openStage();

    const answer = await move('say', body);

    expect([answer.http, answer.error]).toEqual([400, expect.stringContaining(because)]);
  });
});

it('tells the app what it does itself in direct messages, and nowhere else', async () => {
  const stage = await openStage();
  const { api, received } = stage;
  const { ts } = await api('chat.postMessage', { channel: 'U0REQUESTER', text: 'Hello' });
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'Hello' });
  await expect.poll(() => received.length).toBe(1);
  await api('chat.update', { channel: 'D0REQUESTER', ts, text: 'Hello again' });
  await expect.poll(() => received.length).toBe(2);
  await api('chat.delete', { channel: 'D0REQUESTER', ts });
  await expect.poll(() => received.length).toBe(3);
  await stage.move('settings', { echoes: false });
  await api('chat.postMessage', { channel: 'U0REQUESTER', text: 'Unheard' });
  await stage.move('home', { user: 'U0REQUESTER' });

  expect(received.map(({ payload }) => payload['event'])).toMatchObject([
    { type: 'message', channel_type: 'im', user: 'U0CAUSEWAY', bot_id: 'B0CAUSEWAY', text: 'Hello' },
    { subtype: 'message_changed', message: { text: 'Hello again' }, previous_message: { text: 'Hello' } },
    { subtype: 'message_deleted', deleted_ts: ts },
    { type: 'app_home_opened' },
  ]);
});

describe('slash commands', () => {
  it('are a form, with a trigger and a response URL', async () => {
    const { move, received, slack } = await openStage();

    const given = await move('command', {
      user: 'U0REQUESTER',
      channel: 'C0TEAM',
      command: '/causeway',
      text: 'connect a & b',
    });

    expect(received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(received[0]?.payload).toMatchObject({
      command: '/causeway',
      text: 'connect a &amp; b',
      user_id: 'U0REQUESTER',
      channel_id: 'C0TEAM',
      channel_name: 'team',
      team_id: 'T0CAUSEWAY',
      is_enterprise_install: 'false',
      trigger_id: given.trigger_id,
      response_url: expect.stringContaining(slack.origin) as unknown,
    });
  });

  it('show the text of the answer to the person, and to all when it says so', async () => {
    const { move, replies, world, messages } = await openStage();
    const command = { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'help' };
    replies.push(
      { status: 200, body: 'Ask me.' },
      { status: 200, body: { response_type: 'in_channel', text: 'All of you.' } },
    );

    await move('command', command);
    await move('command', command);

    expect((await world()).ephemeral).toMatchObject([{ to: 'U0REQUESTER', text: 'Ask me.' }]);
    expect(await messages('C0TEAM')).toMatchObject([{ text: 'All of you.' }]);
  });

  it('fail in front of the person', async () => {
    const { move, replies } = await openStage();
    await move('settings', { ackMs: 500 });
    const command = { user: 'U0REQUESTER', channel: 'C0TEAM' };
    replies.push({ status: 500 }, 'never', { status: 200, body: { blocks: [{ type: 'banner' }] } });

    expect(await move('command', command)).toMatchObject({
      status: 500,
      trouble: expect.stringContaining('dispatch_failed') as unknown,
    });
    expect(await move('command', command)).toMatchObject({
      status: 0,
      trouble: expect.stringContaining('operation_timeout') as unknown,
    });
    expect(await move('command', command)).toMatchObject({
      trouble: expect.stringContaining('invalid_blocks') as unknown,
    });
  });
});

it('sends shortcuts, with a message and without', async () => {
  const { move, received, api } = await openStage();
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'prod is down' });

  await move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });
  await move('shortcut', { user: 'U0REQUESTER', callback_id: 'turn-into-ticket', channel: 'C0TEAM', ts });

  expect(received.map(({ payload }) => payload)).toMatchObject([
    { type: 'shortcut', callback_id: 'support', trigger_id: expect.any(String) as unknown },
    {
      type: 'message_action',
      message_ts: ts,
      message: { text: 'prod is down' },
      channel: { id: 'C0TEAM' },
      response_url: expect.any(String) as unknown,
    },
  ]);
  expect(received[0]?.payload).not.toHaveProperty('response_url');
});

it('opens the App Home with what it shows', async () => {
  const { move, received, api } = await openStage();
  await move('home', { user: 'U0REQUESTER' });
  await api('views.publish', { user_id: 'U0REQUESTER', view: { type: 'home', blocks: [section('x')] } });
  await move('home', { user: 'U0REQUESTER' });

  expect(received.map(({ payload }) => payload['event'])).toMatchObject([
    { type: 'app_home_opened', user: 'U0REQUESTER', tab: 'home', channel: 'D0REQUESTER' },
    { type: 'app_home_opened', view: { type: 'home' } },
  ]);
  expect(received[0]?.payload['event']).not.toHaveProperty('view');
});

describe('taking a message away', () => {
  it('leaves nothing to edit, and a stone where others answered', async () => {
    const { api, messages, move } = await openStage();
    const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'One' });
    const parent = await api('chat.postMessage', { channel: 'C0TEAM', text: 'Two' });
    await api('chat.postMessage', { channel: 'C0TEAM', text: 'Below', thread_ts: parent.ts });

    await move('delete', { user: 'U0ADMIN', channel: 'C0TEAM', ts });
    await move('delete', { user: 'U0ADMIN', channel: 'C0TEAM', ts: parent.ts });

    expect(await messages('C0TEAM')).toMatchObject([{ ts: parent.ts, subtype: 'tombstone' }, { text: 'Below' }]);
    const edited = await api('chat.update', { channel: 'C0TEAM', ts, text: 'New' });
    expect(edited.error).toBe('message_not_found');
    expect((await move('delete', { user: 'U0ADMIN', channel: 'C0TEAM', ts })).error).toContain('There is no message');
  });
});
