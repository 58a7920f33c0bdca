/** How much Slack takes. */
import { expect, it } from 'vitest';
import { openStage, section } from './stage.ts';

/** A clock that stands still, so that only the tests let time go by. */
const stopped = { now: () => Temporal.Instant.from('2026-11-21T10:00:00Z') };

it('takes a short burst in a channel, then about one message a second', async () => {
  const { api, move } = await openStage(stopped);
  function post(channel = 'C0TEAM') {
    return api('chat.postMessage', { channel, text: 'x' });
  }

  const burst = await Promise.all(Array.from({ length: 5 }, () => post()));
  const beyond = await post();
  const elsewhere = await post('C0ONCALL');
  await move('clock', { seconds: 1 });

  expect(burst.every(({ ok }) => ok)).toBe(true);
  expect(beyond).toMatchObject({ ok: false, error: 'ratelimited', status: 429 });
  expect(elsewhere.ok).toBe(true);
  expect(await post()).toMatchObject({ ok: true });
  expect(await post()).toMatchObject({ error: 'ratelimited' });
});

it('says in whole seconds how long to wait', async () => {
  const { api, move, slack } = await openStage(stopped);
  await move('settings', { limits: 'strict' });
  const post = { channel: 'C0TEAM', text: 'x' };
  await api('chat.postMessage', post);

  const response = await fetch(`${slack.origin}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer xoxb-causeway-test' },
    body: JSON.stringify(post),
  });

  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
});

it('counts edits over all channels together, 50 a minute', async () => {
  const { api, move } = await openStage(stopped);
  const { ts } = await api('chat.postMessage', { channel: 'C0TEAM', text: 'x' });
  function edit() {
    return api('chat.update', { channel: 'C0TEAM', ts, text: 'y', blocks: [section('y')] });
  }

  for (let edits = 0; edits < 50; edits += 1) {
    expect((await edit()).ok).toBe(true);
  }

  expect(await edit()).toMatchObject({ error: 'ratelimited', status: 429 });
  await move('clock', { seconds: 2 });
  expect(await edit()).toMatchObject({ ok: true });
});

it('has a limit for the whole workspace', async () => {
  const rooms = Array.from({ length: 40 }, (_, index) => ({
    id: `C0N${index}`,
    name: `n${index}`,
    members: ['U0CAUSEWAY'],
  }));
  const { api } = await openStage({ ...stopped, world: { slack: { rooms } } });
  const answers = [];

  for (const { id } of rooms) {
    answers.push(
      ...(await Promise.all(Array.from({ length: 3 }, () => api('chat.postMessage', { channel: id, text: 'x' })))),
    );
  }

  expect(answers.some(({ error }) => error === 'ratelimited')).toBe(true);
});

it('knows no limits when it is told so', async () => {
  const { api, move } = await openStage(stopped);
  await move('settings', { limits: 'off' });

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api('chat.postMessage', { channel: 'C0TEAM', text: 'x' })),
  );

  expect(answers.every(({ ok }) => ok)).toBe(true);
});

it('goes by faster when time does', async () => {
  const { api, move } = await openStage({ ...stopped, speed: 1000 });
  await move('settings', { limits: 'strict' });

  for (let posts = 0; posts < 5; posts += 1) {
    await move('clock', { seconds: 0.001 });
    expect(await api('chat.postMessage', { channel: 'C0TEAM', text: 'x' })).toMatchObject({ ok: true });
  }
});
