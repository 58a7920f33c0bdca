import { describe, expect, it } from 'vitest';
import { openTicket, sendComment } from '../../src/tickets/work.ts';
import { type Books, comment, durableOn, type Office, openOffice, opening } from './working-desk.ts';

/** Nothing gets through until the clock says so, whatever the way in which it fails. */
function downUntil(office: Office, end: Temporal.Instant, how: () => Promise<Response>): typeof fetch {
  return (input, init) => (Temporal.Instant.compare(office.clock.now(), end) < 0 ? how() : fetch(input, init));
}

const ways: [string, () => Promise<Response>][] = [
  [
    'no connection',
    () =>
      Promise.reject(Object.assign(new Error('x'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })),
  ],
  ['silence', () => Promise.reject(new DOMException('x', 'TimeoutError'))],
  ['a page of maintenance', () => Promise.resolve(new Response('<html>Maintenance</html>'))],
  ['503 with a time', () => Promise.resolve(new Response('{}', { status: 503, headers: { 'Retry-After': '600' } }))],
  ['too many requests', () => Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '60' } }))],
];

describe.each(['agent', 'end-user'] as const)('a desk that is down for an hour, with the rights of an %s', (rights) => {
  it.each(ways)('gets its ticket and its comment afterwards: %s', async (_how, how) => {
    const office = await openOffice(rights);
    const start = office.clock.now();
    const told: string[] = [];
    function waiting(because: string): Promise<void> {
      told.push(because);
      return Promise.resolve();
    }
    const life = { fetch: downUntil(office, start.add({ hours: 1 }), how) };

    const opened = await openTicket(
      office.connect(life),
      opening(),
      durableOn({ steps: new Map() }, office.clock),
      waiting,
    );
    const back = office.clock.now();
    const again = { fetch: downUntil(office, back.add({ hours: 1 }), how) };
    const sent = await sendComment(office.connect(again), comment(), durableOn({ steps: new Map() }, office.clock));

    expect([opened.type, sent.type]).toEqual(['ticket-opened', 'comment-sent']);
    const { tickets } = await office.simulated.world();
    expect(tickets).toHaveLength(1);
    expect(tickets[0]?.comments).toHaveLength(2);
    expect(back.since(start).total('minutes')).toBeLessThan(60 + 11);
    expect(told[0]).toMatch(/^looking for .+ try again\.$/);
  });

  it('is not asked more often than every five minutes in the long run', async () => {
    const office = await openOffice(rights);
    let asked = 0;
    const [, silence] = ways[1] ?? ways[0]!;
    const end = office.clock.now().add({ hours: 1 });
    const life = {
      fetch: downUntil(office, end, () => {
        asked += 1;
        return silence();
      }),
    };

    await openTicket(office.connect(life), opening(), durableOn({ steps: new Map() }, office.clock));

    // A handful of rounds of three tries each at first, then one round every five minutes.
    expect(asked).toBeLessThan(60);
  });
});

it('a process that dies in the middle of the outage goes on waiting, and does not begin anew', async () => {
  const office = await openOffice('agent');
  const books: Books = { steps: new Map() };
  const end = office.clock.now().add({ hours: 1 });
  const down = downUntil(office, end, () => Promise.reject(new DOMException('x', 'TimeoutError')));
  const durable = durableOn(books, office.clock);
  await expect(
    openTicket(office.connect({ fetch: down }), opening(), {
      ...durable,
      sleep: (name, seconds) =>
        name.endsWith('/4') ? Promise.reject(new Error('killed')) : durable.sleep(name, seconds),
    }),
  ).rejects.toThrow('killed');
  const tries = books.steps.size;

  await openTicket(office.connect({ fetch: down }), opening(), durable);

  expect((await office.simulated.world()).tickets).toHaveLength(1);
  expect([...books.steps.keys()].slice(0, tries)).toEqual([
    'create',
    'create/pause/1',
    'create/2',
    'create/pause/2',
    'create/3',
    'create/pause/3',
    'create/4',
  ]);
});

it('a desk that stays away is given up after a day, with the reason', async () => {
  const office = await openOffice('agent');
  const start = office.clock.now();
  const life = { fetch: () => Promise.reject(new DOMException('x', 'TimeoutError')) };

  const ended = openTicket(office.connect(life), opening(), durableOn({ steps: new Map() }, office.clock));

  await expect(ended).rejects.toThrow(/^looking for the ticket for case-7: Timeout/);
  expect(office.clock.now().since(start).total('hours')).toBeCloseTo(24, 0);
});

it('what will not pass is told at once', async () => {
  const office = await openOffice('agent');
  await office.simulated.control('faults', [{ match: { path: '/api/v2/tickets' }, fault: 'forbid', times: 9 }]);

  const ended = openTicket(office.connect(), opening(), durableOn({ steps: new Map() }, office.clock));

  await expect(ended).rejects.toThrow(/403 Forbidden .+ Give the bot's user the role/);
});

describe('a token that ends', () => {
  const oauth = { kind: 'oauth', clientId: 'causeway', clientSecret: 's3cret' } as const;

  it('between two requests of one comment is renewed without a trace', async () => {
    const office = await openOffice('agent');
    await openTicket(office.connect({ credential: oauth }), opening(), durableOn({ steps: new Map() }, office.clock));
    // The desk forgets the token after the look and before the comment.
    await office.simulated.control('faults', [
      { match: { method: 'PUT', path: '/tickets/1' }, fault: 'revoke-token', times: 1 },
    ]);

    const desk = office.connect({ credential: oauth });
    const sent = await sendComment(desk, comment(), durableOn({ steps: new Map() }, office.clock));

    expect(sent.type).toBe('comment-sent');
    expect((await office.simulated.world()).tickets[0]?.comments).toHaveLength(2);
    const tokens = (await office.simulated.requests()).filter(({ path }) => path === '/oauth/tokens');
    expect(tokens).toHaveLength(3);
  });

  it('of an end user works the same', async () => {
    const oauthClients = [{ identifier: 'causeway', secret: 's3cret', user_id: 90_003 }];
    const office = await openOffice('end-user', { oauthClients });
    const desk = office.connect({ credential: oauth });
    await openTicket(desk, opening(), durableOn({ steps: new Map() }, office.clock));

    office.clock.pass({ hours: 2 });
    const sent = await sendComment(desk, comment(), durableOn({ steps: new Map() }, office.clock));

    expect(sent.type).toBe('comment-sent');
    expect((await office.simulated.world()).tickets).toMatchObject([{ requester_id: 90_003 }]);
  });
});
