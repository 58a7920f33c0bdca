/** Socket Mode. */
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { appToken, input, type Json, modal, openModal, openStage, type Stage } from './stage.ts';

interface Line {
  frames: Json[];
  socket: WebSocket;
  closed: () => boolean;
}

/** Acknowledges every envelope with `reply`; null: none. */
async function connect(stage: Stage, reply: (frame: Json) => Json | null = () => ({})): Promise<Line> {
  const { url } = await stage.api('apps.connections.open', {}, { token: appToken });
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const frames: Json[] = [];
  let closed = false;
  socket.on('close', () => {
    closed = true;
  });
  socket.on('message', (data) => {
    const frame = JSON.parse((data as Buffer).toString('utf8')) as Json;
    frames.push(frame);
    const answer = frame['envelope_id'] === undefined ? null : reply(frame);
    if (answer !== null) {
      socket.send(JSON.stringify({ envelope_id: frame['envelope_id'], ...answer }));
    }
  });
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  return { frames, socket, closed: () => closed };
}

const help = { user: 'U0REQUESTER', channel: 'D0REQUESTER', text: 'help' };

it('greets, then brings everything over the socket', async () => {
  const stage = await openStage();
  const { frames } = await connect(stage);

  const said = await stage.move('say', help);
  await stage.move('command', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'help' });
  await stage.move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });

  expect(said).toMatchObject({ status: 200, retries: 0 });
  expect(stage.received).toEqual([]);
  expect(frames).toMatchObject([
    { type: 'hello', num_connections: 1, connection_info: { app_id: 'A0CAUSEWAY' } },
    { type: 'events_api', accepts_response_payload: false, payload: { event_id: said.id, event: { type: 'message' } } },
    { type: 'slash_commands', accepts_response_payload: true, payload: { command: '/causeway' } },
    { type: 'interactive', accepts_response_payload: true, payload: { type: 'shortcut' } },
  ]);
});

it('takes the answer out of the acknowledgement', async () => {
  const stage = await openStage();
  const view = await openModal(stage, modal([input('name', { type: 'plain_text_input' })]));
  await connect(stage, () => ({ payload: { response_action: 'errors', errors: { name: 'Taken.' } } }));

  const sent = await stage.move('submit', { user: 'U0REQUESTER', view: view.id, values: { name: 'hub' } });

  expect(sent).toMatchObject({ status: 200, errors: { name: 'Taken.' } });
});

it('brings an event again that nobody acknowledged, and an interaction not', async () => {
  const stage = await openStage({ speed: 100_000 });
  await stage.move('settings', { ackMs: 500 });
  const acks: (Json | null)[] = [null, {}];
  const { frames } = await connect(stage, () => acks.shift() ?? null);

  const said = await stage.move('say', help);
  const shortcut = await stage.move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });

  expect(said).toMatchObject({ status: 200, retries: 1 });
  expect(shortcut).toMatchObject({ status: 0, retries: 0 });
  expect(frames.slice(1)).toMatchObject([
    { retry_attempt: 0, retry_reason: '' },
    { retry_attempt: 1, retry_reason: 'timeout' },
    { type: 'interactive' },
  ]);
});

it('brings an event over the next connection when one breaks off', async () => {
  const stage = await openStage();
  const first = await connect(stage, () => {
    first.socket.terminate();
    return null;
  });

  const said = await stage.move('say', help);

  expect(said).toMatchObject({ status: 200, retries: 1 });
  expect(stage.received[0]?.headers['x-slack-retry-num']).toBe('1');
});

it.each([
  ['warning', false],
  ['refresh_requested', true],
  ['link_disabled', true],
])('says %s, and closes or not: %s', async (reason, closes) => {
  const stage = await openStage();
  const { frames, closed } = await connect(stage);

  expect(await stage.move('disconnect', { reason })).toMatchObject({ connections: 1 });

  await expect.poll(() => frames.at(-1)).toMatchObject({ type: 'disconnect', reason });
  if (closes) {
    await expect.poll(closed).toBe(true);
  }
  expect((await stage.move('disconnect', { reason: null }))['connections']).toBe(closes ? 0 : 1);
  await expect.poll(closed).toBe(true);
});

it('uses HTTP when it is told to, or when no socket is open', async () => {
  const stage = await openStage();
  const { frames } = await connect(stage);
  await stage.move('settings', { delivery: 'http' });

  await stage.move('say', help);

  expect([frames.length, stage.received.length]).toEqual([1, 1]);
});

it('opens one connection with each address, and ten in all', async () => {
  const stage = await openStage();
  const lines = await Promise.all(Array.from({ length: 10 }, () => connect(stage)));
  const eleventh = await connect(stage);
  const { url } = await stage.api('apps.connections.open', {}, { token: appToken });
  lines[0]?.socket.terminate();
  await expect.poll(async () => (await stage.move('settings'))['connections']).toBe(9);

  expect(eleventh.frames).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
  const once = new WebSocket(url);
  await new Promise((resolve) => once.once('open', resolve));
  const twice = new WebSocket(url);
  const refused = await new Promise<Error>((resolve) => twice.once('error', resolve));
  once.terminate();
  expect(refused.message).toContain('401');
});
