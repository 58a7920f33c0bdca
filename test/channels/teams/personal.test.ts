/** What is sent to a person before anybody knows which of Teams' conversations their private chat is. */
import { describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../src/channels/channel.ts';
import { personalConversation } from '../../../src/channels/personal.ts';
import { caseOfThread } from '../../../src/store/conversations.ts';
import { firstToken, group, type House, noticeOf, openHouse } from './house.ts';

function chatOf(person: string) {
  return { platform: 'teams' as const, conversation: personalConversation(person), thread: null };
}

/** Somebody of the tenant spoke once, so its service is known. */
async function openKnown(): Promise<House> {
  const house = await openHouse();
  await house.say('requester', '<at>Causeway</at> help', { conversation: group });
  return house;
}

async function openings(house: House): Promise<number> {
  return (await house.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/v3/conversations'))
    .length;
}

describe('a private chat', () => {
  it('is opened once for somebody who never wrote, and nobody is called by sound', async () => {
    const house = await openKnown();

    await house.post({ key: 'case-1/one', place: chatOf('approver-1'), mention: ['approver-1'] });
    await house.post({ key: 'case-2/one', caseId: 'case-2', place: chatOf('approver-1') });

    const written = await house.written(await house.chatOf('approver-1'));
    expect(written).toHaveLength(2);
    expect(written[0]?.entities ?? []).toEqual([]);
    expect(await openings(house)).toBe(1);
  });

  it('holds the message that is edited later', async () => {
    const house = await openKnown();
    const message = { key: 'case-1/one', place: chatOf('approver-1') };
    const platformId = await house.post({ ...message, content: noticeOf('One') });

    await house.post({ ...message, content: noticeOf('Two'), platformId });

    const written = await house.written(await house.chatOf('approver-1'));
    expect(written).toMatchObject([{ edits: 1 }]);
    expect(JSON.stringify(written)).toContain('Two');
  });

  it('knows by its words which card is meant that was sent there, and whose case that is', async () => {
    const house = await openKnown();
    const content = noticeOf('Approve?');
    await house.post({ key: 'case-1/one', place: chatOf('approver-1'), content, verbs: ['retry'] });
    const chat = await house.chatOf('approver-1');
    const [card] = await house.written(chat);

    await house.say('approver-1', 'try again', { conversation: chat });

    const thread = card?.id ?? '';
    expect(house.said.at(-1)).toMatchObject({ person: 'approver-1', place: { conversation: chat, thread } });
    expect(await caseOfThread(house.store.read, { platform: 'teams', conversation: chat, thread })).toBe('case-1');
  });

  it('takes the press of a button there', async () => {
    const house = await openKnown();
    const content = noticeOf('Approve?');
    await house.post({ key: 'case-1/one', place: chatOf('approver-1'), content, verbs: ['retry'] });
    const chat = await house.chatOf('approver-1');
    const [card] = await house.written(chat);

    const answer = await house.act('execute', 'approver-1', {
      conversation: chat,
      message: card?.id,
      verb: 'retry',
      data: { token: firstToken(card) },
    });

    expect(answer.status).toBe(200);
    expect(house.clicked).toMatchObject([{ person: 'approver-1', verb: 'retry' }]);
  });

  it('that cannot be opened, because the app is not installed for them, is given up at once', async () => {
    const house = await openKnown();
    await house.faults([{ match: { method: 'POST', path: '*/v3/conversations' }, fault: 'blocked', times: 5 }]);

    await expect(house.post({ key: 'case-1/one', place: chatOf('approver-1') })).rejects.toBeInstanceOf(Undeliverable);
  });

  it('of somebody whom the settings do not know in Teams is given up at once', async () => {
    const house = await openKnown();

    await expect(house.post({ key: 'case-1/one', place: chatOf('nobody') })).rejects.toBeInstanceOf(Undeliverable);
  });
});
