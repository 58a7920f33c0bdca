/** The demo's people in Teams: what they see there, and how they understand the answer to a button. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/channels/teams/escape.ts';
import { linesOf } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { openTeamsChat } from '../../src/demo/teams-chat.ts';
import { openKeyRing } from '../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../src/simulators/teams/start.ts';

const appId = 'b07a0000-0000-4000-8000-000000000001';
const tenantId = 'b07a0000-0000-4000-8000-000000000002';
const onCall = '19:on-call@thread.tacv2;messageid=7';
const cardType = 'application/vnd.microsoft.card.adaptive';
const wordsType = 'application/vnd.microsoft.activity.message';

/** A bot that answers everything in the same way. */
const bot = { status: 200, body: {} as object, heard: [] as { text?: string; conversation: { id: string } }[] };
let server: Server;
let teams: TeamsSimulator;
const keys = openKeyRing();

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      bot.heard.push(JSON.parse(body) as (typeof bot.heard)[number]);
      response.writeHead(bot.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(bot.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => server.close());

beforeEach(async () => {
  Object.assign(bot, { status: 200, body: {}, heard: [] });
  const { port } = server.address() as AddressInfo;
  const botUrl = `http://127.0.0.1:${port}/api/messages`;
  teams = await startTeamsSimulator({ appId, tenantId, botUrl, keys: await keys });
  return () => teams.close();
});

function cardWith(...body: object[]): object {
  const action = { type: 'Action.Execute', verb: 'approve', title: 'Approve', data: { token: 'secret' } };
  return { type: 'AdaptiveCard', version: '1.5', body, actions: [action] };
}

const reason = { type: 'Input.Text', id: 'reason', label: 'Reason', value: 'as typed' };

/** What the bot wrote into the on-call channel, with a view of its own for whom it is named. */
async function written(activity: object, view?: { person: string; card: object }): Promise<void> {
  const message = { id: '7', timestamp: '2026-01-01T00:00:00Z', from: { id: `28:${appId}` }, ...activity };
  const views = view === undefined ? [] : [{ message: '7', ...view }];
  const world = { teams: { conversations: { [onCall]: [message] }, views } };
  await fetch(`${teams.origin}/_sim/world`, { method: 'POST', body: JSON.stringify(world) });
}

async function theMessage(person: string): Promise<ChatMessage> {
  const [message] = await openTeamsChat(teams.origin).read(person, 'on-call');
  if (message === undefined) {
    throw new Error('The channel is empty.');
  }
  return message;
}

function attached(card: object): object {
  return { summary: 'Approve it?', attachments: [{ contentType: cardType, content: card }] };
}

describe('reading', () => {
  it('finds the thread, the person and the words without the mention', async () => {
    await openTeamsChat(teams.origin).say('requester', 'team', 'help');

    const [message] = await openTeamsChat(teams.origin).read('agent', 'team');

    expect(message).toMatchObject({ from: 'requester', text: 'help', card: null, revision: 1 });
    expect(message?.thread).toBe(message?.id);
    expect(bot.heard).toMatchObject([{ text: '<at>Causeway</at> help' }]);
  });

  it('keeps to the thread that is named, and to a chat of one’s own', async () => {
    const chat = openTeamsChat(teams.origin);
    await chat.say('requester', 'team', 'one', '42');
    await chat.say('requester', 'dm-requester', 'two');

    expect(await chat.read('requester', 'team')).toMatchObject([{ text: 'one', thread: '42' }]);
    expect(await chat.read('requester', 'dm-requester')).toMatchObject([{ text: 'two', thread: null }]);
    await expect(chat.read('agent', 'dm-requester')).rejects.toThrow('not in it');
  });

  it('shows escaped words as people see them', async () => {
    await written({ text: '<at>Anna</at> <b>Sam</b><br/>a &#60;b&#62; &#38; c' });

    expect((await theMessage('agent')).text).toBe('@Anna Sam\na <b> & c');
  });

  it.each(['a_b*c [x](y) `z` | ~ \\', '# title\nline two', '- one\n1. two', 'a <b> & &amp; c'])(
    'undoes what the channel did to %j',
    async (text) => {
      await written(attached(cardWith({ type: 'TextBlock', text: escapeMarkdown(text) })));

      expect(linesOf((await theMessage('agent')).card)).toEqual([text]);
    },
  );

  it('shows the card of a view to its person only', async () => {
    const view = { person: 'requester', card: cardWith({ type: 'TextBlock', text: 'yours' }) };
    await written(attached(cardWith({ type: 'TextBlock', text: 'for all' })), view);

    expect(linesOf((await theMessage('requester')).card)).toEqual(['yours']);
    expect(linesOf((await theMessage('agent')).card)).toEqual(['for all']);
  });
});

describe('pressing', () => {
  const note = {
    type: 'Container',
    style: 'warning',
    bleed: true,
    items: [{ type: 'TextBlock', text: 'Decided: yes.' }],
  };
  const old = { ...note, items: [{ type: 'TextBlock', text: 'This card is old.' }] };

  it.each([
    ['a card', 200, { type: cardType, value: cardWith() }, { outcome: 'done' }],
    [
      'a card with the decision on top',
      200,
      { type: cardType, value: cardWith(note) },
      { outcome: 'already-decided', because: 'Decided: yes.' },
    ],
    [
      'a card with another note on top',
      200,
      { type: cardType, value: cardWith(old) },
      { outcome: 'stale', because: 'This card is old.' },
    ],
    ['words', 200, { type: wordsType, value: 'Not you.' }, { outcome: 'refused', because: 'Not you.' }],
    [
      'words about a field',
      200,
      { type: wordsType, value: 'Reason: say why.' },
      { outcome: 'invalid', errors: [{ input: 'reason', message: 'say why.' }] },
    ],
    ['a refusal of the gate', 403, {}, { outcome: 'refused', because: 'HTTP 403' }],
  ])('understands %s', async (_what, status, body, outcome) => {
    await written(attached(cardWith(reason)));
    Object.assign(bot, { status, body: { statusCode: 200, ...body } });

    const shown = await openTeamsChat(teams.origin).press('agent', 'on-call', await theMessage('agent'), 'approve');

    expect(shown).toMatchObject(outcome);
    expect(bot.heard).toMatchObject([
      {
        replyToId: '7',
        conversation: { id: onCall },
        value: { action: { verb: 'approve', data: { token: 'secret', reason: 'as typed' } } },
      },
    ]);
  });

  it('takes a bot that fails for no refusal', async () => {
    await written(attached(cardWith()));
    bot.status = 500;
    const pressing = openTeamsChat(teams.origin).press('agent', 'on-call', await theMessage('agent'), 'approve');

    await expect(pressing).rejects.toThrow('the bot answered HTTP 500');
  });
});
