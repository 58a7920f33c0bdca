import { expect, it } from 'vitest';
import { cardMessage, openStage, orders, path, support, tenantId } from './stage.ts';

const requester = 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e01';
const hello = { type: 'message', text: 'hello' };

it('records, edits and deletes what the bot posts', async () => {
  const { call, messages } = await openStage();

  const first = await call('POST', path(orders, 'activities'), hello);
  const second = await call('POST', path(orders, 'activities', first.body.id), { type: 'message', text: 'reply' });
  const edited = await call('PUT', path(orders, 'activities', first.body.id), { type: 'message', text: 'edited' });
  const deleted = await call('DELETE', path(orders, 'activities', second.body.id));

  expect([first, second, edited, deleted].map(({ status }) => status)).toEqual([201, 201, 200, 200]);
  const [one, two, ...others] = await messages(orders);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ id: first.body.id, text: 'edited', edits: 1 });
  expect(two).toMatchObject({ id: second.body.id, replyToId: first.body.id, deleted: true });
  expect(two?.text).toBeUndefined();
});

it('lets a typing sign pass by', async () => {
  const { call, messages } = await openStage();

  const answer = await call('POST', path(orders, 'activities'), { type: 'typing' });

  expect([answer.status, await messages(orders)]).toEqual([201, []]);
});

it('begins a thread with each post to a channel, and goes on with one that is named', async () => {
  const { call, messages } = await openStage();

  const root = await call('POST', path(support, 'activities'), hello);
  const thread = `${support};messageid=${root.body.id}`;
  const answer = await call('POST', path(thread, 'activities'), hello);
  const nowhere = await call('POST', path(`${support};messageid=1`, 'activities'), hello);

  expect((await messages(thread)).map(({ id }) => id)).toEqual([root.body.id, answer.body.id]);
  expect(nowhere).toMatchObject({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
});

it('opens a thread as a new conversation', async () => {
  const { call, messages } = await openStage();

  const answer = await call('POST', 'conversations', {
    isGroup: true,
    channelData: { channel: { id: support } },
    activity: hello,
  });

  expect([answer.status, answer.body.id]).toEqual([201, `${support};messageid=${answer.body.activityId}`]);
  expect(await messages(answer.body.id)).toMatchObject([hello]);
});

it('finds the one chat with a person, by either id', async () => {
  const { call } = await openStage();
  const roster = await call('GET', path(orders, 'members', requester));
  const channelData = { tenant: { id: tenantId } };

  const byDirectory = await call('POST', 'conversations', { members: [{ id: requester }], channelData });
  const byConnector = await call('POST', 'conversations', { members: [{ id: roster.body.id }], tenantId });

  expect(byDirectory.body.id).toMatch(/^a:1/);
  expect(byConnector.body.id).toBe(byDirectory.body.id);
});

it.each([
  ['a group chat', 400, { isGroup: true, members: [{ id: requester }] }],
  ['a chat of three', 400, { members: [{ id: requester }, { id: 'other' }], tenantId }],
  ['a chat with a stranger', 403, { members: [{ id: 'stranger' }], tenantId }],
  ['a chat without a tenant', 400, { members: [{ id: requester }] }],
  ['a chat in another tenant', 400, { members: [{ id: requester }], tenantId: 'other' }],
  ['a thread without a message', 400, { channelData: { channel: { id: support } } }],
])('does not open %s', async (_name, status, body) => {
  const { call } = await openStage();

  expect((await call('POST', 'conversations', body)).status).toBe(status);
});

it.each([
  ['a card of version 1.6', 400, cardMessage([], { version: '1.6' })],
  ['a card without a version', 400, cardMessage([], { version: undefined })],
  [
    'an attachment that is no card',
    400,
    { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] },
  ],
  ['a refresh for 61 people', 400, cardMessage([], { refresh: { userIds: Array.from({ length: 61 }, () => '29:1') } })],
  ['more than 100 KB', 413, { type: 'message', text: 'x'.repeat(52 * 1024) }],
  ['a mention that the text does not have', 400, { ...hello, entities: [{ type: 'mention', text: '<at>Rosa</at>' }] }],
  [
    'a mention that the card does not have',
    400,
    cardMessage([], { msteams: { entities: [{ type: 'mention', text: '<at>Rosa</at>' }] } }),
  ],
  ['another type', 400, { type: 'trace' }],
])('does not take %s', async (_name, status, body) => {
  const { call, messages } = await openStage();

  const answer = await call('POST', path(orders, 'activities'), body);

  expect([answer.status, await messages(orders)]).toEqual([status, []]);
});

it('takes a card of version 1.5 with a mention', async () => {
  const { call } = await openStage();
  const mention = { type: 'mention', text: '<at>Rosa</at>', mentioned: { id: '29:1', name: 'Rosa' } };
  const card = cardMessage([], {
    body: [{ type: 'TextBlock', text: 'Please look, <at>Rosa</at>' }],
    msteams: { entities: [mention] },
  });

  expect((await call('POST', path(orders, 'activities'), card)).status).toBe(201);
});

it.each([
  ['in a conversation that is not there', 404, path('19:nowhere@thread.v2', 'activities')],
  ['at an address of nothing', 405, 'conversations/x/y/z/activities'],
])('refuses a post %s', async (_name, status, where) => {
  const { call } = await openStage();

  expect((await call('POST', where, hello)).status).toBe(status);
});

it('lets a bot change its own messages only, where they are, and never read', async () => {
  const { call, control } = await openStage();
  const said = await control('say', { as: 'requester', in: orders, text: 'mine' });
  const own = await call('POST', path(orders, 'activities'), hello);

  const foreign = await call('PUT', path(orders, 'activities', said.body.id), hello);
  const elsewhere = await call('PUT', path(support, 'activities', own.body.id), hello);
  const unknown = await call('PUT', path(orders, 'activities', '1'), hello);
  const read = await call('GET', path(orders, 'activities', own.body.id));

  expect([foreign, elsewhere, unknown, read].map(({ status }) => status)).toEqual([403, 404, 404, 405]);
});

it('tells who is in a conversation', async () => {
  const { call } = await openStage();

  const all = await call('GET', path(orders, 'members'));
  const page = await call('GET', `${path(orders, 'pagedmembers')}?pageSize=4`);
  const rest = await call(
    'GET',
    `${path(orders, 'pagedmembers')}?pageSize=4&continuationToken=${page.body.continuationToken}`,
  );
  const stranger = await call('GET', path(orders, 'members', 'stranger'));

  expect(all.body).toHaveLength(6);
  expect((all.body as unknown as object[])[0]).toMatchObject({
    aadObjectId: requester,
    tenantId,
    givenName: 'Rosa',
    email: 'requester@example.com',
  });
  expect([...page.body.members, ...rest.body.members]).toEqual(all.body);
  expect(rest.body.continuationToken).toBeUndefined();
  expect([stranger.status, stranger.body.error.code]).toEqual([404, 'MemberNotFoundInConversation']);
});

it('tells the channels of a team', async () => {
  const { call } = await openStage();

  const answer = await call('GET', 'teams/19%3Ageneral%40thread.tacv2/conversations');

  expect(answer.body.conversations.map(({ name }) => name)).toEqual(['general', 'on-call', 'support']);
});

it('takes seven messages a second in one thread, and says how long to wait', async () => {
  let now = Temporal.Now.instant();
  const { call, messages } = await openStage({ now: () => now });
  async function post(where: string): Promise<number> {
    return (await call('POST', path(where, 'activities'), hello)).status;
  }

  const statuses = [];
  for (let n = 0; n < 7; n += 1) {
    statuses.push(await post(orders));
  }
  const eighth = await call('POST', path(orders, 'activities'), hello);
  const elsewhere = await post(support);
  now = now.add({ seconds: 2 });
  const later = await post(orders);

  expect([...new Set(statuses), elsewhere, later]).toEqual([201, 201, 201]);
  expect([eighth.status, eighth.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await messages(orders)).toHaveLength(8);
});

it('takes any number when the limits are off', async () => {
  const { call } = await openStage({ limits: false });

  const answers = await Promise.all(Array.from({ length: 30 }, () => call('POST', path(orders, 'activities'), hello)));

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
});

it.each([
  ['429', 429],
  ['500', 500],
  ['502', 502],
  ['412', 412],
  ['504', 504],
  ['404', 404],
  ['blocked', 403],
  ['403', 403],
])('shows the fault %s once, and nothing arrived', async (fault, status) => {
  const { call, control, messages } = await openStage();
  await control('faults', [{ match: { method: 'POST', path: '/activities' }, fault, times: 1 }]);

  const first = await call('POST', path(orders, 'activities'), hello);
  const arrived = await messages(orders);
  const second = await call('POST', path(orders, 'activities'), hello);

  expect([first.status, arrived, second.status]).toEqual([status, [], 201]);
});

it('drops the answer of a post that arrived', async () => {
  const { call, control, messages } = await openStage();
  await control('faults', [{ match: { path: '/activities' }, fault: 'drop-answer', times: 1 }]);

  await expect(call('POST', path(orders, 'activities'), hello)).rejects.toThrow('fetch failed');

  expect(await messages(orders)).toMatchObject([hello]);
});

it('drops a post that did not arrive', async () => {
  const { call, control, messages } = await openStage();
  await control('faults', [{ match: { path: '/activities' }, fault: 'drop', times: 1 }]);

  await expect(call('POST', path(orders, 'activities'), hello)).rejects.toThrow('fetch failed');

  expect(await messages(orders)).toEqual([]);
});
