/** The bot's token is revoked at the desk right before one request, at each request of everything that it does there. */
import { describe, expect, it } from 'vitest';
import type { Desk, Rights } from '../../src/tickets/desk.ts';
import { changeTicket, openTicket, readTicket, sendComment } from '../../src/tickets/work.ts';
import { change, comment, durableOn, type Office, openOffice, opening, reading } from './working-desk.ts';

const oauth = { kind: 'oauth', clientId: 'causeway', clientSecret: 's3cret' } as const;
const oauthClients = [{ identifier: 'causeway', secret: 's3cret', user_id: 90_003 }];
const file = { name: 'error.log', bytes: new TextEncoder().encode('upstream timed out') };

function openDesk(rights: Rights): Promise<Office> {
  return openOffice(rights, rights === 'agent' ? {} : { oauthClients });
}

/** Before the request of this number, those for a token left out. */
function revokingFetch({ simulated }: Office, at: number): { fetch: typeof fetch; isOver: () => boolean } {
  let count = 0;
  return {
    isOver: () => count < at,
    async fetch(input, init) {
      if (JSON.stringify(input).includes('/oauth/tokens')) {
        return fetch(input, init);
      }
      count += 1;
      if (count === at) {
        await simulated.control('faults', [{ match: {}, fault: 'revoke-token', times: 1 }]);
      }
      return fetch(input, init);
    },
  };
}

/** Everything, one after the other: what is asked for, and what is looked for. */
async function wholeLife(desk: Desk, office: Office): Promise<void> {
  function work() {
    return durableOn({ steps: new Map() }, office.clock);
  }
  expect((await openTicket(desk, opening({ files: ['log'] }), work())).type).toBe('ticket-opened');
  await office.simulated.control('agent', { ticket: 1, move: 'comment', text: 'We look.', status: 'pending' });
  office.clock.pass({ minutes: 1 });
  const reply = comment();
  const withFile = { ...reply, effect: { ...reply.effect, files: ['log'] } };
  expect((await sendComment(desk, withFile, work())).type).toBe('comment-sent');
  expect((await changeTicket(desk, change('solved'), work())).type).toBe('ticket-read');
  expect(await readTicket(desk, reading())).toMatchObject({ type: 'ticket-read', ticket: { status: 'solved' } });
  expect(await desk.readMany([1])).toMatchObject([{ id: 1 }]);
}

describe.each(['agent', 'end-user'] as const)('a token that ends, with the rights of an %s', (rights) => {
  it('at any request costs one more token, and leaves no trace', async () => {
    let at = 1;
    for (let isOver = false; !isOver; at += 1) {
      const office = await openDesk(rights);
      const life = revokingFetch(office, at);
      const desk = office.connect({
        credential: oauth,
        fetch: life.fetch,
        ownFile: () => Promise.resolve(file),
      });

      await wholeLife(desk, office);

      isOver = life.isOver();
      const { tickets } = await office.simulated.world();
      expect(tickets).toHaveLength(1);
      const comments = tickets[0]?.comments as { attachments: unknown[] }[];
      expect(comments.map(({ attachments }) => attachments.length)).toEqual([1, 0, 1]);
      const tokens = (await office.simulated.requests()).filter(({ path }) => path === '/oauth/tokens');
      expect(tokens).toHaveLength(isOver ? 1 : 2);
    }
    // Nobody takes away what this is about.
    expect(at).toBeGreaterThan(9);
  }, 60_000);
});
