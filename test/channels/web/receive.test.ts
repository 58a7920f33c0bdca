import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { executesIn } from '../../../src/cards/adaptive-card.ts';
import type { CardContent } from '../../../src/flows/card.ts';
import { get, messagesOf, say, send } from './client.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  await house.close();
});

const approval: CardContent = {
  name: 'notice',
  data: { title: 'Approve?', tone: 'warning', text: 'A plan waits.', wayOut: '', lines: [] },
};

function tokensOf(message: { card: Parameters<typeof executesIn>[0] | null } | undefined): unknown[] {
  return message?.card == null ? [] : executesIn(message.card).map((action) => action['data']);
}

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

describe('saying something', () => {
  it('is taken, stands in the transcript, and reaches the inbox in its own thread', async () => {
    const { status, body } = await send<{ event: string; message: string }>(house.url, '/chat/messages', {
      as: 'requester',
      conversation: 'team',
      text: 'connect mendix-prod',
    });

    expect(status).toBe(202);
    expect(body.event).toBe(`web/${body.message}`);
    expect(await messagesOf(house.url, 'approver-1')).toMatchObject([
      { id: body.message, from: 'requester', thread: null, text: 'connect mendix-prod', card: null, revision: 1 },
    ]);
    expect(house.said).toEqual([
      {
        id: body.event,
        person: 'requester',
        place: { platform: 'web', conversation: 'team', thread: body.message },
        text: 'connect mendix-prod',
        files: [],
      },
    ]);
  });

  it('stays in the thread it answers, also when a reply is named instead of its first message', async () => {
    const root = await say(house.url, 'requester', 'first');
    const reply = await say(house.url, 'approver-1', 'second', { thread: root.message });

    await say(house.url, 'requester', 'third', { thread: reply.message });

    expect((await messagesOf(house.url, 'requester')).map((message) => message.thread)).toEqual([
      null,
      root.message,
      root.message,
    ]);
    expect(house.said.map((said) => said.place.thread)).toEqual([root.message, root.message, root.message]);
  });

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
    expect(house.said).toEqual([]);
  });

  it('drops what a database or a screen could not take', async () => {
    await say(house.url, 'requester', 'a\u0000b\u202Ec');

    expect(house.said[0]?.text).toBe('abc');
  });
});

describe('what a person sees', () => {
  it('is for members everything but what is for others alone', async () => {
    await house.post({ key: 'case-1/a' });
    await house.post({ key: 'case-1/b', onlyFor: 'approver-1' });

    expect(await messagesOf(house.url, 'requester')).toHaveLength(1);
    expect(await messagesOf(house.url, 'approver-1')).toMatchObject([{ onlyForYou: false }, { onlyForYou: true }]);
  });

  it('is for an outsider only their own words and what is addressed to them', async () => {
    const own = await say(house.url, 'outsider', 'let me in');
    await say(house.url, 'requester', 'a secret');
    await house.post({ key: 'case-1/a' });
    await house.post({
      key: 'case-1/b',
      onlyFor: 'outsider',
      place: { platform: 'web', conversation: 'team', thread: own.message },
    });
    await house.post({ key: 'case-1/c', place: { platform: 'web', conversation: 'dm-outsider', thread: null } });

    expect((await messagesOf(house.url, 'outsider')).map((message) => message.from)).toEqual(['outsider', 'causeway']);
    expect(await messagesOf(house.url, 'outsider', 'dm-outsider')).toHaveLength(1);
  });

  it.each(['on-call', 'support', 'dm-admin'])(
    'is for an outsider nothing in %s, without an error',
    async (conversation) => {
      await house.post({ key: 'case-1/a', place: { platform: 'web', conversation, thread: null } });

      const { status, body } = await get<{ messages: unknown[] }>(
        house.url,
        `/chat/conversations/${conversation}/messages?as=outsider`,
      );

      expect([status, body.messages]).toEqual([200, []]);
    },
  );

  it('does not let an outsider into a thread they do not see', async () => {
    const { message } = await say(house.url, 'requester', 'a secret');

    const answer = await send(house.url, '/chat/messages', {
      as: 'outsider',
      conversation: 'team',
      thread: message,
      text: 'hm',
    });

    expect(answer.status).toBe(404);
  });

  it('has tokens of their own on every button', async () => {
    await house.post({
      key: 'case-1/a',
      content: { text: 'Approve?', card: approval, speaker: null },
      verbs: ['retry'],
    });

    const [mine] = await messagesOf(house.url, 'requester');
    const [theirs] = await messagesOf(house.url, 'approver-1');
    const [again] = await messagesOf(house.url, 'requester');

    expect(tokensOf(mine)).toHaveLength(1);
    expect(tokensOf(mine)).not.toEqual(tokensOf(theirs));
    expect(tokensOf(again)).toEqual(tokensOf(mine));
  });

  it('has no button where none is offered', async () => {
    await house.post({ key: 'case-1/a', content: { text: 'Done', card: approval, speaker: null } });

    expect((await messagesOf(house.url, 'requester'))[0]?.card).not.toHaveProperty('actions');
  });

  it('refuses to count from nonsense', async () => {
    expect((await get(house.url, '/chat/conversations/team/messages?as=requester&after=x')).status).toBe(400);
    expect((await get(house.url, '/chat/conversations/nowhere/messages?as=requester')).status).toBe(404);
  });
});

describe('clicking', () => {
  const inputs = { reason: 'too wide', count: 3, sure: true };

  it('hands the button and its inputs to the inbox, and answers with what came of it', async () => {
    const id = await house.post({ key: 'case-1/a' });
    house.answerWith({ outcome: 'refused', because: 'You asked for it.', errors: [] });

    const { status, body } = await send(house.url, '/chat/actions', {
      as: 'requester',
      conversation: 'team',
      message: id,
      verb: 'approve',
      token: 't',
      inputs,
    });

    expect([status, body]).toEqual([200, { outcome: 'refused', because: 'You asked for it.' }]);
    expect(house.clicked).toMatchObject([
      {
        person: 'requester',
        verb: 'approve',
        token: 't',
        inputs: { reason: 'too wide', count: '3', sure: 'true' },
        place: { platform: 'web', conversation: 'team', thread: id },
      },
    ]);
  });

  it('tells what is wrong with which input', async () => {
    const id = await house.post({ key: 'case-1/a' });
    house.answerWith({ outcome: 'invalid', because: 'Look again.', errors: [{ input: 'apps', message: 'Name one.' }] });

    const { body } = await send(house.url, '/chat/actions', {
      as: 'requester',
      conversation: 'team',
      message: id,
      verb: 'go',
      token: 't',
    });

    expect(body).toEqual({
      outcome: 'invalid',
      because: 'Look again.',
      errors: [{ input: 'apps', message: 'Name one.' }],
    });
  });

  it('is an event of its own each time, so that corrected inputs count', async () => {
    const id = await house.post({ key: 'case-1/a' });
    const click = { as: 'requester', conversation: 'team', message: id, verb: 'go', token: 't', inputs: {} };

    await send(house.url, '/chat/actions', click);
    await send(house.url, '/chat/actions', click);

    expect(new Set(house.clicked.map((clicked) => clicked.id)).size).toBe(2);
  });

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
    expect(house.clicked).toEqual([]);
  });
});

describe('unread', () => {
  async function unread(as: string, conversation = 'team'): Promise<number | undefined> {
    const { body } = await get<{ id: string; unread: number }[]>(house.url, `/chat/conversations?as=${as}`);
    return body.find((one) => one.id === conversation)?.unread;
  }

  it('counts what others said since the last look', async () => {
    await say(house.url, 'requester', 'one');
    await house.post({ key: 'case-1/a' });
    await house.post({ key: 'case-1/b', onlyFor: 'admin' });

    expect([await unread('requester'), await unread('approver-1'), await unread('outsider')]).toEqual([1, 2, 0]);

    await messagesOf(house.url, 'approver-1');

    expect([await unread('requester'), await unread('approver-1')]).toEqual([1, 0]);
  });

  it('stays quiet when a card is only edited, unless it calls the person', async () => {
    await house.post({ key: 'case-1/a' });
    await messagesOf(house.url, 'requester');

    await house.post({ key: 'case-1/a', revision: 2 });
    expect(await unread('requester')).toBe(0);

    await house.post({ key: 'case-1/a', revision: 3, mention: ['requester'] });
    expect(await unread('requester')).toBe(1);
  });
});

describe('files', () => {
  it('are kept and can be named in a message', async () => {
    const response = await fetch(`${house.url}/chat/files?name=${encodeURIComponent('../logs/app.log')}`, {
      method: 'POST',
      body: 'line 1\n',
    });
    const { file } = (await response.json()) as { file: string };

    await say(house.url, 'requester', 'see the log', { files: [file] });

    expect(house.said[0]).toMatchObject({ text: 'see the log', files: [file] });
    expect((await messagesOf(house.url, 'requester'))[0]?.text).toBe('see the log\nAttached: app.log');
  });

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
  let shared: House;
  beforeAll(async () => {
    shared = await openHouse();
  });
  afterAll(() => shared.close());

  /** Unlike fetch, plain HTTP may claim any Host. */
  function statusWith(headers: Record<string, string>, path = '/chat/people'): Promise<number | undefined> {
    const { port } = new URL(shared.url);
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
