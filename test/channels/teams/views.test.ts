import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/cards/token.ts';
import { contentOf } from '../../cards/samples.ts';
import { card, houseWith, valueOf, words } from './approval-house.ts';
import { firstToken, noticeOf, onCall, openHouse, tokenKey } from './house.ts';

describe('a view of one’s own', () => {
  it('is asked for on approvals in rooms, for the people whom Teams knows', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const posted = (await house.written(onCall)).find(({ id }) => id === message);

    expect(posted?.attachments?.[0]?.content['refresh']).toMatchObject({ userIds: { length: 3 } });
  });

  it.each([
    ['approver-1', ['approve', 'reject']],
    ['requester', []],
    ['outsider', []],
  ])('has the buttons of %s: %j', async (person, verbs) => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const answer = await house.act('refresh', person, { message });

    expect(answer.body?.type).toBe(card);
    expect((valueOf(answer).actions ?? []).map((action) => action.verb)).toEqual(verbs);
    expect(house.clicked).toEqual([]);
  });

  it('tells the requester that somebody else decides', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    const answer = await house.act('refresh', 'requester', { message });

    expect(JSON.stringify(valueOf(answer).body[0])).toContain('somebody else decides');
  });

  it('still lets its own buttons be pressed, by its owner alone', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    const view = valueOf(await house.act('refresh', 'approver-1', { message }));
    const data = view.actions?.[0]?.data;

    await house.act('execute', 'approver-1', { message, verb: 'approve', data });
    await house.act('execute', 'outsider', { message, verb: 'approve', data });

    const [own, foreign] = house.clicked.map(({ person, token }) =>
      readToken({ key: tokenKey, token, verb: 'approve', person }),
    );
    expect(own).toEqual({ tokenId: 'case-1/approval#1' });
    expect(foreign).toBe('not-yours');
  });

  it('is not asked for where nobody’s view differs', async () => {
    const { house, message } = await houseWith(contentOf('notice'), ['retry']);

    const posted = (await house.written(onCall)).find(({ id }) => id === message);

    expect(posted?.attachments?.[0]?.content['refresh']).toBeUndefined();
  });

  it('of a card that is not known any more says so', async () => {
    const house = await openHouse();
    const action = { type: 'Action.Execute', verb: 'refresh-view', data: { token: 'x' } };
    const activity = { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'automatic' } };

    const { body } = await house.act('raw', 'requester', { activity });

    expect(body).toMatchObject({ statusCode: 200, type: words });
  });
});

it('keeps a private card private: its buttons are its owner’s', async () => {
  const house = await openHouse();
  await house.say('approver-1', 'help');
  const message = await house.post({
    key: 'case-1/answer',
    content: noticeOf('Try?'),
    verbs: ['retry'],
    onlyFor: 'approver-1',
  });

  const [posted] = await house.written(await house.chatOf('approver-1'));

  const token = firstToken(posted);
  expect(message).toContain(' in ');
  expect(readToken({ key: tokenKey, token, verb: 'retry', person: 'approver-1' })).toEqual({
    tokenId: 'case-1/answer#1',
  });
});
