/** Slack's own library against the simulator: what works with the real Slack works here. */
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { appToken, botToken, button, input, modal, openStage, plain, section, signingSecret } from './stage.ts';

/** Slack's library tells of every connection that ends. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function register(app: App, seen: string[]): void {
  app.event('app_mention', async ({ event, say }) => {
    seen.push(event.text);
    await say({
      text: 'Yes?',
      thread_ts: event.ts,
      blocks: [section('Yes?'), { type: 'actions', elements: [button('open')] }] as never,
    });
  });
  app.command('/causeway', async ({ ack, command, respond }) => {
    await ack();
    await respond(`You said ${command.text}`);
  });
  app.action('open', async ({ ack, body, client }) => {
    await ack();
    const view = modal([input('name', { type: 'plain_text_input' })]);
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: view as never });
  });
  app.view('ask', async ({ ack, view }) => {
    const name = view.state.values['name']?.['name']?.value;
    await ack(name === 'hub' ? undefined : { response_action: 'errors', errors: { name: 'Only hub.' } });
  });
  app.options('net', async ({ ack, payload }) => {
    await ack({ options: [{ text: plain(payload.value) as never, value: payload.value }] });
  });
}

async function openApp(stage: Awaited<ReturnType<typeof openStage>>, mode: 'http' | 'socket'): Promise<string[]> {
  const seen: string[] = [];
  const clientOptions = { slackApiUrl: `${stage.slack.origin}/api/` };
  const common = { token: botToken, logger: silent, clientOptions };
  if (mode === 'socket') {
    // It waits as long as this before it comes back.
    const clientPingTimeout = 500;
    const receiver = new SocketModeReceiver({
      appToken,
      logger: silent,
      clientPingTimeout,
      installerOptions: { clientOptions },
    });
    const app = new App({ ...common, receiver });
    register(app, seen);
    await app.start();
    onTestFinished(async () => void (await app.stop()));
    return seen;
  }
  const receiver = new HTTPReceiver({ signingSecret, logger: silent });
  register(new App({ ...common, receiver }), seen);
  const server = createServer((incoming, outgoing) => receiver.requestListener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const eventsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  expect(await stage.move('settings', { eventsUrl })).toMatchObject({ http: 200 });
  return seen;
}

it.each(['http', 'socket'] as const)('talks with an app over %s', async (mode) => {
  const stage = await openStage();
  const seen = await openApp(stage, mode);
  const rosa = { user: 'U0REQUESTER', channel: 'C0TEAM' };

  const said = await stage.move('say', { ...rosa, text: 'connect', mention: true });
  await expect.poll(() => stage.messages('C0TEAM')).toHaveLength(2);
  const [, answer] = await stage.messages('C0TEAM');
  const pressed = await stage.move('press', { ...rosa, ts: answer?.ts, action_id: 'open', awaitView: true });
  const wrong = await stage.move('submit', { user: rosa.user, view: pressed.view.id, values: { name: 'spoke' } });
  const right = await stage.move('submit', { user: rosa.user, view: pressed.view.id, values: { name: 'hub' } });
  await stage.move('command', { ...rosa, text: 'status' });

  expect(seen).toEqual(['<@U0CAUSEWAY> connect']);
  expect(answer).toMatchObject({ thread_ts: said.ts, text: 'Yes?' });
  expect(wrong).toMatchObject({ errors: { name: 'Only hub.' } });
  expect(right).toMatchObject({ view: null });
  await expect.poll(async () => (await stage.world()).ephemeral).toMatchObject([{ text: 'You said status' }]);
});

it('comes back after Slack asked it to', async () => {
  const stage = await openStage();
  const seen = await openApp(stage, 'socket');

  await stage.move('disconnect', { reason: 'refresh_requested' });
  await expect.poll(async () => (await stage.move('settings'))['connections']).toBe(0);
  await expect.poll(async () => (await stage.move('settings'))['connections']).toBe(1);
  await stage.move('say', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'still there?', mention: true });

  expect(seen).toEqual(['<@U0CAUSEWAY> still there?']);
});
