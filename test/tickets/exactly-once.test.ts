/** The process is killed around every single request to the desk, and started again. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/flows/event.ts';
import type { Rights } from '../../src/tickets/desk.ts';
import { openTicket, sendComment } from '../../src/tickets/work.ts';
import { type Books, comment, durableOn, Killed, type Office, openOffice, opening } from './working-desk.ts';

type Where = 'before' | 'after';

/** Dies at the given request: before it is sent, or when its answer is there and nobody has read it. */
function fatalFetch(at: number, where: Where): { fetch: typeof fetch; isDead: () => boolean } {
  let count = 0;
  let dead = false;
  return {
    isDead: () => dead,
    async fetch(input, init) {
      count += 1;
      if (dead) {
        throw new Killed('dead processes send nothing');
      }
      if (count !== at) {
        return fetch(input, init);
      }
      if (where === 'after') {
        await fetch(input, init);
      }
      dead = true;
      throw new Killed(`request ${at}`);
    },
  };
}

type Life = ReturnType<typeof fatalFetch>;
type Work = (office: Office, books: Books, life: Life) => Promise<Event>;

function open(office: Office, books: Books, life: Life): Promise<Event> {
  return openTicket(office.connect({ fetch: life.fetch }), opening(), durableOn(books, office.clock, life.isDead));
}

function reply(office: Office, books: Books, life: Life): Promise<Event> {
  return sendComment(office.connect({ fetch: life.fetch }), comment(), durableOn(books, office.clock, life.isDead));
}

/** Whether the first life got to its end. */
async function survives(work: Work, office: Office, books: Books, at: number, where: Where): Promise<boolean> {
  const life = fatalFetch(at, where);
  try {
    await work(office, books, life);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Killed);
    return false;
  }
}

/** As an agent's ticket, or as a request of the person who is signed in: both begin with one comment. */
async function withTicket(rights: Rights): Promise<Office> {
  const office = await openOffice(rights);
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  await office.simulated.control('agent', { ticket: 1, move: 'status', status: 'pending' });
  office.clock.pass({ minutes: 1 });
  return office;
}

describe.each(['agent', 'end-user'] as const)('with the rights of an %s', (rights) => {
  it.each(['before', 'after'] as const)('a kill %s any request of opening leaves one ticket', async (where) => {
    let at = 1;
    for (; ; at += 1) {
      const office = await openOffice(rights);
      const books: Books = { steps: new Map() };
      const over = await survives(open, office, books, at, where);

      const event = await open(office, books, fatalFetch(0, where));

      expect(event).toMatchObject({ type: 'ticket-opened', ticket: { id: 1 } });
      expect((await office.simulated.world()).tickets).toHaveLength(1);
      if (over) {
        break;
      }
    }
    expect(at).toBeGreaterThan(2);
  });

  it.each(['before', 'after'] as const)('a kill %s any request of a comment leaves one comment', async (where) => {
    let at = 1;
    for (; ; at += 1) {
      const office = await withTicket(rights);
      const books: Books = { steps: new Map() };
      const over = await survives(reply, office, books, at, where);

      const event = await reply(office, books, fatalFetch(0, where));

      expect(event).toMatchObject({ type: 'comment-sent', ticket: { id: 1, status: 'open' } });
      const [ticket] = (await office.simulated.world()).tickets;
      expect(ticket?.comments).toHaveLength(2);
      if (over) {
        break;
      }
    }
    expect(at).toBeGreaterThan(2);
  });

  it.each(['drop', 'drop-answer', '500', '502', '503', 'html', '429'])(
    'one ticket and one comment come of it although answers are %s',
    async (fault) => {
      const office = await openOffice(rights);
      const kind = rights === 'agent' ? 'tickets' : 'requests';
      await office.simulated.control('faults', [
        { match: { method: 'GET', path: `/api/v2/${kind}*` }, fault, times: 1 },
        { match: { method: 'POST', path: `/api/v2/${kind}` }, fault, times: 2 },
        { match: { method: 'PUT', path: `/api/v2/${kind}/1` }, fault, times: 2 },
      ]);

      await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
      const sent = await sendComment(office.connect(), comment(), durableOn({ steps: new Map() }, office.clock));

      expect(sent).toMatchObject({ type: 'comment-sent' });
      const { tickets } = await office.simulated.world();
      expect(tickets).toHaveLength(1);
      expect(tickets[0]?.comments).toHaveLength(2);
    },
  );

  it('our own row is believed before the desk is asked for the ticket', async () => {
    const office = await openOffice(rights);
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
    const before = (await office.simulated.requests()).length;

    const desk = office.connect({ ownTicket: (caseId) => Promise.resolve(caseId === 'case-7' ? 1 : null) });
    const event = await openTicket(desk, opening({ subject: 'other' }), durableOn({ steps: new Map() }, office.clock));

    expect(event).toMatchObject({ type: 'ticket-opened', ticket: { id: 1 } });
    const asked = (await office.simulated.requests()).slice(before).map(({ method }) => method);
    expect(asked).not.toContain('POST');
  });
});

it('a ticket that was deleted at the desk is not opened a second time by a run that is repeated', async () => {
  const office = await openOffice('agent');
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  await office.simulated.control('agent', { ticket: 1, move: 'delete' });

  const desk = office.connect({ ownTicket: () => Promise.resolve(1) });
  const event = await openTicket(desk, opening(), durableOn({ steps: new Map() }, office.clock));

  expect(event).toMatchObject({ type: 'ticket-opened', ticket: { id: 1, status: 'deleted' } });
  expect((await office.simulated.world()).tickets).toHaveLength(1);
});

describe('beside each other', () => {
  it('two replicas that open the same ticket at once make one', async () => {
    const office = await openOffice('agent');

    const events = await Promise.all(
      [1, 2].map(() => openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock))),
    );

    expect(events).toMatchObject([{ ticket: { id: 1 } }, { ticket: { id: 1 } }]);
    expect((await office.simulated.world()).tickets).toHaveLength(1);
  });

  it('a comment of a process that was taken for dead comes too late', async () => {
    const office = await withTicket('agent');
    const held = Promise.withResolvers<void>();
    async function slow(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
      if (init?.method === 'PUT') {
        await held.promise;
      }
      return fetch(input, init);
    }
    const first = sendComment(
      office.connect({ fetch: slow }),
      comment(),
      durableOn({ steps: new Map() }, office.clock),
    );
    await expect
      .poll(async () => (await office.simulated.requests()).some(({ path }) => path.includes('audits')))
      .toBe(true);

    office.clock.pass({ seconds: 40 });
    await sendComment(office.connect(), comment(), durableOn({ steps: new Map() }, office.clock));
    held.resolve();
    await first;

    expect((await office.simulated.world()).tickets[0]?.comments).toHaveLength(2);
    expect((await office.simulated.requests()).map(({ status }) => status)).toContain(409);
  });

  it('a ticket is found again after two hours, when its key is forgotten', async () => {
    const office = await openOffice('agent');
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));

    office.clock.pass({ hours: 3 });
    await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));

    expect((await office.simulated.world()).tickets).toHaveLength(1);
  });

  it('a second attempt with other files finds what the first one made', async () => {
    const office = await openOffice('agent');
    const desk = office.connect();
    const ticket = {
      externalId: 'case-7',
      key: 'case-7/3/0',
      askedAt: '2026-03-02T09:00:00Z',
      request: opening().effect.request,
      customFields: [],
      followUpOf: null,
    };
    await desk.open({ ...ticket, uploads: ['first'] });
    // The look-up before it lags behind, so that the second attempt is made although the first one worked.
    let lookUps = 0;
    function blind(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
      const isLookUp = typeof input === 'string' && input.includes('external_id=') && lookUps++ === 0;
      return isLookUp ? Promise.resolve(Response.json({ tickets: [] })) : fetch(input, init);
    }

    const again = await office.connect({ fetch: blind }).open({ ...ticket, uploads: ['second'] });

    expect(again).toMatchObject({ ok: true, value: { id: 1 } });
    expect((await office.simulated.world()).tickets).toHaveLength(1);
  });
});
