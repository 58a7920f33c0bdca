/** A post whose answer never came: it may be there or not. */
import { describe, expect, it } from 'vitest';
import { firstButton, type House, noticeOf, onCall, openHouse, stored, team, until, wordsOf } from './house.ts';

const key = 'case-1/connect';
const place = { platform: 'slack' as const, conversation: team, thread: null };

/** A house in which the first try arrived, and nobody knows. */
async function triedOnce(house: House, more: object = {}): Promise<void> {
  await house.fault('drop-answer', '/api/chat.postMessage');
  await expect(house.post({ key, place, content: noticeOf('Try?'), ...more })).rejects.toThrow(/may have arrived/);
}

async function again(house: House, more: object = {}): Promise<string> {
  const message = await stored(house.store, { key, place, content: noticeOf('Try?'), mayHaveBeenSent: true, ...more });
  return (await house.out.channel.send({ ...message, revision: 1 })).platformId;
}

describe('a post whose outcome is unknown', () => {
  it('is found by its mark, and not posted twice', async () => {
    const house = await openHouse();
    await triedOnce(house);

    const platformId = await again(house);

    expect((await house.written()).map(({ ts }) => ts)).toEqual([platformId]);
  });

  it('is found in its thread', async () => {
    const house = await openHouse();
    const thread = await house.post({ key: 'case-1/first' });
    await triedOnce(house, { place: { ...place, thread } });

    const platformId = await again(house, { place: { ...place, thread } });

    expect((await house.written()).map(({ ts }) => ts)).toEqual([thread, platformId]);
  });

  it('is posted when the first try never arrived', async () => {
    const house = await openHouse();
    await house.post({ key: 'case-1/other' });
    await house.fault('drop', '/api/chat.postMessage');
    await expect(house.post({ key, place, content: noticeOf('Try?') })).rejects.toThrow(/tried again/);

    await again(house);

    expect(await house.written()).toHaveLength(2);
  });

  it('is looked for since it was first asked for, over pages', async () => {
    const house = await openHouse();
    await house.control('settings', { limits: 'off' });
    await triedOnce(house);
    for (let index = 0; index < 205; index += 1) {
      await house.control('say', { user: 'U0REQUESTER', channel: team, text: `word ${index}` });
    }

    await again(house);

    expect(await house.written()).toHaveLength(1);
    const looks = await house.calls('conversations.history');
    expect(looks.length).toBeGreaterThan(1);
    expect(JSON.stringify(looks[0]?.body)).toMatch(/oldest/);
  });

  it('is not taken for a message that another app marked alike', async () => {
    const house = await openHouse();
    await house.control('world', {
      slack: {
        channels: {
          [team]: [
            {
              type: 'message',
              ts: `${Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)}.000001`,
              bot_id: 'B0OTHER',
              user: 'U0OTHERBOT',
              text: 'Hello',
              metadata: { event_type: 'causeway_message', event_payload: { key, revision: 1 } },
            },
          ],
        },
      },
    });

    await again(house);

    expect((await house.written(team)).filter(({ text }) => text !== 'Hello')).toHaveLength(1);
  });
});

describe('a post whose outcome is unknown, without the right to read', () => {
  async function houseWithCopy(): Promise<{ house: House; copy: string; platformId: string }> {
    const house = await openHouse();
    await house.without('channels:history');
    const help = { text: 'Hi', speaker: null, card: { name: 'help', data: { intro: 'Hi', examples: [], groups: [] } } };
    const content = { content: help, verbs: ['start-connect'] };
    await triedOnce(house, content);
    const platformId = await again(house, { ...content, verbs: ['start-connect'] });
    const [copy] = await house.written();
    return { house, copy: copy?.ts ?? '', platformId };
  }

  it('is posted again, and the missing right is not asked for each time', async () => {
    const { house } = await houseWithCopy();

    await again(house, { key: 'case-1/second' });

    expect(await house.written()).toHaveLength(3);
    expect(await house.calls('conversations.history')).toHaveLength(1);
  });

  it('still looks in direct messages, whose right is another one', async () => {
    const { house } = await houseWithCopy();
    const direct = { ...place, conversation: await house.out.directOf('U0REQUESTER') };
    await house.fault('drop-answer', '/api/chat.postMessage');
    await expect(house.post({ key: 'case-1/direct', place: direct })).rejects.toThrow();

    const message = await stored(house.store, { key: 'case-1/direct', place: direct, mayHaveBeenSent: true });
    await house.out.channel.send(message);

    expect(await house.written(direct.conversation)).toHaveLength(1);
  });

  it('comes to light by a press on the copy, which stays in step from then on', async () => {
    const { house, copy, platformId } = await houseWithCopy();
    await house.store.write((tx) =>
      tx.updateTable('message').set({ platform_id: platformId, sent_revision: 1 }).where('key', '=', key).execute(),
    );

    await house.out.copySeen(key, { channel: team, ts: copy });
    await until(async () => (await house.written())[0]?.edits === 1);
    await house.post({ key, content: noticeOf('Done'), platformId });

    const messages = await house.written();
    expect(messages.map(({ blocks }) => JSON.stringify(blocks).includes('Done'))).toEqual([true, true]);
  });

  it('takes a copy for its own when that was pressed before the second try', async () => {
    const house = await openHouse();
    await house.without('channels:history');
    await triedOnce(house);
    const [copy] = await house.written();
    await house.out.copySeen(key, { channel: team, ts: copy?.ts ?? '' });
    await until(async () => (await house.written())[0]?.edits === 1);

    const platformId = await again(house);

    expect(platformId).toBe(copy?.ts);
    expect(await house.written()).toHaveLength(1);
  });

  it('does not follow a button to another channel', async () => {
    const { house, platformId } = await houseWithCopy();
    const foreign = await house.post({ key: 'case-2/x', caseId: 'case-2', place: { ...place, conversation: onCall } });

    await house.out.copySeen(key, { channel: onCall, ts: foreign });
    await house.post({ key, content: wordsOf('Done'), platformId });

    expect((await house.written(onCall))[0]?.edits).toBeUndefined();
  });

  it('forgets a copy that is gone', async () => {
    const { house, platformId } = await houseWithCopy();
    await house.out.copySeen(key, { channel: team, ts: '1.000001' });
    await until(async () => (await house.calls('chat.update')).length === 1);

    await house.post({ key, content: noticeOf('One'), platformId });

    const edited = (await house.calls('chat.update')).map(({ body }) =>
      Object.fromEntries(new URLSearchParams(String(body))),
    );
    expect(edited.map(({ ts }) => ts)).toEqual(['1.000001', platformId]);
    expect(firstButton((await house.written()).at(-1))).toEqual({});
  });
});
