/** When the gate fetches keys. One fetch is two requests: the metadata, and the key set that it names. */
import { expect, it } from 'vitest';
import { type House, houseForTest } from './house.ts';

/** A clock that stands still until it is told to go on. */
function openClock(): { now: () => Temporal.Instant; pass: (duration: Temporal.DurationLike) => void } {
  let at = Temporal.Now.instant();
  return {
    now: () => at,
    pass(duration) {
      at = at.add(duration);
    },
  };
}

async function sayWithUnknownKey(house: House, kid: string): Promise<number> {
  return (await house.say({ token: { header: { kid } } })).status;
}

it('fetches nothing before somebody comes, and once for many who come together', async () => {
  const house = await houseForTest();

  const before = await house.fetches();
  const answers = await Promise.all(Array.from({ length: 20 }, () => house.say()));

  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect([before, await house.fetches()]).toEqual([0, 2]);
});

it('fetches nothing for what cannot be a token of Teams', async () => {
  const house = await houseForTest();

  await house.say({ token: null });
  await house.say({ token: { variant: 'alg-none' } });
  await house.say({ token: { variant: 'hs256-public-key' } });
  await house.say({ token: { variant: 'critical-header' } });

  expect(await house.fetches()).toBe(0);
});

it('spends at most 20 requests on 300 unknown key ids, whether they come together or one by one', async () => {
  const house = await houseForTest();

  const together = await Promise.all(Array.from({ length: 150 }, (_, n) => sayWithUnknownKey(house, `together-${n}`)));
  const statuses = new Set(together);
  for (let n = 0; n < 150; n += 1) {
    statuses.add(await sayWithUnknownKey(house, `alone-${n}`));
  }

  expect([...statuses]).toEqual([401]);
  expect(await house.fetches()).toBeLessThanOrEqual(20);
  expect((await house.say()).status).toBe(200);
});

it('does not fetch again for an unknown key id that comes again', async () => {
  const house = await houseForTest();

  await sayWithUnknownKey(house, 'nobody');
  const first = await house.fetches();
  await sayWithUnknownKey(house, 'nobody');

  expect([first, await house.fetches()]).toEqual([2, 2]);
});

it('accepts a newly published key at once, and the one before it while that is published', async () => {
  const house = await houseForTest();
  const { token: old } = await house.control('token', {});
  await house.say();

  await house.control('keys', { move: 'rotate' });
  const withNew = await house.say();
  const withOld = await house.say({ token: `Bearer ${String(old)}` });

  expect([withNew.status, withOld.status]).toEqual([200, 200]);
});

it('accepts within 60 s a key that was used before it was published, whatever strangers ask meanwhile', async () => {
  const clock = openClock();
  const house = await houseForTest({ now: clock.now });
  await house.say();
  await house.control('keys', { move: 'rotate-unpublished' });
  const early = await house.say();
  for (let n = 0; n < 10; n += 1) {
    await sayWithUnknownKey(house, `stranger-${n}`);
  }
  await house.control('keys', { move: 'publish' });

  clock.pass({ seconds: 55 });
  const late = await house.say();

  expect([early.status, late.status]).toEqual([401, 200]);
});

it('keeps keys for a day at most', async () => {
  const clock = openClock();
  const house = await houseForTest({ now: clock.now });
  const claims = { exp: Math.floor(clock.now().epochMilliseconds / 1000) + 3 * 86_400 };
  const { token: old } = await house.control('token', { claims });
  await house.say();
  await house.control('keys', { move: 'rotate' });
  await house.control('keys', { move: 'withdraw-previous' });

  const before = await house.say({ token: `Bearer ${String(old)}` });
  clock.pass({ hours: 24 });
  const after = await house.say({ token: `Bearer ${String(old)}` });

  expect([before.status, after.status]).toEqual([200, 401]);
});

it('lives through an outage of the key server with the keys it has, and tells of it', async () => {
  const clock = openClock();
  const house = await houseForTest({ now: clock.now });
  const claims = { exp: Math.floor(clock.now().epochMilliseconds / 1000) + 3 * 86_400 };
  await house.say();
  await house.control('faults', [{ match: { path: '.well-known' }, fault: '503', times: 100 }]);

  clock.pass({ hours: 23 });
  const during = await house.say({ token: { claims } });
  clock.pass({ hours: 1 });
  const tooLong = await house.say({ token: { claims } });

  expect([during.status, tooLong.status]).toEqual([200, 401]);
  expect(house.logged.map(({ message }) => message).join()).toContain('Fetching the keys');
});

it.each(['503', 'html', 'drop'])(
  'refuses, and comes back by itself, when the key server answers with %s',
  async (fault) => {
    const clock = openClock();
    const house = await houseForTest({ now: clock.now });
    await house.control('faults', [{ match: { path: '.well-known' }, fault, times: 1 }]);

    const during = await house.say();
    const rightAfter = await house.say();
    const fetchesBefore = await house.fetches();
    clock.pass({ seconds: 5 });
    const after = await house.say();

    expect([during.status, rightAfter.status, after.status]).toEqual([401, 401, 200]);
    expect(fetchesBefore).toBe(1);
  },
);

it('takes no keys over plain http from anywhere but this machine', async () => {
  const asked: string[] = [];
  const house = await houseForTest({
    metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    fetch: (url) => {
      asked.push(url);
      return Promise.resolve(Response.json({ jwks_uri: 'http://127.0.0.1:9/keys', keys: [] }));
    },
  });

  const answer = await house.say();

  expect([answer.status, asked]).toEqual([401, ['https://login.botframework.com/v1/.well-known/openidconfiguration']]);
});
