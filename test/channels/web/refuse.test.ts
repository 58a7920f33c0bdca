import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, send } from './client.ts';
import { type House, openHouse } from './house.ts';

/** Nothing here changes anything, so one house serves all. */
let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  expect([house.said, house.clicked]).toEqual([[], []]);
  await house.close();
});

describe('people and conversations', () => {
  it('names who is there', async () => {
    const { body } = await get<{ id: string; name: string; roles: string[] }[]>(house.url, '/chat/people');

    expect(body).toContainEqual({ id: 'requester', name: 'Rita Requester', roles: ['requester'] });
  });

  it.each([
    ['requester', ['team', 'on-call', 'support', 'dm-requester']],
    ['outsider', ['team', 'dm-outsider']],
  ])('shows %s the rooms they are in', async (as, ids) => {
    const { body } = await get<{ id: string }[]>(house.url, `/chat/conversations?as=${as}`);

    expect(body.map((conversation) => conversation.id)).toEqual(ids);
  });

  it.each([
    '/chat/conversations',
    '/chat/conversations?as=nobody',
    '/chat/conversations/team/messages?as=nobody',
    '/chat/events?as=',
  ])('asks who it is at %s', async (path) => {
    const { status, body } = await get(house.url, path);

    expect(status).toBe(400);
    expect(body.because).toContain('requester');
  });
});

describe('saying something wrong', () => {
  it.each([
    [400, { as: 'nobody', conversation: 'team', text: 'x' }],
    [404, { as: 'requester', conversation: 'nowhere', text: 'x' }],
    [404, { as: 'requester', conversation: 'team', thread: 'nothing', text: 'x' }],
    [403, { as: 'requester', conversation: 'dm-admin', text: 'x' }],
    [403, { as: 'outsider', conversation: 'on-call', text: 'x' }],
    [400, { as: 'requester', conversation: 'team', text: ' \n ' }],
    [400, { as: 'requester', conversation: 'team', text: 'x'.repeat(8_001) }],
    [400, { as: 'requester', conversation: 'team', text: 'x', files: ['none'] }],
    [400, { as: 'requester', conversation: 'team' }],
    [400, { as: { id: 'requester' }, conversation: 'team', text: 'x' }],
    [400, null],
    [400, []],
  ])('answers %i and says why to %j', async (status, body) => {
    const answer = await send(house.url, '/chat/messages', body);

    expect(answer.status).toBe(status);
    expect(answer.body.because).not.toBe('');
  });
});

describe('a body that is no chat message', () => {
  it.each([
    [400, 'application/json', 'hello'],
    [400, 'text/plain', '{"as":"requester","conversation":"team","text":"x"}'],
    [400, 'application/x-www-form-urlencoded', 'as=requester&conversation=team&text=x'],
    [400, 'application/json', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    [413, 'application/json', JSON.stringify('x'.repeat(256 * 1024))],
  ])('is answered with %i', async (status, type, body) => {
    const response = await fetch(`${house.url}/chat/messages`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });

    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('because');
  });
});

describe('clicking something wrong', () => {
  it.each([
    [400, { as: 'nobody' }],
    [404, { conversation: 'nowhere' }],
    [404, { conversation: 'support' }],
    [404, { message: 'nothing' }],
    [400, { verb: '' }],
    [400, { token: 7 }],
    [400, { inputs: { a: { b: 1 } } }],
    [400, { inputs: [] }],
  ])('answers %i to %j', async (status, wrong) => {
    const id = await house.post({ key: 'case-1/a' });

    const answer = await send(house.url, '/chat/actions', {
      as: 'requester',
      conversation: 'team',
      message: id,
      verb: 'go',
      token: 't',
      inputs: {},
      ...wrong,
    });

    expect(answer.status).toBe(status);
    expect(answer.body.because).not.toBe('');
  });
});

describe('files', () => {
  it.each(['', '?name=', '?name=..', '?name=%2F'])('need a name: %j', async (query) => {
    const response = await fetch(`${house.url}/chat/files${query}`, { method: 'POST', body: 'x' });

    expect(response.status).toBe(400);
  });

  it('are at most 20 MB', async () => {
    const response = await fetch(`${house.url}/chat/files?name=x`, {
      method: 'POST',
      body: new Uint8Array(20 * 1024 * 1024 + 1),
    });

    expect(response.status).toBe(413);
  });
});

describe('whom the page answers', () => {
  /** Unlike fetch, plain HTTP may claim any Host. */
  function statusWith(headers: Record<string, string>, path = '/chat/people'): Promise<number | undefined> {
    const { port } = new URL(house.url);
    const replaced = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replaceAll('PORT', port)]),
    );
    return new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers: replaced }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }

  it.each([
    [200, {}],
    [200, { host: 'localhost:PORT' }],
    [200, { host: '[::1]:PORT' }],
    [200, { origin: 'http://127.0.0.1:PORT', host: '127.0.0.1:PORT' }],
    [200, { origin: 'http://localhost:PORT', host: '127.0.0.1:PORT' }],
    [403, { origin: 'http://127.0.0.1:1', host: '127.0.0.1:PORT' }],
    [403, { origin: 'https://evil.example', host: '127.0.0.1:PORT' }],
    [403, { origin: 'null', host: '127.0.0.1:PORT' }],
    [403, { host: 'evil.example' }],
    [403, { host: '127.0.0.1.evil.example:PORT' }],
    [403, { host: 'evil.example:PORT', origin: 'http://evil.example:PORT' }],
    [403, { host: '10.0.0.1:PORT' }],
  ])('%i for %j', async (status, headers) => {
    expect(await statusWith(headers)).toBe(status);
  });

  it.each(['/', '/page/main.js', '/vendor/adaptivecards.js', '/chat/events?as=requester'])(
    'guards %s as well',
    async (path) => {
      expect(await statusWith({ host: 'evil.example' }, path)).toBe(403);
    },
  );
});
