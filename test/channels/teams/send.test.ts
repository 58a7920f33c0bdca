import { describe, expect, it } from 'vitest';
import { Throttled, Undeliverable } from '../../../src/channels/channel.ts';
import { group, type House, noticeOf, onCall, openHouse, type TeamsMessage, until } from './house.ts';

/** A house whose bot was installed, so that it knows how Teams is reached. */
async function knownHouse(): Promise<House> {
  const house = await openHouse();
  expect(await house.say('requester', 'help')).toMatchObject({ status: 200 });
  return house;
}

function cardOf(message: TeamsMessage | undefined): string {
  return JSON.stringify(message?.attachments?.[0]?.content ?? null);
}

describe('a message', () => {
  it('is posted once and edited in place from then on', async () => {
    const house = await knownHouse();
    const platformId = await house.post({ key: 'case-1/connect', content: noticeOf('Working') });

    const again = await house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId });

    const [message, ...others] = await house.written(group);
    expect(others).toEqual([]);
    expect(again).toBe(platformId);
    expect(message).toMatchObject({ id: platformId, edits: 1, summary: 'Done' });
    expect(cardOf(message)).toContain('Done');
  });

  it('begins a thread in a channel, and what belongs to it goes there', async () => {
    const house = await knownHouse();
    const place = { platform: 'teams' as const, conversation: onCall };

    const thread = await house.post({ key: 'case-1/approval', place: { ...place, thread: null } });
    await house.post({ key: 'case-1/more', place: { ...place, thread } });

    expect((await house.written(onCall)).map((message) => message.conversation.id)).toEqual([
      `${onCall};messageid=${thread}`,
      `${onCall};messageid=${thread}`,
    ]);
  });

  it('is one line of words, with who speaks, and escaped', async () => {
    const house = await knownHouse();

    await house.post({ key: 'case-1/comment', content: { text: '*Fixed*\n<at>all</at>', card: null, speaker: 'Sam' } });

    expect(await house.written(group)).toMatchObject([
      { text: '<b>Sam</b><br/>&#42;Fixed&#42;<br/>&#60;at&#62;all&#60;/at&#62;', textFormat: 'xml' },
    ]);
  });

  it('calls a person by an entity whose words stand in the text, also one who never wrote', async () => {
    const house = await knownHouse();

    await house.post({ key: 'case-1/approval', content: noticeOf('Approve? Please.'), mention: ['approver-1'] });

    const [message] = await house.written(group);
    const [entity] = message?.entities ?? [];
    expect(message?.text).toBe('<at>Anna Approver</at> Approve?');
    expect(entity).toMatchObject({ type: 'mention', text: '<at>Anna Approver</at>' });
    expect(entity?.mentioned.id).toMatch(/^29:/);
  });

  it('has a summary and no words beside a card that calls nobody', async () => {
    const house = await knownHouse();

    await house.post({ key: 'case-1/connect', content: noticeOf('Working') });

    const [message] = await house.written(group);
    expect(message).toMatchObject({ summary: 'Working' });
    expect(message?.text).toBeUndefined();
  });

  it('is posted anew when somebody deleted it', async () => {
    const house = await knownHouse();
    await house.post({ key: 'case-1/connect', content: noticeOf('Working') });

    const platformId = await house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId: '123' });

    expect(platformId).not.toBe('123');
    expect((await house.written(group)).at(-1)).toMatchObject({ id: platformId, summary: 'Done' });
  });

  it('for one person alone goes to their private chat, and its edit as well', async () => {
    const house = await knownHouse();
    const only = { key: 'case-1/answer', onlyFor: 'approver-1' };

    const platformId = await house.post({ ...only, content: noticeOf('For you') });
    await house.post({ ...only, content: noticeOf('Still for you'), platformId });

    expect(await house.written(group)).toEqual([]);
    expect(await house.written(await house.chatOf('approver-1'))).toMatchObject([
      { summary: 'Still for you', edits: 1 },
    ]);
  });

  it('for one person who cannot be reached alone says so in the thread, and nothing of it', async () => {
    const house = await knownHouse();
    await house.act('uninstall', 'approver-1');

    await house.post({ key: 'case-1/answer', content: noticeOf('Secret'), onlyFor: 'approver-1' });

    const [note] = await house.written(group);
    expect(note?.text).toContain('<at>Anna Approver</at>');
    expect(JSON.stringify(note)).not.toContain('Secret');
  });
});

describe('a post whose outcome is unknown', () => {
  const place = { platform: 'teams' as const, conversation: group, thread: null };
  const content = noticeOf('Try?');

  async function postedTwice(): Promise<{ house: House; copy: string; platformId: string }> {
    const house = await knownHouse();
    await house.faults([{ match: { method: 'POST', path: 'activities' }, fault: 'drop-answer', times: 1 }]);
    const first = house.post({ key: 'case-1/connect', content, verbs: ['retry'], place });
    await expect(first).rejects.toThrow(/may have arrived/);
    const { channel } = house.channel;
    const tokenId = 'case-1/connect#1';
    const message = { key: 'case-1/connect', caseId: 'case-1', revision: 1, place, content, verbs: ['retry'], tokenId };
    const { platformId } = await channel.send({
      ...message,
      mention: [],
      onlyFor: null,
      platformId: null,
      mayHaveBeenSent: true,
    });
    const [copy] = await house.written(group);
    return { house, platformId, copy: copy?.id ?? '' };
  }

  it('is posted again with the same buttons', async () => {
    const { house } = await postedTwice();

    const [first, second, ...more] = await house.written(group);
    expect(more).toEqual([]);
    expect(cardOf(second)).toBe(cardOf(first));
  });

  it('comes to light by a click on the copy, which stays in step from then on', async () => {
    const { house, copy, platformId } = await postedTwice();
    await house.act('execute', 'requester', { message: copy, verb: 'retry' });

    await house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId });

    const messages = await house.written(group);
    expect(messages.map((message) => message.summary)).toEqual(['Done', 'Done']);
    expect(house.clicked).toHaveLength(1);
  });

  it('takes the copy for its own when that was clicked before the second try', async () => {
    const house = await knownHouse();
    await house.faults([{ match: { method: 'POST', path: 'activities' }, fault: 'drop-answer', times: 1 }]);
    await expect(house.post({ key: 'case-1/connect', content, verbs: ['retry'], place })).rejects.toThrow();
    const [copy] = await house.written(group);
    await house.act('execute', 'requester', { message: copy?.id, verb: 'retry' });

    const platformId = await house.post({ key: 'case-1/connect', content, verbs: ['retry'], mayHaveBeenSent: true });

    expect(platformId).toBe(copy?.id);
    expect(await house.written(group)).toHaveLength(1);
  });

  it('forgets a copy that is gone', async () => {
    const { house, copy, platformId } = await postedTwice();
    await house.act('execute', 'requester', { message: copy, verb: 'retry' });
    await until(async () => (await house.written(group))[0]?.edits === 1);
    await house.faults([{ match: { method: 'PUT', path: `activities/${copy}` }, fault: '404', times: 5 }]);
    await house.post({ key: 'case-1/connect', content: noticeOf('One'), platformId });

    await house.post({ key: 'case-1/connect', content: noticeOf('Two'), platformId });

    const puts = (await house.requests()).filter(({ method, path }) => method === 'PUT' && path.endsWith(copy));
    expect(puts.map(({ status }) => status)).toEqual([200, 404]);
  });
});

describe('what Teams refuses', () => {
  it.each(['429', '412', '502', '504', '503'])('%s is tried again later', async (fault) => {
    const house = await knownHouse();
    await house.faults([{ match: { method: 'POST', path: 'activities' }, fault, times: 1 }]);

    const sending = house.post({ key: 'case-1/connect' });

    await expect(sending).rejects.toThrow(Throttled);
    await expect(sending).rejects.toSatisfy((error: Throttled) => error.retryAfterMs > 0);
  });

  it('a second refusal waits longer than the first', async () => {
    const house = await openHouse({ random: () => 0.5 });
    await house.say('requester', 'help');
    await house.faults([{ match: { method: 'POST', path: 'activities' }, fault: '502', times: 2 }]);
    async function waitMs(): Promise<number> {
      return house.post({ key: 'case-1/connect' }).then(
        () => 0,
        (error: Throttled) => error.retryAfterMs,
      );
    }

    const waits = [await waitMs(), await waitMs(), await waitMs()];

    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    expect(waits[2]).toBe(0);
  });

  it('a block is final, recorded, and told to an administrator once', async () => {
    const house = await knownHouse();
    await house.faults([{ match: { method: 'POST', path: encodeURIComponent(group) }, fault: 'blocked', times: 2 }]);

    await expect(house.post({ key: 'case-1/connect' })).rejects.toThrow(Undeliverable);
    await expect(house.post({ key: 'case-1/other' })).rejects.toThrow(/MessageWritesBlocked/);

    const chat = await house.chatOf('admin');
    const told = await until(async () => (await house.written(chat)).at(0));
    expect(told.text).toContain('MessageWritesBlocked');
    expect(house.logged.join()).toContain(group);
    expect(await house.written(chat)).toHaveLength(1);
  });

  it('a message that is too large is final', async () => {
    const house = await knownHouse();

    const sending = house.post({
      key: 'case-1/connect',
      content: { text: 'x', speaker: 'x'.repeat(60_000), card: null },
    });

    await expect(sending).rejects.toThrow(/too large/);
  });

  it('a token that was revoked is renewed by itself', async () => {
    const house = await knownHouse();
    await house.post({ key: 'case-1/first' });
    await house.faults([{ match: { method: 'POST', path: 'activities' }, fault: 'revoke-token', times: 1 }]);

    await house.post({ key: 'case-1/connect' });

    expect(await house.written(group)).toHaveLength(2);
  });

  it('an address that is not on the list never gets the bot’s token', async () => {
    const house = await openHouse({
      bot: {
        kind: 'registered',
        appId: 'x',
        tenantId: 'y',
        credential: { kind: 'secret', secret: 's' },
        serviceHosts: ['another.example.com'],
        openIdMetadataUrl: null,
        loginUrl: null,
      },
    });

    await expect(house.post({ key: 'case-1/connect' })).rejects.toThrow(/not on the list/);
  });

  it('a conversation that nobody has spoken in, in a world of stand-ins, says what to do', async () => {
    const house = await openHouse();

    await expect(house.post({ key: 'case-1/connect' })).rejects.toThrow(/Install the bot there/);
  });
});

it('keeps to seven messages a second in one thread', async () => {
  const house = await knownHouse();

  for (let index = 0; index < 8; index += 1) {
    await house.post({ key: `case-1/${index}` });
  }

  const refused = (await house.requests()).filter(({ status }) => status === 429);
  expect(refused).toEqual([]);
  expect(await house.written(group)).toHaveLength(8);
});

it('does not take a page about maintenance for an answer of Teams', async () => {
  const house = await knownHouse();
  await house.faults([{ match: { method: 'POST', path: 'activities' }, fault: 'html', times: 1 }]);

  const sending = house.post({ key: 'case-1/connect' });

  await expect(sending).rejects.toThrow(/tried again/);
  await expect(sending).rejects.not.toBeInstanceOf(Undeliverable);
});
