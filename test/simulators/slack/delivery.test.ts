/** How things reach the app over HTTP: signed, in time, again when they have to. */
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { openStage, type Received, signingSecret, type Stage } from './stage.ts';

const help = { user: 'U0REQUESTER', channel: 'D0REQUESTER', text: 'help' };

function isSigned({ headers, raw }: Received, secret = signingSecret): boolean {
  const timestamp = String(headers['x-slack-request-timestamp']);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${raw}`).digest('hex');
  return headers['x-slack-signature'] === `v0=${digest}`;
}

async function attemptsOf(stage: Stage, id: string) {
  return (await stage.world()).deliveries.find((delivery) => delivery.id === id)?.attempts ?? [];
}

it('signs everything', async () => {
  const { move, received } = await openStage();

  await move('say', help);
  await move('command', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'help' });
  await move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });

  expect(received.map((request) => isSigned(request))).toEqual([true, true, true]);
  expect(received[0]?.headers['user-agent']).toBe('Slackbot 1.0 (+https://api.slack.com/robots)');
});

it('signs with its own secret and its own clock', async () => {
  const now = Temporal.Instant.from('2026-11-21T10:00:00Z');
  const { move, received } = await openStage({ signingSecret: 'another', now: () => now });

  await move('say', help);

  expect(isSigned(received[0] as Received, 'another')).toBe(true);
  expect(received[0]?.headers['x-slack-request-timestamp']).toBe(String(now.epochMilliseconds / 1000));
});

it('brings an event again, at once and after one and five minutes', async () => {
  const stage = await openStage({ speed: 3000 });
  stage.replies.push({ status: 500 }, { status: 502 }, { status: 404 }, { status: 503 }, { status: 500 });

  const said = await stage.move('say', help);
  await expect.poll(() => stage.received.length).toBe(4);

  expect(said).toMatchObject({ status: 502, retries: 1 });
  expect(stage.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  expect(new Set(stage.received.map(({ raw }) => raw)).size).toBe(1);
  expect(stage.received.every((request) => isSigned(request))).toBe(true);
  await expect
    .poll(async () => (await attemptsOf(stage, said.id)).map(({ status }) => status))
    .toEqual([500, 502, 404, 503]);
});

it('stops when the app took it, and when the app wants no more of it', async () => {
  const stage = await openStage({ speed: 100_000 });
  stage.replies.push({ status: 500 }, { status: 200 });
  await stage.move('say', help);
  stage.replies.push({ status: 500, headers: { 'x-slack-no-retry': '1' } });
  await stage.move('say', help);
  await stage.move('say', help);

  expect(stage.received).toHaveLength(4);
});

it('waits no longer than it says', async () => {
  const stage = await openStage({ speed: 100_000 });
  await stage.move('settings', { ackMs: 500 });
  stage.replies.push('never', { status: 200 });

  const said = await stage.move('say', help);

  expect(said).toMatchObject({ status: 200, retries: 1 });
  expect(stage.received[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
});

it('says so when nobody is there', async () => {
  const { move } = await openStage({ eventsUrl: 'http://127.0.0.1:9/slack/events' });

  expect(await move('say', help)).toMatchObject({ delivered: true, status: 0, retries: 1 });
});

it('brings commands and interactions once', async () => {
  const { move, received, replies } = await openStage({ speed: 100_000 });
  replies.push({ status: 500 }, { status: 500 });

  await move('command', { user: 'U0REQUESTER', channel: 'C0TEAM', text: 'help' });
  await move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });

  expect(received).toHaveLength(2);
});

it('brings something again when it is told to, anew or to the letter', async () => {
  let now = Temporal.Instant.from('2026-11-21T10:00:00Z');
  const { move, received } = await openStage({ now: () => now });
  const { id } = await move('say', help);
  now = now.add({ seconds: 10 });

  await move('redeliver', { id, reason: 'http_timeout' });
  await move('redeliver', { id, exact: true });
  const unknown = await move('redeliver', { id: 'Ev0' });

  const [first, again, exact] = received.map(({ headers }) => headers);
  expect(again).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
  expect(again?.['x-slack-signature']).not.toBe(first?.['x-slack-signature']);
  expect(exact?.['x-slack-signature']).toBe(again?.['x-slack-signature']);
  expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
  expect(unknown.error).toContain('There was no delivery Ev0');
});

it('delivers anything, as rightly or wrongly signed as asked', async () => {
  const { move, received } = await openStage();
  const event = { type: 'event_callback' };

  await move('deliver', { body: event });
  await move('deliver', { body: event, secret: 'wrong' });
  await move('deliver', { body: 'null', headers: { 'Content-Type': 'application/json; charset=utf-8' } });
  await move('deliver', { body: event, skewSeconds: 3600, headers: { 'x-slack-signature': null } });

  expect(received.map((request) => isSigned(request))).toEqual([true, false, true, false]);
  expect(received.map(({ headers }) => headers['content-type'])).toEqual([
    'application/json',
    'application/json',
    'application/json; charset=utf-8',
    'application/json',
  ]);
  expect(Number(received[3]?.headers['x-slack-request-timestamp'])).toBeGreaterThan(Date.now() / 1000 + 3000);
  expect(received[3]?.headers).not.toHaveProperty('x-slack-signature');
});

it('asks for a challenge before it takes a URL', async () => {
  const other = await openStage();
  const { move, received } = await openStage();
  const url = `${other.slack.origin}/nowhere`;

  const refused = await move('settings', { eventsUrl: url });
  const unseen = await move('settings', { eventsUrl: url, verify: false });
  const foreign = await move('settings', { eventsUrl: 'https://causeway.example.com/slack/events' });

  expect([refused.http, refused.error]).toEqual([400, expect.stringContaining('challenge')]);
  expect(unseen).toMatchObject({ eventsUrl: url });
  expect(foreign.error).toContain('is not on this machine');
  expect(received).toEqual([]);
});

it('takes a URL that knows the challenge', async () => {
  const app = await openStage();
  const { move } = await openStage();
  const { eventsUrl } = await app.move('settings');

  expect(await move('settings', { eventsUrl })).toMatchObject({ http: 200, eventsUrl });
  expect(app.received[0]?.payload).toMatchObject({
    type: 'url_verification',
    challenge: expect.any(String) as unknown,
  });
  expect(app.received[0] !== undefined && isSigned(app.received[0])).toBe(true);
});

it('looks at the certificate now and then', async () => {
  const { move, received } = await openStage();

  await move('ssl-check');

  expect(received[0]?.payload).toMatchObject({ ssl_check: '1' });
});

it('needs somebody to deliver to', async () => {
  const { move } = await openStage();
  await move('settings', { eventsUrl: null });

  expect((await move('home', { user: 'U0ADMIN' })).error).toContain('No app is known yet');
});

it.each([{ limits: 'some' }, { colour: 'red' }, { slowMs: -1 }])('knows no settings such as %o', async (settings) => {
  const { move } = await openStage();

  expect((await move('settings', settings)).http).toBe(400);
});
