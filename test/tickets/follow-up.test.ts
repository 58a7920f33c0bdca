/** A follow-up is one ticket, too, and another one than the ticket that it follows. */
import { describe, expect, it } from 'vitest';
import { changeTicket, openTicket } from '../../src/tickets/work.ts';
import { type Books, change, durableOn, dyingFetch, type Office, openOffice, opening } from './working-desk.ts';

function followUp(): ReturnType<typeof opening> {
  return { ...opening({ followUpOf: 1, subject: 'Follow-up: down again' }), id: 'case-7/9/0' };
}

/** As our own row has it until the follow-up is known. */
function ownTicket(): Promise<number> {
  return Promise.resolve(1);
}

async function closedOne(rights: 'agent' | 'end-user'): Promise<Office> {
  const office = await openOffice(rights);
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  await office.simulated.control('agent', { ticket: 1, move: 'status', status: 'closed' });
  office.clock.pass({ minutes: 1 });
  return office;
}

describe.each(['agent', 'end-user'] as const)('a follow-up, with the rights of an %s', (rights) => {
  it('names the closed one, and a kill around any request leaves one', async () => {
    for (let at = 1, isOver = false; !isOver; at += 1) {
      const office = await closedOne(rights);
      const books: Books = { steps: new Map() };
      const life = dyingFetch(at);
      const first = durableOn(books, office.clock, life.isDead);
      isOver = await openTicket(office.connect({ fetch: life.fetch, ownTicket }), followUp(), first).then(
        () => true,
        () => false,
      );

      const event = await openTicket(office.connect({ ownTicket }), followUp(), durableOn(books, office.clock));

      expect(event).toMatchObject({ type: 'ticket-opened', ticket: { subject: 'Follow-up: down again' } });
      const { tickets } = await office.simulated.world();
      expect(tickets).toHaveLength(2);
      expect(JSON.stringify(tickets[1])).toContain('"rel":"follow_up"');
    }
  });

  it('that is there already is not opened again', async () => {
    const office = await closedOne(rights);
    const first = await openTicket(office.connect(), followUp(), durableOn({ steps: new Map() }, office.clock));
    const id = first.type === 'ticket-opened' ? first.ticket.id : 0;

    const desk = office.connect({ ownTicket: () => Promise.resolve(id) });
    const again = await openTicket(desk, followUp(), durableOn({ steps: new Map() }, office.clock));

    expect(again).toMatchObject({ type: 'ticket-opened', ticket: { id } });
    expect((await office.simulated.world()).tickets).toHaveLength(2);
  });
});

it('a change of the priority is repeated after a kill and stays one', async () => {
  const office = await openOffice('agent');
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  const wish = {
    ...change('open'),
    effect: { kind: 'work', type: 'change-ticket', ticketId: 1, priority: 'low' } as const,
  };

  const events = [
    await changeTicket(office.connect(), wish, durableOn({ steps: new Map() }, office.clock)),
    await changeTicket(office.connect(), wish, durableOn({ steps: new Map() }, office.clock)),
  ];

  expect(events).toMatchObject([{ ticket: { priority: 'low' } }, { ticket: { priority: 'low' } }]);
});
