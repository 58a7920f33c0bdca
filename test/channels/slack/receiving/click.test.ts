import { describe, expect, it } from 'vitest';
import { readToken } from '../../../../src/cards/token.ts';
import { contentOf } from '../../../cards/samples.ts';
import { channel, first, openHouse, tokenKey, ts, until } from './house.ts';
import { outside, press, trigger } from './payloads.ts';

const approval = { text: 'Approve?', card: contentOf('approval'), speaker: null };
const plan = { text: 'The plan', card: contentOf('connect-plan'), speaker: null };

/** A card in a channel whose buttons send nothing but themselves. */
async function planned(changes: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(changes);
  const token = await house.post({ key: 'case-1/connect', content: plan, verbs: ['ask-approval', 'cancel'] });
  return { house, token };
}

describe('a button on a card that all see', () => {
  it('is the button of whoever pressed it', async () => {
    const { house, token } = await planned();
    const pressed = press({ verb: 'ask-approval', value: token('ask-approval'), thread: '1789.1' });

    const { status, text } = await house.interact(pressed);

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(house.clicked).toMatchObject([
      {
        id: `slack/click/${pressed.trigger_id}`,
        person: 'requester',
        place: { platform: 'slack', conversation: channel, thread: '1789.1' },
        verb: 'ask-approval',
        inputs: {},
      },
    ]);
    const own = house.clicked[0]?.token ?? '';
    expect(readToken({ key: tokenKey, token: own, verb: 'ask-approval', person: 'requester' })).toEqual({
      tokenId: 'case-1/connect#1',
    });
    expect(house.told).toEqual([]);
  });

  it('belongs to the thread below its message, when that stands in none', async () => {
    const { house, token } = await planned();
    const at = ts();

    await house.interact(press({ verb: 'ask-approval', value: token('ask-approval'), at }));

    expect(house.clicked[0]?.place.thread).toBe(at);
  });

  it('tells the sending half where it stands, because it may be a copy that nobody knows', async () => {
    const { house, token } = await planned();
    const at = ts();

    await house.interact(press({ verb: 'ask-approval', value: token('ask-approval'), at }));

    await until(() => house.copies.length === 1);
    expect(house.copies).toEqual([{ key: 'case-1/connect', channel, ts: at }]);
  });

  it('has a number behind its verb when the verb is there twice', async () => {
    const { house, token } = await planned();

    await house.interact(press({ verb: 'ask-approval~2', value: token('ask-approval') }));

    expect(house.clicked[0]?.verb).toBe('ask-approval');
  });

  it.each(['refused', 'stale', 'already-decided'] as const)('says privately why it was %s', async (outcome) => {
    const { house, token } = await planned();
    house.answerWith({ outcome, because: 'Decided at 14:52.', errors: [] });

    const { status, text } = await house.interact(
      press({ verb: 'ask-approval', value: token('ask-approval'), thread: '1789.1' }),
    );

    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(await first(house.told)).toEqual({
      listener: { userId: 'U0REQUESTER', conversation: channel, thread: '1789.1' },
      text: 'Decided at 14:52.',
    });
  });

  it.each([
    ['an unknown value', 'made.up.token'],
    ['no value', undefined],
    ['the value of another button', 'other'],
  ])('with %s is answered with 200, by the house', async (_what, value) => {
    const { house, token } = await planned({ realInbox: true });
    const given = value === 'other' ? token('cancel') : value;

    const { status } = await house.interact(
      press({ verb: 'ask-approval', ...(given === undefined ? {} : { value: given }) }),
    );

    expect(status).toBe(200);
    expect((await first(house.told)).text).toMatch(/do not know this button|shown to somebody else/);
  });

  it('pressed twice is one click, and gets one answer', async () => {
    const { house, token } = await planned();
    const pressed = press({ verb: 'ask-approval', value: token('ask-approval') });
    house.answerWith({ outcome: 'refused', because: 'No.', errors: [] });

    await Promise.all([house.interact(pressed), house.interact(pressed)]);
    await first(house.told);
    await house.receiving.stop();

    expect(house.clicked).toHaveLength(1);
    expect(house.told).toHaveLength(1);
  });
});

describe('what is no decision', () => {
  it.each([
    ['a link', { action: { type: 'button', url: 'https://example.com', action_id: 'open-link' } }],
    ['a choice', { action: { type: 'static_select', selected_option: { value: 'x' } } }],
    ['a press on nothing', { more: { actions: [] } }],
    ['a button without a name', { action: { action_id: '' } }],
  ])('is let pass at once: %s', async (_what, more) => {
    const { house, token } = await planned();

    const { status } = await house.interact(press({ verb: 'ask-approval', value: token('ask-approval'), ...more }));

    expect(status).toBe(200);
    expect([house.clicked, house.told]).toEqual([[], []]);
    // Not by the net that waits for three seconds, which says so.
    expect(house.logged).toEqual([]);
  });
});

describe('whoever may not press here', () => {
  it.each([
    ['somebody whom the settings do not name', { user: { id: 'U0NOBODY', team_id: 'T0CAUSEWAY' } }, 'do not know you'],
    ['somebody of another company', { user: outside }, 'not a member'],
    [
      'somebody of another company, in the name of their own workspace',
      { user: outside, team: { id: 'T0OTHER' } },
      'not a member',
    ],
    ['an approver’s id in another company', { user: { id: 'U0APPROVER1', team_id: 'T0OTHER' } }, 'not a member'],
    ['an approver’s id in another organisation', { user: { id: 'U0APPROVER1', team_id: 'E0OTHER' } }, 'not a member'],
  ])('is told whom to ask: %s', async (_what, more, words) => {
    const house = await openHouse();
    const token = await house.post({ key: 'case-1/approval', content: approval, verbs: ['approve'] });

    const { status } = await house.interact(press({ verb: 'approve', value: token('approve'), more }));

    expect(status).toBe(200);
    const { text } = await first(house.told);
    expect(text).toContain(words);
    expect(text).toContain('Ada Admin');
    expect([house.clicked, house.opened]).toEqual([[], []]);
    expect(house.refused).toMatchObject([{ verb: 'approve', token: token('approve'), because: text }]);
  });

  it('is not heard at all on a message of another installation', async () => {
    const house = await openHouse();
    const elsewhere = {
      user: outside,
      team: { id: 'T0OTHER' },
      message: { ts: ts(), user: 'U9', bot_id: 'B9', team: 'T0OTHER' },
    };

    const { status } = await house.interact(press({ verb: 'approve', value: 'x', more: elsewhere }));

    expect(status).toBe(403);
    expect(house.told).toEqual([]);
  });
});

describe('the App Home', () => {
  const home = { view: { id: 'V1', type: 'home', callback_id: '', private_metadata: '', state: { values: {} } } };
  const onHome = { ...home, container: { type: 'view', view_id: 'V1' }, channel: undefined, message: undefined };

  it.each([
    ['start-connect', 'connect'],
    ['start-support', 'support'],
  ])('begins something in the direct messages: %s', async (verb, text) => {
    const house = await openHouse();

    await house.interact(press({ verb, more: onHome }));

    const place = { platform: 'slack', conversation: 'D0OFU0REQUESTER', thread: null };
    expect(house.said).toMatchObject([{ person: 'requester', place, text }]);
  });

  it('begins nothing for a stranger', async () => {
    const house = await openHouse();

    await house.interact(press({ verb: 'start-connect', more: { ...onHome, user: outside } }));

    expect((await first(house.told)).listener).toEqual({ userId: 'U0FOREIGN', conversation: null, thread: null });
    expect(house.said).toEqual([]);
  });
});

describe('the answer to a press', () => {
  it('comes before Slack gives up, and what came of it is told when it is known', async () => {
    const { house, token } = await planned();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'refused', because: 'Not you.', errors: [] })));

    const { status } = await house.interact(press({ verb: 'cancel', value: token('cancel') }));
    expect([status, house.told]).toEqual([200, []]);
    resolve();

    expect((await first(house.told)).text).toBe('Not you.');
  });

  it('tells the person when something goes wrong', async () => {
    const { house, token } = await planned();
    house.answerWith(() => Promise.reject(new Error('the disk is full')));

    const { status } = await house.interact(press({ verb: 'cancel', value: token('cancel') }));

    expect(status).toBe(200);
    expect((await first(house.told)).text).toContain('went wrong on my side');
  });

  it('asks to press again when the house is too busy', async () => {
    const { house, token } = await planned();
    house.answerWith(() => Promise.reject(Object.assign(new Error('too busy'), { name: 'Busy' })));

    const { status } = await house.interact(press({ verb: 'cancel', value: token('cancel') }));

    expect(status).toBe(200);
    expect((await first(house.told)).text).toContain('try it again');
  });
});

it('a press without Slack’s trigger still counts once', async () => {
  const { house, token } = await planned({ realInbox: true });
  const pressed = press({ verb: 'cancel', value: token('cancel'), more: { trigger_id: undefined } });

  const answers = [await house.interact(pressed), await house.interact({ ...pressed, response_url: trigger() })];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await house.store.read.selectFrom('event').select('id').execute()).toHaveLength(1);
});
