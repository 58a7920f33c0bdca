/**
 * Whatever stands in a ticket, written on either side, is words: in the card, in the thread, in lists, in the App Home,
 * below links, in forms and dialogs. It calls nobody, leads nowhere else than it says, and is never cut in the middle of
 * a character.
 */
import { describe, expect, it } from 'vitest';
import { firstPart } from '../../../../src/flows/first-part.ts';
import { harm, hostile as hostileInSlack } from '../../slack/hostile.ts';
import { userOf, waitFor, wordsOf } from '../../slack/contract/slack-client.ts';
import { hostile as hostileInTeams, invisible } from '../../teams/hostile.ts';
import { wordsOf as teamsWords } from '../../teams/contract/teams-client.ts';
import type { House } from './house.ts';
import { card, houseOf, open, platforms, ticketOf, timeout } from './ticket-life.ts';
import { says } from './ticket-rooms.ts';

const invisibles = invisible.map(([, written]) => written);
const evil = [...hostileInSlack, ...hostileInTeams]
  .map(([, written]) => written)
  .concat(invisibles)
  .join(' ');
const inOneLine = evil.replaceAll(/\s+/g, ' ');
/** So that every cut at an even number of units falls into the middle of one. */
const faces = `x${'🙂'.repeat(400)}`;
const rightToLeft = 'الإنتاج متوقف ייצור';
const zero = 'null\u0000byte';

/** As the administrator of the desk, at its API or at its simulator. */
async function atDesk(deskOrigin: string, path: string, method: string, body: unknown): Promise<void> {
  const headers = { authorization: 'Bearer causeway-stand-in', 'content-type': 'application/json' };
  const answer = await fetch(`${deskOrigin}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${await answer.text()}`);
  }
}

interface DeskUser {
  role: string;
  name: string;
}

/** Everybody at the desk is called like this from now on. */
async function renameStaff(deskOrigin: string, name: string): Promise<void> {
  const world = (await (await fetch(`${deskOrigin}/_sim/world`)).json()) as { users: DeskUser[] };
  const users = world.users.map((user) => Object.assign(user, user.role === 'end-user' ? {} : { name }));
  await atDesk(deskOrigin, '/_sim/world', 'POST', { zendesk: { users } });
}

async function everythingInSlack({ slack }: House): Promise<unknown[]> {
  const { channels, ephemeral, homes, views } = await slack.world();
  const posts = Object.values(channels)
    .flat()
    .filter((message) => message.bot_id !== undefined || 'attachments' in message);
  return [...posts, ...ephemeral, ...views, ...Object.values(homes)];
}

/** Whoever asked is called when they have to answer, and nobody else; no link hides where it leads. */
async function expectCalmInSlack(house: House): Promise<void> {
  const seen = (await everythingInSlack(house)).map((one) => harm(one as Parameters<typeof harm>[0])) as {
    mentions: { users: string[]; channels: string[]; broadcast: string[] };
    disguised: { label: string; url: string }[];
  }[];
  expect(new Set(seen.flatMap(({ mentions }) => mentions.users).filter((id) => id !== userOf('requester')))).toEqual(
    new Set(),
  );
  expect(seen.flatMap(({ mentions }) => [...mentions.channels, ...mentions.broadcast])).toEqual([]);
  // One that shows its whole address, and its host once more, hides nothing.
  expect(seen.flatMap(({ disguised }) => disguised).filter(({ label, url }) => !label.includes(url))).toEqual([]);
}

/** Who may be called at all: those who asked, and those who look after it. */
const staff = new Set(['Rosa Requester', 'Sam Support', 'Anna Approver', 'Ben Approver']);

/** Cards read Markdown, and messages XML: nothing in them is either, but for what the bot itself puts there. */
async function expectCalmInTeams({ teams }: House): Promise<void> {
  const active = /(?<!\\)\]\(https:\/\/evil|<img|<script|<at>|\{\{DATE/;
  for (const message of await teams.written()) {
    const { attachments = [], text = '', textFormat } = message;
    expect(JSON.stringify(attachments).replaceAll('\\\\', '\\')).not.toMatch(active);
    const calls = [...text.matchAll(/<at>([^<]*)<\/at>/g)].filter(([, name]) => staff.has(name ?? ''));
    const rest = calls.reduce((left, [call]) => left.replace(call, ''), text);
    if (textFormat === 'markdown') {
      // In a block of code nothing is read; that nothing ends it early is looked at elsewhere.
      expect(rest.replaceAll(/\n```\n[^]*\n```/g, '')).not.toMatch(active);
    } else {
      expect(rest.replaceAll(/<br\/>|<\/?b>/g, '')).not.toMatch(/[<>]/);
    }
  }
}

/** Half a character is written as `\udXXX` by JSON, and shown as U+FFFD where somebody mended it too late. */
function expectWholeCharacters(everything: unknown): void {
  const json = JSON.stringify(everything);
  expect(/.{0,60}(?:\\ud[89a-f][0-9a-f]{2}|\uFFFD).{0,20}/i.exec(json)?.[0] ?? '').toBe('');
  expect(/.{0,60}(?:\\u0000|[\u202A-\u202E\u2066-\u2069]).{0,20}/.exec(json)?.[0] ?? '').toBe('');
}

async function expectCalm(house: House): Promise<void> {
  await expectCalmInSlack(house);
  await expectCalmInTeams(house);
  const page = (
    await Promise.all(
      (['team', 'support', 'dm-requester'] as const).map((room) => house.page.read('requester', room).catch(() => [])),
    )
  ).flat();
  expectWholeCharacters([
    page.filter(({ from }) => from === 'causeway'),
    await everythingInSlack(house),
    await house.teams.written(),
  ]);
}

describe('what people and the desk write', { timeout }, () => {
  const current = houseOf('agent');

  it.each(platforms)('does nothing in a ticket that was opened on %s', async (platform) => {
    const house = current();
    const life = await open(house, platform, {
      cry: `prod is down since 8, recovery button did nothing, pls help ${inOneLine.slice(0, 900)} ${rightToLeft} ${zero}`,
      inputs: { subject: `${faces.slice(0, 139)}🙂`, body: `${evil}\n${faces}\n${rightToLeft}` },
    });
    const { desk, id, room } = life;
    const { deskOrigin } = house;
    await renameStaff(deskOrigin, `${faces.slice(0, 31)} ${inOneLine.slice(0, 700)}`);
    const file = { name: `${inOneLine}${faces}.log`, content: 'x' };

    await desk('comment', { text: `${evil} ${rightToLeft} ${faces.slice(0, 101)}` });
    await desk('comment', { text: 'Two files.', files: [file, { name: 'plain.log' }] });
    await says(room, /plain\.log/);
    await desk('comment', { text: `${faces}${faces}${'word '.repeat(4000)}THE END` });
    await says(room, /word word/);
    await room.press('send-reply', { reply: firstPart(`${evil} ${faces} ${rightToLeft}`, 2900) });
    await waitFor('the reply', async () => ((await ticketOf(life))?.comments.length ?? 0) > 3 || undefined);
    await room.press('severity-form');
    await room.press('change-severity', {
      severity: 'low',
      reason: firstPart(`${faces.slice(0, 301)} ${inOneLine}`, 480),
    });
    await says(room, /changed the severity from Critical to Low/);
    await waitFor(
      'the reason',
      async () =>
        (await ticketOf(life))?.comments.some(({ body }) => body.includes('I changed the severity')) || undefined,
    );
    await atDesk(deskOrigin, `/api/v2/tickets/${id}`, 'PUT', { ticket: { subject: `${inOneLine} ${faces}` } });
    await desk('status', { status: 'pending' });
    await says(room, /is awaiting your reply/);
    await desk('status', { status: 'closed' });
    await card(life, 'Solved \\(closed');

    await expectCalm(house);
    const ticket = await ticketOf(life);
    // What an agent writes there is the desk's own business.
    const ours = (ticket?.comments ?? []).filter((comment) => !JSON.stringify(comment).includes('"channel":"web"'));
    expect(ours.length).toBeGreaterThan(2);
    expectWholeCharacters(ours);
    expect(JSON.stringify(ticket)).not.toMatch(/"html_body":"[^"]*(<script|<img|<!channel)/);
  });

  it('does nothing in lists, in the App Home, below links and in the form of a shortcut', async () => {
    const house = current();
    const { slack, teams } = house;
    const life = await open(house, 'Slack', { inputs: { subject: `${faces.slice(0, 139)}🙂`, body: evil } });
    await slack.say('requester', 'my tickets', { channel: 'C0TEAM' });
    const list = await slack.whispered('requester', 'Your tickets');
    expect(wordsOf(list)).toContain('🙂');
    await slack.say('requester', 'tickets of this channel', { channel: 'C0TEAM' });
    await slack.whispered('requester', 'Tickets of this conversation');
    await teams.say('requester', 'my tickets');
    await teams.heard('the list', ({ summary }) => summary?.startsWith('Your tickets') === true);
    await slack.move('home', { user: userOf('requester') });
    await waitFor('the App Home', async () => (await slack.world()).homes[userOf('requester')]);

    await slack.control('settings', { unfurlDomains: [new URL(house.deskOrigin).host] });
    const link = `${house.deskOrigin}/agent/tickets/${life.id}`;
    const { ts } = await slack.move('say', { user: userOf('agent'), channel: 'C0TEAM', text: link, mention: false });
    await waitFor('what is shown below the link', async () =>
      (await slack.world()).channels['C0TEAM']?.find((message) => message.ts === ts && 'attachments' in message),
    );

    const words = await slack.move('say', {
      user: userOf('admin'),
      channel: 'C0TEAM',
      text: `acc is down since 9 ${evil} ${faces}`,
      mention: false,
    });
    const shortcut = { callback_id: 'turn-into-ticket', channel: 'C0TEAM', ts: words.ts };
    await slack.move('shortcut', { user: userOf('agent'), ...shortcut });
    await waitFor('the triage', async () =>
      (await slack.written('C0TEAM')).find(({ thread_ts: thread }) => thread === words.ts),
    );

    await expectCalm(house);
    await life.desk('status', { status: 'closed' });
    await card(life, 'Solved \\(closed');
  });

  it('does nothing where it is added to a ticket that is open about the same', async () => {
    const house = current();
    const first = await open(house, 'Slack', { cry: 'prod is down since 8, recovery button did nothing, pls help' });
    const before = await house.world.tickets();

    await open(house, 'Teams', {
      cry: `prod is down since 8, recovery button did nothing, pls help ${inOneLine.slice(0, 900)}`,
      inputs: { body: `${evil} ${faces} ${rightToLeft}` },
      addTo: first.id,
    });

    expect(await house.world.tickets()).toHaveLength(before.length);
    await waitFor(
      'the words',
      async () => (await ticketOf(first))?.comments.some(({ body }) => body.includes('🙂')) === true || undefined,
    );
    await expectCalm(house);
    expect((await teamsSaid(house)).some((said) => said.includes('→ support'))).toBe(true);
  });
});

async function teamsSaid({ teams }: House): Promise<string[]> {
  return (await teams.written()).map((message) => teamsWords(message));
}
