import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { offersIn, userOf, waitFor, wordsOf } from './slack-client.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(async () => {
  await house.close();
});

const evil = 'Look: <!channel> <b>&amp;</b> password=Tr0ub4dor \u202Eevil 🙂 [a](https://evil.example)';

interface Opened {
  channel: string;
  thread: string;
}

async function openTicket(): Promise<Opened> {
  const { slack } = house;
  const channel = house.newChannel();
  const { ts: thread } = await slack.say('agent', 'prod is down since 8, recovery button did nothing, pls help', {
    channel,
  });
  const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', thread));
  await slack.fill('agent', triage, 'triage-continue', { faultLocation: 'unknown' });
  await slack.press(
    'agent',
    await slack.heard('the verdict', offersIn(channel, 'preview-ticket', thread)),
    'preview-ticket',
  );
  await slack.fill('agent', await slack.heard('the preview', offersIn(channel, 'open-ticket', thread)), 'open-ticket');
  await slack.heard('the card', offersIn(channel, 'send-reply', thread));
  return { channel, thread };
}

async function commentsWith(words: string): Promise<string[]> {
  const comments = (await house.tickets()).flatMap((ticket) => ticket.comments);
  return comments.filter(({ body }) => body.includes(words)).map(({ body }) => body);
}

describe('“Send to support” on a message', { timeout: 60_000 }, () => {
  it('shows what goes out, without its secrets, and sends it in the name of whoever sends it', async () => {
    const { slack } = house;
    const { channel, thread } = await openTicket();
    const words = await slack.move('say', { user: userOf('admin'), channel, thread, text: evil, mention: false });
    const before = await house.tickets();

    const used = await slack.move('shortcut', {
      user: userOf('agent'),
      callback_id: 'send-to-support',
      channel,
      ts: words.ts,
      awaitView: true,
    });

    const shown = JSON.stringify(used.view);
    expect(shown).toContain('as a public comment in your name');
    expect(shown).toContain('a password');
    expect(shown).not.toContain('Tr0ub4dor');
    expect(await house.tickets()).toEqual(before);
    const sent = await slack.submit('agent', used.view);
    expect(sent).toMatchObject({ status: 200, view: null });
    const [comment] = await waitFor('the comment', async () => {
      const found = await commentsWith('wrote:');
      return found.length > 0 ? found : undefined;
    });
    expect(comment).toMatch(/wrote:\nLook/);
    expect(comment).not.toContain('Tr0ub4dor');
    const told = await slack.heard('what was sent', (message) => wordsOf(message).includes('→ support'));
    expect(told).toMatchObject({ channel, thread_ts: thread, mentions: { users: [], broadcast: [] } });
  });

  it('refuses calmly where there is no ticket, and for strangers', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    const words = await slack.move('say', { user: userOf('admin'), channel, text: 'just talk', mention: false });
    const shortcut = { callback_id: 'send-to-support', channel, ts: words.ts };

    await slack.move('shortcut', { user: userOf('agent'), ...shortcut });

    const refusal = await slack.whispered('agent', 'This thread has no ticket');
    expect(refusal.channel).toBe(channel);
    expect(await slack.views()).toEqual([]);
  });

  it('“Awaiting your reply” and “Solved” are shown in the channel too; nothing else is', async () => {
    const { slack } = house;
    const { channel, thread } = await openTicket();
    const ticket = (await house.tickets()).at(-1);

    await house.agent({ ticket: ticket?.id, move: 'status', status: 'pending' });
    await slack.heard(
      'the call',
      (message) => message.thread_ts === thread && /awaiting your reply/.test(wordsOf(message)),
    );
    await house.agent({ ticket: ticket?.id, move: 'status', status: 'solved' });
    await slack.heard('the end', (message) => message.thread_ts === thread && /is solved\. If/.test(wordsOf(message)));

    const loud = (await slack.written(channel)).filter((message) => 'subtype' in message);
    expect(loud.map((message) => /awaiting your reply|is solved/.exec(wordsOf(message))?.[0])).toEqual([
      'awaiting your reply',
      'is solved',
    ]);
  });
});
