/** What people do, as the bot gets it. */
import { expect, it } from 'vitest';
import { cardMessage, openStage, orders, path, type Stage, support, tenantId } from './stage.ts';

const approve = { type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { token: 't1' } };
const withFallback = { ...approve, fallback: { type: 'Action.Submit', title: 'Approve', data: { old: 't1' } } };

async function postCard(stage: Stage, actions: unknown[], more: Record<string, unknown> = {}): Promise<string> {
  return (await stage.call('POST', path(orders, 'activities'), cardMessage(actions, more))).body.id;
}

it('sends what a person says in their own chat', async () => {
  const { control, received, reply, messages } = await openStage();
  reply.status = 201;

  const said = await control('say', { as: 'requester', text: 'help' });

  expect(said.body).toMatchObject({ delivered: true, status: 201 });
  expect(received.map(({ activity }) => activity)).toEqual([
    expect.objectContaining({
      type: 'message',
      channelId: 'msteams',
      text: 'help',
      id: said.body.id,
      from: expect.objectContaining({ aadObjectId: 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e01' }) as unknown,
      conversation: { id: said.body.conversation, conversationType: 'personal', tenantId },
    }),
  ]);
  expect(received[0]?.headers.authorization).toMatch(/^Bearer /);
  expect(await messages(said.body.conversation)).toMatchObject([{ text: 'help' }]);
});

it('sends what mentions the bot in a group, and nothing else', async () => {
  const { control, received } = await openStage();

  await control('say', { as: 'requester', in: orders, text: 'connect orders' });
  const unheard = await control('say', { as: 'requester', in: orders, text: 'lunch?', mention: false });

  expect(unheard.body).toMatchObject({ delivered: false });
  expect(received.map(({ activity }) => [activity.text, activity.conversation.conversationType])).toEqual([
    ['<at>Causeway</at> connect orders', 'groupChat'],
  ]);
});

it('begins a thread in a channel, and goes on in it', async () => {
  const { control, received, messages } = await openStage();

  const root = await control('say', { as: 'requester', in: support, text: 'one' });
  const thread = `${support};messageid=${root.body.id}`;
  const inThread = await control('say', { as: 'agent', in: support, thread: root.body.id, text: 'two' });

  expect([root.body.conversation, inThread.body.conversation]).toEqual([thread, thread]);
  expect(received.at(-1)?.activity).toMatchObject({
    conversation: { id: thread, conversationType: 'channel', isGroup: true },
    channelData: { tenant: { id: tenantId }, channel: { id: support }, team: { name: 'Platform' } },
  });
  expect(await messages(thread)).toHaveLength(2);
});

it('sends the same message again, which stands in the chat once', async () => {
  const { control, received, messages } = await openStage();

  const first = await control('say', { as: 'requester', text: 'help' });
  await control('say', { as: 'requester', text: 'help', id: first.body.id });

  expect(received.map(({ activity }) => activity.id)).toEqual([first.body.id, first.body.id]);
  expect(await messages(first.body.conversation)).toHaveLength(1);
});

it('presses a button of a card, with what was filled in', async () => {
  const stage = await openStage();
  const inset = { type: 'Action.ShowCard', card: { type: 'AdaptiveCard', actions: [withFallback] } };
  const message = await postCard(stage, [inset]);
  stage.reply.body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'done' };

  const pressed = await stage.control('act', {
    kind: 'execute',
    as: 'approver-1',
    message,
    title: 'Approve',
    inputs: { comment: 'fine' },
  });

  expect(pressed.body.body).toMatchObject({ statusCode: 200, value: 'done' });
  expect(stage.received[0]?.activity).toMatchObject({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: message,
    conversation: { id: orders },
    value: {
      trigger: 'manual',
      action: { type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { token: 't1', comment: 'fine' } },
    },
  });
  expect(JSON.stringify(stage.received[0]?.activity.value)).not.toContain('fallback');
});

it('presses with data of its own, also on a message that is not there', async () => {
  const stage = await openStage();

  await stage.control('act', {
    kind: 'execute',
    as: 'outsider',
    in: orders,
    message: '1',
    verb: 'v',
    data: { token: 'x' },
  });

  expect(stage.received[0]?.activity).toMatchObject({
    replyToId: '1',
    value: { action: { verb: 'v', data: { token: 'x' } } },
  });
});

it('sends the fallback as a message, as an old client does', async () => {
  const stage = await openStage();
  const message = await postCard(stage, [withFallback]);

  await stage.control('act', { kind: 'submit', as: 'approver-1', message, verb: 'approve', inputs: { comment: 'ok' } });

  expect(stage.received[0]?.activity).toMatchObject({
    type: 'message',
    replyToId: message,
    value: { old: 't1', comment: 'ok' },
  });
  expect(stage.received[0]?.activity.text).toBeUndefined();
});

it('names the buttons that there are when there is no such one', async () => {
  const stage = await openStage();
  const message = await postCard(stage, [approve]);

  const answer = await stage.control('act', { kind: 'execute', as: 'approver-1', message, verb: 'reject' });

  expect([answer.status, JSON.stringify(answer.body.error)]).toEqual([
    400,
    expect.stringContaining('Approve (approve)'),
  ]);
  expect(stage.received).toEqual([]);
});

it('shows a person the card that was made for them, until the message is edited', async () => {
  const stage = await openStage();
  const refresh = { action: { type: 'Action.Execute', verb: 'refresh', data: { of: 'plan' } }, userIds: [] };
  const message = await postCard(stage, [], { refresh });
  const own = cardMessage([approve])['attachments'] as { content: unknown }[];
  stage.reply.body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: own[0]?.content };

  await stage.control('act', { kind: 'refresh', as: 'approver-1', message });
  const { views } = await stage.world();
  const mine = await stage.control('act', { kind: 'execute', as: 'approver-1', message, verb: 'approve' });
  const theirs = await stage.control('act', { kind: 'execute', as: 'requester', message, verb: 'approve' });
  await stage.call('PUT', path(orders, 'activities', message), cardMessage());

  expect(stage.received[0]?.activity.value).toMatchObject({ trigger: 'automatic', action: { verb: 'refresh' } });
  expect(views).toMatchObject([{ message, person: 'approver-1' }]);
  expect([mine.status, theirs.status]).toEqual([200, 400]);
  expect((await stage.world()).views).toEqual([]);
});

it('tells of an installation twice, and of its end', async () => {
  const { control, received, call } = await openStage();

  await control('act', { kind: 'uninstall', as: 'admin', in: orders });
  const gone = await call('POST', path(orders, 'activities'), { type: 'message', text: 'anybody?' });
  const unheard = await control('say', { as: 'requester', in: orders, text: 'hello?' });
  await control('act', { kind: 'install', as: 'admin', in: orders });
  const back = await call('POST', path(orders, 'activities'), { type: 'message', text: 'hello' });

  expect([gone.status, gone.body.error.code, unheard.body.delivered]).toEqual([
    403,
    'BotNotInConversationRoster',
    false,
  ]);
  expect(back.status).toBe(201);
  expect(received.map(({ activity }) => activity)).toMatchObject([
    { type: 'installationUpdate', action: 'remove' },
    { type: 'conversationUpdate', membersAdded: [{ name: 'Causeway' }] },
    { type: 'installationUpdate', action: 'add' },
  ]);
});

it('gives consent to a file, and takes its bytes', async () => {
  const stage = await openStage();
  const contentType = 'application/vnd.microsoft.teams.card.file.consent';
  const content = { description: 'the plan', sizeInBytes: 4, acceptContext: { file: 'f1' }, declineContext: {} };
  const offer = { type: 'message', attachments: [{ contentType, name: 'plan.tf', content }] };
  const message = (await stage.call('POST', path(orders, 'activities'), offer)).body.id;

  await stage.control('act', { kind: 'file-consent', as: 'requester', message, accept: true });
  await stage.control('act', { kind: 'file-consent', as: 'agent', message, accept: false });
  const { uploadInfo } = stage.received[0]?.activity.value ?? { uploadInfo: { uploadUrl: '' } };
  const upload = await fetch(uploadInfo.uploadUrl, { method: 'PUT', body: 'plan' });

  expect(stage.received.map(({ activity }) => activity)).toMatchObject([
    { name: 'fileConsent/invoke', value: { action: 'accept', context: { file: 'f1' } } },
    { name: 'fileConsent/invoke', value: { action: 'decline' } },
  ]);
  expect([upload.status, (await stage.world()).files]).toMatchObject([201, [{ name: 'plan.tf', text: 'plan' }]]);
});

it('changes an activity and its token as a test asks', async () => {
  const { control, received } = await openStage();

  await control('say', { as: 'requester', text: 'a', overrides: { from: { id: '29:x' }, locale: null }, token: null });
  await control('act', {
    kind: 'raw',
    as: 'requester',
    activity: { type: 'event', name: 'made-up' },
    token: 'Basic x',
  });

  expect(received[0]?.activity.from).toEqual({ id: '29:x' });
  expect(received[0]?.activity).not.toHaveProperty('locale');
  expect(received[1]?.activity).toMatchObject({ type: 'event', name: 'made-up' });
  expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Basic x']);
});

it('speaks for a person of another tenant', async () => {
  const people = [{ id: 'guest', name: 'Gus Guest', objectId: 'g', tenantId: 'elsewhere' }];
  const { control, received } = await openStage({ people });

  await control('say', { as: 'guest', text: 'in my own chat' });
  await control('say', { as: 'guest', in: orders, text: 'in a group of others' });

  expect(received.map(({ activity }) => activity.conversation.tenantId)).toEqual(['elsewhere', tenantId]);
});

it('says that the bot gave no answer', async () => {
  const { control } = await openStage({ botUrl: 'http://127.0.0.1:9/api/messages' });

  const answer = await control('say', { as: 'requester', text: 'anybody?' });

  expect(answer.body).toMatchObject({ delivered: false, status: 0 });
});

it.each([
  ['say', { as: 'nobody', text: 'a' }],
  ['say', { as: 'requester', in: '19:nowhere@thread.v2', text: 'a' }],
  ['say', { as: 'requester' }],
  ['act', { kind: 'dance', as: 'requester' }],
  ['act', { kind: 'execute', as: 'requester', message: '1', verb: 'v' }],
  ['bot', { url: 'https://bot.example/api/messages' }],
  ['keys', { move: 'lose' }],
  ['made-up', {}],
])('refuses the control call %s %j', async (name, body) => {
  const { control } = await openStage();

  expect((await control(name, body)).status).toBe(400);
});
