/** Slack as a person sees it: what can be said, pressed and filled in, and what stands there. HTTP to the simulator only. */

export interface Block {
  type: string;
  block_id?: string;
  text?: { text: string };
  elements?: { type: string; action_id?: string; value?: string; url?: string; text?: unknown }[];
  element?: { type: string; options?: { value: string; text: { text: string } }[] };
}

/** A message as it stands in the simulated Slack, with whom it calls and where its links lead. */
export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  text: string;
  blocks?: Block[];
  subtype?: string;
  edits?: number;
  metadata?: { event_payload: { key: string } };
  mentions: { users: string[]; channels: string[]; broadcast: string[] };
  links: { url: string; label: string }[];
}

export interface View {
  id: string;
  callback_id: string;
  title: { text: string };
  private_metadata: string;
  blocks: Block[];
  user: string;
  mentions?: Message['mentions'];
  links?: Message['links'];
}

/** What a move answers. */
export interface Moved {
  id: string;
  ts: string;
  status: number;
  body: unknown;
  delivered: boolean;
  view?: View | null;
  errors?: Record<string, string>;
  options?: { value: string; text: { text: string } }[];
  trouble?: string;
}

interface Room {
  id: string;
  members: string[];
  is_ext_shared?: boolean;
  is_archived?: boolean;
}

interface World {
  channels: Record<string, Message[]>;
  ephemeral: (Message & { to: string; shown: boolean })[];
  views: View[];
  homes: Record<string, View>;
  rooms: Room[];
  users: { id: string; name: string }[];
}

export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  status: number;
  body: Record<string, unknown> | string | null;
}

export interface Where {
  channel: string;
  thread?: string;
}

export interface SlackClient {
  control(name: string, body: unknown): Promise<unknown>;
  addChannels(ids: readonly string[]): Promise<void>;
  /** Somebody of the workspace whom the settings do not name. */
  addPerson(id: string): Promise<void>;
  /** From now on, somebody of another company is in this channel. */
  share(channel: string, foreigner: string): Promise<void>;
  archive(channel: string): Promise<void>;
  /** To the bot: with its mention, but for direct messages. */
  say(as: string, text: string, where: Where): Promise<Moved>;
  /** A button of a message as it stands there now; of one that opens a form, the form comes along. */
  press(as: string, message: Message, verb: string): Promise<Moved>;
  /** The same by somebody whose client has not heard of any edit since. */
  pressOld(as: string, message: Message, verb: string): Promise<Moved>;
  /** What nobody touches stays as it is. */
  submit(as: string, view: View | null | undefined, values?: Record<string, unknown>): Promise<Moved>;
  /** Presses a button, and sends the form that it opens. */
  fill(as: string, message: Message, verb: string, values?: Record<string, unknown>): Promise<Moved>;
  move(name: string, body: object): Promise<Moved>;
  faults(faults: { match: { method?: string; path?: string }; fault: string; times?: number }[]): Promise<void>;
  /** What the bot wrote for everybody, oldest first; in one channel, or everywhere. */
  written(channel?: string): Promise<Message[]>;
  /** Waits for a message of the bot; the newest that matches. */
  heard(what: string, matches: (message: Message) => boolean): Promise<Message>;
  /** Waits for words that this person alone sees. */
  whispered(as: string, words: string): Promise<Message>;
  /** What this person alone was shown, oldest first. */
  whispers(as: string): Promise<Message[]>;
  views(): Promise<View[]>;
  world(): Promise<World>;
  requests(method?: string): Promise<LoggedRequest[]>;
}

export function createClient(origin: string): SlackClient {
  async function control(name: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The simulated Slack refuses ${name}: ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  }
  async function move(name: string, body: object): Promise<Moved> {
    return (await control(name, body)) as Moved;
  }
  async function world(): Promise<World> {
    return (await (await fetch(`${origin}/_sim/world`)).json()) as World;
  }
  async function written(channel?: string): Promise<Message[]> {
    return Object.entries((await world()).channels)
      .filter(([id]) => channel === undefined || id === channel)
      .flatMap(([id, messages]) => messages.map((message) => ({ ...message, channel: id })))
      .filter((message) => message.bot_id !== undefined)
      .sort((left, right) => Number(left.ts) - Number(right.ts));
  }
  async function whispers(as: string): Promise<Message[]> {
    const { ephemeral } = await world();
    const direct = await written(directOf(as));
    return [...ephemeral.filter(({ shown, to }) => shown && to === userOf(as)), ...direct];
  }
  async function changeRoom(id: string, change: (room: Room) => Room): Promise<void> {
    const rooms = (await world()).rooms.map((room) => (room.id === id ? change(room) : room));
    await control('world', { slack: { rooms } });
  }
  function press(as: string, { channel, ts, blocks }: Message, verb: string): Promise<Moved> {
    const asks = formVerbs.has(verb) && (blocks ?? []).length > 0;
    return move('press', { user: userOf(as), channel, ts, action_id: verb, awaitView: asks });
  }
  function submit(as: string, view: View | null | undefined, values: Record<string, unknown> = {}): Promise<Moved> {
    if (view === null || view === undefined) {
      throw new Error(`There is no form for ${as} to send.`);
    }
    return move('submit', { user: userOf(as), view: view.id, values });
  }
  return {
    control,
    move,
    world,
    written,
    whispers,
    press,
    pressOld: (as, { blocks, channel, ts }, verb) =>
      move('press', { user: userOf(as), channel, ts, action_id: verb, seen: blocks }),
    submit,
    async addChannels(ids) {
      const { rooms } = await world();
      const members = rooms.find((room) => room.id === 'C0TEAM')?.members ?? [];
      const more = ids.map((id) => ({ id, name: id.toLowerCase(), members }));
      await control('world', { slack: { rooms: [...rooms, ...more] } });
    },
    async addPerson(id) {
      const { users } = await world();
      await control('world', { slack: { users: [...users, { id, name: id.toLowerCase() }] } });
    },
    share: (channel, foreigner) =>
      changeRoom(channel, (room) => ({ ...room, is_ext_shared: true, members: [...room.members, foreigner] })),
    archive: (channel) => changeRoom(channel, (room) => ({ ...room, is_archived: true })),
    say: (as, text, { channel, thread }) =>
      move('say', {
        user: userOf(as),
        channel,
        text,
        mention: !channel.startsWith('D'),
        ...(thread === undefined ? {} : { thread }),
      }),
    async fill(as, message, verb, values) {
      const pressed = await press(as, message, verb);
      return pressed.view === undefined || pressed.view === null ? pressed : submit(as, pressed.view, values);
    },
    faults: async (faults) => void (await control('faults', faults)),
    heard: (what, matches) => waitFor(what, async () => (await written()).findLast(matches)),
    whispered: (as, words) =>
      waitFor(`“${words}” for ${as}`, async () =>
        (await whispers(as)).findLast((message) => wordsOf(message).includes(words)),
      ),
    views: async () => (await world()).views,
    async requests(method) {
      const all = (await (await fetch(`${origin}/_sim/requests`)).json()) as LoggedRequest[];
      return all.filter(({ path }) => method === undefined || path === `/api/${method}`);
    },
  };
}

/** Buttons that open a form first; only after these a view is waited for. */
const formVerbs: ReadonlySet<string> = new Set([
  'connect-continue',
  'reject',
  'judge-output',
  'triage-continue',
  'open-ticket',
  'send-reply',
  'change-verdict',
  'change-severity',
  'ask-change',
  'keep-plan',
]);

/** The people of the example settings, by their id there; ids of Slack are taken as they are. */
export function userOf(person: string): string {
  return person.startsWith('U0') ? person : `U0${person.toUpperCase().replace('-', '')}`;
}

export function directOf(person: string): string {
  return `D${userOf(person).slice(1)}`;
}

const patienceMs = 45_000;

export async function waitFor<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Temporal.Now.instant().add({ milliseconds: patienceMs });
  for (;;) {
    const value = await look();
    if (value !== undefined) {
      return value;
    }
    if (Temporal.Instant.compare(Temporal.Now.instant(), end) > 0) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
  }
}

/** What can be pressed; a link only leads somewhere. */
export function verbsOf({ blocks = [] }: { blocks?: Block[] }): string[] {
  return blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements = [] }) =>
      elements.flatMap(({ action_id: id, url }) => (url === undefined ? (id ?? []) : [])),
    );
}

export function offers(verb: string): (message: Message) => boolean {
  return (message) => verbsOf(message).includes(verb);
}

export function offersIn(channel: string, verb: string, thread?: string): (message: Message) => boolean {
  return (message) =>
    message.channel === channel && (thread === undefined || message.thread_ts === thread) && offers(verb)(message);
}

/** What all messages of one case have in common. */
export function caseOf({ metadata }: Message): string {
  return metadata?.event_payload.key.split('/')[0] ?? '';
}

/** The title that notifications show. */
export function titled(title: string): (message: Message) => boolean {
  return (message) => message.text.startsWith(title);
}

/** Everything that people read of a message. */
export function wordsOf({ blocks, text }: { blocks?: unknown; text?: string }): string {
  return `${text ?? ''} ${JSON.stringify(blocks ?? [])}`;
}
