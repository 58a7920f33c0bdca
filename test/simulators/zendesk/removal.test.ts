import { describe, expect, it } from 'vitest';
import { type Desk, openDesk, printerOnFire } from './desk.ts';

async function withTickets(count = 1): Promise<Desk> {
  const desk = await openDesk();
  for (let made = 0; made < count; made += 1) {
    await desk.call('POST', 'tickets', printerOnFire);
  }
  return desk;
}

describe('deleting', () => {
  it('hides a ticket from everything but the list of deleted ones, and puts it back as it was', async () => {
    const desk = await withTickets();
    await desk.control('agent', { ticket: 1, move: 'status', status: 'hold' });

    expect((await desk.call('DELETE', 'tickets/1')).status).toBe(204);
    expect((await desk.call('GET', 'tickets/1')).status).toBe(404);
    expect((await desk.call('GET', 'tickets/show_many?ids=1')).body.tickets).toEqual([]);
    expect((await desk.call('GET', 'deleted_tickets')).body).toMatchObject({
      deleted_tickets: [{ id: 1, previous_state: 'hold' }],
    });
    await desk.call('PUT', 'deleted_tickets/1/restore');

    expect((await desk.call('GET', 'tickets/1')).body.ticket.status).toBe('hold');
  });

  it('for good leaves nothing', async () => {
    const desk = await withTickets();
    await desk.call('DELETE', 'tickets/1');

    await desk.call('DELETE', 'deleted_tickets/1');

    expect((await desk.world()).tickets).toEqual([]);
  });

  it.each([
    ['delete', 'restore', 200],
    ['spam', 'restore', 200],
  ])('the agent can %s and %s', async (first, second, status) => {
    const desk = await withTickets();

    await desk.control('agent', { ticket: 1, move: first });
    const { status: answered } = await desk.control('agent', { ticket: 1, move: second });

    expect(answered).toBe(status);
    expect((await desk.call('GET', 'tickets/1')).status).toBe(200);
  });
});

describe('taking words away', () => {
  it('covers them in the comment and in the description', async () => {
    const desk = await withTickets();
    const [comment] = (await desk.call('GET', 'tickets/1/comments')).body.comments;

    await desk.call('PUT', `tickets/1/comments/${comment?.id}/redact`, { text: 'sign in' });

    expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({
      description: 'Nobody can ▇▇▇▇▇▇▇.\nSince 08:00.',
    });
  });

  it('works on a closed ticket by the newer call', async () => {
    const desk = await withTickets();
    const [comment] = (await desk.call('GET', 'tickets/1/comments')).body.comments;
    await desk.control('agent', { ticket: 1, move: 'status', status: 'closed' });

    const older = await desk.call('PUT', `tickets/1/comments/${comment?.id}/redact`, { text: 'sign' });
    const newer = { ticket_id: 1, html_body: '<p>Nobody can <redact>sign</redact> in.</p>' };
    await desk.call('PUT', `comment_redactions/${comment?.id}`, newer);

    expect(older.status).toBe(422);
    expect((await desk.call('GET', 'tickets/1/comments')).body.comments[0]?.body).toContain('▇▇▇▇ in');
  });

  it('refuses words that do not stand there', async () => {
    const desk = await withTickets();
    const [comment] = (await desk.call('GET', 'tickets/1/comments')).body.comments;

    const answer = await desk.call('PUT', `tickets/1/comments/${comment?.id}/redact`, { text: 'nonsense' });

    expect(answer.status).toBe(422);
    expect((await desk.control('agent', { ticket: 1, move: 'redact', text: 'nonsense' })).status).toBe(400);
  });

  it('a comment can become a private note', async () => {
    const desk = await withTickets();
    await desk.control('agent', { ticket: 1, move: 'comment', text: 'said too much' });
    const comment = (await desk.call('GET', 'tickets/1/comments')).body.comments[1];

    await desk.call('PUT', `tickets/1/comments/${comment?.id}/make_private`);

    expect((await desk.call('GET', 'tickets/1/comments')).body.comments).toMatchObject([
      { public: true },
      { public: false },
    ]);
  });
});

describe('merging', () => {
  it('is a job that closes the source, tags it and says so in both', async () => {
    const desk = await withTickets(2);
    const merge = { ids: [1], target_comment: 'The same outage.', target_comment_is_public: true };

    const { body } = await desk.call('POST', 'tickets/2/merge', merge);

    expect(body.job_status).toMatchObject({ status: 'queued', total: 1 });
    expect((await desk.call('GET', `job_statuses/${body.job_status.id}`)).body.job_status).toMatchObject({
      status: 'completed',
    });
    expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({
      status: 'closed',
      tags: ['causeway', 'closed_by_merge'],
    });
    expect((await desk.call('GET', 'tickets/1/comments')).body.comments[1]).toMatchObject({
      public: false,
      via: { source: { rel: 'merge', to: { ticket_id: 2 } } },
    });
    expect((await desk.call('GET', 'tickets/2/comments')).body.comments[1]).toMatchObject({
      body: 'The same outage.',
      public: true,
    });
  });

  it.each([
    ['into itself', 'tickets/1/merge', { ids: [1] }, 422],
    ['into one that does not exist', 'tickets/9/merge', { ids: [1] }, 404],
    ['without sources', 'tickets/2/merge', {}, 400],
  ])('%s is refused', async (_what, path, body, status) => {
    const desk = await withTickets(2);

    expect((await desk.call('POST', path, body)).status).toBe(status);
  });

  it('of a closed ticket is refused', async () => {
    const desk = await withTickets(2);
    await desk.control('agent', { ticket: 1, move: 'status', status: 'closed' });

    expect((await desk.call('POST', 'tickets/2/merge', { ids: [1] })).status).toBe(422);
  });
});

it('follows up a closed ticket, and only a closed one', async () => {
  const desk = await withTickets(2);
  await desk.control('agent', { ticket: 1, move: 'status', status: 'closed' });

  const next = await desk.call('POST', 'tickets', { ticket: { ...printerOnFire.ticket, via_followup_source_id: 1 } });
  const other = await desk.call('POST', 'tickets', { ticket: { ...printerOnFire.ticket, via_followup_source_id: 2 } });

  expect(next.body.ticket).toMatchObject({ followup_source_id: 1, via: { source: { rel: 'follow_up' } } });
  expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({ followup_ids: [3] });
  expect(Object.keys(other.body.ticket)).not.toContain('followup_source_id');
});
