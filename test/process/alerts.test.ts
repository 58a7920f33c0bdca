/** Alerts through the front door: real HTTP, real tokens, the local page as the place where people see them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertBody, alertId } from '../support/alerts.ts';
import { audience, type Entra, startEntra, tenant, type TokenWishes } from '../support/entra.ts';
import { type House, openHouse } from './house.ts';

let entra: Entra;
let house: House;

beforeAll(async () => {
  entra = await startEntra();
  house = await openHouse(alertSettings(entra));
});
afterAll(async () => {
  await house.close();
  await entra.close();
});

function alertSettings({ origin }: Entra): Record<string, string> {
  return { AZURE_ALERTS_TENANT_ID: tenant, AZURE_ALERTS_AUDIENCE: audience, AZURE_ALERTS_LOGIN_URL: origin };
}

const usual = {};
let usualToken: Promise<string> | null = null;

/** Signing takes longer than checking, so the usual token is made once, as Azure does. */
function tokenFor(wishes: TokenWishes): Promise<string> {
  if (wishes !== usual) {
    return entra.token(wishes);
  }
  usualToken ??= entra.token();
  return usualToken;
}

async function send(alert: unknown, wishes: TokenWishes | null = usual): Promise<Response> {
  const body = JSON.stringify(alert);
  return fetch(`${house.origin}/azure/alerts`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(wishes !== null && { authorization: `Bearer ${await tokenFor(wishes)}` }),
    },
    body,
  });
}

interface Shown {
  id: string;
  revision: number;
  text: string;
  thread: string | null;
  card: unknown;
}

async function messagesIn(conversation: string, as: string): Promise<Shown[]> {
  const response = await fetch(`${house.origin}/chat/conversations/${conversation}/messages?as=${as}&after=0`);
  const { messages } = (await response.json()) as { messages: Shown[] };
  return messages;
}

async function messagesWith(words: string, conversation: string, as: string): Promise<Shown[]> {
  return (await messagesIn(conversation, as)).filter(({ text }) => text.includes(words));
}

function cardsOf(rule: string): Promise<Shown[]> {
  return messagesWith(rule, 'support', 'agent');
}

async function inThread(root: string | undefined): Promise<Shown[]> {
  return (await messagesIn('support', 'agent')).filter(({ thread }) => thread === root);
}

describe('whoever is not the action group', () => {
  it.each<[string, number, TokenWishes | null]>([
    ['without a token', 401, null],
    ['with a forged signature', 401, { forged: true }],
    ['with a key that nobody knows', 401, { keyId: 'key-9' }],
    ['of another directory', 401, { claims: { iss: 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/' } }],
    ['of another directory under our issuer', 401, { claims: { tid: '11111111-1111-1111-1111-111111111111' } }],
    ['for another audience', 401, { claims: { aud: 'api://somebody-else' } }],
    ['expired', 401, { expiresInSeconds: -61 }],
    [
      'that is not valid yet',
      401,
      { claims: { nbf: Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + 600 } },
    ],
    ['without an end', 401, { without: ['exp'] }],
    ['of another application', 403, { claims: { azp: '22222222-2222-2222-2222-222222222222' } }],
    ['of no application', 403, { without: ['azp'] }],
    ['of two applications', 403, { claims: { appid: '22222222-2222-2222-2222-222222222222' } }],
  ])('%s is refused, and nothing is stored', async (_what, status, wishes) => {
    const response = await send(alertBody({ rule: 'Forged', id: alertId(66) }), wishes);

    expect(response.status).toBe(status);
    expect(await cardsOf('Forged')).toEqual([]);
  });

  it('cannot bring a secret in the address instead', async () => {
    const token = await entra.token();
    const response = await fetch(`${house.origin}/azure/alerts?code=secret&access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alertBody()),
    });

    expect(response.status).toBe(401);
  });

  it('meets the limits of every route before anything else', async () => {
    const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await entra.token()}` };
    const large = JSON.stringify({ pad: 'x'.repeat(257 * 1024) });

    const answers = await Promise.all(
      [large, deep].map((body) => fetch(`${house.origin}/azure/alerts`, { method: 'POST', headers, body })),
    );

    expect(answers.map(({ status }) => status)).toEqual([413, 400]);
  });
});

it('takes tokens of version 1 and 2, and a clock that is a little off', async () => {
  const answers = [
    await send(alertBody({ rule: 'Version one', id: alertId(10) }), { version: 1 }),
    await send(alertBody({ rule: 'Version two', id: alertId(11) }), { expiresInSeconds: -20 }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
});

it('asks for its keys at one address only', () => {
  expect(new Set(entra.asked)).toEqual(new Set([`/${tenant}/discovery/v2.0/keys`]));
  expect(entra.asked.length).toBeLessThan(4);
});

it.each<[string, unknown]>([
  ['another schema', { schemaId: 'AzureMonitorMetricAlert', data: {} }],
  ['no rule', { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials: { alertId: 'a', severity: 'Sev1' } } }],
  ['a severity of its own', alertBody({ severity: 'Sev9' })],
  ['a condition of its own', alertBody({ condition: 'Maybe' })],
  ['nothing', {}],
])('an alert with %s is refused and told what to switch on', async (_what, body) => {
  const response = await send(body);

  expect(response.status).toBe(400);
  expect(await response.text()).toContain('common alert schema');
});

it('an alert becomes one card in the support channel, and its end is an edit of it', async () => {
  expect((await send(alertBody({ rule: 'Disk is full', id: alertId(20) }))).status).toBe(200);
  await expect.poll(() => cardsOf('Disk is full')).toHaveLength(1);
  expect(JSON.stringify(await cardsOf('Disk is full'))).toContain('mendix-prod');

  await send(alertBody({ rule: 'Disk is full', id: alertId(20), condition: 'Resolved' }));

  await expect.poll(async () => (await cardsOf('Disk is full'))[0]?.text).toMatch(/^Resolved/);
  expect(await cardsOf('Disk is full')).toHaveLength(1);
});

it('an alert that is sent again, by the action group or by a thief of the request, changes nothing', async () => {
  const body = alertBody({ rule: 'Told twice', id: alertId(30) });
  await send(body);
  await expect.poll(() => cardsOf('Told twice')).toHaveLength(1);

  const answers = await Promise.all(Array.from({ length: 20 }, () => send(body)));

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  const [card] = await cardsOf('Told twice');
  expect(JSON.stringify(card)).not.toContain('It fired');
});

it('a storm of 1,000 is one card with a counter', async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => 1000 + index);
  const statuses: number[] = [];
  for (let start = 0; start < numbers.length; start += 100) {
    const batch = numbers.slice(start, start + 100);
    const answers = await Promise.all(batch.map((number) => send(alertBody({ rule: 'Storm', id: alertId(number) }))));
    statuses.push(...answers.map(({ status }) => status));
  }

  expect(new Set(statuses)).toEqual(new Set([200]));
  const counted = expect.poll(async () => JSON.stringify((await cardsOf('Storm'))[0]?.card));
  await counted.toContain('It fired 1,000 times; 1,000 are still open.');
  const cards = await cardsOf('Storm');
  expect(cards).toHaveLength(1);
  expect(cards[0]?.revision).toBeLessThan(60);
}, 120_000);

it('an alert about nothing that the settings know is told to administrators once', async () => {
  const targets = ['/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/other/providers/a/b/c'];
  for (const number of [40, 41, 42]) {
    expect((await send(alertBody({ rule: 'Somewhere else', id: alertId(number), targets }))).status).toBe(200);
  }

  await expect.poll(() => messagesWith('Somewhere else', 'dm-admin', 'admin')).toHaveLength(1);
  expect(await cardsOf('Somewhere else')).toEqual([]);
});

it('“Triage this” goes on in the thread with what the alert says filled in, and judges nothing by itself', async () => {
  await send(alertBody({ rule: 'Ingress does not answer', id: alertId(50), severity: 'Sev0' }));
  await expect.poll(() => cardsOf('Ingress does not answer')).toHaveLength(1);
  const [card] = await cardsOf('Ingress does not answer');

  const pressed = await fetch(`${house.origin}/chat/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      as: 'agent',
      conversation: 'support',
      message: card?.id,
      verb: 'triage-alert',
      token: tokenIn(card?.card, 'triage-alert'),
      inputs: {},
    }),
  });

  expect(await pressed.json()).toEqual({ outcome: 'done' });
  await expect.poll(() => inThread(card?.id)).toHaveLength(1);
  const [form] = await inThread(card?.id);
  expect(JSON.stringify(form?.card)).toContain('"value":"inaccessible"');
  await expect
    .poll(async () => JSON.stringify(await cardsOf('Ingress does not answer')))
    .toContain('Sam Support is triaging it');
});

function tokenIn(card: unknown, verb: string): string {
  const actions = (card as { actions?: { verb?: string; data?: { token?: string } }[] }).actions ?? [];
  return actions.find((action) => action.verb === verb)?.data?.token ?? '';
}

it('keys that cannot be had are no reason to lose an alert: the action group is asked to send it again', async () => {
  const broken = await startEntra();
  broken.breakDown(true);
  const other = await openHouse(alertSettings(broken));
  const token = await broken.token();
  function request(): Promise<Response> {
    return fetch(`${other.origin}/azure/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(alertBody()),
    });
  }

  const answers = await Promise.all(Array.from({ length: 30 }, request));

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  expect(answers[0]?.headers.get('retry-after')).toBe('5');
  expect(broken.asked.length).toBe(1);
  await other.close();
  await broken.close();
});

it('without its variables there is no such route', async () => {
  const plain = await openHouse();

  const response = await fetch(`${plain.origin}/azure/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await entra.token()}` },
    body: JSON.stringify(alertBody()),
  });

  expect(response.status).toBe(404);
  await plain.close();
});
