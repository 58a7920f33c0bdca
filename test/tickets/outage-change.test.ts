/** A change that is asked for while the desk is away, whoever the bot is there and however the desk fails. */
import { describe, expect, it } from 'vitest';
import { changeTicket, openTicket } from '../../src/tickets/work.ts';
import { change, durableOn, openOffice, opening } from './working-desk.ts';

const ways: [string, () => Promise<Response>][] = [
  ['silence', () => Promise.reject(new DOMException('x', 'TimeoutError'))],
  ['a page of maintenance', () => Promise.resolve(new Response('<html>Maintenance</html>'))],
  ['503', () => Promise.resolve(new Response('{}', { status: 503, headers: { 'Retry-After': '600' } }))],
  ['too many requests', () => Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '60' } }))],
];

interface Written {
  ticket?: { status?: string };
  request?: { solved?: boolean };
}

describe.each(['agent', 'end-user'] as const)('a ticket that is marked as solved in an outage, by an %s', (rights) => {
  it.each(ways)('is solved once when the desk is back: %s', async (_how, how) => {
    const office = await openOffice(rights);
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
    await office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'We look.', status: 'open' });
    const back = office.clock.now().add({ hours: 1 });
    const told: string[] = [];
    const desk = office.connect({
      fetch: (input, init) => (Temporal.Instant.compare(office.clock.now(), back) < 0 ? how() : fetch(input, init)),
    });

    const event = await changeTicket(
      desk,
      change('solved'),
      durableOn({ steps: new Map() }, office.clock),
      (because) => {
        told.push(because);
        return Promise.resolve();
      },
    );

    expect(event).toMatchObject({ type: 'ticket-read', ticket: { status: 'solved' } });
    expect(office.clock.now().since(back).total('minutes')).toBeLessThan(11);
    expect(told.length).toBeGreaterThan(3);
    const writes = (await office.simulated.requests()).filter(({ method }) => method === 'PUT');
    const solving = writes.filter(({ body }) => {
      const { request, ticket } = body as Written;
      return ticket?.status === 'solved' || request?.solved === true;
    });
    expect(solving).toHaveLength(1);
  });
});

it('one that was made is not made again by a process that died before it could note it', async () => {
  const office = await openOffice('agent');
  const desk = office.connect();
  await openTicket(desk, opening(), durableOn({ steps: new Map() }, office.clock));
  await changeTicket(desk, change('solved'), durableOn({ steps: new Map() }, office.clock));
  office.clock.pass({ minutes: 1 });
  await office.simulated.control('agent', { ticket: 1, move: 'status', status: 'open' });

  const again = await changeTicket(desk, change('solved'), durableOn({ steps: new Map() }, office.clock));

  expect(again).toMatchObject({ ticket: { status: 'open' } });
});
