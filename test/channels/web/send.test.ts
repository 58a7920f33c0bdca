import { afterEach, beforeEach, expect, it } from 'vitest';
import { Undeliverable } from '../../../src/channels/channel.ts';
import { messagesOf } from './client.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  await house.close();
});

function content(text: string) {
  return { text, card: null, speaker: null };
}

it('posts a message once, however often the same revision is sent', async () => {
  const first = await house.post({ key: 'case-1/connect' });
  const second = await house.post({ key: 'case-1/connect', mayHaveBeenSent: true });

  expect(second).toBe(first);
  expect(await messagesOf(house.url, 'requester')).toHaveLength(1);
});

it('edits in place, with a new seq, and shows the edit after the old one', async () => {
  const id = await house.post({ key: 'case-1/connect', content: content('Working') });
  const [before] = await messagesOf(house.url, 'requester');
  await house.post({ key: 'case-1/other' });

  await house.post({ key: 'case-1/connect', revision: 2, content: content('Done') });

  const news = await messagesOf(house.url, 'requester', 'team', before?.seq);
  expect(news.map((message) => message.id)).toContain(id);
  expect(news.at(-1)).toMatchObject({ id, revision: 2, text: 'Done', at: before?.at });
});

it('ignores a revision that comes late', async () => {
  await house.post({ key: 'case-1/connect', revision: 3, content: content('new') });
  await house.post({ key: 'case-1/connect', revision: 2, content: content('old') });

  expect(await messagesOf(house.url, 'requester')).toMatchObject([{ text: 'new', revision: 3 }]);
});

it('gives the buttons of each revision new tokens', async () => {
  const card = {
    name: 'notice' as const,
    data: { title: 'x', tone: 'good' as const, text: '', wayOut: '', lines: [] },
  };
  await house.post({ key: 'case-1/connect', content: { text: 'x', card, speaker: null }, verbs: ['retry'] });
  const [before] = await messagesOf(house.url, 'requester');

  await house.post({
    key: 'case-1/connect',
    revision: 2,
    content: { text: 'x', card, speaker: null },
    verbs: ['retry'],
  });

  const [after] = await messagesOf(house.url, 'requester');
  expect(after?.card?.['actions']).toHaveLength(1);
  expect(after?.card).not.toEqual(before?.card);
});

it('keeps who speaks and who is meant', async () => {
  await house.post({
    key: 'case-1/comment',
    content: { text: 'Fixed.', card: null, speaker: 'Sam (support)' },
    mention: ['requester'],
  });

  expect(await messagesOf(house.url, 'requester')).toMatchObject([
    { from: 'causeway', speaker: 'Sam (support)', mention: ['requester'] },
  ]);
});

it('says that a conversation which does not exist can never be reached', async () => {
  const lost = house.post({ key: 'case-1/lost', place: { platform: 'web', conversation: 'nowhere', thread: null } });

  await expect(lost).rejects.toThrow(Undeliverable);
  await expect(lost).rejects.toThrow(/nowhere/);
});
