/** The demo's people in Slack: what they see there, and how they understand what came of a button. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, linesOf } from '../../src/demo/card.ts';
import type { ChatMessage } from '../../src/demo/chat.ts';
import { openSlackChat } from '../../src/demo/slack-chat.ts';
import type { Simulator } from '../../src/simulators/server.ts';
import { startSlackSimulator } from '../../src/simulators/slack/start.ts';

const onCall = 'C0ONCALL';

interface Heard {
  type?: string;
  challenge?: string;
  trigger_id?: string;
  event?: { text: string; channel: string };
  actions?: { action_id: string; value: string }[];
  view?: { state: { values: object } };
}

/** A bot that answers everything in the same way, after it did something in Slack. */
const bot = {
  status: 200,
  body: '' as string | object,
  heard: [] as Heard[],
  does: (_heard: Heard): Promise<unknown> => Promise.resolve(),
};
let server: Server;
let slack: Simulator;

async function answer(raw: string, response: ServerResponse): Promise<void> {
  const json = raw.startsWith('{') ? raw : (new URLSearchParams(raw).get('payload') ?? '{}');
  const heard = JSON.parse(json) as Heard;
  if (heard.challenge !== undefined) {
    response.end(heard.challenge);
    return;
  }
  bot.heard.push(heard);
  await bot.does(heard);
  const isText = typeof bot.body === 'string';
  response.writeHead(bot.status, isText ? {} : { 'Content-Type': 'application/json' });
  response.end(isText ? bot.body : JSON.stringify(bot.body));
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let raw = '';
    request.on('data', (bytes: Buffer) => (raw += bytes.toString()));
    request.on('end', () => void answer(raw, response));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => server.close());

beforeEach(async () => {
  Object.assign(bot, { status: 200, body: '', heard: [], does: () => Promise.resolve() });
  const { port } = server.address() as AddressInfo;
  slack = await startSlackSimulator({ eventsUrl: `http://127.0.0.1:${port}/slack/events` });
  return () => slack.close();
});

async function api(method: string, args: object): Promise<{ ok: boolean; ts: string }> {
  const response = await fetch(`${slack.origin}/api/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer xoxb-causeway-test' },
    body: JSON.stringify(args),
  });
  return (await response.json()) as { ok: boolean; ts: string };
}

function plain(text: string): object {
  return { type: 'plain_text', text };
}

const button = { type: 'button', action_id: 'approve', text: plain('Approve'), value: 'secret', style: 'primary' };
const link = { type: 'button', action_id: 'open', text: plain('Open it'), url: 'https://docs.example.com/' };
const blocks = [
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'Approval of a *change*' }] },
  { type: 'header', text: plain('Approve?') },
  { type: 'section', text: { type: 'mrkdwn', text: '*Why*\n_because_ a &lt; b' } },
  { type: 'section', fields: [{ type: 'mrkdwn', text: '*Risk*\nhigh' }] },
  {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'As *typed* by <you>' }] }],
  },
  { type: 'actions', elements: [button, link] },
];

async function written(): Promise<ChatMessage> {
  await api('chat.postMessage', { channel: onCall, text: '<@U0APPROVER1> Approve it?\nand more', blocks });
  const [message] = await openSlackChat(slack.origin).read('approver-1', 'on-call');
  if (message === undefined) {
    throw new Error('The channel is empty.');
  }
  return message;
}

describe('reading', () => {
  it('finds the thread, the person and the words without the mention', async () => {
    const chat = openSlackChat(slack.origin);
    await chat.say('requester', 'team', 'help & <more>');
    const [first] = await chat.read('agent', 'team');
    await chat.say('requester', 'team', 'again', first?.id);

    const [own, reply] = await chat.read('agent', 'team');

    expect(own).toMatchObject({ from: 'requester', text: 'help & <more>', card: null, revision: 1 });
    expect(reply).toMatchObject({ text: 'again', thread: own?.id });
    expect(bot.heard[0]?.event?.text).toBe('<@U0CAUSEWAY> help &amp; &lt;more&gt;');
  });

  it('keeps to direct messages that are one’s own, and finds none where nobody spoke', async () => {
    const chat = openSlackChat(slack.origin);

    expect(await chat.read('agent', 'dm-agent')).toEqual([]);
    await chat.say('agent', 'dm-agent', 'hello');

    expect(await chat.read('agent', 'dm-agent')).toMatchObject([{ text: 'hello' }]);
    expect(bot.heard[0]?.event).toMatchObject({ text: 'hello', channel: 'D0AGENT' });
  });

  it('reads a card the way a person does', async () => {
    const message = await written();

    expect(message.text).toBe('@Anna Approver Approve it?');
    expect(linesOf(message.card)).toEqual([
      'Approval of a change',
      'Approve?',
      'Why\nbecause a < b',
      'Risk: high',
      'As *typed* by <you>',
    ]);
    expect(buttonsOf(message.card)).toEqual([{ verb: 'approve', title: 'Approve', token: 'secret' }]);
  });
});

describe('pressing', () => {
  function press(message: ChatMessage, inputs?: Record<string, string>) {
    return openSlackChat(slack.origin).press('approver-1', 'on-call', message, 'approve', inputs);
  }

  function whisper(text: string): void {
    bot.does = () => api('chat.postEphemeral', { channel: onCall, user: 'U0APPROVER1', text });
  }

  it.each([
    ['a word for this person', 'Not &lt;you&gt;.', { outcome: 'refused', because: 'Not <you>.' }],
    ['what was decided', 'Decided: yes.', { outcome: 'already-decided', because: 'Decided: yes.' }],
  ])('understands %s', async (_what, text, outcome) => {
    const message = await written();
    whisper(text);

    expect(await press(message)).toEqual(outcome);
    expect(bot.heard.at(-1)?.actions).toMatchObject([{ action_id: 'approve', value: 'secret' }]);
  });

  it('takes an edited card for done, and an old one can be pressed', async () => {
    const message = await written();
    bot.does = () => api('chat.update', { channel: onCall, ts: message.id, text: 'Done', blocks: [] });

    const first = await press(message);
    whisper('Decided: yes.');

    expect(first).toEqual({ outcome: 'done' });
    expect(await press(message)).toMatchObject({ outcome: 'already-decided' });
  });

  it('takes another message for done, when nothing else comes', async () => {
    const message = await written();
    bot.does = () => api('chat.postMessage', { channel: onCall, text: 'Here it is' });

    expect(await press(message)).toEqual({ outcome: 'done' });
  });

  it('takes a bot that fails for no refusal, and a button that is not there for a fault', async () => {
    const message = await written();
    bot.status = 500;

    await expect(press(message)).rejects.toThrow('the bot answered HTTP 500');
    const chat = openSlackChat(slack.origin);
    await expect(chat.press('approver-1', 'on-call', message, 'reject')).rejects.toThrow('no such button');
  });
});

describe('a form', () => {
  const input = {
    type: 'input',
    block_id: 'reason',
    label: plain('Reason'),
    element: { type: 'plain_text_input', action_id: 'reason', initial_value: 'as it was' },
  };
  const form = {
    type: 'modal',
    callback_id: 'approve',
    title: plain('Approve'),
    submit: plain('Send'),
    blocks: [input],
  };

  function over(title: string): object {
    const view = { type: 'modal', title: plain(title), blocks: [{ type: 'section', text: plain('Because.') }] };
    return { response_action: 'update', view };
  }

  async function sent(answered: string | object, inputs: Record<string, string>) {
    const message = await written();
    bot.does = ({ trigger_id: triggerId, view }) => {
      bot.body = view === undefined ? '' : answered;
      return view === undefined ? api('views.open', { trigger_id: triggerId, view: form }) : Promise.resolve();
    };
    return openSlackChat(slack.origin).press('approver-1', 'on-call', message, 'approve', inputs);
  }

  it('is filled in and sent, with what stood in it', async () => {
    expect(await sent('', { other: 'is no field of it' })).toEqual({ outcome: 'done' });

    const values = { reason: { reason: { type: 'plain_text_input', value: 'as it was' } } };
    expect(bot.heard.at(-1)?.view?.state.values).toEqual(values);
  });

  it.each([
    ['a mistake', { response_action: 'errors', errors: { reason: 'Say why.' } }, 'invalid'],
    ['a refusal', over('Not done'), 'refused'],
    ['that the card has moved on', over('Not sent'), 'stale'],
    ['that it was decided', over('Already decided'), 'already-decided'],
  ])('may be answered with %s', async (_what, answered, outcome) => {
    const came = await sent(answered, { reason: 'new' });

    expect(came.outcome).toBe(outcome);
    expect(came.errors ?? [{ input: 'reason', message: 'Say why.' }]).toEqual([
      { input: 'reason', message: 'Say why.' },
    ]);
  });

  it('is not sent while something is missing', async () => {
    expect(await sent('', { reason: '' })).toMatchObject({ outcome: 'invalid', errors: [{ input: 'reason' }] });
  });
});
