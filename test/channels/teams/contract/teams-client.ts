/** Teams as a person sees it: what can be said and pressed, and what stands there. Speaks HTTP to the simulator only. */

/** A card as a client reads it. */
export interface Card {
  version: string;
  body: object[];
  actions?: { type: string; verb?: string; data?: Record<string, string>; fallback?: { type: string } }[];
  refresh?: { userIds: string[] };
}

/** A message as it stands in the simulated Teams. */
export interface Message {
  id: string;
  type: string;
  text?: string;
  textFormat?: string;
  summary?: string;
  from: { id: string; aadObjectId?: string };
  conversation: { id: string };
  attachments?: { contentType: string; name?: string; content: Card }[];
  entities?: { type: string; text: string; mentioned: { id: string; name: string } }[];
  edits?: number;
}

export interface BotAnswer {
  delivered: boolean;
  id: string;
  conversation: string;
  status: number;
  body: { statusCode: number; type: string; value: Card & string; because?: string } | null;
}

interface World {
  people: { id: string }[];
  places: { id: string; kind: string; members: string[] }[];
  conversations: Record<string, Message[]>;
}

export interface LoggedRequest {
  method: string;
  path: string;
  status: number;
}

export interface TeamsClient {
  control(name: string, body: unknown): Promise<unknown>;
  say(as: string, text: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  act(kind: string, as: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  /** Presses a button of the card as this person sees it, with what stands in its inputs unless `inputs` says otherwise. */
  press(as: string, message: Message, verb: string, inputs?: Record<string, unknown>): Promise<BotAnswer>;
  faults(faults: { match: { method?: string; path?: string }; fault: string; times?: number }[]): Promise<void>;
  /** What the bot wrote, oldest first; in one conversation with all its threads, or everywhere. */
  written(conversation?: string): Promise<Message[]>;
  /** Waits for a message of the bot; the newest that matches. */
  heard(what: string, matches: (message: Message) => boolean): Promise<Message>;
  /** Id of a person's own chat with the bot. */
  chatOf(person: string): Promise<string>;
  world(): Promise<World>;
  requests(): Promise<LoggedRequest[]>;
}

export function createClient(origin: string): TeamsClient {
  async function control(name: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The simulated Teams refuses ${name}: ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  }
  async function read<Value>(name: string): Promise<Value> {
    return (await (await fetch(`${origin}/_sim/${name}`)).json()) as Value;
  }
  async function act(kind: string, as: string, more: Record<string, unknown> = {}): Promise<BotAnswer> {
    return (await control('act', { kind, as, ...more })) as BotAnswer;
  }
  async function written(conversation?: string): Promise<Message[]> {
    const { conversations } = await read<World>('world');
    return Object.entries(conversations)
      .filter(([id]) => conversation === undefined || id.split(';')[0] === conversation)
      .flatMap(([, messages]) => messages)
      .filter((message) => message.from.id.startsWith('28:'))
      .sort((left, right) => Number(left.id) - Number(right.id));
  }
  return {
    control,
    act,
    written,
    say: async (as, text, more = {}) => (await control('say', { as, text, ...more })) as BotAnswer,
    press: (as, message, verb, inputs = {}) =>
      act('execute', as, { message: message.id, verb, inputs: { ...filledIn(message), ...inputs } }),
    faults: async (faults) => void (await control('faults', faults)),
    heard: (what, matches) => waitFor(what, async () => (await written()).findLast(matches)),
    async chatOf(person) {
      const { places } = await read<World>('world');
      return places.find(({ kind, members }) => kind === 'personal' && members[0] === person)?.id ?? '';
    },
    world: () => read('world'),
    requests: () => read('requests'),
  };
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

/** What a client sends of the inputs when nobody touches them. */
function filledIn(message: Message): Record<string, unknown> {
  return Object.fromEntries(inputsIn(message.attachments?.[0]?.content.body ?? []));
}

function inputsIn(node: unknown): [string, unknown][] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { id, type, value } = node as { id?: string; type?: string; value?: unknown };
  const isFilled = id !== undefined && type?.startsWith('Input.') === true && value !== undefined;
  return [...(isFilled ? [[id, value] as [string, unknown]] : []), ...Object.values(node).flatMap(inputsIn)];
}

export function cardOf(message: Message): Card {
  const card = message.attachments?.find(({ contentType }) => contentType.endsWith('card.adaptive'))?.content;
  if (card === undefined) {
    throw new Error(`Message ${message.id} has no card: ${message.text ?? ''}`);
  }
  return card;
}

export function offers(verb: string): (message: Message) => boolean {
  return (message) => verbsOf(message.attachments?.[0]?.content).includes(verb);
}

export function offersIn(conversation: string, verb: string): (message: Message) => boolean {
  return (message) => message.conversation.id === conversation && offers(verb)(message);
}

export function verbsOf(card: Card | undefined): string[] {
  return (card?.actions ?? []).flatMap((action) => action.verb ?? []);
}

/** Everything that people read of a message. */
export function wordsOf({ attachments, summary, text }: Message): string {
  return `${text ?? ''} ${summary ?? ''} ${JSON.stringify(attachments ?? [])}`;
}
