import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/cards/token.ts';
import { firstToken, group, noticeOf, onCall, openHouse, tokenKey, until } from './house.ts';

describe('something said', () => {
  it('reaches the house once, however often Teams repeats it', async () => {
    const house = await openHouse();
    const first = await house.say('requester', 'help');

    await house.say('requester', 'help', { id: first.id });

    expect(first.status).toBe(200);
    expect(new Set(house.said.map((said) => said.id)).size).toBe(1);
    expect(house.said[0]).toMatchObject({ person: 'requester', text: 'help', files: [] });
  });

  it('begins a thread of its own in a channel', async () => {
    const house = await openHouse();

    const { id } = await house.say('requester', 'connect', { in: onCall });

    expect(house.said[0]?.place).toEqual({ platform: 'teams', conversation: onCall, thread: id });
  });

  it('stays in the thread in which it was said', async () => {
    const house = await openHouse();
    const { id } = await house.say('requester', 'connect', { in: onCall });

    await house.say('requester', 'continue', { in: onCall, thread: id });

    expect(house.said.map((said) => said.place.thread)).toEqual([id, id]);
  });

  it('is read without the mention of the bot, and as help when nothing is left', async () => {
    const house = await openHouse();

    await house.say('requester', 'connect hub', { in: group });
    await house.say('requester', '', { in: group });

    expect(house.said.map((said) => said.text)).toEqual(['connect hub', 'help']);
  });

  it('names other people as they are called', async () => {
    const house = await openHouse();
    const mention = { type: 'mention', text: '<at>Ben</at>', mentioned: { id: '29:ben', name: 'Ben Approver' } };

    await house.say('requester', 'connect', {
      overrides: { text: 'ask <at>Ben</at>&nbsp;first', entities: [mention] },
    });

    expect(house.said[0]?.text).toBe('ask Ben Approver first');
  });

  it('loses what nobody sees', async () => {
    const house = await openHouse();

    await house.say('requester', 'con\u202Enect\u0000');

    expect(house.said[0]?.text).toBe('connect');
  });

  it('is answered at once when it is far too long', async () => {
    const house = await openHouse();

    const { status } = await house.say('requester', 'x'.repeat(9_000));

    const [told] = await until(async () => {
      const written = await house.written(await house.chatOf('requester'));
      return written.length > 0 && written;
    });
    expect(status).toBe(200);
    expect(told?.text).toContain('9000');
    expect(house.said).toEqual([]);
  });

  it('shows that the bot is typing when the answer takes long', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'done', because: '', errors: [] })));

    const saying = house.say('requester', 'connect');
    await until(async () => (await house.requests()).some(({ body }) => body?.type === 'typing'));
    resolve();

    expect((await saying).status).toBe(200);
  });

  it('is repeated by Teams when the house is too busy', async () => {
    const house = await openHouse();
    house.answerWith(() => Promise.reject(Object.assign(new Error('too busy'), { name: 'Busy' })));

    expect((await house.say('requester', 'connect')).status).toBe(503);
  });
});

describe('in a chat, which has no threads', () => {
  const place = { platform: 'teams' as const, conversation: group };

  it('a command belongs to the case that offers its button', async () => {
    const house = await openHouse();
    const { id } = await house.say('requester', 'connect mendix-prod', { in: group });
    await house.post({
      key: 'case-1/connect',
      place: { ...place, thread: id },
      content: noticeOf('Plan'),
      verbs: ['ask-approval'],
    });

    await house.say('requester', 'ask for approval', { in: group });
    await house.say('requester', 'prod is down', { in: group });

    const threads = house.said.map((said) => said.place.thread);
    expect(threads.slice(0, 2)).toEqual([id, id]);
    expect(threads[2]).not.toBe(id);
  });

  it('a command goes to the speaker’s own case when two offer its button', async () => {
    const house = await openHouse();
    const mine = await house.say('requester', 'connect mendix-prod', { in: group });
    const offer = { content: noticeOf('Form'), verbs: ['connect-continue'] };
    await house.post({ key: 'case-1/connect', place: { ...place, thread: mine.id }, ...offer });
    const theirs = await house.say('approver-1', 'connect mendix-acc', { in: group });
    await house.post({ key: 'case-2/connect', caseId: 'case-2', place: { ...place, thread: theirs.id }, ...offer });

    await house.say('requester', 'continue', { in: group });
    await house.say('approver-1', 'continue', { in: group });

    expect(house.said.slice(2).map((said) => said.place.thread)).toEqual([mine.id, theirs.id]);
  });

  it('finds a card that the bot posted by itself', async () => {
    const house = await openHouse();
    await house.say('requester', 'help', { in: group });
    const thread = await house.post({
      key: 'case-1/approval',
      place: { ...place, thread: null },
      content: noticeOf('Approve?'),
      verbs: ['approve'],
    });

    await house.say('approver-1', 'approve', { in: group });

    expect(house.said.at(-1)?.place.thread).toBe(thread);
  });

  it('goes on with the last case when a command comes too late', async () => {
    const house = await openHouse();
    const { id } = await house.say('requester', 'connect mendix-prod');

    await house.say('requester', 'withdraw');

    expect(house.said.at(-1)?.place.thread).toBe(id);
  });
});

describe('somebody whom the settings do not name', () => {
  const nobody = '00000000-0000-0000-0000-0000000000aa';

  it('is heard as a stranger, for help and a refusal', async () => {
    const house = await openHouse();
    const from = { id: '29:nobody', name: 'Anna Approver', aadObjectId: nobody };

    await house.say('requester', 'connect', { overrides: { from } });

    expect(house.said[0]?.person).toBe('teams/29:nobody');
  });

  it.each([
    ['a guest', { aadObjectId: 'a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e01', userRole: 'guest' }],
    ['somebody without an object id', {}],
  ])('%s is told whom to ask, and nothing else happens', async (_what, who) => {
    const house = await openHouse();
    const chat = await house.chatOf('requester');

    await house.say('requester', 'connect', { overrides: { from: { id: '29:x', name: 'X', ...who } } });

    const told = await until(async () => (await house.written(chat)).at(0));
    expect(told.text).toContain('Ada Admin');
    expect(house.said).toEqual([]);
  });

  it('may press nothing', async () => {
    const house = await openHouse();
    await house.say('requester', 'help', { in: group });
    const message = await house.post({ key: 'case-1/approval', content: noticeOf('Approve?'), verbs: ['retry'] });
    const from = { id: '29:nobody', name: 'Anna Approver', aadObjectId: nobody };

    const { body, status } = await house.act('execute', 'approver-1', { message, verb: 'retry', overrides: { from } });

    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(body?.value).toContain('Ada Admin');
    expect(house.clicked).toEqual([]);
  });

  it('of another tenant does not pass the gate', async () => {
    const house = await openHouse();
    const overrides = { conversation: { id: 'a:1', conversationType: 'personal', tenantId: nobody }, channelData: {} };

    const { status } = await house.say('requester', 'connect', { overrides });

    expect(status).toBe(403);
    expect(house.said).toEqual([]);
  });

  it('without a token does not pass the gate', async () => {
    const house = await openHouse();

    expect((await house.say('requester', 'connect', { token: null })).status).toBe(401);
    expect(house.said).toEqual([]);
  });
});

describe('an installation', () => {
  it('is greeted once, though Teams tells of it twice', async () => {
    const house = await openHouse();
    const chat = await house.chatOf('requester');

    await house.act('install', 'requester');
    await house.act('install', 'requester');
    await until(async () => (await house.written(chat)).length > 0);
    await house.channel.stop();

    const greetings = await house.written(chat);
    expect(greetings).toHaveLength(1);
    expect(greetings[0]?.summary).toContain('Causeway');
    expect(JSON.stringify(greetings[0])).toContain('help');
  });

  it('in a team is greeted in its channel, and nothing of a case is begun', async () => {
    const house = await openHouse();

    await house.act('install', 'admin', { in: onCall });

    const [greeting] = await until(async () => {
      const written = await house.written(onCall);
      return written.length > 0 && written;
    });
    expect(JSON.stringify(greeting)).toContain('@Causeway');
    expect(house.said).toEqual([]);
  });

  it('of somebody else is no reason to speak', async () => {
    const house = await openHouse();
    const activity = { type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] };

    await house.act('raw', 'requester', { activity });
    await house.channel.stop();

    expect(await house.written()).toEqual([]);
  });
});

describe('an activity that means nothing to the bot', () => {
  it.each([
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, 200],
    ['an event', { type: 'event', name: 'application/vnd.microsoft/readReceipt', value: {} }, 200],
    ['an unknown invoke', { type: 'invoke', name: 'task/fetch', value: {} }, 501],
  ])('%s is let pass', async (_what, activity, status) => {
    const house = await openHouse();

    const answer = await house.act('raw', 'requester', { activity });

    expect(answer.status).toBe(status);
    expect(house.said).toEqual([]);
    expect(house.logged).toEqual([]);
  });
});

it('accepts a newly published key at once, the library’s own check included', async () => {
  const house = await openHouse();
  await house.say('requester', 'help');
  const moved = await fetch(`${house.teams.origin}/_sim/keys`, { method: 'POST', body: '{"move":"rotate"}' });

  const answer = await until(async () => {
    const next = await house.say('requester', 'help');
    return next.status === 200 && next;
  });

  expect(moved.ok).toBe(true);
  expect(answer.status).toBe(200);
});

it('makes tokens of shared buttons for nobody in particular', async () => {
  const house = await openHouse();
  await house.say('requester', 'help', { in: group });
  await house.post({ key: 'case-1/connect', content: noticeOf('Try?'), verbs: ['retry'] });

  const [message] = await house.written(group);
  const token = firstToken(message);
  expect(readToken({ key: tokenKey, token, verb: 'retry', person: 'requester' })).toBe('not-yours');
});
