/** The world: shown, replaced part by part, read from a file. */
import { expect, it } from 'vitest';
import settings from '../../../manifest/settings.example.json' with { type: 'json' };
import { startSlackSimulator } from '../../../src/simulators/slack/start.ts';
import { openStage, section } from './stage.ts';

it('holds the people of the example settings, and somebody of another company', async () => {
  const { world } = await openStage();
  const { users, rooms } = await world();

  expect(users).toEqual(
    expect.arrayContaining(
      settings.people.map(({ name, email, slack }) =>
        expect.objectContaining({ id: slack.user, team_id: slack.team, real_name: name, email }),
      ),
    ),
  );
  expect(users).toContainEqual(expect.objectContaining({ id: 'U0FOREIGN', team_id: 'T0OTHER' }));
  expect(rooms.map(({ id }) => id)).toEqual(['C0TEAM', 'C0ONCALL', 'C0SUPPORT', 'C0SHARED']);
});

it('goes out and in again', async () => {
  const first = await openStage();
  const { ts } = await first.api('chat.postMessage', {
    channel: 'C0TEAM',
    text: 'Hello <@U0ADMIN>',
    blocks: [section('x')],
  });
  await first.api('views.publish', { user_id: 'U0ADMIN', view: { type: 'home', blocks: [section('x')] } });
  const { deliveries: _deliveries, ...world } = await first.world();

  const second = await openStage({ world: { slack: world } });

  expect(await second.world()).toEqual({ ...world, deliveries: [] });
  expect(await second.api('chat.update', { channel: 'C0TEAM', ts, text: 'Bye' })).toMatchObject({ ok: true });
});

it('is replaced part by part', async () => {
  const { api, slack, world } = await openStage();
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'Hello' });

  const users = [{ id: 'U0NEW', name: 'new' }];
  await fetch(`${slack.origin}/_sim/world`, { method: 'POST', body: JSON.stringify({ slack: { users } }) });

  const { channels, users: shown } = await world();
  expect(shown).toEqual([expect.objectContaining({ id: 'U0NEW', real_name: 'new', team_id: 'T0CAUSEWAY' })]);
  expect(channels['C0TEAM']).toHaveLength(1);
});

it('says what cannot be read in a world', async () => {
  await expect(startSlackSimulator({ world: { slack: { channels: { C0TEAM: [{ ts: 'now' }] } } } })).rejects.toThrow(
    'This world cannot be read',
  );
  await expect(startSlackSimulator({ eventsUrl: 'https://example.com' })).rejects.toThrow('is not on this machine');
});

it('writes down every call', async () => {
  const { api, slack } = await openStage();
  await api('chat.postMessage', { channel: 'C0TEAM', text: 'Hello' });

  const requests = (await (await fetch(`${slack.origin}/_sim/requests`)).json()) as unknown[];

  expect(requests).toMatchObject([
    { method: 'POST', path: '/api/chat.postMessage', body: { channel: 'C0TEAM', text: 'Hello' }, status: 200 },
  ]);
});
