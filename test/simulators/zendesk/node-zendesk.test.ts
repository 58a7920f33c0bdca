/** The published client, with its own transport: what it can do with the simulator, any other client can. */
import nodeZendesk from 'node-zendesk';
import { expect, it } from 'vitest';
import { openDesk, printerOnFire } from './desk.ts';

async function connect() {
  const desk = await openDesk();
  const client = nodeZendesk.createClient({
    endpointUri: `${desk.origin}/api/v2`,
    username: 'robin.devries@desk.example.com',
    token: 'abc',
    throwOriginalException: true,
  });
  return { desk, client };
}

it('creates, updates and reads a ticket', async () => {
  const { client } = await connect();

  const created = await client.tickets.create({ ticket: { subject: 'x', comment: { body: 'y' } } });
  const updated = await client.tickets.update(1, { ticket: { status: 'pending', comment: { body: 'z' } } });
  const shown = await client.tickets.show(1);

  expect(created.result).toMatchObject({ id: 1, subject: 'x', status: 'new' });
  expect(updated.result).toMatchObject({ status: 'pending' });
  expect(shown.result).toMatchObject({ id: 1 });
  expect(await client.tickets.getComments(1)).toMatchObject([{ body: 'y' }, { body: 'z' }]);
  expect(await client.ticketaudits.list(1)).toHaveLength(2);
});

it('follows the links from page to page', async () => {
  const { client, desk } = await connect();
  const tickets = Array.from({ length: 205 }, (_none, index) => ({ id: index + 1, requester_id: 90_003 }));
  await desk.control('world', { zendesk: { tickets } });

  expect(await client.tickets.list()).toHaveLength(205);
});

it('finds people and upserts them', async () => {
  const { client } = await connect();

  const made = await client.users.createOrUpdate({ user: { name: 'Nina', email: 'nina@example.com' } });

  expect(made.result).toMatchObject({ name: 'Nina' });
  expect(await client.users.search({ query: 'nina@example.com' })).toMatchObject([{ email: 'nina@example.com' }]);
  expect((await client.users.me()).result).toMatchObject({ name: 'Robin de Vries' });
});

it('sees refusals as errors with their status', async () => {
  const { client, desk } = await connect();
  await desk.call('POST', 'tickets', printerOnFire);

  await expect(client.tickets.show(9)).rejects.toMatchObject({ statusCode: 404 });
  await expect(client.tickets.create({ ticket: { subject: 'x' } })).rejects.toMatchObject({
    statusCode: 422,
    result: { error: 'RecordInvalid' },
  });
});
