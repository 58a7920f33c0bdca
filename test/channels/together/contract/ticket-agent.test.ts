/** The whole life of a ticket on every platform, where the bot has an agent’s rights at the desk. */
import { describe, expect, it } from 'vitest';
import {
  atDesk,
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

describe('the whole life of a ticket with the rights of an agent', { timeout }, () => {
  const current = houseOf('agent');

  it.each(platforms)('on %s', async (platform) => {
    const house = current();
    const life = await open(house, platform);
    const { room } = life;
    await talkBothWays(life);
    const waiting = await waitAtDesk(life);
    expect(waiting.verbs).toEqual(['send-reply', 'mark-solved', 'severity-form']);

    await room.press('severity-form');
    await room.press('change-severity', { severity: 'high', reason: 'One app answers again' });
    await atDesk(life, 'the priority', ({ priority }) => priority === 'high');
    await says(room, /changed the severity from Critical to High for ticket \d+: One app answers again/);

    await room.press('mark-solved');
    await says(room, /is solved\. If something is still wrong, press/);
    const solved = await card(life, 'Solved');
    expect(solved.verbs).toEqual(['reopen', 'it-helped', 'did-not-help']);
    await room.press('it-helped');
    await says(room, /Rosa Requester said that it helped/);
    await room.press('reopen');
    await says(room, /is open again/);
    await card(life, 'Open');
    expect((await ticketOf(life))?.status).toBe('open');

    const into = await merge(life);
    await says(room, new RegExp(`was merged at the desk into ticket ${into}`));
    const next = { ...life, id: into };
    await card(next, 'Open');
    await house.world.agent({ ticket: into, move: 'status', status: 'solved' });
    await card(next, 'Solved');
    await expectWhole(life, `Ticket ${into}: Solved`);
  });
});
