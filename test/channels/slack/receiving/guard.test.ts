import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type House, nowSeconds, openHouse, secret, sign, type Signing } from './house.ts';
import { command, event, mention } from './payloads.ts';

const window = 5 * 60;

describe('a request that Slack did not sign', () => {
  it.each<[string, Signing]>([
    ['with the secret of somebody else', { secret: 'another secret' }],
    ['too long ago', { timestamp: nowSeconds() - window - 5 }],
    ['in the future', { timestamp: nowSeconds() + window + 60 }],
    ['a day ahead', { timestamp: nowSeconds() + 86_400 }],
    ['at a time that is none', { timestamp: 'soon' }],
    ['at a negative time', { timestamp: -1 }],
    ['at a time with a fraction', { timestamp: `${nowSeconds()}.5` }],
    ['with nothing', { signature: null }],
    ['with an empty signature', { signature: '' }],
    ['by another version', { signature: sign('x', nowSeconds()).replace('v0', 'v1') }],
    ['with part of a signature', { signature: 'v0=abc' }],
    ['twice', { signature: `${sign('x', nowSeconds())}, ${sign('x', nowSeconds())}` }],
  ])('(%s) is refused, and nothing is heard of it', async (_what, signing) => {
    const house = await openHouse();

    const answer = await house.json(mention('help'), signing);

    expect(answer.status).toBe(401);
    expect(answer.body).toHaveProperty('because');
    await expectSilence(house);
  });

  it('without a time is refused', async () => {
    const house = await openHouse();
    const body = JSON.stringify(mention('help'));

    const response = await fetch(`${house.origin}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-slack-signature': sign(body, nowSeconds()) },
      body,
    });

    expect(response.status).toBe(401);
    await expectSilence(house);
  });

  it('whose body was changed on the way is refused', async () => {
    const house = await openHouse();
    const timestamp = nowSeconds();
    const said = mention('help');
    const signature = sign(JSON.stringify(said), timestamp);

    const answer = await house.json(
      { ...said, event: { ...said.event, user: 'U0APPROVER1' } },
      { timestamp, signature },
    );

    expect(answer.status).toBe(401);
    await expectSilence(house);
  });

  it('is told in the log once, however many there are', async () => {
    const house = await openHouse();

    for (let times = 0; times < 5; times += 1) {
      await house.json(mention('help'), { secret: 'another secret' });
    }

    expect(house.logged.filter((line) => line.includes('was refused'))).toHaveLength(1);
    expect(house.logged.join()).not.toContain('help');
  });

  it('does not learn the answer to a challenge', async () => {
    const house = await openHouse();
    const asked = { type: 'url_verification', challenge: 'say this' };

    expect((await house.json(asked, { secret: 'another' })).text).not.toContain('say this');
    expect(await house.json(asked)).toMatchObject({ status: 200, body: { challenge: 'say this' } });
  });
});

describe('a request that Slack signed', () => {
  it.each([0, -window + 5, window - 5])('%i s from now is taken', async (seconds) => {
    const house = await openHouse();
    const timestamp = nowSeconds() + seconds;

    expect((await house.json(mention('help'), { timestamp })).status).toBe(200);
    expect(house.said).toHaveLength(1);
  });

  it('matches the example that Slack publishes', () => {
    const published =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    expect(sign(published, 1_531_420_618, '8f742231b10e8888abcd99yyyzzz85a5')).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it.each([
    [
      'application/json; charset=utf-8',
      (house: House, contentType: string) => house.json(mention('help'), { contentType }),
    ],
    [
      'application/JSON;charset="UTF-8"',
      (house: House, contentType: string) => house.json(mention('help'), { contentType }),
    ],
    [
      'application/x-www-form-urlencoded; charset=utf-8',
      (house: House, contentType: string) => house.form(command('help'), { contentType }),
    ],
  ])('is read whatever stands behind its content type: %s', async (contentType, send) => {
    const house = await openHouse();

    expect((await send(house, contentType)).status).toBe(200);
    expect(house.said).toHaveLength(1);
  });

  it.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['a text', '"help"'],
    ['true', 'true'],
    ['nothing', ''],
    ['half of something', '{"type":'],
    ['two things', '{}{}'],
    ['an object without a type', '{}'],
    ['a type that is no text', '{"type":7}'],
    ['an event without any event', JSON.stringify({ type: 'event_callback', event_id: 'Ev1' })],
    ['an event that is null', JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: null })],
    ['an event that is a text', JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: 'x' })],
    ['an event without a type', JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: {} })],
    ['a press by nobody', JSON.stringify({ type: 'block_actions', user: null, actions: [] })],
  ])('but is %s, is refused, and the next one is served', async (_what, body) => {
    const house = await openHouse();

    const answers = [
      await house.send(body),
      await house.form({ payload: body }),
      await house.form({ payload: body, command: '/causeway', user_id: 'U0ADMIN' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    await expectSilence(house);
    expect((await house.json(mention('help'))).status).toBe(200);
  });

  it('with two payloads is refused, because two parsers would read two things', async () => {
    const house = await openHouse();
    const body = 'payload=%7B%22type%22%3A%22shortcut%22%7D&payload=%7B%7D';

    const answer = await house.send(body, { contentType: 'application/x-www-form-urlencoded' });

    expect(answer.status).toBe(400);
  });

  it('but is larger than anything that Slack sends, is refused', async () => {
    const house = await openHouse();

    const answer = await house.json(mention('x'.repeat(300 * 1024)));

    expect(answer.status).toBe(413);
    await expectSilence(house);
  });

  it.each(['json', 'payload'])('but is nested deeper than anything that Slack sends (%s), is refused', async (way) => {
    const house = await openHouse();
    const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;

    const answer = await (way === 'json' ? house.send(deep) : house.form({ payload: deep }));

    expect(answer.status).toBe(400);
  });

  it.each(['text/plain', 'application/xml', ''])('but is no JSON and no form (%s), is refused', async (contentType) => {
    const house = await openHouse();

    const answer = await house.json(mention('help'), { contentType });

    expect(answer.status).toBe(400);
    await expectSilence(house);
  });

  it('but is not UTF-8, is refused', async () => {
    const house = await openHouse();

    expect((await house.send(Uint8Array.of(0x7b, 0xff, 0x7d))).status).toBe(400);
  });

  it.each([
    ['a kind of request that nobody uses any more', { type: 'interactive_message', actions: [], user: { id: 'U1' } }],
    ['a dialog', { type: 'dialog_submission', user: { id: 'U1' } }],
    ['a step of a workflow', { type: 'workflow_step_edit', user: { id: 'U1' } }],
  ])('but means nothing to the bot (%s), is let pass at once', async (_what, payload) => {
    const house = await openHouse();

    expect((await house.interact(payload)).status).toBe(200);
    await expectSilence(house);
  });

  it('for an installation somewhere else is refused calmly, and Slack need not repeat it', async () => {
    const house = await openHouse();
    const elsewhere = {
      team_id: 'T9',
      context_team_id: 'T9',
      authorizations: [{ team_id: 'T9', enterprise_id: null }],
    };

    const answer = await house.json(mention('help', { team: 'T9' }, elsewhere));

    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-slack-no-retry')).toBe('1');
    await expectSilence(house);
  });
});

describe('a look at the certificate', () => {
  it('is answered without a signature, and nothing else of it is read', async () => {
    const house = await openHouse();
    const smuggled = { ssl_check: '1', ...command('connect'), payload: JSON.stringify(mention('help')) };

    const answer = await house.form(smuggled, { signature: null });

    expect(answer).toMatchObject({ status: 200, text: '' });
    await expectSilence(house);
  });
});

describe('the same signed request once more', () => {
  it('gets the same answer, and nothing is done twice', async () => {
    const house = await openHouse();
    house.answerWith(() => Promise.reject(new Error('out of order')));
    const body = new URLSearchParams(command('help')).toString();
    const timestamp = nowSeconds();
    const signed = {
      contentType: 'application/x-www-form-urlencoded',
      timestamp,
      signature: sign(body, timestamp, secret),
    };

    const answers = [await house.send(body, signed), await house.send(body, signed), await house.send(body, signed)];

    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 3 }, () => answers[0]?.text));
    expect(answers[0]?.body).toMatchObject({ response_type: 'ephemeral' });
    expect(house.said).toHaveLength(1);
  });

  it('gets it also while the first one is under way', async () => {
    const house = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    house.answerWith(() => promise.then(() => ({ outcome: 'done', because: '', errors: [] })));
    const said = mention('help');

    const answers = Promise.all([house.json(said), house.json(said)]);
    setTimeout(resolve, 100);

    expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
    expect(house.said).toHaveLength(1);
  });
});

it('takes nothing over HTTP without a signing secret', async () => {
  const parts = { signingSecret: null, botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:9/api/' };
  const house = await openHouse({ bot: parts });

  expect((await house.json(mention('help'), { secret: '' })).status).toBe(404);
  await expectSilence(house);
});

it('outlives whoever goes away in the middle of a request', async () => {
  const house = await openHouse();
  const socket = connect(house.server.port, '127.0.0.1');
  socket.write(
    'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"ty',
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  socket.destroy();

  expect((await house.json(event({ type: 'team_rename' }))).status).toBe(200);
});

function expectSilence(house: House): Promise<void> {
  expect([house.said, house.clicked, house.opened, house.told]).toEqual([[], [], [], []]);
  return Promise.resolve();
}
