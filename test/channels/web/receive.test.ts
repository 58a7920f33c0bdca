import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesOf, say, send } from './client.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  await house.close();
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
        addressed: false,
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

  it('is shown once and heard under one event when it is sent again with the same key', async () => {
    const again = { key: 'sent-before-1' };
    const first = await say(house.url, 'requester', 'open a ticket', again);
    const second = await say(house.url, 'requester', 'open a ticket', again);

    expect(second).toEqual(first);
    expect(house.said.map(({ id }) => id)).toEqual([first.event, first.event]);
    expect(await messagesOf(house.url, 'requester')).toMatchObject([{ id: first.message, text: 'open a ticket' }]);
  });

  it('is a message of its own when the words are others, also under a key that was used before', async () => {
    const first = await say(house.url, 'requester', 'open a ticket', { key: 'used-twice' });
    const other = await say(house.url, 'requester', 'close the ticket', { key: 'used-twice' });

    expect(other.event).not.toBe(first.event);
    expect((await messagesOf(house.url, 'requester')).map(({ text }) => text)).toEqual([
      'open a ticket',
      'close the ticket',
    ]);
  });

  it('is a message of its own when somebody else chose the same key', async () => {
    const own = await say(house.url, 'requester', 'mine', { key: 'a-common-key' });
    const other = await say(house.url, 'approver-1', 'theirs', { key: 'a-common-key' });

    expect(other.event).not.toBe(own.event);
    expect((await messagesOf(house.url, 'requester')).map(({ text }) => text)).toEqual(['mine', 'theirs']);
  });

  it('is refused with a key that is none', async () => {
    const { body, status } = await send(house.url, '/chat/messages', {
      as: 'requester',
      conversation: 'team',
      text: 'hello',
      key: 'a b',
    });

    expect(status).toBe(400);
    expect(body.because).toContain('key: Use 8 to 64 letters');
  });

  it('drops what a database or a screen could not take', async () => {
    await say(house.url, 'requester', 'a\u0000b\u202Ec');

    expect(house.said[0]?.text).toBe('abc');
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

    expect(house.said[0]).toMatchObject({
      text: 'see the log',
      files: [file],
      attached: [{ id: file, name: 'app.log', size: expect.any(Number) as unknown }],
    });
    expect((await messagesOf(house.url, 'requester'))[0]?.text).toBe('see the log\nAttached: app.log');
  });
});
