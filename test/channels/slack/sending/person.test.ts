/** What is said to one person outside of any case, and who they are. */
import { describe, expect, it } from 'vitest';
import { createSlackOut } from '../../../../src/channels/slack/out.ts';
import { botToken, noticeOf, openHouse, people, team } from './house.ts';

const who = { userId: 'U0REQUESTER', conversation: team, thread: null };

describe('a word to one person', () => {
  it('is shown to them where they are', async () => {
    const house = await openHouse();

    await house.out.tell(who, 'Not for you.');

    expect((await house.world()).ephemeral).toMatchObject([{ to: 'U0REQUESTER', text: 'Not for you.', shown: true }]);
  });

  it.each([
    ['on the App Home', { ...who, conversation: null }],
    ['in a channel that the bot is not in', { ...who, conversation: 'C0NOWHERE' }],
    ['in their direct messages', { ...who, conversation: 'D0REQUESTER' }],
  ])('goes to their direct messages %s', async (_where, listener) => {
    const house = await openHouse();
    await house.out.directOf('U0REQUESTER');

    await house.out.tell(listener, 'Not for you.');

    expect(await house.written('D0REQUESTER')).toMatchObject([{ text: 'Not for you.' }]);
  });

  it('that cannot be said is noted, and breaks nothing', async () => {
    const house = await openHouse();

    await house.out.tell({ ...who, userId: 'U0NOBODY' }, 'Hello');

    expect(house.logged.join()).toContain('U0NOBODY');
  });
});

describe('the App Home', () => {
  it('shows a known person what they can do, with buttons that begin it', async () => {
    const house = await openHouse();

    await house.out.showHome('U0REQUESTER', people[0] ?? null);

    const home = JSON.stringify((await house.world()).homes['U0REQUESTER']);
    expect(home).toContain('start-connect');
    expect(home).toContain('start-support');
  });

  it('shows a stranger whom to ask, and no buttons', async () => {
    const house = await openHouse();

    await house.out.showHome('U0FOREIGN', null);

    const home = JSON.stringify((await house.world()).homes['U0FOREIGN']);
    expect(home).toContain('Ada Admin');
    expect(home).not.toContain('start-connect');
  });

  it('that cannot be shown is noted, and breaks nothing', async () => {
    const house = await openHouse();
    await house.fault('500', '/api/views.publish');

    await house.out.showHome('U0REQUESTER', null);

    expect(house.logged.join()).toContain('App Home');
  });
});

describe('the installation', () => {
  it('is asked about once, and again after a failure', async () => {
    const house = await openHouse();
    await house.fault('500', '/api/auth.test');

    await expect(house.out.installation()).rejects.toThrow(/tried again/);
    const first = await house.out.installation();
    await house.out.installation();

    expect(first).toEqual({ teamId: 'T0CAUSEWAY', botUserId: 'U0CAUSEWAY', botId: 'B0CAUSEWAY' });
    expect(await house.calls('auth.test')).toHaveLength(2);
  });
});

describe('the e-mail of a user', () => {
  it('is read once in an hour', async () => {
    const house = await openHouse();

    const emails = [await house.out.emailOf('U0REQUESTER'), await house.out.emailOf('U0REQUESTER')];
    house.pass(61 * 60_000);
    await house.out.emailOf('U0REQUESTER');

    expect(emails).toEqual(['requester@example.com', 'requester@example.com']);
    expect(await house.calls('users.info')).toHaveLength(2);
  });

  it.each([
    ['of another company', 'U0FOREIGN'],
    ['that is a bot', 'U0CAUSEWAY'],
    ['that nobody knows', 'U0NOBODY'],
  ])('is none for a user %s', async (_what, user) => {
    const house = await openHouse();

    expect(await house.out.emailOf(user)).toBeNull();
  });

  it('is none where the app may not read it', async () => {
    const house = await openHouse();
    await house.without('users:read.email');

    expect(await house.out.emailOf('U0REQUESTER')).toBeNull();
  });

  it('is none when Slack does not answer, and is asked for again', async () => {
    const house = await openHouse();
    await house.fault('500', '/api/users.info');

    expect(await house.out.emailOf('U0REQUESTER')).toBeNull();
    expect(await house.out.emailOf('U0REQUESTER')).toBe('requester@example.com');
  });

  it('stands in for the id of a person where the settings allow it', async () => {
    const unnamed = people.map((person) => ({ ...person, slack: null }));
    const house = await openHouse({ people: () => unnamed, matchByEmail: () => true });

    await house.post({ key: 'case-1/approval', content: noticeOf('Approve?'), mention: ['approver-1'] });

    expect((await house.written())[0]?.mentions?.users).toEqual(['U0APPROVER1']);
  });
});

it('is stopped after what is on its way went out', async () => {
  const house = await openHouse();
  const bot = { signingSecret: null, botToken, appToken: null, apiUrl: `${house.slack.origin}/api/` };
  const out = createSlackOut({
    store: house.store,
    inbox: { say: never, click: never, open: never, refuse: never },
    bot,
    people: () => people,
    matchByEmail: () => false,
    tokenKey: 'k',
    now: () => Temporal.Now.instant(),
    newId: () => 'id',
    random: () => 0,
    log: () => undefined,
  });

  const ts = await house.post({ key: 'case-1/connect' });
  await out.copySeen('case-1/connect', { channel: team, ts: '1.000001' });
  await out.stop(5_000);

  expect((await house.calls('chat.update')).length).toBe(1);
  expect(ts).toMatch(/\./);
});

function never(): Promise<never> {
  return Promise.reject(new Error('not called'));
}
