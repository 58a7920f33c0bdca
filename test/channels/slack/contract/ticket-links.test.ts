import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, shared } from './house.ts';
import { directOf, type Message, offersIn, userOf, waitFor } from './slack-client.ts';

let house: House;
let link = '';
let card: Message;

beforeAll(async () => {
  house = await openHouse();
  link = await openTicket();
  await house.slack.control('settings', { unfurlDomains: [new URL(link).host, 'other.example'] });
}, 60_000);

afterAll(async () => {
  await house.close();
});

/** @returns where the ticket stands at the desk */
async function openTicket(): Promise<string> {
  const { slack } = house;
  const channel = house.newChannel();
  const { ts: thread } = await slack.say('agent', 'prod is down since 8, recovery button did nothing, pls help', {
    channel,
  });
  const triage = await slack.heard('the question', offersIn(channel, 'triage-continue', thread));
  await slack.fill('agent', triage, 'triage-continue', { faultLocation: 'unknown' });
  const verdict = await slack.heard('the verdict', offersIn(channel, 'preview-ticket', thread));
  await slack.press('agent', verdict, 'preview-ticket');
  await slack.fill('agent', await slack.heard('the preview', offersIn(channel, 'open-ticket', thread)), 'open-ticket');
  card = await slack.heard('the card', offersIn(channel, 'send-reply', thread));
  return `${house.deskOrigin}/agent/tickets/${(await house.tickets())[0]?.id}`;
}

async function post(as: string, text: string, channel: string): Promise<string> {
  return (await house.slack.move('say', { user: userOf(as), channel, text })).ts;
}

async function shownBelow(channel: string, ts: string): Promise<string | undefined> {
  const message = (await house.slack.world()).channels[channel]?.find((one) => one.ts === ts) as
    | { attachments?: object[] }
    | undefined;
  return message?.attachments === undefined ? undefined : JSON.stringify(message.attachments);
}

function waitBelow(channel: string, ts: string): Promise<string> {
  return waitFor('what is shown below a link', () => shownBelow(channel, ts));
}

describe('a link to a ticket', { timeout: 60_000 }, () => {
  it('shows number, status, severity and clock, and none of its words', async () => {
    const channel = house.newChannel();
    const ts = await post('requester', `look at ${link}`, channel);

    const shown = await waitBelow(channel, ts);

    const number = link.split('/').at(-1);
    expect(shown).toContain(`Ticket ${number} · Open`);
    expect(shown).toContain('Severity: Critical');
    expect(shown).toMatch(/[Ff]irst answer/);
    expect(shown).toMatch(/As of <!date\^\d+\^/);
    expect(shown).not.toMatch(/recovery button|since 8|prod is down/);
  });

  it('is known by the address of its requester, and in direct messages', async () => {
    const { slack } = house;
    const mine = link.replace('/agent/tickets/', '/hc/en-us/requests/');
    const direct = directOf('agent');
    const ts = await post('agent', `${mine}?page=1`, direct);

    expect(await waitBelow(direct, ts)).toContain('· Open');
    const requests = await slack.requests('chat.unfurl');
    expect(JSON.stringify(requests.at(-1)?.body)).toContain(`channel=${direct}&ts=${ts}`);
  });

  it('is shown once, as the ticket stands by then', async () => {
    const { slack } = house;
    const channel = house.newChannel();
    await slack.press('agent', card, 'mark-solved');
    await waitFor('the end', async () => (await house.tickets()).find(({ status }) => status === 'solved'));
    await slack.heard('the end', offersIn(card.channel, 'reopen', card.thread_ts));

    const ts = await post('approver-1', `${link} ${link} ${link}x`, channel);

    const shown = await waitBelow(channel, ts);
    expect(JSON.parse(shown)).toHaveLength(1);
    expect(shown).toContain('· Solved');
  });

  it('shows and says nothing to outsiders, strangers and people without a role, nor where outsiders are, nor of others', async () => {
    const { slack } = house;
    await slack.addPerson('U0NOBODY');
    const channel = house.newChannel();
    const unseen = house.newChannel();
    const world = await slack.world();
    const rooms = world.rooms.map((room) =>
      room.id === channel
        ? { ...room, members: [...room.members, 'U0NOBODY'] }
        : room.id === unseen
          ? { ...room, members: room.members.filter((id) => id !== 'U0CAUSEWAY') }
          : room,
    );
    await slack.control('world', { slack: { rooms } });
    const before = (await slack.requests('chat.unfurl')).length;
    const said = await slack.written();
    const posts: [string, string, string][] = [
      ['outsider', link, channel],
      ['U0NOBODY', link, channel],
      ['U0FOREIGN', link, shared],
      ['agent', link, shared],
      ['agent', link, unseen],
      ['agent', link.replace(/\d+$/, '999999'), channel],
      ['agent', `https://other.example${new URL(link).pathname}`, channel],
      ['agent', `${link}/events`, channel],
      ['agent', link.replace(/\d+$/, '0'), channel],
    ];
    const made: { channel: string; ts: string }[] = [];
    for (const [as, text, where] of posts) {
      made.push({ channel: where, ts: await post(as, text, where) });
    }
    const known = house.newChannel();
    await waitBelow(known, await post('agent', link, known));

    const below = await Promise.all(made.map(({ channel: where, ts }) => shownBelow(where, ts)));
    expect(below.filter((shown) => shown !== undefined)).toEqual([]);
    const asked = (await slack.requests('chat.unfurl')).slice(before);
    expect(asked.every(({ body }) => JSON.stringify(body).includes(known))).toBe(true);
    expect((await slack.world()).ephemeral).toEqual(world.ephemeral);
    // The card of the ticket may still be edited; said is nothing.
    expect((await slack.written()).map(({ ts }) => ts)).toEqual(said.map(({ ts }) => ts));
  });
});
