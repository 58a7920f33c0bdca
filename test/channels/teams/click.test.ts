import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/cards/token.ts';
import { contentOf } from '../../cards/samples.ts';
import { card, houseWith, valueOf, words } from './approval-house.ts';
import { onCall, openHouse, people, tokenKey, until } from './house.ts';

describe('a button on a card that all see', () => {
  it('is the button of whoever pressed it', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    await house.act('execute', 'approver-1', { message, verb: 'reject', inputs: { reason: 'No' } });

    const [click] = house.clicked;
    expect(click).toMatchObject({ person: 'approver-1', verb: 'reject', inputs: { reason: 'No' } });
    const read = readToken({ key: tokenKey, token: click?.token ?? '', verb: 'reject', person: 'approver-1' });
    expect(read).toEqual({ tokenId: 'case-1/approval#1' });
  });

  it('answers with the present card, without waiting for its edit', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    const answer = await house.act('execute', 'approver-1', { message, verb: 'approve' });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: card } });
  });

  it('reads every input as text, and nothing of the button’s own data as one', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);

    await house.act('execute', 'approver-1', {
      message,
      verb: 'approve',
      inputs: { a: 1, b: true, c: null, d: { type: 'Action.OpenUrl' }, msteams: { type: 'task/fetch' } },
    });

    expect(house.clicked[0]?.inputs).toEqual({ a: '1', b: 'true', c: '', d: '' });
  });

  it('says in words why it was refused, and leaves the card as it is', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'You asked for this plan.', errors: [] });

    const { body } = await house.act('execute', 'requester', { message, verb: 'approve' });

    expect(body).toEqual({ statusCode: 200, type: words, value: 'You asked for this plan.' });
  });

  it('names the inputs that are wrong', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);
    const errors = [{ input: 'reason', message: 'Too long.' }];
    house.answerWith({ outcome: 'invalid', because: 'Too long.', errors });

    const { body } = await house.act('execute', 'approver-1', { message, verb: 'reject' });

    expect(body).toMatchObject({ type: words, value: expect.stringMatching(/^Reason.*: Too long\.$/) as unknown });
  });

  it.each(['stale', 'already-decided'] as const)(
    'gives the present card with a word when it is %s',
    async (outcome) => {
      const { house, message } = await houseWith(contentOf('approval'), ['approve']);
      house.answerWith({ outcome, because: 'Decided at 14:52.', errors: [] });

      const answer = await house.act('execute', 'approver-1', { message, verb: 'approve' });

      expect(answer.body?.type).toBe(card);
      expect(JSON.stringify(valueOf(answer).body[0])).toContain('Decided at 14:52.');
    },
  );

  it('is answered within three seconds, however long the house takes', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'done', because: '', errors: [] })));

    const { body } = await house.act('execute', 'approver-1', { message, verb: 'approve' });
    resolve();

    expect(body).toMatchObject({ statusCode: 200, type: words });
    expect(body?.value).toContain('working on it');
  });

  it.each([
    ['an unknown token', { token: 'made.up.token' }],
    ['no token', {}],
    ['a token of another shape', { token: { $ne: '' } }],
  ])('with %s is answered with 200, by the house', async (_what, data) => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'I do not know this button.', errors: [] });

    const answer = await house.act('execute', 'approver-1', { message, verb: 'approve', data });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: words } });
  });

  it('is refused without an object id, whoever the name says it is', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    const overrides = { from: { id: '29:x', name: 'Anna Approver' } };

    const answer = await house.act('execute', 'approver-1', { message, verb: 'approve', overrides });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: words } });
    expect(answer.body?.value).toContain('Ada Admin');
    expect(house.clicked).toEqual([]);
  });

  it('without any action is answered with 200', async () => {
    const house = await openHouse();
    const activity = { type: 'invoke', name: 'adaptiveCard/action', value: { nothing: true } };

    const answer = await house.act('raw', 'requester', { activity });

    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: words } });
  });
});

describe('whoever is not known here', () => {
  it.each(['execute', 'submit'])('is told whom to ask, and the house is told that they tried (%s)', async (how) => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve'], {
      people: () => people.filter(({ id }) => id !== 'outsider'),
    });

    await house.act(how, 'outsider', { message, verb: 'approve' });

    expect(house.clicked).toEqual([]);
    expect(house.refused).toMatchObject([
      {
        person: expect.stringMatching(/^teams\//) as unknown,
        verb: 'approve',
        because: expect.stringMatching(/do not know you yet/) as unknown,
      },
    ]);
  });
});

describe('an older client, which knows Action.Submit only', () => {
  it('presses the same button', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve', 'reject']);

    const { status } = await house.act('submit', 'approver-1', { message, verb: 'reject', inputs: { reason: 'No' } });

    expect(status).toBe(200);
    expect(house.clicked).toMatchObject([{ person: 'approver-1', verb: 'reject', inputs: { reason: 'No' } }]);
  });

  it('reads privately why it was refused, and sees the card renewed', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'stale', because: 'This card has moved on.', errors: [] });
    const chat = await house.chatOf('approver-1');

    await house.act('submit', 'approver-1', { message, verb: 'approve' });

    const told = await until(async () => (await house.written(chat)).at(0));
    expect(told.text).toContain('moved on');
    await until(async () => (await house.written(onCall)).some(({ id, edits }) => id === message && edits === 1));
  });

  it('that cannot be told privately is told in the thread', async () => {
    const { house, message } = await houseWith(contentOf('approval'), ['approve']);
    house.answerWith({ outcome: 'refused', because: 'Deciding needs a role.', errors: [] });
    await house.faults([{ match: { method: 'POST', path: '*/v3/conversations' }, fault: '403', times: 9 }]);

    await house.act('submit', 'outsider', { message, verb: 'approve' });

    const told = await until(async () => (await house.written(onCall)).find(({ id }) => id !== message));
    expect(told.text).toBe('<at>Otto Outsider</at> Deciding needs a role.');
  });

  it('with something that is no button is told so', async () => {
    const house = await openHouse();

    await house.act('raw', 'requester', { activity: { type: 'message', value: [1] } });

    const told = await until(async () => (await house.written()).at(0));
    expect(told.text).toContain('do not know this button');
  });
});
