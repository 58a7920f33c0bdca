/** What goes wrong between the bot and Slack: nothing is lost, nothing stands there twice, and nobody waits for others. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { directOf, type Message, offersIn, titled, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

afterEach(async () => {
  await house.slack.control('settings', { limits: 'off', scopes: allScopes });
});

const allScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:read',
  'users:read',
  'users:read.email',
];

const sentence = 'connect mendix-prod to hub-vnet for app orders';
const postPath = '/api/chat.postMessage';

/** The case of this sentence, as far as its first card. */
async function begin(channel: string): Promise<Message> {
  const { slack } = house;
  const { ts } = await slack.say('requester', sentence, { channel });
  return slack.heard('the form', offersIn(channel, 'connect-continue', ts));
}

function twice(channel: string): Promise<Message[]> {
  return waitFor('both copies', async () => {
    const written = await house.slack.written(channel);
    return written.length > 1 ? written : undefined;
  });
}

describe('a post', () => {
  it('that has to wait in one channel holds up no other one', async () => {
    const { slack } = house;
    const [busy, quiet] = [house.newChannel(), house.newChannel()];
    await slack.control('settings', { limits: 'strict' });
    await slack.say('requester', sentence, { channel: busy });
    await slack.say('requester', sentence, { channel: busy });
    await slack.say('requester', sentence, { channel: quiet });

    const written = await waitFor('all three', async () => {
      const all = [...(await slack.written(busy)), ...(await slack.written(quiet))];
      return all.length === 3 ? all : undefined;
    });

    const [first, second, other] = written.map(({ ts }) => Number(ts));
    expect((await slack.requests('chat.postMessage')).map(({ status }) => status)).toContain(429);
    expect(other).toBeLessThan(Math.max(first ?? 0, second ?? 0));
  });

  it.each(['429', '500', 'drop'])('that Slack refuses with %s goes out in the end, once', async (fault) => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.faults([{ match: { path: postPath }, fault, times: 1 }]);

    const form = await begin(channel);

    expect((await slack.written(channel)).map(({ ts }) => ts)).toEqual([form.ts]);
  });

  it('whose answer was lost is found again, and stands there once', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.faults([{ match: { path: postPath }, fault: 'drop-answer', times: 1 }]);

    const form = await begin(channel);
    await slack.press('requester', form, 'cancel');

    const over = await slack.heard('the end', (message) => message.channel === channel && titled('Cancelled')(message));
    expect(over.ts).toBe(form.ts);
    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('whose answer was lost stands there twice where nobody may look; both copies work, and stay in step', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const scopes = allScopes.filter((scope) => !['channels:history', 'groups:history'].includes(scope));
    await slack.control('settings', { scopes });
    await slack.faults([{ match: { path: postPath }, fault: 'drop-answer', times: 1 }]);
    await slack.say('requester', sentence, { channel });
    const [copy] = await twice(channel);

    await slack.press('requester', copy as Message, 'cancel');

    await waitFor('both to say that it is over', async () => {
      const written = await slack.written(channel);
      return written.length === 2 && written.every(titled('Cancelled')) ? written : undefined;
    });
  });

  it('whose blocks are refused goes out with older ones', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.faults([{ match: { path: postPath }, fault: 'invalid-blocks-once', times: 1 }]);

    await begin(channel);

    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('whose blocks are refused each time goes out as words, with the way to answer them', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.faults([{ match: { path: postPath }, fault: 'invalid-blocks-once', times: 2 }]);
    const { ts: thread } = await slack.say('requester', sentence, { channel });

    const words = await slack.heard('the words', (message) => message.channel === channel);
    await slack.say('requester', 'cancel', { channel, thread });

    expect(words.blocks ?? []).toEqual([]);
    expect(words.text).toContain('What must reach what?');
    expect(words.text).toContain('help');
    await slack.heard('the end', (message) => message.ts === words.ts && titled('Cancelled')(message));
  });
});

describe('a message', () => {
  it('that somebody deleted is written anew when the case goes on', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const form = await begin(channel);
    await slack.move('delete', { user: 'U0ADMIN', channel, ts: form.ts });

    await slack.say('requester', 'continue', { channel, thread: form.thread_ts ?? '' });

    const method = await slack.heard('the method', offersIn(channel, 'use-peering'));
    expect(method.thread_ts).toBe(form.thread_ts);
    expect(await slack.written(channel)).toHaveLength(1);
  });

  it('for a channel that is closed is told to an administrator', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const form = await begin(channel);
    await slack.archive(channel);

    await slack.pressOld('requester', form, 'cancel');

    const told = await slack.heard('the word to the administrator', (message) => message.channel === directOf('admin'));
    expect(wordsOf(told)).toContain(channel);
  });
});
