/** The same life where the bot has a customer’s rights: what those do not allow is not offered, and refused when typed. */
import { describe, expect, it } from 'vitest';
import {
  card,
  expectWhole,
  houseOf,
  merge,
  open,
  platforms,
  talkBothWays,
  ticketOf,
  timeout,
  waitAtDesk,
} from './ticket-life.ts';
import { says } from './ticket-rooms.ts';

describe('the whole life of a ticket with the rights of a customer', { timeout }, () => {
  const current = houseOf('end-user');

  it.each(platforms)('on %s', async (platform) => {
    const life = await open(current(), platform);
    const { desk, room } = life;
    expect((await card(life, 'Open')).verbs).toEqual(['send-reply']);
    await room.say('solved');
    await says(room, /can be marked as solved once somebody at the desk has taken it/);
    await talkBothWays(life);
    const waiting = await waitAtDesk(life);
    expect(waiting.verbs).toEqual(['send-reply', 'mark-solved']);

    await room.say('severity high: one app answers again');
    await says(room, /Only the desk can change how severe/);
    await desk('priority', { priority: 'high' });
    await says(room, /The desk changed the severity of ticket \d+ from Critical to High/);

    await room.press('mark-solved');
    await says(room, /is solved\. If something is still wrong, write/);
    const solved = await card(life, 'Solved');
    expect(solved.verbs).toEqual(['send-reply', 'it-helped', 'did-not-help']);
    await room.press('it-helped');
    await says(room, /Rosa Requester said that it helped/);
    await room.say('reopen');
    await says(room, /is opened again by an answer/);
    await room.press('send-reply', { reply: 'One app is still down.' });
    await says(room, /is open again/);
    expect((await ticketOf(life))?.status).toBe('open');

    await merge(life);
    // Where it went stands in a private note, which a customer cannot read.
    const closed = await card(life, 'Solved \\(closed');
    expect(closed.verbs).toEqual(['follow-up', 'it-helped', 'did-not-help']);
    await expectWhole(life, `Ticket ${life.id}: Solved (closed`);
  });
});
