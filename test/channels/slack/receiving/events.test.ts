import { describe, expect, it } from 'vitest';
import { bindThread } from '../../../../src/store/conversations.ts';
import { channel, direct, first, type House, openHouse, ts, until } from './house.ts';
import { directMessage, event, mention } from './payloads.ts';

describe('a mention', () => {
  it('is heard without the bot’s own name, and begins a thread', async () => {
    const house = await openHouse();
    const said = mention('connect mendix-prod to hub-vnet');

    const { status, text } = await house.json(said);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.said).toEqual([
      {
        id: `slack/said/${channel}/${said.event['ts'] as string}`,
        person: 'requester',
        place: { platform: 'slack', conversation: channel, thread: said.event['ts'] },
        text: 'connect mendix-prod to hub-vnet',
        files: [],
      },
    ]);
  });

  it('in a thread stays there', async () => {
    const house = await openHouse();

    await house.json(mention('continue', { thread_ts: '1789.000100' }));

    expect(house.said[0]?.place.thread).toBe('1789.000100');
  });

  it('alone asks for help', async () => {
    const house = await openHouse();

    await house.json(mention(''));

    expect(house.said[0]?.text).toBe('help');
  });

  it('that an edit tells once more was said once', async () => {
    const house = await openHouse({ realInbox: true });
    const said = mention('help');

    await house.json(said);
    await house.json(event({ ...said.event, edited: { user: 'U0REQUESTER', ts: '1' } }));

    expect(await rowsOf(house, 'event')).toBe(1);
  });
});

describe('a direct message', () => {
  it('begins a thread, and an answer in it goes on', async () => {
    const house = await openHouse();
    const said = directMessage('prod is down');

    await house.json(said);
    await house.json(directMessage('continue', { thread_ts: said.event['ts'] }));

    expect(house.said.map(({ place }) => place)).toEqual([
      { platform: 'slack', conversation: direct, thread: said.event['ts'] },
      { platform: 'slack', conversation: direct, thread: said.event['ts'] },
    ]);
  });

  it('with nothing but a file is asked what it is about', async () => {
    const house = await openHouse();

    const { status } = await house.json(directMessage('', { subtype: 'file_share', files: [{ id: 'F1' }] }));

    expect(status).toBe(200);
    expect(await first(house.told)).toMatchObject({
      listener: { userId: 'U0REQUESTER', conversation: direct, thread: null },
      text: expect.stringContaining('what it is about') as unknown,
    });
    expect(house.said).toEqual([]);
  });

  it('with words beside a file is heard', async () => {
    const house = await openHouse();

    await house.json(directMessage('prod is down', { subtype: 'file_share', files: [{ id: 'F1' }] }));

    expect(house.said[0]?.text).toBe('prod is down');
  });

  it('that is far too long is answered, and not stored', async () => {
    const house = await openHouse();

    await house.json(directMessage('x'.repeat(9_000)));

    expect((await first(house.told)).text).toContain('9000');
    expect(house.said).toEqual([]);
  });
});

describe('the same event three times', () => {
  it('is one event, also for a process that was started in between', async () => {
    const house = await openHouse({ realInbox: true });
    const said = mention('help');

    const answers = [
      await house.json(said),
      await house.json(said, { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } }),
      // Not the same bytes, so nothing but the inbox can know it.
      await house.json({ ...said, event_time: 1 }, { headers: { 'x-slack-retry-num': '2' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await rowsOf(house, 'event')).toBe(1);
    expect(await rowsOf(house, 'effect')).toBe(1);
  });
});

describe('what is not said to the bot', () => {
  it.each([
    ['its own words', directMessage('hello', { user: 'U0CAUSEWAY', bot_id: 'B0CAUSEWAY' })],
    ['its own words without a mark', directMessage('hello', { user: 'U0CAUSEWAY' })],
    ['another bot', directMessage('hello', { bot_id: 'B0OTHER' })],
    ['a bot without a user', directMessage('hello', { subtype: 'bot_message', user: undefined, bot_id: 'B1' })],
    ['a workflow that mentions it', mention('connect', { user: undefined, bot_id: 'B2', subtype: 'bot_message' })],
    ['Slack’s own helper', directMessage('hello', { user: 'USLACKBOT' })],
    [
      'an edit',
      event({
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        channel: direct,
        channel_type: 'im',
        message: { user: 'U0REQUESTER', text: 'x' },
        ts: ts(),
      }),
    ],
    [
      'a deletion',
      event({
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        channel: direct,
        channel_type: 'im',
        ts: ts(),
      }),
    ],
    ['somebody who joins', directMessage('joined', { subtype: 'channel_join' })],
    ['a message in a channel', directMessage('hello', { channel_type: 'channel', channel })],
    ['a message in a group', directMessage('hello', { channel_type: 'mpim', channel: 'G0GROUP' })],
    ['a link to unfurl', event({ type: 'link_shared', user: 'U0REQUESTER', channel, links: [{ url: 'https://x' }] })],
    ['a reaction', event({ type: 'reaction_added', user: 'U0REQUESTER', item: { type: 'message', channel } })],
    ['a change of a profile', event({ type: 'user_change', user: { id: 'U0REQUESTER' } })],
    ['a new channel', event({ type: 'channel_created', channel: { id: 'C9', creator: 'U0REQUESTER' } })],
    [
      'a step of a workflow',
      event({ type: 'function_executed', function: { callback_id: 'x' }, inputs: {}, function_execution_id: 'Fx1' }),
    ],
    ['an event of tomorrow', event({ type: 'something_new', deep: { er: [1] } })],
  ])('is let pass at once: %s', async (_what, payload) => {
    const house = await openHouse();

    const { status } = await house.json(payload);

    expect(status).toBe(200);
    expect([house.said, house.told, house.logged]).toEqual([[], [], []]);
  });

  it('is let pass also when the app was removed, which is logged', async () => {
    const house = await openHouse();

    expect((await house.json(event({ type: 'tokens_revoked', tokens: { bot: ['U0CAUSEWAY'] } }))).status).toBe(200);
    expect(house.logged.join()).toContain('tokens_revoked');
  });
});

describe('the App Home', () => {
  it('is shown to whoever opens it', async () => {
    const house = await openHouse();

    await house.json(event({ type: 'app_home_opened', user: 'U0REQUESTER', channel: direct, tab: 'home' }));
    await house.json(event({ type: 'app_home_opened', user: 'U0NOBODY', channel: 'D0NOBODY', tab: 'home' }));

    await until(() => house.homes.length === 2);
    expect(house.homes).toEqual([
      { userId: 'U0REQUESTER', person: 'requester' },
      { userId: 'U0NOBODY', person: null },
    ]);
  });

  it('is not drawn when somebody opens the messages', async () => {
    const house = await openHouse();

    await house.json(event({ type: 'app_home_opened', user: 'U0REQUESTER', channel: direct, tab: 'messages' }));
    await house.receiving.stop();

    expect(house.homes).toEqual([]);
  });
});

it('the thread of a case hears what is said below the bot’s own post', async () => {
  const house = await openHouse({ realInbox: true });
  await house.store.write((tx) =>
    bindThread(tx, { platform: 'slack', conversation: channel, thread: '1789.1' }, 'case-9'),
  );

  await house.json(mention('help', { thread_ts: '1789.1' }));

  const row = await house.store.read.selectFrom('event').select('case_id').executeTakeFirstOrThrow();
  expect(row.case_id).toBe('case-9');
});

async function rowsOf({ store }: House, table: 'event' | 'effect'): Promise<number> {
  return (await store.read.selectFrom(table).select('id').execute()).length;
}
