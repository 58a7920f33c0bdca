/** What is sent to a person before anybody knows which of Slack's conversations their private chat is. */
import { describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../../src/channels/channel.ts';
import { personalConversation } from '../../../../src/channels/personal.ts';
import { caseOfThread } from '../../../../src/store/conversations.ts';
import { openHouse, wordsOf } from './house.ts';

function chatOf(person: string) {
  return { platform: 'slack' as const, conversation: personalConversation(person), thread: null };
}

const direct = 'D0APPROVER1';

describe('a private chat', () => {
  it('is opened once, however many messages stand in it, and nobody is called by sound', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/one', place: chatOf('approver-1'), mention: ['approver-1'] });
    await house.post({ key: 'case-2/one', caseId: 'case-2', place: chatOf('approver-1') });

    const written = await house.written(direct);
    expect(written).toHaveLength(2);
    expect(written.map(({ thread_ts }) => thread_ts)).toEqual([undefined, undefined]);
    expect(written[0]?.mentions?.users ?? []).toEqual([]);
    expect(await house.calls('conversations.open')).toHaveLength(1);
  });

  it('holds the message that is edited later, and what is answered below it belongs to its case', async () => {
    const house = await openHouse();
    const message = { key: 'case-1/one', place: chatOf('approver-1') };
    const platformId = await house.post({ ...message, content: wordsOf('One') });
    house.pass(10_000);

    await house.post({ ...message, content: wordsOf('Two'), platformId });

    const written = await house.written(direct);
    expect(written.map(({ text }) => text)).toEqual(['Two']);
    const thread = { platform: 'slack' as const, conversation: direct, thread: written[0]?.ts ?? '' };
    expect(await caseOfThread(house.store.read, thread)).toBe('case-1');
  });

  it('gets a new message when somebody deleted the old one', async () => {
    const house = await openHouse();
    const message = { key: 'case-1/one', place: chatOf('approver-1') };
    const platformId = await house.post(message);
    house.pass(10_000);
    await house.control('delete', { user: 'U0APPROVER1', channel: direct, ts: (await house.written(direct))[0]?.ts });

    await house.post({ ...message, content: wordsOf('Two'), platformId });

    expect((await house.written(direct)).at(-1)?.text).toBe('Two');
  });

  it('does not stand twice when it was not known whether it had arrived', async () => {
    const house = await openHouse();
    const message = { key: 'case-1/one', place: chatOf('approver-1') };
    await house.post(message);

    await house.post({ ...message, mayHaveBeenSent: true });

    expect(await house.written(direct)).toHaveLength(1);
  });

  it.each(['elsewhere', 'nobody'])('of %s, whom nobody knows in Slack, can never be written to', async (person) => {
    const house = await openHouse();

    await expect(house.post({ key: 'case-1/one', place: chatOf(person) })).rejects.toBeInstanceOf(Undeliverable);
  });

  it('that Slack does not open is given up at once', async () => {
    const house = await openHouse();
    await house.without('im:write');

    await expect(house.post({ key: 'case-1/one', place: chatOf('approver-1') })).rejects.toBeInstanceOf(Undeliverable);
  });
});
