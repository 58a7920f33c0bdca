/** Which tokens open the gate: every kind that a forger could try, over real HTTP with keys of our own. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Forgery, forgeries } from '../../../../src/simulators/teams/forgeries.ts';
import { type House, houseForTest, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => {
  house.reached.length = 0;
});
afterAll(() => house.close());

const minute = 60;

/** Why each kind is refused: another reason would mean that the rule in question was never asked. */
const reasons: Readonly<Record<Forgery, string>> = {
  'alg-none': 'The Authorization header holds no signed token.',
  'hs256-public-key': 'The token is not signed in a way that is accepted here.',
  'impostor-key': 'The signature of the token is not right.',
  'unknown-key': 'The token is signed with a key that is not known.',
  'no-key-id': 'The token does not say which key signed it.',
  'webchat-key': 'The token is signed with a key that may not speak for Microsoft Teams.',
  'unendorsed-key': 'The token is signed with a key that may not speak for Microsoft Teams.',
  'critical-header': 'The token demands an extension that is not known here.',
  'payload-changed': 'The signature of the token is not right.',
  'payload-not-json': 'The token holds no claims.',
  'payload-list': 'The token holds no claims.',
  'wrong-issuer': 'The token was not issued by the Bot Framework.',
  'wrong-audience': 'The token is for another bot.',
  'no-audience': 'The token is for another bot.',
  'audience-list': 'The token is for another bot.',
  expired: 'The token has expired.',
  'no-expiry': 'The token does not say properly when it is valid.',
  'text-expiry': 'The token does not say properly when it is valid.',
  'not-yet-valid': 'The token is not valid yet.',
  'text-not-before': 'The token does not say properly when it is valid.',
  'other-service-url': 'The activity names another service URL than the token.',
  'no-service-url': 'The token names no service URL.',
  'entra-v1': 'The token was not issued by the Bot Framework.',
  'entra-v2': 'The token was not issued by the Bot Framework.',
  'entra-foreign': 'The token was not issued by the Bot Framework.',
  'azure-audience': 'The token is for another bot.',
};

function inSeconds(seconds: number): number {
  return Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + seconds;
}

async function expectRefused(token: unknown, because: unknown = expect.stringMatching(/^The .+\.$/)): Promise<void> {
  const answer = await house.say({ token });

  expect([answer.status, answer.body?.because, house.reached]).toEqual([401, because, []]);
}

it('lets in what Teams sent', async () => {
  const answer = await house.say({ text: 'help' });

  expect(answer.status).toBe(200);
  expect(house.reached).toMatchObject([{ type: 'message', text: 'help', channelId: 'msteams' }]);
});

it.each(Object.entries(reasons))('refuses a token of the kind %s', async (variant, because) => {
  await expectRefused({ variant }, because);
});

it.each([
  ['no header', null],
  ['an empty header', ''],
  ['a scheme and nothing else', 'Bearer '],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
  ['no token', 'Bearer token'],
  ['two parts', 'Bearer e30.e30'],
  ['five parts, as an encrypted token', 'Bearer e30.e30.e30.e30.e30'],
  ['a header that is no JSON', 'Bearer bm9wZQ.e30.e30'],
  ['a header that is a list', 'Bearer W10.e30.e30'],
  ['nine kilobytes', `Bearer e30.${'a'.repeat(9 * 1024)}.e30`],
])('refuses %s', async (_name, token) => {
  await expectRefused(token);
});

it('refuses two Authorization headers, although one is genuine', async () => {
  const { token } = await house.control('token', {});
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.append('authorization', `Bearer ${String(token)}`);
  headers.append('authorization', 'Bearer x');

  const response = await fetch(house.botUrl, { method: 'POST', headers, body: '{}' });

  expect([response.status, house.reached]).toEqual([401, []]);
});

it.each([
  ['expired 4 minutes ago', { exp: inSeconds(-4 * minute) }],
  ['is valid in 4 minutes', { nbf: inSeconds(4 * minute) }],
  ['does not say since when it is valid', { nbf: null }],
  ['says when it was issued', { iat: inSeconds(-1) }],
])('accepts a token that %s', async (_name, claims) => {
  expect((await house.say({ token: { claims } })).status).toBe(200);
});

it.each([
  ['expired 6 minutes ago', { exp: inSeconds(-6 * minute) }],
  ['is valid in 6 minutes', { nbf: inSeconds(6 * minute) }],
  ['was issued in 6 minutes', { iat: inSeconds(6 * minute) }],
  ['has a text as time of issue', { iat: '1700000000' }],
  ['ends at a list', { exp: [inSeconds(60)] }],
  ['has the issuer of another cloud', { iss: 'https://api.botframework.us' }],
  ['has the issuer with a slash', { iss: 'https://api.botframework.com/' }],
  ['has the audience in other letters', { aud: '7D1C1F0A-5A7E-4A55-9F0E-0C0FFEE00001' }],
  ['has a number as service URL', { serviceurl: 1 }],
])('refuses a token that %s', async (_name, claims) => {
  await expectRefused({ claims });
});

it.each(['none', 'ES256', 'PS256', 'rs256', 'HS512', 1, null])(
  'refuses a header with the algorithm %s',
  async (alg) => {
    await expectRefused({ header: { alg } });
  },
);

it.each([[['exp']], [['b64']], [[]], ['exp'], [null]])('refuses the critical headers %j', async (crit) => {
  const header = crit === null ? { crit: 'null', b64: false } : { crit, b64: false };

  await expectRefused({ header });
});

it.each([1, '', 'k'.repeat(201)])('refuses the key id %j', async (kid) => {
  await expectRefused({ header: { kid } }, 'The token does not say which key signed it.');
});

it('never writes a token or what it says', async () => {
  const own = await houseForTest();

  const tokens = await Promise.all(
    (Object.keys(forgeries) as Forgery[]).map(async (variant) => {
      const minted = await own.control('token', { variant, claims: { jti: 'PLANTED' } });
      await own.say({ token: `Bearer ${String(minted['token'])}` });
      return String(minted['token']);
    }),
  );

  const written = JSON.stringify(own.logged);
  expect(own.logged.length).toBeGreaterThan(5);
  expect(tokens.flatMap((token) => token.split('.')).filter((part) => part !== '' && written.includes(part))).toEqual(
    [],
  );
  expect(written).not.toContain('PLANTED');
});

it('tells of each reason once a minute, with the number of those before', async () => {
  let now = Temporal.Now.instant();
  const own = await houseForTest({ now: () => now });

  await own.say({ token: null });
  await own.say({ token: null });
  await own.say({ token: null });
  now = now.add({ seconds: 61 });
  await own.say({ token: null });

  expect(own.logged.map(({ details }) => details)).toEqual([
    { status: 401, because: 'The request carries no token.', before: 0 },
    { status: 401, because: 'The request carries no token.', before: 2 },
  ]);
});
