import { describe, expect, it } from 'vitest';
import { as, asBot, asRequester, type Desk, openDesk, printerOnFire } from './desk.ts';

const down = { request: { subject: 'prod is down', comment: { body: 'Nobody can sign in.' }, priority: 'urgent' } };

async function withRequest(): Promise<Desk> {
  const desk = await openDesk();
  await desk.call('POST', 'requests', down, asRequester);
  return desk;
}

describe('a request', () => {
  it('is made in the name of whoever is signed in, whatever else the body says', async () => {
    const desk = await openDesk();
    const request = {
      ...down.request,
      requester: { email: 'admin@example.com' },
      tags: ['vip'],
      external_id: 'case-7',
    };

    const { status, body } = await desk.call('POST', 'requests', { request }, asRequester);

    expect(status).toBe(201);
    expect(body.request).toMatchObject({ id: 1, requester_id: 90_003, status: 'new', priority: 'urgent' });
    expect((await desk.world()).tickets).toMatchObject([{ external_id: null, tags: [] }]);
  });

  it('has no idempotency key: the same body twice is two requests', async () => {
    const desk = await openDesk();
    const keyed = { ...asRequester, 'Idempotency-Key': 'k' };

    const first = await desk.call('POST', 'requests', down, keyed);
    await desk.call('POST', 'requests', down, keyed);

    expect(first.headers.get('x-idempotency-lookup')).toBeNull();
    expect((await desk.world()).tickets).toHaveLength(2);
  });

  it('is seen by its requester alone, and shows nothing that is staff’s business', async () => {
    const desk = await withRequest();

    const own = await desk.call('GET', 'requests/1.json', undefined, asRequester);
    const other = await desk.call('GET', 'requests/1', undefined, as('admin@example.com'));
    const staff = await desk.call('GET', 'requests/1', undefined, asBot);

    expect(own.status).toBe(200);
    expect(Object.keys(own.body.request)).not.toContain('external_id');
    expect(Object.keys(own.body.request)).not.toContain('tags');
    expect([other.status, staff.status]).toEqual([404, 404]);
  });

  it('shows public comments only, with who wrote them and on which side, without notes', async () => {
    const desk = await withRequest();
    await desk.control('agent', { ticket: 1, move: 'comment', public: false, text: 'PRIVATE' });
    await desk.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it', files: [{ name: 'a.log' }] });

    const { body } = await desk.call('GET', 'requests/1/comments', undefined, asRequester);
    const staffOnly = await desk.call('GET', 'requests/1/comments?role=agent', undefined, asRequester);

    expect(JSON.stringify(body)).not.toContain('PRIVATE');
    expect(body.comments).toMatchObject([
      { body: 'Nobody can sign in.', author_id: 90_003 },
      { body: 'Looking at it', author_id: 90_002, attachments: [{ file_name: 'a.log' }] },
    ]);
    expect(Object.keys(body.comments[0] ?? {})).not.toContain('metadata');
    expect(body.users).toMatchObject([
      { name: 'Robin de Vries', agent: true },
      { name: 'Rosa Requester', agent: false },
    ]);
    expect(staffOnly.body.comments.map((comment) => comment.body)).toEqual(['Looking at it']);
  });

  it('disappears when nothing in it is public any more', async () => {
    const desk = await withRequest();

    await desk.control('agent', { ticket: 1, move: 'make-private' });

    expect((await desk.call('GET', 'requests/1', undefined, asRequester)).status).toBe(404);
  });

  it.each(['pending', 'solved'])('that is %s is open again when the requester answers', async (status) => {
    const desk = await withRequest();
    await desk.control('agent', { ticket: 1, move: 'status', status });

    const { body } = await desk.call(
      'PUT',
      'requests/1',
      { request: { comment: { body: 'Still down' } } },
      asRequester,
    );

    expect(body.request.status).toBe('open');
  });

  it('can be solved by the requester when somebody of the desk has it, and else nothing happens', async () => {
    const desk = await withRequest();

    const early = await desk.call('PUT', 'requests/1', { request: { solved: true } }, asRequester);
    await desk.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it' });
    const later = await desk.call('PUT', 'requests/1', { request: { solved: 'true' } }, asRequester);

    expect(early).toMatchObject({ status: 200, body: { request: { status: 'new', can_be_solved_by_me: false } } });
    expect(later).toMatchObject({ status: 200, body: { request: { status: 'solved' } } });
  });

  it('keeps its priority and status whatever the requester asks for', async () => {
    const desk = await withRequest();

    const change = { request: { priority: 'low', status: 'hold', comment: { body: 'x', public: false } } };
    const { body } = await desk.call('PUT', 'requests/1', change, asRequester);

    expect(body.request).toMatchObject({ priority: 'urgent', status: 'new' });
    expect((await desk.call('GET', 'requests/1/comments', undefined, asRequester)).body.comments).toHaveLength(2);
  });

  it('that is closed takes no answer; a follow-up names it', async () => {
    const desk = await withRequest();
    await desk.control('agent', { ticket: 1, move: 'status', status: 'closed' });

    const late = await desk.call('PUT', 'requests/1', { request: { comment: { body: 'x' } } }, asRequester);
    const followUp = { request: { ...down.request, via_followup_source_id: 1 } };
    const next = await desk.call('POST', 'requests', followUp, asRequester);

    expect(late).toMatchObject({ status: 422, body: { details: { status: [{ error: 'ClosedTicket' }] } } });
    expect(next.body.request).toMatchObject({ id: 2, followup_source_id: 1 });
  });

  it.each([
    ['no comment', { subject: 'x' }],
    ['no subject', { comment: { body: 'x' } }],
  ])('is refused with %s', async (_what, request) => {
    const desk = await openDesk();

    expect((await desk.call('POST', 'requests', { request }, asRequester)).status).toBe(422);
  });
});

it('lists the requests of whoever asks, by what is open and what is over', async () => {
  const desk = await withRequest();
  await desk.call('POST', 'requests', down, asRequester);
  await desk.call('POST', 'tickets', { ticket: { comment: { body: 'of somebody else' } } });
  await desk.control('agent', { ticket: 2, move: 'status', status: 'solved' });

  async function list(path: string): Promise<number[]> {
    const { body } = await desk.call('GET', path, undefined, asRequester);
    return body.requests.map(({ id }) => id);
  }

  expect(await list('requests?sort_by=created_at&sort_order=desc')).toEqual([2, 1]);
  expect(await list('requests/open')).toEqual([1]);
  expect(await list('requests/solved')).toEqual([2]);
  expect(await list('requests/search?query=DOWN')).toEqual([1, 2]);
});

it('shows a ticket that staff opened for somebody as their request', async () => {
  const desk = await openDesk();
  await desk.call('POST', 'tickets', printerOnFire);

  expect((await desk.call('GET', 'requests/1', undefined, asRequester)).status).toBe(200);
});
