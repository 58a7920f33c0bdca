import { describe, expect, it } from 'vitest';
import { changeTicket, openTicket, readTicket, sendComment } from '../../src/tickets/work.ts';
import { change, comment, durableOn, type Office, openOffice, opening, reading } from './working-desk.ts';

async function withTicket(): Promise<Office> {
  const office = await openOffice('end-user');
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  return office;
}

function work(office: Office) {
  return durableOn({ steps: new Map() }, office.clock);
}

describe('with the rights of an end user', () => {
  it('nothing but the Requests API is ever asked', async () => {
    const office = await withTicket();
    await office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it' });
    await sendComment(office.connect(), comment(), work(office));
    await changeTicket(office.connect(), change('solved'), work(office));
    await readTicket(office.connect(), reading());

    const paths = (await office.simulated.requests()).map(({ path }) => path);

    expect(paths.filter((path) => !path.startsWith('/api/v2/requests'))).toEqual([]);
  });

  it('a ticket names who asked for it and leads to the portal', async () => {
    const office = await openOffice('end-user');

    const event = await openTicket(office.connect(), opening(), work(office));

    expect(event).toMatchObject({
      ticket: { id: 1, status: 'new', priority: 'urgent', url: `${office.simulated.origin}/hc/requests/1` },
    });
    const [ticket] = (await office.simulated.world()).tickets;
    expect(ticket?.comments).toMatchObject([
      {
        body: expect.stringMatching(/^Nobody can sign in\.\n\n\(Causeway reference [0-9a-f]{20}\)$/),
        author_id: 90_003,
      },
    ]);
  });

  it('a comment says who wrote it, and is shown without its reference', async () => {
    const office = await withTicket();

    await sendComment(office.connect(), comment('Still down.', { name: 'Anna Approver', email: '' }), work(office));

    const read = await office.connect().read(1);
    expect(read?.comments).toMatchObject([
      { author: 'Rosa Requester', fromDesk: false, body: 'Nobody can sign in.' },
      { fromDesk: false, body: 'Anna Approver writes:\n\nStill down.' },
    ]);
  });

  it('answers of the desk are told with their author and files, and notes are not', async () => {
    const office = await withTicket();
    await office.simulated.control('agent', { ticket: 1, move: 'comment', public: false, text: 'PRIVATE' });
    await office.simulated.control('agent', {
      ticket: 1,
      move: 'comment',
      text: 'See there',
      files: [{ name: 'steps.txt', content: 'one two' }],
    });

    const event = await readTicket(office.connect(), reading());

    expect(JSON.stringify(event)).not.toContain('PRIVATE');
    expect(event).toMatchObject({
      ticket: { status: 'open' },
      comments: [
        {},
        {
          author: 'Robin de Vries',
          fromDesk: true,
          body: 'See there',
          attachments: [{ name: 'steps.txt', size: 7, link: expect.stringMatching(/^http:/), malware: false }],
        },
      ],
    });
  });

  it('a ticket can be solved once the desk has it', async () => {
    const office = await withTicket();

    const early = await changeTicket(office.connect(), change('solved'), work(office));
    await office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it' });
    const later = await changeTicket(office.connect(), change('solved'), work(office));
    const again = await changeTicket(office.connect(), change('solved'), work(office));

    expect(early).toMatchObject({ type: 'ticket-refused', because: expect.stringContaining('Write a reply') });
    expect([later, again]).toMatchObject([{ ticket: { status: 'solved' } }, { ticket: { status: 'solved' } }]);
    expect((await office.simulated.requests()).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('a solved ticket is opened by words, not by a button', async () => {
    const office = await withTicket();
    await office.simulated.control('agent', { ticket: 1, move: 'status', status: 'solved' });

    const pressed = await changeTicket(office.connect(), change('open'), work(office));
    const answered = await sendComment(office.connect(), comment(), work(office));
    const already = await changeTicket(office.connect(), change('open'), work(office));

    expect(pressed).toMatchObject({
      type: 'ticket-refused',
      because: expect.stringContaining('opened again by an answer'),
    });
    expect([answered, already]).toMatchObject([{ ticket: { status: 'open' } }, { ticket: { status: 'open' } }]);
  });

  it('the severity is the desk’s to change, and is not tried', async () => {
    const office = await withTicket();
    const before = (await office.simulated.requests()).length;

    const outcome = await office.connect().change(1, { priority: 'low' });

    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } });
    expect(await office.simulated.requests()).toHaveLength(before);
  });

  it.each([
    ['closed', { move: 'status', status: 'closed' }, 'Open a follow-up ticket'],
    ['deleted', { move: 'delete' }, 'Open a new ticket'],
  ])('a %s ticket takes no words, and says what to do', async (_what, move, because) => {
    const office = await withTicket();
    await office.simulated.control('agent', { ticket: 1, ...move });

    const sent = await sendComment(office.connect(), comment(), work(office));
    const changed = await changeTicket(office.connect(), change('open'), work(office));

    const expected = { type: 'ticket-refused', because: expect.stringContaining(because) };
    expect([sent, changed]).toMatchObject([expected, expected]);
  });

  it('a ticket that is gone, or of which nothing is public any more, reads as deleted', async () => {
    const office = await withTicket();
    await office.simulated.control('agent', { ticket: 1, move: 'make-private' });

    expect(await readTicket(office.connect(), reading())).toMatchObject({
      ticket: { status: 'deleted' },
      comments: [],
    });
  });

  it('many tickets are read one by one, and those that are gone are missing', async () => {
    const office = await withTicket();
    await office.simulated.call('POST', 'tickets', { ticket: { comment: { body: 'of somebody else' } } });

    const read = await office.connect().readMany([1, 2, 9]);

    expect(read).toMatchObject([{ id: 1, status: 'new' }]);
  });

  it('there is no export to read', async () => {
    const office = await withTicket();

    expect(await office.connect().readChanges({ since: office.clock.now() })).toBeNull();
  });

  it('the desk is told what it calls a status', async () => {
    const customStatuses = [{ id: 12, status_category: 'open', agent_label: 'L2', end_user_label: 'Being worked on' }];
    const office = await openOffice('end-user', { customStatuses });
    await openTicket(office.connect(), opening(), work(office));
    await office.simulated.control('agent', { ticket: 1, move: 'status', customStatus: 12 });

    const desk = office.connect();

    expect(await desk.read(1)).toMatchObject({ ticket: { status: 'open', label: 'Being worked on' } });
    await desk.read(1);
    const asked = (await office.simulated.requests()).filter(({ path }) => path === '/api/v2/custom_statuses');
    expect(asked).toHaveLength(1);
  });

  it('looks for its request no further back than it was asked for', async () => {
    const requests = Array.from({ length: 120 }, (_none, index) => ({
      id: index + 1,
      requester_id: 90_003,
      created_at: `2026-02-0${1 + Math.floor(index / 60)}T08:00:00Z`,
    }));
    const office = await openOffice('end-user', { tickets: requests });

    const event = await openTicket(office.connect(), opening(), work(office));

    expect(event).toMatchObject({ ticket: { id: 121 } });
    expect((await office.simulated.requests()).map(({ method }) => method)).toEqual(['GET', 'POST']);
  });
});
