import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
