import { describe, expect, it } from 'vitest';
import { openDesk, printerOnFire } from './desk.ts';

describe('moves of the agent', () => {
  it('comments as Robin de Vries, in public unless told otherwise, and may set the status with it', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it', status: 'pending' });
    await desk.control('agent', { ticket: 1, move: 'comment', public: false, text: 'a note' });

    const { body } = await desk.call('GET', 'tickets/1/comments');
    expect(body.comments).toMatchObject([
      {},
      { body: 'Looking at it', public: true, author_id: 90_002 },
      { body: 'a note', public: false, author_id: 90_002 },
    ]);
    expect((await desk.call('GET', 'tickets/1')).body.ticket.status).toBe('pending');
  });

  it('sets status and priority', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.control('agent', { ticket: '1', move: 'status', status: 'hold' });
    await desk.control('agent', { ticket: 1, move: 'priority', priority: 'low' });

    expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({ status: 'hold', priority: 'low' });
  });

  it('merges into another ticket, which closes the first one', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('POST', 'tickets', printerOnFire);

    const { body } = await desk.control('agent', { ticket: 1, move: 'merge', into: 2 });

    expect(body).toMatchObject({ events: expect.arrayContaining(['zen:event-type:ticket.merged']) });
    expect((await desk.call('GET', 'tickets/1')).body.ticket.status).toBe('closed');
    expect((await desk.call('GET', 'tickets/2/comments')).body.comments).toHaveLength(2);
  });

  it('deletes a ticket, which then cannot be found', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.control('agent', { ticket: 1, move: 'delete' });

    expect((await desk.call('GET', 'tickets/1')).status).toBe(404);
    expect((await desk.call('GET', 'tickets?external_id=case-7')).body.tickets).toEqual([]);
    expect((await desk.world()).tickets).toMatchObject([{ id: 1, status: 'deleted' }]);
  });

  it.each([
    ['a ticket that does not exist', { ticket: 9, move: 'delete' }],
    ['a move that does not exist', { ticket: 1, move: 'juggle' }],
    ['a comment without text', { ticket: 1, move: 'comment' }],
    ['a status that does not exist', { ticket: 1, move: 'status', status: 'waiting' }],
    ['a merge into itself', { ticket: 1, move: 'merge', into: 1 }],
  ])('refuses %s', async (_what, move) => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    expect((await desk.control('agent', move)).status).toBe(400);
  });
});

describe('the world', () => {
  it('shows tickets with their comments, users and webhooks', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    const world = await desk.world();

    expect(world).toMatchObject({ tickets: [{ id: 1, comments: [{ body: expect.any(String) }] }], webhooks: [] });
    expect(world.users.map((user) => user.email)).toEqual([
      'causeway@example.com',
      'robin.devries@desk.example.com',
      'requester@example.com',
      'approver-1@example.com',
      'approver-2@example.com',
      'agent@example.com',
      'admin@example.com',
    ]);
  });

  it('can be put back as it was shown', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it' });
    const before = await desk.world();

    const other = await openDesk({ world: { zendesk: before } });

    expect(await other.world()).toEqual(before);
    expect((await other.call('POST', 'tickets', printerOnFire)).body.ticket.id).toBe(2);
  });

  it('replaces only the parts that are named', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.control('world', { zendesk: { tickets: [{ id: 40, requester_id: 90_003, status: 'hold' }] }, arm: {} });

    const world = await desk.world();
    expect(world.tickets).toMatchObject([{ id: 40, status: 'hold', comments: [] }]);
    expect(world.users).toHaveLength(7);
  });

  it.each([{ zendesk: { tickets: [{ id: 'x' }] } }, { zendesk: 5 }, []])(
    'refuses %j and keeps what it has',
    async (world) => {
      const desk = await openDesk();
      await desk.call('POST', 'tickets', printerOnFire);

      expect((await desk.control('world', world)).status).toBe(400);
      expect((await desk.world()).tickets).toHaveLength(1);
    },
  );
});
