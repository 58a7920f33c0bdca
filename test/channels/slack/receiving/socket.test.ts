import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlackConfig } from '../../../../src/config/slack.ts';
import { startSlackSimulator } from '../../../../src/simulators/slack/start.ts';
import { channel, first, type House, type HouseChanges, openHouse, until } from './house.ts';

interface Moved {
  /** Names the delivery. */
  id: string;
  /** 200: acknowledged; 0: not. */
  status: number;
  body: unknown;
  retries: number;
}

interface Line {
  house: House;
  move: (name: string, body: object) => Promise<Moved>;
  connections: () => Promise<number>;
}

const done = { outcome: 'done' as const, because: '', errors: [] };

/** The receiving half without a public address, on a workspace that reaches it over its own socket. */
async function openLine(changedBot: Partial<SlackConfig> = {}, changes: HouseChanges = {}): Promise<Line> {
  const slack = await startSlackSimulator();
  onTestFinished(() => slack.close());
  const bot = {
    signingSecret: null,
    botToken: 'xoxb-causeway-test',
    appToken: 'xapp-causeway-test',
    apiUrl: `${slack.origin}/api/`,
    ...changedBot,
  };
  const house = await openHouse({ ...changes, bot });
  async function move(name: string, body: object): Promise<Moved> {
    const response = await fetch(`${slack.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Moved & { error?: string };
    if (!response.ok) {
      throw new Error(`The simulated Slack refuses ${name}: ${answer.error}`);
    }
    return answer;
  }
  async function connections(): Promise<number> {
    return ((await move('settings', {})) as unknown as { connections: number }).connections;
  }
  return { house, move, connections };
}

async function openedLine(changedBot: Partial<SlackConfig> = {}, changes: HouseChanges = {}): Promise<Line> {
  const line = await openLine(changedBot, changes);
  await until(() => line.house.receiving.ready());
  return line;
}

describe('what comes over a socket', () => {
  it('is acknowledged when it is stored, and not before', async () => {
    const { house, move } = await openedLine();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => done));
    let isAcknowledged = false;

    const saying = move('say', { user: 'U0REQUESTER', channel, text: 'connect hub', mention: true }).then((moved) => {
      isAcknowledged = true;
      return moved;
    });
    await until(() => house.said.length === 1);
    await wait(100);
    expect(isAcknowledged).toBe(false);
    resolve();

    expect(await saying).toMatchObject({ status: 200, retries: 0 });
    expect(house.said[0]).toMatchObject({ person: 'requester', text: 'connect hub' });
  });

  it('is sent again by Slack when the house is too busy, and then it is taken once', async () => {
    const { house, move } = await openedLine();
    await move('settings', { ackMs: 400 });
    /** Slack waits for this one in vain, and as long as it takes for the next one. */
    async function beBusy(): Promise<never> {
      await move('settings', { ackMs: 60_000 });
      throw Object.assign(new Error('too busy'), { name: 'Busy' });
    }
    let times = 0;
    house.answerWith(() => {
      times += 1;
      return times === 1 ? beBusy() : Promise.resolve(done);
    });

    const moved = await move('say', { user: 'U0REQUESTER', channel, text: 'help', mention: true });

    expect(moved).toMatchObject({ status: 200, retries: 1 });
    expect(new Set(house.said.map(({ id }) => id)).size).toBe(1);
  });

  it('gets its answer in the acknowledgement: a command', async () => {
    const { house, move } = await openedLine();
    house.answerWith(() => Promise.reject(new Error('the disk is full')));

    const moved = await move('command', { user: 'U0REQUESTER', channel, command: '/causeway', text: 'help' });

    expect(moved).toMatchObject({ status: 200, body: { response_type: 'ephemeral' } });
    expect(JSON.stringify(moved.body)).toContain('went wrong on my side');
  });

  it('is always acknowledged when a person waits for it, also when nobody knows what it is', async () => {
    const { house, move } = await openedLine();

    const moved = await move('shortcut', { user: 'U0REQUESTER', callback_id: 'connect' });
    house.answerWith(() => Promise.reject(Object.assign(new Error('too busy'), { name: 'Busy' })));
    const busy = await move('shortcut', { user: 'U0REQUESTER', callback_id: 'support' });

    expect([moved.status, busy.status]).toEqual([200, 200]);
    expect(house.said[0]).toMatchObject({ person: 'requester', text: 'connect' });
    expect((await first(house.told)).text).toContain('try it again');
  });

  it('is the same inbox as over HTTP: an event that comes by both ways is one', async () => {
    const { house, move } = await openedLine({ signingSecret: 'causeway-test-signing-secret' }, { realInbox: true });
    await move('settings', { eventsUrl: `${house.origin}/slack/events` });

    const moved = await move('say', { user: 'U0REQUESTER', channel, text: 'help', mention: true });
    await move('settings', { delivery: 'http' });
    const again = await move('redeliver', { id: moved.id });

    expect([moved.status, again.status]).toEqual([200, 200]);
    expect(await house.store.read.selectFrom('event').select('id').execute()).toHaveLength(1);
  });
});

describe('a connection', () => {
  it.each([
    ['that Slack renews and closes', { reason: 'refresh_requested', closes: true }],
    ['that Slack renews without closing it', { reason: 'refresh_requested', closes: false }],
    ['of which Slack warns', { reason: 'warning', closes: false }],
    ['that breaks off without a word', { reason: null, closes: true }],
  ])('%s is replaced, and nothing is missed for long', async (_what, how) => {
    const { connections, house, move } = await openedLine();

    await move('disconnect', how);
    await until(async () => (await connections()) === 1);
    const moved = await until(async () => {
      const next = await move('say', { user: 'U0REQUESTER', channel, text: 'help', mention: true });
      return next.status === 200 && next;
    });

    expect(moved.status).toBe(200);
    expect(house.said.length).toBeGreaterThan(0);
  });

  it('is replaced as often as Slack wants', async () => {
    const { connections, house, move } = await openedLine();

    for (let times = 0; times < 3; times += 1) {
      await move('disconnect', { reason: 'refresh_requested', closes: true });
      await until(async () => (await connections()) === 1);
    }
    const moved = await move('say', { user: 'U0REQUESTER', channel, text: 'help', mention: true });

    expect(moved.status).toBe(200);
    expect(house.said).toHaveLength(1);
  });

  it('is opened as soon as Slack answers, and until then the bot is not ready', async () => {
    const { house } = await openLine({ appToken: 'xapp-not-this-one' });

    await until(() => house.logged.some((line) => line.includes('The socket to Slack is not open')));

    expect(house.receiving.ready()).toBe(false);
    expect(house.logged.join()).toContain('invalid_auth');
    expect(house.logged.join()).not.toContain('xapp-not-this-one');
  });

  it('is closed at the end, after what is under way', async () => {
    const { connections, house, move } = await openedLine();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => done));
    const saying = move('say', { user: 'U0REQUESTER', channel, text: 'help', mention: true });
    await until(() => house.said.length === 1);

    const stopping = house.receiving.stop();
    resolve();
    await stopping;

    expect((await saying).status).toBe(200);
    await until(async () => (await connections()) === 0);
  });
});
