import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send } from './client.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  await house.close();
});

describe('clicking', () => {
  const inputs = { reason: 'too wide', count: 3, sure: true };

  it('hands the button and its inputs to the inbox, and answers with what came of it', async () => {
    const id = await house.post({ key: 'case-1/a' });
    house.answerWith({ outcome: 'refused', because: 'You asked for it.', errors: [] });

    const { status, body } = await send(house.url, '/chat/actions', {
      as: 'requester',
      conversation: 'team',
      message: id,
      verb: 'approve',
      token: 't',
      inputs,
    });

    expect([status, body]).toEqual([200, { outcome: 'refused', because: 'You asked for it.' }]);
    expect(house.clicked).toMatchObject([
      {
        person: 'requester',
        verb: 'approve',
        token: 't',
        inputs: { reason: 'too wide', count: '3', sure: 'true' },
        place: { platform: 'web', conversation: 'team', thread: id },
      },
    ]);
  });

  it('tells what is wrong with which input', async () => {
    const id = await house.post({ key: 'case-1/a' });
    house.answerWith({ outcome: 'invalid', because: 'Look again.', errors: [{ input: 'apps', message: 'Name one.' }] });

    const { body } = await send(house.url, '/chat/actions', {
      as: 'requester',
      conversation: 'team',
      message: id,
      verb: 'go',
      token: 't',
    });

    expect(body).toEqual({
      outcome: 'invalid',
      because: 'Look again.',
      errors: [{ input: 'apps', message: 'Name one.' }],
    });
  });

  it('is an event of its own each time, so that corrected inputs count', async () => {
    const id = await house.post({ key: 'case-1/a' });
    const click = { as: 'requester', conversation: 'team', message: id, verb: 'go', token: 't', inputs: {} };

    await send(house.url, '/chat/actions', click);
    await send(house.url, '/chat/actions', click);

    expect(new Set(house.clicked.map((clicked) => clicked.id)).size).toBe(2);
  });
});
