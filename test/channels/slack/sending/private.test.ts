/** What is for one person alone, and what is not for people from outside. */
import { describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../../src/channels/channel.ts';
import { everybody } from '../../../../src/channels/slack/views.ts';
import { deriveToken } from '../../../../src/cards/token.ts';
import { caseOfThread } from '../../../../src/store/conversations.ts';
import { firstButton, noticeOf, openHouse, shared, team, tokenKey, wordsOf } from './house.ts';

const slack = 'slack' as const;
const direct = 'D0REQUESTER';
const inTeam = { platform: slack, conversation: team, thread: null };
const inShared = { platform: slack, conversation: shared, thread: null };
const help = {
  text: 'Hi',
  speaker: null,
  card: { name: 'help' as const, data: { intro: 'Hi', examples: [], groups: [] } },
};

describe('a message for one person alone', () => {
  it('is shown to them where they are, with buttons of their own', async () => {
    const house = await openHouse();

    const platformId = await house.post({
      key: 'case-1/answer',
      onlyFor: 'requester',
      content: help,
      verbs: ['start-connect'],
    });

    const { ephemeral } = await house.world();
    const verb = 'start-connect';
    const value = deriveToken({ key: tokenKey, tokenId: 'case-1/answer#1', verb, person: 'requester' });
    expect(ephemeral).toMatchObject([{ channel: team, to: 'U0REQUESTER', shown: true }]);
    expect(firstButton(ephemeral[0])).toMatchObject({ action_id: verb, value });
    expect(platformId).not.toMatch(/^\d+\.\d+$/);
    expect(await house.written()).toEqual([]);
  });

  it('is shown again when it changes, because nothing can edit it', async () => {
    const house = await openHouse();
    const only = { key: 'case-1/answer', onlyFor: 'requester' };
    const platformId = await house.post({ ...only, content: noticeOf('One') });

    await house.post({ ...only, content: noticeOf('Two'), platformId });

    expect((await house.world()).ephemeral).toHaveLength(2);
    expect(await house.calls('chat.update')).toEqual([]);
  });

  it('stands in the thread only when the bot has spoken there: Slack hides it in a thread without replies', async () => {
    const house = await openHouse();
    await house.control('say', { user: 'U0REQUESTER', channel: team, text: 'Hi' });
    const asked = (await house.world()).channels[team]?.[0]?.ts ?? '';
    const place = { ...inTeam, thread: asked };
    await house.post({ key: 'case-1/one', place, onlyFor: 'requester' });
    await house.post({ key: 'case-1/connect', place });
    await house.store.write((tx) =>
      tx
        .insertInto('conversation')
        .values({ platform: 'slack', conversation: team, thread: asked, case_id: 'case-1' })
        .execute(),
    );

    await house.post({ key: 'case-1/two', place, onlyFor: 'requester' });

    const { ephemeral } = await house.world();
    expect(ephemeral.map(({ shown }) => shown)).toEqual([true, true]);
    expect(ephemeral.map(({ thread_ts }) => thread_ts)).toEqual([undefined, asked]);
  });

  it('goes to their direct messages when they are not in the channel, and its edit as well', async () => {
    const house = await openHouse();
    const only = { key: 'case-1/answer', onlyFor: 'slack/U0FOREIGN' };

    const platformId = await house.post({ ...only, content: noticeOf('For you') });
    await house.post({ ...only, content: noticeOf('Still for you'), platformId });

    const [message, ...others] = await house.written('D0FOREIGN');
    expect(others).toEqual([]);
    expect(message).toMatchObject({ edits: 1 });
    expect(platformId).not.toMatch(/^\d+\.\d+$/);
    const below = { platform: slack, conversation: 'D0FOREIGN', thread: message?.ts ?? '' };
    expect(await caseOfThread(house.store.read, below)).toBe('case-1');
  });

  it('is an ordinary message in their direct messages', async () => {
    const house = await openHouse();
    const conversation = await house.out.directOf('U0REQUESTER');

    const platformId = await house.post({
      key: 'case-1/answer',
      onlyFor: 'requester',
      place: { platform: slack, conversation, thread: null },
    });

    expect((await house.written(direct)).map(({ ts }) => ts)).toEqual([platformId]);
  });

  it('says what to do when nobody knows who that is in Slack', async () => {
    const house = await openHouse();

    const refused = house.post({ key: 'case-1/answer', onlyFor: 'elsewhere' });

    await expect(refused).rejects.toThrow(Undeliverable);
    await expect(refused).rejects.toThrow(/Add “slack”/);
  });
});

describe('in a channel that is shared with another company', () => {
  it('the words of a case go to whoever asked, and the room hears that they did', async () => {
    const house = await openHouse();
    await house.begin(inShared);

    const platformId = await house.post({ key: 'case-1/connect', place: inShared, content: noticeOf('Secret plan') });

    const [room] = await house.written(shared);
    const [own] = await house.written(direct);
    expect(room?.ts).toBe(platformId);
    expect(JSON.stringify(room)).not.toContain('Secret');
    expect(room?.text).toMatch(/direct message/);
    expect(JSON.stringify(own?.blocks)).toContain('Secret plan');
  });

  it('edits and later messages reach them there, and the room hears nothing more', async () => {
    const house = await openHouse();
    await house.begin(inShared);
    const platformId = await house.post({ key: 'case-1/connect', place: inShared, content: noticeOf('One') });
    const thread = { ...inShared, thread: platformId };

    const second = await house.post({ key: 'case-1/connect', place: inShared, content: noticeOf('Two'), platformId });
    house.pass(10_000);
    await house.post({ key: 'case-1/connect', place: inShared, content: noticeOf('Three'), platformId: second });
    const comment = await house.post({ key: 'case-1/comment', place: thread, content: wordsOf('A comment') });
    await house.post({ key: 'case-1/comment', place: thread, content: wordsOf('Changed'), platformId: comment });

    expect(await house.written(shared)).toHaveLength(1);
    const own = (await house.written(direct)).map(({ blocks }) => JSON.stringify(blocks));
    expect(own).toHaveLength(2);
    expect(own[0]).toContain('Three');
    expect(own[1]).toContain('Changed');
  });

  it('an approval reaches those who are called, with its buttons', async () => {
    const house = await openHouse();
    await house.begin(inTeam);

    await house.post({
      key: 'case-1/approval',
      place: inShared,
      content: help,
      verbs: ['start-connect'],
      mention: ['approver-1', 'approver-2'],
    });

    const [one] = await house.written('D0APPROVER1');
    const [two] = await house.written('D0APPROVER2');
    const verb = 'start-connect';
    const value = deriveToken({ key: tokenKey, tokenId: 'case-1/approval#1', verb, person: everybody });
    expect(firstButton(one)).toMatchObject({ value });
    expect(firstButton(two)).toMatchObject({ value });
    expect(await house.written(direct)).toHaveLength(1);
  });

  it('the room is told where to ask when nobody can be reached in private', async () => {
    const house = await openHouse();
    await house.begin(inShared, 'elsewhere');

    await house.post({ key: 'case-1/connect', place: inShared, content: noticeOf('Secret') });

    const [room] = await house.written(shared);
    expect(room?.text).toMatch(/Ask me again in a direct message/);
  });

  it('what stood there before it was shared is taken away by the next edit', async () => {
    const house = await openHouse();
    await house.begin(inTeam);
    const platformId = await house.post({ key: 'case-1/connect', place: inTeam, content: noticeOf('Secret') });
    await house.control('world', { slack: { rooms: await roomsWithTeamShared(house) } });
    house.pass(10 * 60_000);

    await house.post({ key: 'case-1/connect', place: inTeam, content: noticeOf('Secret 2'), platformId });

    expect(JSON.stringify(await house.written(team))).not.toContain('Secret');
    expect(JSON.stringify(await house.written(direct))).toContain('Secret 2');
  });

  it('the worst is assumed when Slack does not say', async () => {
    const house = await openHouse();
    await house.begin(inTeam);
    await house.without('channels:read');

    await house.post({ key: 'case-1/connect', place: inTeam, content: noticeOf('Secret') });

    expect(JSON.stringify(await house.written(team))).not.toContain('Secret');
    expect(house.logged.join()).toContain('channels:read');
  });

  it('is asked about once in a while only', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/one' });
    await house.post({ key: 'case-1/two' });

    expect(await house.calls('conversations.info')).toHaveLength(1);
  });
});

async function roomsWithTeamShared(house: { world: () => Promise<unknown> }): Promise<unknown> {
  const { rooms } = (await house.world()) as { rooms?: { id: string }[] };
  return (rooms ?? []).map((room) => Object.assign(room, { is_ext_shared: room.id === team }));
}
