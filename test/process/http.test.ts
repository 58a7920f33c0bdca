import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasButton } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { type House, openHouse, webhookSecret } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('the state of the bot', () => {
  it('is told to whoever asks whether it lives', async () => {
    const response = await fetch(`${house.origin}/healthz`);

    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });

  it('is told part by part to whoever asks whether it is ready', async () => {
    await expect.poll(async () => (await fetch(`${house.origin}/readyz`)).status).toBe(200);

    const response = await fetch(`${house.origin}/readyz`);

    expect(await response.json()).toMatchObject({ ok: true, parts: { database: true, engine: true } });
  });
});

it('has no way in for Teams while nothing of Teams is configured', async () => {
  const response = await post('/api/messages', '{"type":"message"}');

  expect(response.status).toBe(404);
});

function nested(levels: number): string {
  return `{"as":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
}

describe('a body that cannot be taken', () => {
  const routes = ['/chat/messages', '/chat/actions', '/zendesk/webhook'];

  it.each(routes)('at %s, because it is too large, is refused', async (route) => {
    const response = await post(route, JSON.stringify({ text: 'x'.repeat(256 * 1024) }));

    expect(response.status).toBe(413);
    expect(await response.text()).toContain('256 KB');
  });

  it.each(routes)('at %s, because it is nested too deep, is refused', async (route) => {
    const response = await post(route, nested(33));

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('32 levels');
  });

  it.each(['/chat/messages', '/chat/actions'])('at %s, because it is no JSON, is refused', async (route) => {
    const response = await post(route, '{"as":');

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('not valid JSON');
  });
});

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${house.origin}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('a webhook of the desk', () => {
  let ticket: number;

  beforeAll(async () => {
    ticket = await openTicket();
  });

  it('that is signed and fresh makes the bot read the ticket', async () => {
    const before = await reads(ticket);

    const response = await webhook({ event: 'genuine' });

    expect([response.status, await response.json()]).toEqual([200, { because: 'Taken.' }]);
    await expect.poll(() => reads(ticket)).toBe(before + 1);
  });

  it('that comes once more, in the same or in a new envelope, changes nothing', async () => {
    await webhook({ event: 'twice' });
    const settled = await stable(() => reads(ticket));

    const again = [await webhook({ event: 'twice' }), await webhook({ event: 'twice', secondsAgo: 10 })];

    expect(again.map((response) => response.status)).toEqual([200, 200]);
    expect(await stable(() => reads(ticket))).toBe(settled);
  });

  it.each([
    ['signed with another secret', { secret: 'guessed' }],
    ['signed too long ago', { secondsAgo: 301 }],
    ['signed for a time to come', { secondsAgo: -301 }],
    ['changed after it was signed', { change: (body: string) => body.replace('forged', 'f0rged') }],
    ['not signed at all', { unsigned: true }],
  ])('that is %s is refused, and nothing is read', async (_what, how) => {
    const before = await stable(() => reads(ticket));

    const response = await webhook({ event: 'forged', ...how });

    expect(response.status).toBe(401);
    expect(await stable(() => reads(ticket))).toBe(before);
  });

  it('about a ticket that is not of this bot is taken and changes nothing', async () => {
    const response = await webhook({ event: 'foreign', of: 987_654 });

    expect([response.status, await response.json()]).toEqual([200, { because: 'Not a ticket of this bot.' }]);
  });

  interface Sent {
    event: string;
    of?: number;
    secret?: string;
    secondsAgo?: number;
    unsigned?: boolean;
    change?: (body: string) => string;
  }

  function webhook({ event, of = ticket, secret = webhookSecret, secondsAgo = 0, ...how }: Sent): Promise<Response> {
    const body = JSON.stringify({
      id: event,
      type: 'zen:event-type:ticket.status_changed',
      detail: { id: String(of) },
    });
    const timestamp = Temporal.Now.instant().subtract({ seconds: secondsAgo }).toString({ smallestUnit: 'second' });
    const signature = createHmac('sha256', secret).update(`${timestamp}${body}`).digest('base64');
    const headers = {
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': timestamp,
    };
    return post('/zendesk/webhook', how.change?.(body) ?? body, how.unsigned === true ? {} : headers);
  }

  async function reads(id: number): Promise<number> {
    const asked = await house.deskRequests();
    return asked.filter((request) => new RegExp(`^GET /api/v2/tickets/${id}(\\.json)?(\\?|$)`).test(request)).length;
  }
});

/** The value once it does not change any more: for what must not happen, there is nothing to wait for. */
async function stable(read: () => Promise<number>): Promise<number> {
  let last = await read();
  for (let same = 0; same < 5; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    const next = await read();
    same = next === last ? same + 1 : 0;
    last = next;
  }
  return last;
}

/** From the cry to the open ticket, as a person does it. */
async function openTicket(): Promise<number> {
  const { chat, world } = house;
  await chat.say('requester', 'team', 'prod is down since 8, recovery button did nothing, pls help');
  await press(await cardWith('triage-continue'), 'triage-continue', { faultLocation: 'unknown' });
  await press(await cardWith('preview-ticket'), 'preview-ticket');
  await press(await cardWith('open-ticket'), 'open-ticket');
  await cardWith('send-reply');
  const opened = (await world.tickets()).find((known) => known.external_id !== null);
  return opened?.id ?? 0;
}

function cardWith(verb: string): Promise<ChatMessage> {
  return house.chat.waitFor('requester', 'team', verb, (message) => hasButton(message.card, verb), 10);
}

async function press(message: ChatMessage, verb: string, inputs: Record<string, string> = {}): Promise<void> {
  expect(await house.chat.press('requester', 'team', message, verb, inputs)).toMatchObject({ outcome: 'done' });
}
