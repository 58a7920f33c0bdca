import { describe, expect, it } from 'vitest';
import { changeTicket, openTicket, readTicket, sendComment } from '../../src/tickets/work.ts';
import { change, comment, durableOn, type Office, openOffice, opening, reading } from './working-desk.ts';

async function withTicket(world?: object): Promise<Office> {
  const office = await openOffice('agent', world);
  await openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));
  return office;
}

function work(office: Office) {
  return durableOn({ steps: new Map() }, office.clock);
}

async function agent(office: Office, move: object): Promise<void> {
  await office.simulated.control('agent', { ticket: 1, ...move });
}

describe('with the rights of an agent', () => {
  it('a ticket carries our id, its key and everything that was asked for', async () => {
    const office = await openOffice('agent');

    const event = await openTicket(office.connect(), opening(), work(office));

    expect(event).toMatchObject({
      type: 'ticket-opened',
      ticket: { id: 1, status: 'new', priority: 'urgent', url: `${office.simulated.origin}/agent/tickets/1` },
    });
    const made = (await office.simulated.requests()).find(({ method }) => method === 'POST');
    expect(made).toMatchObject({
      path: '/api/v2/tickets',
      headers: { 'idempotency-key': 'case-7/3/0' },
      body: {
        ticket: {
          external_id: 'case-7',
          subject: 'Production cannot be reached',
          comment: { body: 'Nobody can sign in.' },
          priority: 'urgent',
          tags: ['causeway'],
        },
      },
    });
  });

  it('a ticket fills the fields of the desk for which there is something to say', async () => {
    const office = await openOffice('agent');
    const asked = opening();
    const request = { ...asked.effect.request, facts: { environment: 'mendix-prod', symptom: '' } };
    const desk = office.connect({ fields: { case: 11, environment: 12, symptom: 13, severity: 14, toString: 15 } });

    await openTicket(desk, { ...asked, effect: { ...asked.effect, request } }, work(office));

    expect((await office.simulated.world()).tickets).toMatchObject([
      {
        custom_fields: [
          { id: 11, value: 'case-7' },
          { id: 12, value: 'mendix-prod' },
        ],
      },
    ]);
  });

  it.each([
    ['pending', 'open'],
    ['solved', 'open'],
    ['hold', 'hold'],
  ])('a comment on a %s ticket leaves it %s, with one update', async (status, after) => {
    const office = await withTicket();
    await agent(office, { move: 'status', status });

    const event = await sendComment(office.connect(), comment(), work(office));

    expect(event).toMatchObject({ type: 'comment-sent', ticket: { status: after } });
    const updates = (await office.simulated.requests()).filter(({ method }) => method === 'PUT');
    expect(updates).toMatchObject([{ body: { ticket: { safe_update: true } } }]);
  });

  it('somebody without an address is named in the text', async () => {
    const office = await withTicket();

    await sendComment(office.connect(), comment('Still down.', { name: 'Nina', email: '' }), work(office));

    expect((await office.simulated.world()).tickets[0]?.comments[1]).toMatchObject({
      body: 'Nina writes:\n\nStill down.',
    });
  });

  it('a ticket for somebody without an address is the bot’s own', async () => {
    const office = await openOffice('agent');

    await openTicket(office.connect(), opening({ requester: { name: 'Nina', email: '' } }), work(office));

    expect((await office.simulated.world()).tickets).toMatchObject([{ requester_id: 90_001 }]);
  });

  it('status and severity can be changed', async () => {
    const office = await withTicket();

    expect(await changeTicket(office.connect(), change('solved'), work(office))).toMatchObject({
      ticket: { status: 'solved' },
    });
    expect(await office.connect().change(1, { priority: 'low' })).toMatchObject({
      ok: true,
      value: { priority: 'low' },
    });
  });

  it.each([
    ['closed', { move: 'status', status: 'closed' }, 'Open a follow-up ticket'],
    ['deleted', { move: 'delete' }, 'Open a new ticket'],
  ])('a %s ticket takes no words, and says what to do', async (_what, move, because) => {
    const office = await withTicket();
    await agent(office, move);

    const expected = { type: 'ticket-refused', of: expect.any(String), because: expect.stringContaining(because) };
    expect(await sendComment(office.connect(), comment(), work(office))).toMatchObject(expected);
    expect(await changeTicket(office.connect(), change('open'), work(office))).toMatchObject(expected);
  });

  it('a closed ticket is followed up by another one', async () => {
    const office = await withTicket();
    await agent(office, { move: 'status', status: 'closed' });

    const next = await office.connect().open({
      externalId: 'case-7/after-1',
      key: 'case-7/9/0',
      askedAt: '2026-03-02T10:00:00Z',
      request: opening().effect.request,
      customFields: [{ id: 5, value: 'mendix-prod' }],
      uploads: [],
      followUpOf: 1,
    });

    expect(next).toMatchObject({ ok: true, value: { id: 2 } });
    expect(await office.connect().read(1)).toMatchObject({
      ticket: { status: 'closed', followUps: [2], mergedInto: null },
    });
  });
});

describe('reading', () => {
  it('tells the words of the desk with author and files, never a note, never our own', async () => {
    const office = await withTicket();
    await sendComment(office.connect(), comment(), work(office));
    await agent(office, { move: 'comment', public: false, text: 'PRIVATE', files: [{ name: 'private.log' }] });
    await agent(office, { move: 'comment', text: 'See there', files: [{ name: 'steps.txt', content: 'one two' }] });
    await agent(office, { move: 'comment', text: 'I mailed you', as: 'requester@example.com' });

    const event = await readTicket(office.connect(), reading());

    expect(JSON.stringify(event)).not.toMatch(/private/i);
    expect(event).toMatchObject({
      ticket: { status: 'open', priority: 'urgent', label: null },
      comments: [
        { author: 'Causeway', fromDesk: false },
        { author: 'Rosa Requester', fromDesk: false, body: 'Still down.' },
        {
          author: 'Robin de Vries',
          fromDesk: true,
          body: 'See there',
          attachments: [{ name: 'steps.txt', size: 7, link: expect.stringContaining('steps.txt'), malware: false }],
        },
        { fromDesk: false, body: 'I mailed you' },
      ],
    });
  });

  it('follows what is taken away: words, a file, a whole comment, the ticket', async () => {
    const office = await withTicket();
    await agent(office, { move: 'comment', text: 'The password is hunter2', files: [{ name: 'a.log' }] });
    await agent(office, { move: 'redact', text: 'hunter2' });
    const [, said] = (await office.connect().read(1))?.comments ?? [];
    await agent(office, { move: 'make-private' });
    const hidden = await office.connect().read(1);
    await agent(office, { move: 'delete' });

    expect(said).toMatchObject({ body: 'The password is ▇▇▇▇▇▇▇' });
    expect(hidden?.comments).toHaveLength(1);
    expect(await office.connect().read(1)).toBeNull();
    expect(await readTicket(office.connect(), reading())).toMatchObject({ ticket: { id: 1, status: 'deleted' } });
  });

  it('gives no link to a file in which the desk found malware', async () => {
    const office = await withTicket();
    await agent(office, { move: 'comment', text: 'here', files: [{ name: 'run.exe', malware: true }] });

    const read = await office.connect().read(1);

    expect(read?.comments[1]?.attachments).toMatchObject([{ name: 'run.exe', link: null, malware: true }]);
  });

  it('says into which ticket another one was merged, although the note about it is private', async () => {
    const office = await withTicket();
    await office.simulated.call('POST', 'tickets', { ticket: { comment: { body: 'the same' } } });
    await agent(office, { move: 'merge', into: 2 });

    const read = await office.connect().read(1);

    expect(read).toMatchObject({ ticket: { status: 'closed', mergedInto: 2 } });
    expect(read?.comments).toHaveLength(1);
  });

  it('reads five hundred tickets with five requests, and passes over what is gone', async () => {
    const tickets = Array.from({ length: 500 }, (_none, index) => ({ id: index + 1, requester_id: 90_003 }));
    const office = await openOffice('agent', { tickets });
    await agent(office, { move: 'delete' });

    const read = await office.connect().readMany(tickets.map(({ id }) => id));

    expect(read).toHaveLength(499);
    expect(await office.simulated.requests()).toHaveLength(5);
  });

  it('says what the desk calls the status of each, and does without where the desk does not tell', async () => {
    const customStatuses = [{ id: 12, status_category: 'open', agent_label: 'With engineering' }];
    const tickets = [1, 2, 3].map((id) => ({ id, requester_id: 90_003, custom_status_id: 12 }));
    const office = await openOffice('agent', { customStatuses, tickets });

    const read = await office.connect().readMany([1, 2, 3]);
    await office.simulated.control('faults', [{ match: { path: '/custom_statuses' }, fault: 'forbid', times: 1 }]);
    const without = await office.connect().readMany([1, 2]);

    expect(read.map(({ label }) => label)).toEqual(['With engineering', 'With engineering', 'With engineering']);
    expect(without.map(({ label }) => label)).toEqual([null, null]);
  });

  it('reads the export as an admin, and not as anybody else', async () => {
    const office = await withTicket();
    office.clock.pass({ minutes: 2 });
    const since = office.clock.now().subtract({ minutes: 5 });

    const changes = await office.connect().readChanges({ since });
    const next = await office.connect().readChanges({ cursor: changes?.cursor ?? '' });
    const credential = { kind: 'api-token', email: 'robin.devries@desk.example.com', token: 'abc' } as const;
    const asAgent = await office.connect({ credential }).readChanges({ since });

    expect(changes).toMatchObject({ tickets: [{ id: 1, status: 'new' }], endOfStream: true });
    expect(next?.tickets).toEqual([]);
    expect(asAgent).toBeNull();
  });

  it('tells a ticket that was deleted from the export', async () => {
    const office = await withTicket();
    await agent(office, { move: 'delete' });
    office.clock.pass({ minutes: 2 });

    const changes = await office.connect().readChanges({ since: office.clock.now().subtract({ minutes: 5 }) });

    expect(changes?.tickets).toMatchObject([{ id: 1, status: 'deleted' }]);
  });
});

describe('files', () => {
  const bytes = new TextEncoder().encode('a line of a log');

  it('are uploaded by our own call and stand in the comment', async () => {
    const office = await withTicket();
    const desk = office.connect();

    const token = await desk.uploadFile({ name: 'größe & co.log', type: 'text/plain', bytes });
    const uploads = token.ok ? [token.value] : [];
    await desk.reply({ ticketId: 1, key: 'k', body: 'see there', author: { name: 'Rosa', email: '' }, uploads });

    const read = await desk.read(1);
    expect(read?.comments[1]?.attachments).toMatchObject([{ name: 'größe & co.log', size: 15 }]);
    const sent = (await office.simulated.requests()).find(({ path }) => path.startsWith('/api/v2/uploads'));
    expect(sent).toMatchObject({ body: 'a line of a log', headers: { 'content-type': 'text/plain' } });
  });

  it('go again after trouble', async () => {
    const office = await withTicket();
    await office.simulated.control('faults', [{ match: { path: '/uploads' }, fault: '502', times: 2 }]);

    expect(await office.connect().uploadFile({ name: 'a.log', type: 'text/plain', bytes })).toMatchObject({ ok: true });
  });

  it('that are larger than the desk takes are refused before they are sent', async () => {
    const office = await withTicket();
    const before = (await office.simulated.requests()).length;

    const outcome = await office.connect().uploadFile({
      name: 'dump.bin',
      type: 'application/octet-stream',
      bytes: new Uint8Array(50 * 1024 * 1024 + 1),
    });

    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'too-large', because: expect.stringContaining('50 MB') },
    });
    expect(await office.simulated.requests()).toHaveLength(before);
  });
});
