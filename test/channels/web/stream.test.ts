import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ShownMessage } from '../../../src/channels/web/render.ts';
import { messagesOf, say } from './client.ts';
import { type House, openHouse } from './house.ts';

let house: House;
const open: AbortController[] = [];

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  for (const controller of open.splice(0)) {
    controller.abort();
  }
  await house.close();
});

interface Stream {
  /** Resolves with the next message of the stream. */
  next(): Promise<ShownMessage & { eventId: string }>;
}

/** Resolves when the server has welcomed the listener, so that nothing said afterwards is missed. */
async function listen(as: string, headers: Record<string, string> = {}): Promise<Stream> {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${house.url}/chat/events?as=${as}`, { headers, signal: controller.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = blocksOf(response.body);
  await blocks.next();
  return {
    next: async () => {
      const { value } = await blocks.next();
      const lines = new Map(
        String(value)
          .split('\n')
          .map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
      );
      return { ...(JSON.parse(lines.get('data') ?? '') as ShownMessage), eventId: lines.get('id') ?? '' };
    },
  };
}

async function* blocksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    rest += Buffer.from(chunk).toString('utf8');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

it('tells everybody of a message as they may see it', async () => {
  const [requester, approver] = [await listen('requester'), await listen('approver-1')];

  await say(house.url, 'requester', 'hello');

  expect(await requester.next()).toMatchObject({ from: 'requester', text: 'hello', conversation: 'team' });
  expect(await approver.next()).toMatchObject({ from: 'requester', text: 'hello' });
});

it('tells of an edit with the same id and a later seq', async () => {
  const stream = await listen('requester');
  const id = await house.post({ key: 'case-1/a' });
  const first = await stream.next();

  await house.post({ key: 'case-1/a', revision: 2 });

  const second = await stream.next();
  expect(second).toMatchObject({ id, revision: 2 });
  expect(second.seq).toBeGreaterThan(first.seq);
});

it('tells nobody what is not for them', async () => {
  const stream = await listen('outsider');

  await say(house.url, 'requester', 'a secret');
  await house.post({ key: 'case-1/a', onlyFor: 'requester' });
  await house.post({ key: 'case-1/b', onlyFor: 'outsider' });

  expect(await stream.next()).toMatchObject({ from: 'causeway', onlyForYou: true });
});

it('goes on after the last event that arrived', async () => {
  await say(house.url, 'requester', 'one');
  const [first] = await messagesOf(house.url, 'requester');
  await say(house.url, 'requester', 'two');

  const stream = await listen('requester', { 'last-event-id': String(first?.seq) });

  expect(await stream.next()).toMatchObject({ text: 'two', eventId: String((first?.seq ?? 0) + 1) });
});
