/** What is the same in the life of every ticket, with whatever rights at the desk. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Ticket } from '../../../../src/demo/world.ts';
import { waitFor } from '../../slack/contract/slack-client.ts';
import { type House, openHouse, pageOnCall } from './house.ts';
import { openers, type Platform, type Room, says, type Shown } from './ticket-rooms.ts';

const cry = 'prod is down since 8, recovery button did nothing, pls help';
const secret = 'PRIVATE: their node pool 3 is the trouble';
export const platforms: Platform[] = ['the page', 'Slack', 'Teams'];
export const timeout = 60_000;

const settings = {
  channels: [
    { platform: 'web', id: pageOnCall, for: ['approvals'] },
    { platform: 'web', id: 'support', for: ['support'] },
  ],
};

/** One ticket and its thread. */
export interface Life {
  house: House;
  room: Room;
  id: number;
  /** At the desk before it was opened. */
  before: number;
  /** What an agent of the desk does with it. */
  desk: (move: string, more?: Record<string, unknown>) => Promise<void>;
}

interface Wishes {
  cry?: string;
  /** What is changed in the preview. */
  inputs?: Record<string, string>;
  /** The open ticket to which it is added there; absent: one is opened. */
  addTo?: number;
}

export async function open(house: House, platform: Platform, wishes: Wishes = {}): Promise<Life> {
  const known = new Set((await house.world.tickets()).map(({ id }) => id));
  const room = await openers[platform](house, wishes.cry ?? cry);
  await room.press('triage-continue', { faultLocation: 'unknown' });
  await room.press('preview-ticket');
  const { addTo } = wishes;
  await room.press(addTo === undefined ? 'open-ticket' : 'add-to-ticket', wishes.inputs);
  await says(room, new RegExp(`Ticket ${addTo ?? '\\d+'}: Open`));
  const opened = (await house.world.tickets()).filter((ticket) => !known.has(ticket.id));
  expect(opened).toHaveLength(addTo === undefined ? 1 : 0);
  const id = addTo ?? opened[0]?.id ?? 0;
  return {
    house,
    room,
    id,
    before: known.size,
    desk: (move, more) => house.world.agent({ ticket: id, move, ...more }),
  };
}

export async function ticketOf({ house, id }: Pick<Life, 'house' | 'id'>): Promise<Ticket | undefined> {
  return (await house.world.tickets()).find((ticket) => ticket.id === id);
}

export function atDesk(life: Life, what: string, holds: (ticket: Ticket) => boolean): Promise<Ticket> {
  return waitFor(what, async () => {
    const ticket = await ticketOf(life);
    return ticket !== undefined && holds(ticket) ? ticket : undefined;
  });
}

/** The living card, once it says this. */
export function card({ id, room }: Life, status: string): Promise<Shown> {
  return says(room, new RegExp(`Ticket ${id}: ${status}`));
}

export async function talkBothWays(life: Life): Promise<void> {
  const { desk, room } = life;
  const file = { name: 'ingress.log', content: 'upstream timed out' };
  await desk('comment', { text: 'We are looking at the ingress now.', files: [file] });
  const answer = await says(room, /We are looking at the ingress now\.[^]*Attached: ingress\.log \(18 bytes\): http/);
  expect(answer.words).toMatch(/\(support\)/);
  await room.press('send-reply', { reply: 'All apps, since 08:00.' });
  const { comments } = await atDesk(life, 'the reply', (ticket) => replies(ticket).length > 0);
  expect(comments.find(({ body }) => body.includes('All apps, since'))?.public).toBe(true);
  await says(room, /→ support/);
  await desk('comment', { text: secret, public: false });
}

function replies({ comments }: Ticket): string[] {
  return comments.map(({ body }) => body).filter((body) => body.includes('All apps, since 08:00.'));
}

export async function waitAtDesk(life: Life): Promise<Shown> {
  await life.desk('status', { status: 'hold' });
  await card(life, 'On Hold');
  await life.desk('status', { status: 'pending' });
  await says(life.room, /is awaiting your reply/);
  return card(life, 'Awaiting your reply');
}

/** It goes on in a ticket that Rosa opened at the desk, and ends there. */
export async function merge(life: Life): Promise<number> {
  const into = await life.house.openAtDesk('All apps are down');
  await life.desk('merge', { into });
  return into;
}

/** Nothing was said twice or lost, the support channel's card says the same, and no room has seen a private note. */
export async function expectWhole(life: Life, end: string): Promise<void> {
  const { before, house, room } = life;
  await house.page.waitFor('agent', 'support', end, ({ text }) => text.startsWith(end));
  // The other one is what Rosa opened at the desk.
  expect(await house.world.tickets()).toHaveLength(before + 2);
  const ticket = await ticketOf(life);
  expect(ticket === undefined ? [] : replies(ticket)).toHaveLength(1);
  expect(ticket?.comments.some(({ body }) => body === secret)).toBe(true);
  const here = await room.shown();
  expect(here.filter(({ words }) => words.includes('Attached: ingress.log'))).toHaveLength(1);
  const everything = JSON.stringify([
    here,
    await house.page.read('agent', 'support'),
    await house.page.read('requester', 'team'),
    await house.slack.world(),
    await house.teams.world(),
  ]);
  expect(everything).not.toContain('node pool 3');
}

export function houseOf(rights: 'agent' | 'end-user'): () => House {
  let house: House;
  beforeAll(async () => {
    const zendesk = { desk: 'provider', rights, fields: {} };
    house = await openHouse({ mode: 'start', asCustomer: rights === 'end-user', settings: { ...settings, zendesk } });
  }, timeout);
  afterAll(async () => {
    await house.close();
  });
  return () => house;
}
