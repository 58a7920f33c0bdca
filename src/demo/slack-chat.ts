/**
 * A person in Slack, by the control calls of the fake Slack only. What people do there goes to the bot as a signed
 * request; what they see is what the bot wrote into the fake: for all, for them alone, or as a form on their screen.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { hasButton } from './card.ts';
import { type Chat, type ChatMessage, type Outcome, waitFor } from './chat.ts';
import { readAs, shownText, type SlackView, type SlackWorld } from './slack-reading.ts';

/** The local page's names of the conversations, and those of the channels in the fake Slack. */
export const channelNames: Readonly<Record<string, string>> = {
  team: 'team',
  'on-call': 'on-call',
  support: 'support',
};

/** As a move of the fake tells it; status 0: the bot gave no answer. */
interface Moved {
  status: number;
  delivered: boolean;
  trouble?: string;
  /** Below the fields of a form. */
  errors?: Record<string, string>;
  /** On top of the person's screen after a form was sent. */
  view?: SlackView | null;
}

export function openSlackChat(origin: string): Chat {
  async function read(person: string, conversation: string): Promise<ChatMessage[]> {
    const world = await readSlackWorld(origin);
    const user = userOf(world, person);
    const room = roomOf(world, user, conversation);
    if (room === null) {
      return [];
    }
    if (!room.members.includes(user)) {
      throw new Error(`Reading “${conversation}” as ${person}: they are not in it. This is a fault of the demo.`);
    }
    const whispered = world.ephemeral.filter(({ channel, shown, to }) => channel === room.id && shown && to === user);
    return [...(world.channels[room.id] ?? []), ...whispered]
      .filter(({ subtype }) => subtype !== 'tombstone')
      .map((message) => readAs(world, message))
      .toSorted((left, right) => left.seq - right.seq);
  }

  return {
    async say(person, conversation, text, thread) {
      const world = await readSlackWorld(origin);
      const user = userOf(world, person);
      const channel = roomOf(world, user, conversation)?.id ?? directOf(user);
      const said = {
        user,
        channel,
        text,
        mention: !isDirect(conversation),
        ...(thread === undefined ? {} : { thread }),
      };
      const { status } = (await control(origin, 'say', said)) as Moved;
      if (status !== 200) {
        throw new Error(
          `Saying “${text}” in “${conversation}” as ${person}: the bot answered HTTP ${status}. See its log above.`,
        );
      }
    },
    read,
    press: (person, conversation, message, verb, inputs = {}) =>
      press(origin, { person, conversation, message, verb, inputs }),
    pressForeign: (person, conversation, message, verb) =>
      press(origin, { person, conversation, message, verb, inputs: {} }),
    waitFor: waitFor(read),
  };
}

interface Press {
  person: string;
  conversation: string;
  message: ChatMessage;
  verb: string;
  inputs: Record<string, string>;
}

/** Presses what the person sees, which may be older than what stands there; a form that opens is filled in and sent. */
async function press(origin: string, { conversation, inputs, message, person, verb }: Press): Promise<Outcome> {
  if (!hasButton(message.card, verb)) {
    throw new Error(
      `Pressing “${verb}” as ${person}: the card “${message.text}” offers no such button. This is a fault of the bot.`,
    );
  }
  const before = await readSlackWorld(origin);
  const user = userOf(before, person);
  const channel = roomOf(before, user, conversation)?.id ?? directOf(user);
  const seen = message.card?.['blocks'];
  const button = { user, channel, ts: message.id, action_id: verb, seen };
  const { status } = (await control(origin, 'press', button)) as Moved;
  if (status !== 200) {
    throw new Error(`Pressing “${verb}” as ${person}: the bot answered HTTP ${status}. See its log above.`);
  }
  const came = await whatCame(origin, before, { user, channel, ts: message.id, verb });
  return came.kind === 'form' ? send(origin, user, came.view, inputs) : came.outcome;
}

type Came = { kind: 'form'; view: SlackView } | { kind: 'outcome'; outcome: Outcome };

interface Pressed {
  user: string;
  channel: string;
  ts: string;
  verb: string;
}

const patienceMs = 15_000;
const pollMs = 50;
/** A refusal may still come when something else has changed meanwhile. */
const graceMs = 1_000;

/** A form, a word for this person, or a card that has changed: whichever comes first. */
async function whatCame(origin: string, before: SlackWorld, pressed: Pressed): Promise<Came> {
  const { channel, ts, user, verb } = pressed;
  let deadline = performance.now() + patienceMs;
  let isMoving = false;
  while (performance.now() < deadline) {
    const now = await readSlackWorld(origin);
    const personal = whatCameTo(user, before, now);
    if (personal !== null) {
      return personal;
    }
    if (changesIn(now, channel, ts) > changesIn(before, channel, ts)) {
      return done;
    }
    if (!isMoving && changesIn(now, channel) > changesIn(before, channel)) {
      isMoving = true;
      deadline = performance.now() + graceMs;
    }
    await wait(pollMs);
  }
  if (isMoving) {
    return done;
  }
  throw new Error(`Pressing “${verb}”: nothing came of it in ${patienceMs / 1000} s. See the log of the bot above.`);
}

const done: Came = { kind: 'outcome', outcome: { outcome: 'done' } };

/** Null: nothing yet. */
function whatCameTo(user: string, before: SlackWorld, now: SlackWorld): Came | null {
  const view = now.views.find((one) => one.user === user && !before.views.some(({ id }) => id === one.id));
  if (view !== undefined) {
    return { kind: 'form', view };
  }
  const known = new Set(before.ephemeral.filter(({ to }) => to === user).map(({ ts }) => ts));
  const word = now.ephemeral.find(({ to, ts }) => to === user && !known.has(ts));
  return word === undefined ? null : { kind: 'outcome', outcome: outcomeOfWords(shownText(now, word.text)) };
}

/** Of one message, or of the whole conversation: what was written and edited. */
function changesIn({ channels }: SlackWorld, channel: string, ts?: string): number {
  const messages = (channels[channel] ?? []).filter((message) => ts === undefined || message.ts === ts);
  return messages.reduce((sum, { edits = 0 }) => sum + 1 + edits, 0);
}

/** What a person does not touch stays as it is in the form. */
async function send(origin: string, user: string, form: SlackView, inputs: Record<string, string>): Promise<Outcome> {
  const fields = new Set(
    form.blocks.flatMap(({ block_id: id, type }) => (type === 'input' && id !== undefined ? [id] : [])),
  );
  const values = Object.fromEntries(Object.entries(inputs).filter(([id]) => fields.has(id)));
  const sent = (await control(origin, 'submit', { user, view: form.id, values })) as Moved;
  const { errors = {}, status, trouble, view } = sent;
  if (Object.keys(errors).length > 0) {
    return { outcome: 'invalid', errors: Object.entries(errors).map(([input, message]) => ({ input, message })) };
  }
  if (status !== 200 || trouble !== undefined) {
    throw new Error(
      `Sending the form “${form.title.text}”: ${trouble ?? `HTTP ${status}`} See the log of the bot above.`,
    );
  }
  return view === null || view === undefined ? { outcome: 'done' } : outcomeOfView(view);
}

/** The title of a form that was not taken says how it went. */
function outcomeOfView(view: SlackView): Outcome {
  const because = view.blocks.map(({ text }) => text?.text ?? '').join(' ');
  const title = view.title.text;
  return {
    outcome: title === 'Already decided' ? 'already-decided' : title === 'Not sent' ? 'stale' : 'refused',
    because,
  };
}

/** Slack knows no outcomes: what the person is told says how it went. */
function outcomeOfWords(because: string): Outcome {
  return { outcome: because.startsWith('Decided') ? 'already-decided' : 'refused', because };
}

export async function readSlackWorld(origin: string): Promise<SlackWorld> {
  return (await control(origin, 'world')) as SlackWorld;
}

/** One control call; with a body it is a POST. */
export async function control(origin: string, name: string, body?: unknown): Promise<unknown> {
  const url = `${origin}/_sim/${name}`;
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(
      `Asking the fake Slack ${url}: HTTP ${response.status} ${await response.text()}. Is it still running?`,
    );
  }
  return response.json();
}

function userOf({ users }: SlackWorld, person: string): string {
  const user = users.find(({ name }) => name === person);
  if (user === undefined) {
    throw new Error(`Looking for ${person} in the fake Slack: they are not there. The demo needs its example world.`);
  }
  return user.id;
}

function isDirect(conversation: string): boolean {
  return conversation.startsWith('dm-');
}

function directOf(user: string): string {
  return `D${user.slice(1)}`;
}

/** Null for direct messages that nobody has opened yet. */
function roomOf({ rooms }: SlackWorld, user: string, conversation: string): SlackWorld['rooms'][number] | null {
  if (isDirect(conversation)) {
    return rooms.find(({ id }) => id === directOf(user)) ?? null;
  }
  const room = rooms.find(({ kind, name }) => kind === 'channel' && name === channelNames[conversation]);
  if (room === undefined) {
    throw new Error(
      `Looking for “${conversation}” in the fake Slack: it is not there. The demo needs its example world.`,
    );
  }
  return room;
}
