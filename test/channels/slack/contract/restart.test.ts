/** The process ends, at the worst moments, and another one goes on with the same data. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { offersIn, titled } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

const sentence = 'connect mendix-prod to hub-vnet for app orders';

async function restart(): Promise<void> {
  await house.stop();
  await house.start();
}

describe('after a restart', { timeout: 60_000 }, () => {
  it('a case goes on, and so does a form that was open', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts: thread } = await slack.say('requester', sentence, { channel });
    const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));
    const { view } = await slack.press('requester', form, 'connect-continue');

    await restart();
    const sent = await slack.submit('requester', view);

    expect(sent).toMatchObject({ status: 200, view: null });
    const method = await slack.heard('the method', offersIn(channel, 'use-peering', thread));
    expect(method.ts).toBe(form.ts);
  });

  it('a post that was under way stands there once', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.control('settings', { slowMs: 1_500 });
    await slack.faults([{ match: { path: '/api/chat.postMessage' }, fault: 'slow', times: 1 }]);
    const { ts: thread } = await slack.say('requester', sentence, { channel });
    const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));

    await restart();
    await slack.press('requester', form, 'cancel');

    const over = await slack.heard('the end', (message) => message.channel === channel && titled('Cancelled')(message));
    expect(over.ts).toBe(form.ts);
    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('what was stored without an answer is answered, and done once', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    // Slack gives up before anything can be answered.
    await slack.control('settings', { ackMs: 1 });
    const said = await slack.say('requester', sentence, { channel });
    await slack.control('settings', { ackMs: 3_000 });
    await slack.heard('the form', offersIn(channel, 'connect-continue', said.ts));

    await restart();
    const again = await slack.move('redeliver', { id: said.id });

    expect(said.status).toBe(0);
    expect(again.status).toBe(200);
    await slack.say('requester', 'cancel', { channel, thread: said.ts });
    await slack.heard('the end', (message) => message.channel === channel && titled('Cancelled')(message));
    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('what came while it stopped is done once, now or when Slack sends it again', async () => {
    const { slack } = house;
    const channels = Array.from({ length: 8 }, () => house.newChannel());
    const saying = channels.map((channel) => slack.say('requester', sentence, { channel }));
    const stopping = house.stop();
    const said = await Promise.all(saying);
    await stopping;

    await house.start();
    await Promise.all(said.filter(({ status }) => status !== 200).map(({ id }) => slack.move('redeliver', { id })));

    for (const channel of channels) {
      await slack.heard('the form', offersIn(channel, 'connect-continue'));
    }
    expect(await Promise.all(channels.map(async (channel) => (await slack.written(channel)).length))).toEqual(
      channels.map(() => 1),
    );
  });

  it('a click that came while it stopped is done, or its person is told', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const { ts: thread } = await slack.say('requester', sentence, { channel });
    const form = await slack.heard('the form', offersIn(channel, 'connect-continue', thread));

    const pressing = slack.press('requester', form, 'cancel');
    const stopping = house.stop();
    const pressed = await pressing;
    await stopping;
    await house.start();

    if (pressed.status !== 200) {
      await slack.press('requester', form, 'cancel');
    }
    await slack.heard('the end', (message) => message.ts === form.ts && titled('Cancelled')(message));
    expect(await slack.written(channel)).toHaveLength(1);
  });
});
