import { describe, expect, it } from 'vitest';
import { channel, first, nowSeconds, openHouse, sign, until } from './house.ts';
import { mention } from './payloads.ts';

const done = { outcome: 'done' as const, because: '', errors: [] };

describe('the answer to an event', () => {
  it('waits for the inbox, and for nothing else', async () => {
    const house = await openHouse({ out: { tell: () => new Promise(() => undefined) } });
    const { promise, resolve } = Promise.withResolvers<void>();
    let isAnswered = false;
    house.answerWith(() => promise.then(() => done));

    const answer = house.json(mention('help')).then((sent) => {
      isAnswered = true;
      return sent;
    });
    await until(() => house.said.length === 1);
    await new Promise((next) => {
      setTimeout(next, 100);
    });
    expect(isAnswered).toBe(false);
    resolve();

    expect((await answer).status).toBe(200);
  });

  it('asks Slack to repeat it when the house is too busy, and then it is taken', async () => {
    const house = await openHouse();
    const said = mention('help');
    house.answerWith(() => Promise.reject(Object.assign(new Error('too busy'), { name: 'Busy' })));
    const refused = await house.json(said);
    house.answerWith(done);

    const taken = await house.json(said);

    expect([refused.status, taken.status]).toEqual([503, 200]);
    expect(house.told).toEqual([]);
  });

  it('is not made up for a request that broke off: when it is repeated, it is taken', async () => {
    const house = await openHouse();
    const said = mention('help');
    const body = JSON.stringify(said);
    const timestamp = nowSeconds();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => Promise.reject(Object.assign(new Error('busy'), { name: 'Busy' }))));
    const breaking = new AbortController();
    const broken = fetch(`${house.origin}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': `${timestamp}`,
        'x-slack-signature': sign(body, timestamp),
      },
      body,
      signal: breaking.signal,
    }).catch(() => null);
    await until(() => house.said.length === 1);
    breaking.abort();
    await broken;
    house.answerWith(done);
    const repeated = house.json(said);
    resolve();

    const { status } = await repeated;
    await until(async () => status === 200 || (await house.json(said)).status === 200);
    // Answered from memory, it would have been heard once, and lost.
    expect(house.said).toHaveLength(2);
  });

  it('tells the person when something goes wrong, and Slack need not repeat it', async () => {
    const house = await openHouse();
    house.answerWith(() => Promise.reject(new Error('the disk is full')));

    const { status } = await house.json(mention('help', { thread_ts: '1789.000100' }));

    expect(status).toBe(200);
    expect(await first(house.told)).toMatchObject({
      listener: { userId: 'U0REQUESTER', conversation: channel, thread: '1789.000100' },
      text: expect.stringContaining('went wrong on my side') as unknown,
    });
    expect(house.told[0]?.text).not.toContain('disk');
    expect(house.logged.join()).toContain('the disk is full');
  });

  it('comes before Slack gives up, however long the house takes', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => done));

    const { status } = await house.json(mention('help'));
    resolve();

    expect(status).toBe(503);
  });

  it('asks Slack to repeat it while nobody knows where the app is installed', async () => {
    const known = { times: 0 };
    const house = await openHouse({
      out: {
        installation() {
          known.times += 1;
          return known.times < 3
            ? Promise.reject(new Error('Slack is away'))
            : Promise.resolve({ teamId: 'T0CAUSEWAY', botUserId: 'U0CAUSEWAY', botId: 'B0CAUSEWAY' });
        },
      },
    });
    const said = mention('help');
    await until(() => known.times > 0);

    const answers = [await house.json(said), await house.json(said)];

    expect(answers.map(({ status }) => status)).toEqual([503, 200]);
  });
});
