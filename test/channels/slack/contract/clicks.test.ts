/**
 * The same thing twice, too late, or by the wrong person: one effect, and a clear answer. Each test has a person of its
 * own, because a person has one form open at a time.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { type Message, offersIn, titled, userOf, verbsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

const timeout = 60_000;

/** As far as the choice of a method. */
async function toMethod(as: string, channel: string): Promise<{ form: Message; method: Message }> {
  const { slack } = house;
  const { ts } = await slack.say(as, 'connect mendix-prod to hub-vnet for app orders', { channel });
  const form = await slack.heard('the form', offersIn(channel, 'connect-continue', ts));
  await slack.fill(as, form, 'connect-continue');
  return { form, method: await slack.heard('the method', offersIn(channel, 'use-peering', ts)) };
}

describe.concurrent('a click', { timeout }, () => {
  it('is one click, however often Slack delivers it', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { method } = await toMethod('requester', channel);

    const pressed = await slack.press('requester', method, 'use-peering');
    const again = await Promise.all([
      slack.move('redeliver', { id: pressed.id, exact: true }),
      slack.move('redeliver', { id: pressed.id }),
    ]);

    await slack.heard('the plan', offersIn(channel, 'ask-approval'));
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await slack.written(channel)).toHaveLength(1);
    expect((await slack.whispers('requester')).filter((message) => message.channel === channel)).toEqual([]);
  });

  it('twice, before the card has changed, does one thing', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { method } = await toMethod('approver-1', channel);

    await Promise.all([1, 2].map(() => slack.press('approver-1', method, 'use-peering')));

    const plan = await slack.heard('the plan', offersIn(channel, 'ask-approval'));
    expect(await slack.written(channel)).toHaveLength(1);
    expect(plan.ts).toBe(method.ts);
  });

  it('on an old card says that it is old, to whoever pressed', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { form, method } = await toMethod('approver-2', channel);
    await slack.press('approver-2', method, 'use-peering');
    await slack.heard('the plan', offersIn(channel, 'ask-approval'));

    await slack.pressOld('approver-2', form, 'connect-continue');
    await slack.pressOld('approver-2', method, 'use-private-link');

    await slack.whispered('approver-2', 'newest');
    expect((await slack.views()).filter(({ user }) => user === userOf('approver-2'))).toEqual([]);
    const now = await slack.heard('the plan', ({ ts }) => ts === form.ts);
    expect(verbsOf(now)).toContain('ask-approval');
  });

  it('on a form of somebody else is refused before anything is filled in', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts } = await slack.say('agent', 'prod is down since 8', { channel });
    const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', ts));

    const pressed = await slack.pressOld('outsider', triage, 'triage-continue');

    expect(pressed.status).toBe(200);
    const told = await slack.whispered('outsider', 'Sam Support');
    expect(told.channel).toBe(channel);
    expect((await slack.views()).filter(({ user }) => user === userOf('outsider'))).toEqual([]);
  });

  it('on a card whose copy was made up by somebody does nothing', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { form } = await toMethod('admin', channel);
    const forged = JSON.parse(JSON.stringify(form).replaceAll(/"value":"[^"]{20,}"/g, '"value":"made-up"')) as Message;

    await slack.pressOld('admin', forged, 'cancel');

    await slack.whispered('admin', 'do not know this button');
    expect((await slack.written(channel)).map(titled('Cancelled'))).toEqual([false]);
  });
});
