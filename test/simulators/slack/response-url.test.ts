/** Response URLs: five uses in thirty minutes, for messages that nothing else can change. */
import { expect, it } from 'vitest';
import { actions, button, type Json, openStage, section, type Stage } from './stage.ts';

async function pressOn(stage: Stage, ts: string): Promise<string> {
  await stage.move('press', { user: 'U0ADMIN', channel: 'C0TEAM', ts, action_id: 'go' });
  return String(stage.received.at(-1)?.payload['response_url']);
}

async function respond(url: string, body: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Json };
}

const blocks = [section('Go?'), actions(button('go'))];

it('answers the person alone, or everybody', async () => {
  const stage = await openStage();
  const { ts } = await stage.api('chat.postMessage', { channel: 'C0TEAM', text: 'Go?', blocks });
  const url = await pressOn(stage, ts);

  expect(await respond(url, { text: 'Thanks' })).toEqual({ status: 200, body: { ok: true } });
  await respond(url, { response_type: 'in_channel', text: 'Gone' });

  expect((await stage.world()).ephemeral).toMatchObject([{ to: 'U0ADMIN', text: 'Thanks' }]);
  expect(await stage.messages('C0TEAM')).toMatchObject([{ text: 'Go?' }, { text: 'Gone' }]);
});

it('changes or removes the message on which it arose', async () => {
  const stage = await openStage();
  const { ts } = await stage.api('chat.postMessage', { channel: 'C0TEAM', text: 'Go?', blocks });
  const url = await pressOn(stage, ts);

  await respond(url, { replace_original: true, text: 'Gone' });
  const [replaced] = await stage.messages('C0TEAM');
  await respond(url, { delete_original: true });

  expect(replaced).toMatchObject({ ts, text: 'Gone' });
  expect(replaced).not.toHaveProperty('blocks');
  expect(await stage.messages('C0TEAM')).toEqual([]);
});

it('changes and removes what only one person sees', async () => {
  const stage = await openStage();
  const whisper = { channel: 'C0TEAM', user: 'U0ADMIN', text: 'Go?', blocks };
  const { message_ts: ts } = await stage.api('chat.postEphemeral', whisper);
  const url = await pressOn(stage, ts);

  await respond(url, { replace_original: true, text: 'Gone', blocks: [section('Gone')] });
  const replaced = (await stage.world()).ephemeral;
  await respond(url, { delete_original: true });

  expect(replaced).toMatchObject([{ ts, text: 'Gone', edits: 1 }]);
  expect((await stage.world()).ephemeral).toEqual([]);
});

it('is used five times', async () => {
  const stage = await openStage();
  await stage.move('command', { user: 'U0ADMIN', channel: 'C0TEAM', text: 'help' });
  const url = String(stage.received[0]?.payload['response_url']);

  const statuses = [];
  for (let uses = 0; uses < 6; uses += 1) {
    statuses.push((await respond(url, { text: 'x' })).status);
  }

  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect((await respond(url, { text: 'x' })).body).toMatchObject({ error: 'used_url' });
});

it('ends after half an hour', async () => {
  const stage = await openStage();
  await stage.move('command', { user: 'U0ADMIN', channel: 'C0TEAM', text: 'help' });
  await stage.move('clock', { seconds: 1801 });

  expect(await respond(String(stage.received[0]?.payload['response_url']), { text: 'x' })).toEqual({
    status: 404,
    body: { ok: false, error: 'expired_url' },
  });
});

it.each([
  ['nothing', {}, 'no_text'],
  ['blocks that Slack does not take', { blocks: [{ type: 'banner' }] }, 'invalid_blocks'],
  ['no JSON', '{', 'invalid_payload'],
])('does not take %s', async (_name, body, error) => {
  const stage = await openStage();
  await stage.move('command', { user: 'U0ADMIN', channel: 'C0TEAM', text: 'help' });

  expect(await respond(String(stage.received[0]?.payload['response_url']), body)).toMatchObject({
    status: 400,
    body: { ok: false, error },
  });
});
