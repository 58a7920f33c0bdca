import { describe, expect, it } from 'vitest';
import { openDesk, printerOnFire } from './desk.ts';

describe('creating a ticket', () => {
  it.each(['tickets', 'tickets.json'])('answers POST /api/v2/%s with 201, the ticket and its audit', async (path) => {
    const desk = await openDesk();

    const { status, body, headers } = await desk.call('POST', path, {
      ticket: { ...printerOnFire.ticket, metadata: { note: 'ours' } },
    });

    expect(status).toBe(201);
    expect(body.ticket).toMatchObject({
      id: 1,
      external_id: 'case-7',
      subject: 'prod is down',
      description: 'Nobody can sign in.\nSince 08:00.',
      status: 'new',
      priority: 'urgent',
      tags: ['causeway'],
      requester_id: 90_003,
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(body.audit).toMatchObject({ ticket_id: 1, metadata: { custom: { note: 'ours' } } });
    expect(body.audit.events.map((event) => event.type)).toContain('Comment');
    expect(headers.get('location')).toBe(body.ticket.url);
    expect(body.ticket).not.toHaveProperty('comments');
  });

  it('opens an account for a requester who is new', async () => {
    const desk = await openDesk();
    const ticket = { ...printerOnFire.ticket, requester: { name: 'Nina New', email: 'nina@example.com' } };

    await desk.call('POST', 'tickets', { ticket });

    expect((await desk.world()).users).toContainEqual(
      expect.objectContaining({ name: 'Nina New', email: 'nina@example.com', role: 'end-user' }),
    );
  });

  it('takes a ticket without a subject, as Zendesk does', async () => {
    const desk = await openDesk();

    const { status, body } = await desk.call('POST', 'tickets', { ticket: { comment: { body: 'Help' } } });

    expect(status).toBe(201);
    expect(body.ticket).toMatchObject({ subject: null });
  });

  it.each([
    ['no comment', { subject: 'x' }, 422, { error: 'RecordInvalid', details: { base: [{ error: 'BlankValue' }] } }],
    ['an empty comment', { comment: { body: ' ' } }, 422, { details: { base: [{ error: 'BlankValue' }] } }],
    [
      'a priority that does not exist',
      { comment: { body: 'x' }, priority: 'asap' },
      422,
      { details: { priority: [{}] } },
    ],
    [
      'a requester without a name',
      { comment: { body: 'x' }, requester: { email: 'n@example.com' } },
      422,
      { details: { requester: [{}] } },
    ],
    ['a requester id of nobody', { comment: { body: 'x' }, requester_id: 4 }, 422, { details: { requester: [{}] } }],
    ['tags that are no words', { comment: { body: 'x' }, tags: [1] }, 400, { error: { title: 'Invalid attribute' } }],
  ])('refuses %s', async (_what, ticket, status, body) => {
    const desk = await openDesk();

    const answer = await desk.call('POST', 'tickets', { ticket });

    expect(answer).toMatchObject({ status, body });
    expect((await desk.world()).tickets).toEqual([]);
  });

  it.each(['{"ticket":', '{}', '[]'])('refuses the body %s with 400', async (body) => {
    const desk = await openDesk();

    expect((await desk.call('POST', 'tickets', body)).status).toBe(400);
  });
});

describe('Idempotency-Key', () => {
  const keyed = { Authorization: 'Bearer causeway-stand-in', 'Idempotency-Key': 'effect-1' };

  it('answers the same ticket again for the same key and body', async () => {
    const desk = await openDesk();

    const first = await desk.call('POST', 'tickets', printerOnFire, keyed);
    await desk.call('PUT', 'tickets/1', { ticket: { status: 'pending' } });
    const second = await desk.call('POST', 'tickets', printerOnFire, keyed);

    expect(first.headers.get('x-idempotency-lookup')).toBe('miss');
    expect(second.headers.get('x-idempotency-lookup')).toBe('hit');
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect((await desk.world()).tickets).toHaveLength(1);
  });

  it('refuses the same key with another body', async () => {
    const desk = await openDesk();

    await desk.call('POST', 'tickets', printerOnFire, keyed);
    const other = await desk.call('POST', 'tickets', { ticket: { comment: { body: 'other' } } }, keyed);

    expect(other).toMatchObject({ status: 400, body: { error: 'IdempotentRequestError' } });
  });

  it('forgets a key after two hours', async () => {
    let now = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const desk = await openDesk({ now: () => now });

    await desk.call('POST', 'tickets', printerOnFire, keyed);
    now = now.add({ hours: 2 });
    const later = await desk.call('POST', 'tickets', printerOnFire, keyed);

    expect(later.headers.get('x-idempotency-lookup')).toBe('miss');
    expect((await desk.world()).tickets).toHaveLength(2);
  });

  it('does not remember a creation that was refused', async () => {
    const desk = await openDesk();

    await desk.call('POST', 'tickets', { ticket: { subject: 'x' } }, keyed);

    expect((await desk.call('POST', 'tickets', printerOnFire, keyed)).status).toBe(201);
  });
});

describe('updating a ticket', () => {
  it('adds a comment and changes fields in one audit that carries the metadata', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    const { status, body } = await desk.call('PUT', 'tickets/1.json', {
      ticket: {
        comment: { html_body: '<p>Any <b>news</b>?</p>', public: false, author_id: 90_003 },
        status: 'hold',
        priority: 'high',
        tags: ['one', 'two'],
        metadata: { effect: 'e-1' },
      },
    });

    expect(status).toBe(200);
    expect(body.ticket).toMatchObject({ status: 'hold', priority: 'high', tags: ['one', 'two'] });
    expect(body.audit.events.map((event) => event.type)).toEqual(['Comment', 'Change', 'Change', 'Change']);
    const { body: listed } = await desk.call('GET', 'tickets/1/comments?include=users');
    expect(listed.comments[1]).toMatchObject({
      body: 'Any news?',
      public: false,
      author_id: 90_003,
      metadata: { custom: { effect: 'e-1' } },
    });
    expect(listed.users.map((user) => user.email)).toEqual(['causeway@example.com', 'requester@example.com']);
    const { body: audited } = await desk.call('GET', 'tickets/1/audits');
    expect(audited.audits).toHaveLength(2);
    expect(audited.audits[1]).toMatchObject({ metadata: { custom: { effect: 'e-1' } } });
  });

  it.each(['pending', 'solved'])('reopens a %s ticket when the requester answers', async (status) => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('PUT', 'tickets/1', { ticket: { status } });

    const { body } = await desk.call('PUT', 'tickets/1', {
      ticket: { comment: { body: 'Still down', author_id: 90_003 } },
    });

    expect(body.ticket.status).toBe('open');
  });

  it('refuses a safe update that is based on an older state', async () => {
    let now = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const desk = await openDesk({ now: () => now });
    const { body } = await desk.call('POST', 'tickets', printerOnFire);
    now = now.add({ seconds: 5 });
    await desk.call('PUT', 'tickets/1', { ticket: { status: 'open' } });

    const late = { safe_update: true, updated_stamp: body.ticket.updated_at, status: 'solved' };
    const answer = await desk.call('PUT', 'tickets/1', { ticket: late });

    expect(answer).toMatchObject({ status: 409, body: { error: 'UpdateConflict' } });
    const fresh = { ...late, updated_stamp: '2026-03-02T09:00:05Z' };
    expect((await desk.call('PUT', 'tickets/1', { ticket: fresh })).status).toBe(200);
  });

  it('refuses every change of a closed ticket', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('PUT', 'tickets/1', { ticket: { status: 'closed' } });

    const answer = await desk.call('PUT', 'tickets/1', { ticket: { comment: { body: 'too late' } } });

    expect(answer).toMatchObject({ status: 422, body: { details: { status: [{ error: 'ClosedTicket' }] } } });
  });

  it.each([
    ['a comment without text', { comment: { body: '' } }],
    ['a status that does not exist', { status: 'waiting' }],
    ['an author who is nobody', { comment: { body: 'x', author_id: 1 } }],
  ])('refuses %s', async (_what, ticket) => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    expect(await desk.call('PUT', 'tickets/1', { ticket })).toMatchObject({
      status: 422,
      body: { error: 'RecordInvalid' },
    });
  });
});

describe('finding tickets', () => {
  it('lists by external id, shows one and shows many', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);
    await desk.call('POST', 'tickets', { ticket: { comment: { body: 'other' } } });

    const byExternalId = await desk.call('GET', 'tickets?external_id=case-7');
    const none = await desk.call('GET', 'tickets?external_id=case-8');
    const many = await desk.call('GET', 'tickets/show_many?ids=2,1,99');

    expect(byExternalId.body.tickets.map((ticket) => ticket.id)).toEqual([1]);
    expect(none.body.tickets).toEqual([]);
    expect(many.body.tickets.map((ticket) => ticket.id)).toEqual([2, 1]);
    expect((await desk.call('GET', 'tickets/2')).body.ticket.id).toBe(2);
  });

  it.each(['tickets/5', 'tickets/5/comments', 'tickets/5/audits'])('answers 404 for GET %s', async (path) => {
    const desk = await openDesk();

    expect(await desk.call('GET', path)).toMatchObject({ status: 404, body: { error: 'RecordNotFound' } });
  });

  it('pages by number and by cursor', async () => {
    const desk = await openDesk();
    for (const body of ['a', 'b', 'c']) {
      await desk.call('POST', 'tickets', { ticket: { comment: { body } } });
    }

    const second = await desk.call('GET', 'tickets?per_page=2&page=2');
    const first = await desk.call('GET', 'tickets?page[size]=2');
    const next = await desk.call('GET', new URL(first.body.links.next ?? '').href.split('/api/v2/')[1] ?? '');

    expect(second.body.tickets.map((ticket) => ticket.id)).toEqual([3]);
    expect(second.body.next_page).toBeNull();
    expect(first.body).toMatchObject({ tickets: [{ id: 1 }, { id: 2 }], meta: { has_more: true } });
    expect(next.body).toMatchObject({ tickets: [{ id: 3 }], meta: { has_more: false }, links: { next: null } });
  });

  it('names addresses by the host that the caller used', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', printerOnFire);

    const { body } = await desk.call('GET', 'tickets/1');

    expect(body.ticket.url).toBe(`${desk.origin}/api/v2/tickets/1.json`);
  });
});
