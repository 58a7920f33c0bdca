/** What people write calls nobody, in whatever way it goes out. */
import { describe, expect, it } from 'vitest';
import { harm, hostile, noHarm } from '../hostile.ts';
import { type House, noticeOf, openHouse, type SlackMessage, wordsOf } from './house.ts';

async function everything(house: House): Promise<SlackMessage[]> {
  const { ephemeral } = await house.world();
  return [...(await house.written()), ...ephemeral];
}

describe.each(hostile)('%s', (_what, text) => {
  it('does nothing in words, in a speaker’s name, on a card, or for one person', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/words', content: wordsOf(text) });
    await house.post({ key: 'case-1/speaker', content: wordsOf('Hello', text) });
    await house.post({ key: 'case-1/card', content: noticeOf(text, text) });
    await house.post({ key: 'case-1/only', content: wordsOf(text), onlyFor: 'requester' });
    await house.out.tell({ userId: 'U0REQUESTER', conversation: 'C0TEAM', thread: null }, text);

    const messages = await everything(house);
    expect(messages).toHaveLength(5);
    expect(messages.map((message) => harm(message))).toEqual(messages.map(() => noHarm));
  });
});

it('calls those whom the house calls, and nobody else', async () => {
  const house = await openHouse();
  const mention = ['approver-1', 'elsewhere', 'nobody'];

  await house.post({ key: 'case-1/card', content: noticeOf('<@U0ADMIN> Approve?'), mention });
  await house.post({ key: 'case-1/words', content: wordsOf('Approve? <@U0ADMIN>'), mention });

  const messages = await house.written();
  expect(messages.map(({ mentions }) => mentions?.users)).toEqual([['U0APPROVER1'], ['U0APPROVER1']]);
  expect(messages.map(({ text }) => text.startsWith('<@U0APPROVER1> '))).toEqual([true, true]);
});

it('calls nobody in a conversation of two', async () => {
  const house = await openHouse();
  const conversation = await house.out.directOf('U0REQUESTER');

  await house.post({
    key: 'case-1/result',
    place: { platform: 'slack', conversation, thread: null },
    mention: ['requester'],
  });

  expect((await house.written())[0]?.text).toBe('Hello');
});

it('makes an address a link under its own name', async () => {
  const house = await openHouse();

  await house.post({
    key: 'case-1/comment',
    content: wordsOf('See https://docs.example.com/a?b=1&c=2, then <b>.', 'Sam'),
  });

  const [message] = await house.written();
  const url = 'https://docs.example.com/a?b=1&c=2';
  expect(message?.links).toContainEqual({ url, label: url });
});

it.each([
  ['an account that looks like a host', 'https://portal.azure.com@evil.example/login'],
  ['a host of other letters', 'https://pоrtal.azure.com/'],
  ['two that touch', 'https://evil.example/https://portal.azure.com'],
])('shows where %s leads', async (_what, text) => {
  const house = await openHouse();

  await house.post({ key: 'case-1/comment', content: wordsOf(text) });

  const [message] = await house.written();
  expect(harm(message as SlackMessage)).toEqual(noHarm);
});

it('says who speaks as words', async () => {
  const house = await openHouse();

  await house.post({ key: 'case-1/comment', content: wordsOf('Fixed.', 'Sam (support)') });

  const [message] = await house.written();
  expect(message?.text).toBe('Sam (support): Fixed.');
  expect(JSON.stringify(message?.blocks)).toContain('Sam (support)');
});
