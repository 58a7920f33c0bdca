/** Looking for a ticket that somebody else has opened, at the simulated desk. */
import { describe, expect, it } from 'vitest';
import { findTickets } from '../../src/tickets/find-tickets.ts';
import { openTicket } from '../../src/tickets/work.ts';
import { durableOn, type Office, openOffice, opening } from './working-desk.ts';

async function withTicket(rights: 'agent' | 'end-user', subject: string): Promise<Office> {
  const office = await openOffice(rights);
  await office.simulated.control('settings', { searchDelaySeconds: 0 });
  const asked = opening();
  const request = { ...asked.effect.request, subject };
  await openTicket(
    office.connect(),
    { ...asked, effect: { ...asked.effect, request } },
    durableOn({ steps: new Map() }, office.clock),
  );
  return office;
}

function search(words: readonly string[], since = '2000-01-01T00:00:00.000Z') {
  return { kind: 'read', type: 'find-tickets', question: 7, words, since } as const;
}

describe('looking for the provider’s ticket', () => {
  it('finds it by any of the words, once', async () => {
    const office = await withTicket('agent', 'Cluster initialization failed: mendix-prod');

    const event = await findTickets(office.connect(), search(['mendix-prod', 'initialization']));

    expect(event).toMatchObject({
      type: 'tickets-found',
      question: 7,
      tickets: [{ id: 1, subject: 'Cluster initialization failed: mendix-prod', status: 'new' }],
    });
  });

  it('passes over what was opened before, and what says nothing of it', async () => {
    const office = await withTicket('agent', 'Cluster initialization failed: mendix-prod');

    const tickets = await Promise.all(
      [search(['initialization'], '2999-01-01T00:00:00.000Z'), search(['payroll'])].map((effect) =>
        findTickets(office.connect(), effect),
      ),
    );

    expect(tickets).toMatchObject([{ tickets: [] }, { tickets: [] }]);
  });

  it('takes no word for an operator of the search', async () => {
    const office = await withTicket('agent', 'Cluster initialization failed: mendix-prod');

    await findTickets(office.connect(), search(['x" status:solved "']));

    const asked = (await office.simulated.requests()).findLast(({ path }) => path.includes('/search'));
    const { searchParams } = new URL(asked?.path ?? '', office.simulated.origin);
    expect(searchParams.get('query')).toMatch(/ "x\s+status:solved"$/);
  });

  it('is not tried with the rights of a requester', async () => {
    const office = await withTicket('end-user', 'Cluster initialization failed: mendix-prod');

    const event = await findTickets(office.connect(), search(['initialization']));

    expect(event).toMatchObject({ tickets: null });
    expect((await office.simulated.requests()).filter(({ path }) => path.includes('search'))).toEqual([]);
  });
});
