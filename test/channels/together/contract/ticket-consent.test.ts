/** What leaves for the desk and what stays, on every platform: diagnostics by their switch, words by the way they are said. */
import { describe, expect, it } from 'vitest';
import { offersIn } from '../../teams/contract/teams-client.ts';
import type { House } from './house.ts';
import { houseOf, platforms, timeout } from './ticket-life.ts';
import { openers, type Platform, type Room, says } from './ticket-rooms.ts';

const cry = 'mendix-prod production is down since 8, recovery button did nothing, pls help';

/** Every byte that went to the desk. */
async function wire({ deskOrigin }: House): Promise<string> {
  return (await fetch(`${deskOrigin}/_sim/requests`)).text();
}

async function preview(house: House, platform: Platform, what = cry): Promise<Room> {
  const room = await openers[platform](house, what);
  await room.press('triage-continue', { faultLocation: 'unknown' });
  await room.press('preview-ticket');
  await says(room, /mrg-mendix-prod/);
  return room;
}

/** As somebody unticks it; Slack has a list of what is ticked. */
const unticked: Readonly<Record<Platform, string | string[]>> = { 'the page': 'false', Slack: [], Teams: 'false' };

/** What is for one person alone stands elsewhere than in the thread, where a platform has such a place. */
const pressWhisper: Readonly<Record<Platform, (house: House, room: Room) => Promise<unknown>>> = {
  'the page': (_house, room) => room.press('send-asked'),
  Slack: async ({ slack }) => {
    const question = await slack.whispered('requester', 'stayed in the room');
    return slack.press('requester', question, 'send-asked');
  },
  Teams: async ({ teams }) => {
    const own = await teams.chatOf('requester');
    return teams.press('requester', await teams.heard('the question', offersIn(own, 'send-asked')), 'send-asked');
  },
};

describe('the preview of a ticket', { timeout }, () => {
  const current = houseOf('agent');

  it.each(platforms)(
    'on %s shows the diagnostics and the way to the portal, and sends nothing of them when they are switched off',
    async (platform) => {
      const house = current();
      const room = await preview(house, platform);
      const shown = await says(room, /Send the diagnostics below/);
      expect(shown.words).toContain('https://mendixonazure.mendix.com');
      const before = (await wire(house)).split('mrg-mendix-prod').length;

      await room.press('open-ticket', { diagnostics: unticked[platform] as string });

      await says(room, /Ticket \d+: Open/);
      expect((await wire(house)).split('mrg-mendix-prod')).toHaveLength(before);
    },
  );

  it.each(platforms)('on %s sends them as they were shown when the switch is left as it is', async (platform) => {
    const house = current();
    const room = await preview(house, platform);
    const before = (await wire(house)).split('mrg-mendix-prod').length;

    await room.press('open-ticket');

    await says(room, /Ticket \d+: Open/);
    expect((await wire(house)).split('mrg-mendix-prod').length).toBeGreaterThan(before);
  });

  it.each(platforms)(
    'on %s “send …” without a colon goes out when it was said to the bot, and is asked back where it may be meant for the room',
    async (platform) => {
      const house = current();
      const room = await preview(house, platform);
      await room.press('open-ticket');
      await says(room, /Ticket \d+: Open/);
      const called = platform === 'the page' ? '@Causeway ' : '';
      const mark = platform.replaceAll(' ', '-');

      await room.say(`${called}send please restart ${mark}`);
      await says(room, new RegExp(`please restart ${mark}[^]*→ support|→ support[^]*please restart ${mark}`));
      await room.say(`${called}send the list of ${mark}`);
      await says(room, /stayed in the room/);
      expect(await wire(house)).not.toContain(`list of ${mark}`);
      await pressWhisper[platform](house, room);

      await expect.poll(() => wire(house), { timeout: 10_000 }).toContain(`list of ${mark}`);
      expect(await wire(house)).toContain(`please restart ${mark}`);
    },
  );
});
