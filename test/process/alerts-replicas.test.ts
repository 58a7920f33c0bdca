/** Two replicas on one database get the same storm at the same moment: still one thread with one card. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertBody, alertId } from '../support/alerts.ts';
import { audience, type Entra, startEntra, tenant } from '../support/entra.ts';
import { startPostgres } from '../support/postgres.ts';
import { type House, openHouse } from './house.ts';

const postgres = await startPostgres();

describe.skipIf(postgres === null)('on PostgreSQL', () => {
  let entra: Entra;
  let houses: House[] = [];

  beforeAll(async () => {
    entra = await startEntra();
    const settings = {
      AZURE_ALERTS_TENANT_ID: tenant,
      AZURE_ALERTS_AUDIENCE: audience,
      AZURE_ALERTS_LOGIN_URL: entra.origin,
      DATABASE_URL: (await postgres?.url('alerts')) ?? '',
    };
    houses = [await openHouse(settings), await openHouse(settings)];
  });
  afterAll(async () => {
    await Promise.all(houses.map((house) => house.close()));
    await entra.close();
    await postgres?.stop();
  });

  async function send(house: House | undefined, number: number, condition = 'Fired'): Promise<number> {
    const response = await fetch(`${house?.origin}/azure/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await entra.token()}` },
      body: JSON.stringify(alertBody({ rule: 'Storm', id: alertId(number), condition })),
    });
    return response.status;
  }

  async function cards(house: House | undefined): Promise<{ text: string }[]> {
    const response = await fetch(`${house?.origin}/chat/conversations/support/messages?as=agent&after=0`);
    return ((await response.json()) as { messages: { text: string }[] }).messages;
  }

  it('has one card, whichever replica took what, also where both took the same', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);

    const fired = await Promise.all(numbers.flatMap((number) => houses.map((house) => send(house, number))));
    const resolved = await Promise.all(numbers.map((number) => send(houses[number % 2], number, 'Resolved')));

    expect(new Set([...fired, ...resolved])).toEqual(new Set([200]));
    const last = expect.poll(async () => (await cards(houses[1])).map(({ text }) => text));
    await last.toEqual(['Resolved: Storm, mendix-prod. It fired 40 times; everything is resolved.']);
  }, 60_000);
});
