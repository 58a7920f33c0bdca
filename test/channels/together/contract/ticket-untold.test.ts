/**
 * A customer of the provider has no webhook there: the bot finds out by looking. The card says when it looked last, in
 * every room, and what it found stands in the thread.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse, pageOnCall } from './house.ts';
import { type Life, open, platforms, timeout } from './ticket-life.ts';

let house: House;

beforeAll(async () => {
  const channels = [
    { platform: 'web', id: pageOnCall, for: ['approvals'] },
    { platform: 'web', id: 'support', for: ['support'] },
  ];
  const zendesk = { desk: 'provider', rights: 'end-user', fields: {} };
  house = await openHouse({ mode: 'start', asCustomer: true, isUntold: true, settings: { channels, zendesk } });
}, timeout);

afterAll(async () => {
  await house.close();
});

/** What is due is looked for four times a minute, and a ticket that was just read is due a minute later. */
const patience = { timeout: 150_000, interval: 500 };
const readLine = /read at the desk \w{3} \d\d:\d\d \([\w/]+\)\. I look again every minute in its first hour/i;

async function cardIn({ id, room }: Life): Promise<string> {
  const cards = (await room.shown()).filter(({ words }) => words.includes(`Ticket ${id}: `));
  return cards.at(-1)?.words ?? '';
}

it('the card says on every platform when the desk was read, and the thread what was found', async () => {
  const lives: Life[] = [];
  for (const platform of platforms) {
    lives.push(await open(house, platform));
  }
  for (const { desk, id } of lives) {
    await desk('comment', { text: `We look at number ${id}.`, status: 'pending' });
  }

  const world = (await (await fetch(`${house.deskOrigin}/_sim/world`)).json()) as { webhooks: unknown[] };
  expect(world.webhooks).toEqual([]);
  for (const life of lives) {
    await expect.poll(() => cardIn(life), patience).toMatch(/Awaiting your reply/);
    await expect.poll(() => cardIn(life), patience).toMatch(readLine);
    const said = (await life.room.shown()).filter(({ words }) => words.includes(`We look at number ${life.id}.`));
    // Once as a message, and as the last word on the card.
    expect(said.filter(({ words }) => !words.includes(`Ticket ${life.id}: `))).toHaveLength(1);
    await house.page.waitFor('agent', 'support', 'the line in the support channel', ({ card, text }) => {
      return text.startsWith(`Ticket ${life.id}: `) && readLine.test(JSON.stringify(card));
    });
  }
}, 400_000);
