import { describe, expect, it } from 'vitest';
import { HeldBack, Throttled, Undeliverable } from '../../../../src/channels/channel.ts';
import { everybody } from '../../../../src/channels/slack/views.ts';
import { deriveToken } from '../../../../src/cards/token.ts';
import { caseOfThread } from '../../../../src/store/conversations.ts';
import { insertFlow } from '../../../../src/store/flows.ts';
import { botToken, firstButton, noticeOf, onCall, openHouse, team, tokenKey, wordsOf } from './house.ts';

const slack = 'slack' as const;

describe('a message', () => {
  it('is posted once and edited in place from then on', async () => {
    const house = await openHouse();
    const platformId = await house.post({ key: 'case-1/connect', content: noticeOf('Working') });

    const again = await house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId });

    const [message, ...others] = await house.written();
    expect(others).toEqual([]);
    expect(again).toBe(platformId);
    expect(platformId).toMatch(/^\d+\.\d+$/);
    expect(message).toMatchObject({ ts: platformId, edits: 1 });
    expect(JSON.stringify(message?.blocks)).toContain('Done');
    expect(message?.text).toMatch(/^Done/);
  });

  it('goes to the thread of its place', async () => {
    const house = await openHouse();
    const thread = await house.post({ key: 'case-1/connect' });

    await house.post({ key: 'case-1/more', place: { platform: slack, conversation: team, thread } });

    expect((await house.written()).map((message) => message.thread_ts)).toEqual([thread, thread]);
  });

  it('of the house, such as a digest, stands for itself each day', async () => {
    const house = await openHouse();
    const at = '2026-11-21T08:00:00.000Z';
    const state = { flow: 'settings' } as const;
    await house.store.write((tx) => insertFlow(tx, 'settings', { state, revision: 1, at, auditSeq: 0, auditHead: '' }));

    for (const key of ['settings/digest/1', 'settings/digest/2']) {
      await house.post({ caseId: 'settings', key });
    }

    expect((await house.written()).map((message) => message.thread_ts)).toEqual([undefined, undefined]);
  });

  it('is marked by its name and revision, and by nothing that it says', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/connect', content: wordsOf('A secret plan') });

    const [message] = await house.written();
    expect(message?.metadata).toEqual({
      event_type: 'causeway_message',
      event_payload: { key: 'case-1/connect', revision: 1 },
    });
  });

  it('unfolds no link and no picture', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/connect' });

    const [call] = await house.calls('chat.postMessage');
    const sent = Object.fromEntries(new URLSearchParams(String(call?.body)));
    expect(sent).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', parse: 'none' });
  });

  it('is posted anew when somebody deleted it', async () => {
    const house = await openHouse();

    const platformId = await house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId: '1.000001' });

    expect(platformId).not.toBe('1.000001');
    expect((await house.written()).map(({ ts }) => ts)).toEqual([platformId]);
  });

  it('begins a thread anew when somebody deleted the one it belongs to, and answers there reach the case', async () => {
    const house = await openHouse();
    const place = { platform: slack, conversation: team, thread: '1.000001' };

    const platformId = await house.post({ key: 'case-1/connect', place });

    const [message] = await house.written();
    expect(message?.thread_ts).toBeUndefined();
    expect(await caseOfThread(house.store.read, { ...place, thread: platformId })).toBe('case-1');
  });
});

describe('the buttons of a card', () => {
  const content = {
    text: 'Approve?',
    speaker: null,
    card: { name: 'help' as const, data: { intro: 'Hello', examples: [], groups: [] } },
  };

  it('carry a token for nobody, which whoever presses them exchanges', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/help', content, verbs: ['start-connect', 'start-support'] });

    const [message] = await house.written();
    const verb = 'start-connect';
    const value = deriveToken({ key: tokenKey, tokenId: 'case-1/help#1', verb, person: everybody });
    expect(firstButton(message)).toMatchObject({ action_id: verb, value });
    expect(message?.blocks?.find(({ type }) => type === 'actions')?.block_id).toMatch(/^r1\./);
  });

  it('have ids of their own in each revision, so that no client keeps an old state', async () => {
    const house = await openHouse();
    const key = 'case-1/help';
    const platformId = await house.post({ key, content, verbs: ['start-connect'] });
    const [first] = await house.written();

    await house.post({ key, content, verbs: ['start-connect'], platformId });

    const [second] = await house.written();
    const ids = [first, second].map((message) => message?.blocks?.find(({ type }) => type === 'actions')?.block_id);
    expect(new Set(ids).size).toBe(2);
    expect(firstButton(second).value).not.toBe(firstButton(first).value);
  });

  it('are not there when nothing is offered', async () => {
    const house = await openHouse();

    await house.post({ key: 'case-1/help', content, verbs: [] });

    expect((await house.written())[0]?.blocks?.some(({ type }) => type === 'actions')).toBe(false);
  });
});

describe('the thread of a case that began without one', () => {
  const place = { platform: slack, conversation: team, thread: null };

  it('is what the case posted first', async () => {
    const house = await openHouse();
    await house.begin(place);

    const parent = await house.post({ key: 'case-1/connect', place });
    await house.post({ key: 'case-1/status', place });
    await house.post({ key: 'case-1/result', place, mention: ['requester'] });

    expect((await house.written()).map((message) => message.thread_ts)).toEqual([parent, parent, parent]);
  });

  it('is not for a message elsewhere that calls somebody: that stands for itself', async () => {
    const house = await openHouse();
    await house.begin(place);
    const away = { ...place, conversation: onCall };

    const first = await house.post({ key: 'case-1/approval', place: away, mention: ['approver-1'] });
    await house.post({ key: 'case-1/approval-reminder', place: away, mention: ['approver-1'] });
    await house.post({ key: 'case-1/note', place: away });

    const [approval, reminder, note] = await house.written(onCall);
    expect(approval?.ts).toBe(first);
    expect(reminder?.thread_ts).toBeUndefined();
    expect(note?.thread_ts).toBe(first);
  });
});

describe('edits of one message', () => {
  it('keep a distance, and the newest is always sent', async () => {
    const house = await openHouse();
    const key = 'case-1/status';
    const platformId = await house.post({ key, content: noticeOf('Step 1') });
    await house.post({ key, content: noticeOf('Step 2'), platformId });

    const held = house.post({ key, content: noticeOf('Step 3'), platformId });
    await expect(held).rejects.toThrow(HeldBack);
    await expect(held).rejects.toMatchObject({ freesLane: true });
    const error = await held.catch((thrown: HeldBack) => thrown);
    await house.post({ key: 'case-1/other' });
    house.pass((error as HeldBack).retryAfterMs);
    await house.post({ key, content: noticeOf('Step 4'), platformId });

    const [message, other] = await house.written();
    expect(message).toMatchObject({ edits: 2 });
    expect(JSON.stringify(message?.blocks)).toContain('Step 4');
    expect(other?.text).toBe('Hello');
  });

  it('never let older words come last, when two rows carry one message', async () => {
    const house = await openHouse();
    const key = 'case-1/status';
    const platformId = await house.post({ key, content: noticeOf('Step 1') });
    const newer = { key, content: noticeOf('Step 3'), platformId, revision: 3 };
    const { channel } = house.out;
    const whole = { caseId: 'case-1', place: { platform: slack, conversation: team, thread: null } };
    const rest = { ...whole, verbs: [], tokenId: null, mention: [], onlyFor: null, mayHaveBeenSent: false };

    await channel.send({ ...rest, ...newer });
    house.pass(10_000);
    const late = await channel.send({ ...rest, ...newer, content: noticeOf('Step 2'), revision: 2 });

    expect(late).toEqual({ platformId });
    expect(JSON.stringify((await house.written())[0]?.blocks)).toContain('Step 3');
  });

  it('of all messages together stay within the budget of the workspace, without holding up their lanes', async () => {
    const house = await openHouse();
    await house.control('settings', { limits: 'off' });
    const ids: [string, string][] = [];
    for (let index = 0; index < 41; index += 1) {
      const key = `case-1/${index}`;
      ids.push([key, await house.post({ key })]);
      house.pass(1_000);
    }

    const edits = await Promise.allSettled(
      ids.map(([key, platformId]) => house.post({ key, content: noticeOf('Done'), platformId })),
    );

    const held = edits.flatMap((edit) => (edit.status === 'rejected' ? [edit.reason as unknown] : []));
    expect(held).toHaveLength(1);
    expect(held[0]).toBeInstanceOf(HeldBack);
  });
});

describe('what Slack refuses', () => {
  it('a 429 on one channel leaves the others moving', async () => {
    const house = await openHouse();
    await house.fault('ratelimited', '/api/chat.postMessage');

    const refused = house.post({ key: 'case-1/connect' });
    await expect(refused).rejects.toThrow(Throttled);
    await expect(refused).rejects.toMatchObject({ retryAfterMs: expect.any(Number) as number });
    await house.post({ key: 'case-1/other', place: { platform: slack, conversation: onCall, thread: null } });

    expect(await house.written(onCall)).toHaveLength(1);
  });

  it('a 429 that does not say how long is waited for all the same', async () => {
    const house = await openHouse();
    await house.fault('429', '/api/chat.postMessage');

    await expect(house.post({ key: 'case-1/connect' })).rejects.toThrow(Throttled);
  });

  it('an edit that has to wait holds up nothing else', async () => {
    const house = await openHouse();
    const platformId = await house.post({ key: 'case-1/connect' });
    await house.fault('ratelimited', '/api/chat.update');

    const edit = house.post({ key: 'case-1/connect', content: noticeOf('Done'), platformId });

    await expect(edit).rejects.toThrow(HeldBack);
  });

  it.each(['500', '503', 'html', 'internal-error', 'drop'])('%s is tried again', async (fault) => {
    const house = await openHouse();
    await house.fault(fault, '/api/chat.postMessage');

    const failed = house.post({ key: 'case-1/connect' });

    await expect(failed).rejects.toThrow(/tried again/);
    await expect(failed).rejects.not.toBeInstanceOf(Undeliverable);
    await expect(failed).rejects.not.toBeInstanceOf(Throttled);
  });

  it('a channel that the bot is not in is final, and says what to do', async () => {
    const house = await openHouse();
    const place = { platform: slack, conversation: 'C0NOWHERE', thread: null };

    const refused = house.post({ key: 'case-1/connect', place });

    await expect(refused).rejects.toThrow(Undeliverable);
    await expect(refused).rejects.toThrow(/\/invite/);
  });

  it('a wrong token is final, and never told', async () => {
    const house = await openHouse({
      bot: { signingSecret: null, botToken: 'xoxb-wrong', appToken: null, apiUrl: 'http://127.0.0.1:1/api/' },
    });
    const error = await house.post({ key: 'case-1/connect' }).catch((thrown: unknown) => thrown);

    const told = `${String(error)} ${JSON.stringify(error)} ${house.logged.join(' ')}`;
    expect(error).toBeInstanceOf(Error);
    expect(told).not.toContain('xoxb-wrong');
    expect(told).not.toContain(botToken);
  });
});
