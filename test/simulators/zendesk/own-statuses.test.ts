import { describe, expect, it } from 'vitest';
import { asRequester, openDesk, printerOnFire } from './desk.ts';

const customStatuses = [
  { id: 11, status_category: 'open', agent_label: 'Open', default: true },
  { id: 12, status_category: 'open', agent_label: 'With engineering', end_user_label: 'Being worked on' },
  { id: 13, status_category: 'solved', agent_label: 'Done', default: true },
  { id: 14, status_category: 'hold', agent_label: 'Parked', active: false },
];

describe('statuses of the account’s own', () => {
  it('bring a ticket into their category', async () => {
    const desk = await openDesk({ world: { zendesk: { customStatuses } } });
    await desk.call('POST', 'tickets', printerOnFire);

    const { body } = await desk.call('PUT', 'tickets/1', { ticket: { custom_status_id: 12 } });
    const solved = await desk.call('PUT', 'tickets/1', { ticket: { status: 'solved' } });

    expect(body.ticket).toMatchObject({ status: 'open', custom_status_id: 12 });
    expect(solved.body.ticket).toMatchObject({ status: 'solved', custom_status_id: 13 });
  });

  it('are listed for end users too, by category and by whether they are in use', async () => {
    const desk = await openDesk({ world: { zendesk: { customStatuses } } });

    const path = 'custom_statuses?status_categories=open,hold&active=true';
    const { body } = await desk.call('GET', path, undefined, asRequester);

    expect(body).toMatchObject({ custom_statuses: [{ id: 11 }, { id: 12, end_user_label: 'Being worked on' }] });
  });

  it.each([14, 99])('that are not in use are refused: %i', async (custom_status_id) => {
    const desk = await openDesk({ world: { zendesk: { customStatuses } } });
    await desk.call('POST', 'tickets', printerOnFire);

    expect((await desk.call('PUT', 'tickets/1', { ticket: { custom_status_id } })).status).toBe(422);
  });

  it('can be set by the agent', async () => {
    const desk = await openDesk({ world: { zendesk: { customStatuses } } });
    await desk.call('POST', 'tickets', printerOnFire);

    await desk.control('agent', { ticket: 1, move: 'status', customStatus: 12 });

    expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({ status: 'open', custom_status_id: 12 });
  });
});

it('knows no on-hold where that is switched off', async () => {
  const desk = await openDesk();
  await desk.control('settings', { onHold: false });
  await desk.call('POST', 'tickets', printerOnFire);

  expect((await desk.call('PUT', 'tickets/1', { ticket: { status: 'hold' } })).status).toBe(422);
});

it('opens a new ticket when somebody of the desk takes it, and keeps the name of who took it', async () => {
  const desk = await openDesk();
  await desk.call('POST', 'tickets', printerOnFire);

  await desk.control('agent', { ticket: 1, move: 'comment', public: false, text: 'a note' });
  expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({ status: 'new', assignee_id: null });
  await desk.control('agent', { ticket: 1, move: 'comment', text: 'Looking at it' });

  expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({ status: 'open', assignee_id: 90_002 });
});

it('keeps the custom fields that an update does not name', async () => {
  const desk = await openDesk();
  const custom_fields = [
    { id: 1, value: 'a' },
    { id: 2, value: 'b' },
  ];
  await desk.call('POST', 'tickets', { ticket: { ...printerOnFire.ticket, custom_fields } });

  await desk.call('PUT', 'tickets/1', { ticket: { custom_fields: [{ id: 2, value: 'c' }] } });

  expect((await desk.call('GET', 'tickets/1')).body.ticket).toMatchObject({
    custom_fields: [
      { id: 1, value: 'a' },
      { id: 2, value: 'c' },
    ],
  });
});

it('adds tags by PUT and replaces them by POST', async () => {
  const desk = await openDesk();
  await desk.call('POST', 'tickets', printerOnFire);

  await desk.call('PUT', 'tickets/1/tags', { tags: ['VIP'] });
  expect((await desk.call('GET', 'tickets/1/tags')).body).toEqual({ tags: ['causeway', 'vip'] });
  await desk.call('POST', 'tickets/1/tags', { tags: ['one'] });

  expect((await desk.call('GET', 'tickets/1/tags')).body).toEqual({ tags: ['one'] });
});

it('expands placeholders in what staff writes, as Zendesk does', async () => {
  const desk = await openDesk();
  await desk.call('POST', 'tickets', printerOnFire);
  await desk.control('agent', { ticket: 1, move: 'comment', public: false, text: 'PRIVATE' });

  await desk.call('PUT', 'tickets/1', { ticket: { comment: { body: 'So far: {{ticket.comments_formatted}}' } } });
  await desk.call('PUT', 'requests/1', { request: { comment: { body: 'Mine: {{ticket.id}}' } } }, asRequester);

  const { comments } = (await desk.call('GET', 'tickets/1/comments')).body;
  expect(comments[2]?.body).toContain('PRIVATE');
  expect(comments[3]?.body).toBe('Mine: {{ticket.id}}');
});

it('refuses a comment that is longer than Zendesk takes', async () => {
  const desk = await openDesk();

  const answer = await desk.call('POST', 'tickets', { ticket: { comment: { body: 'x'.repeat(65_536) } } });

  expect(answer.status).toBe(422);
});
