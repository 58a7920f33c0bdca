/** What the simulated Teams keeps, in the wire format wherever a client sees it. */
import { createHash } from 'node:crypto';

export interface Person {
  /** Short name that `say` and `act` use; never on the wire. */
  id: string;
  name: string;
  /** `aadObjectId` on the wire. */
  objectId: string;
  tenantId: string;
  email: string;
}

export interface Place {
  /** Conversation id; threads of a channel add `;messageid=<root>`. */
  id: string;
  kind: 'personal' | 'group' | 'channel';
  name: string;
  /** Ids of people. */
  members: string[];
  team: { id: string; name: string } | null;
  /** Whether the bot's app was added here; without it nothing is delivered and every post is refused. */
  installed: boolean;
}

export type Json = Record<string, unknown>;

/** One entry of a conversation: as it was sent, with what Teams adds. */
export interface Activity extends Json {
  id: string;
}

/** A card that one person alone sees in place of the message's own. */
export interface View {
  message: string;
  person: string;
  card: Json;
}

/** What a bot put where a person's consent allowed it. */
export interface UploadedFile {
  id: string;
  name: string;
  bytes: number;
  text: string;
}

export interface World {
  people: Person[];
  places: Place[];
  conversations: Map<string, Activity[]>;
  views: View[];
  files: UploadedFile[];
}

/** The account as it runs: what it keeps, and how it names things. */
export interface Account {
  world: World;
  appId: string;
  tenantId: string;
  now: () => Temporal.Instant;
  /** Message ids are instants in milliseconds, and each is used once. */
  nextId: () => string;
  /** Base URL at which the bot answers, with a path, as Teams has one. */
  serviceUrl: () => string;
}

export const botName = 'Causeway';

export function botId(account: Account): string {
  return `28:${account.appId}`;
}

/** How a bot knows a person: stable per person, and no directory id. */
export function personMri({ objectId }: Person): string {
  return `29:1${createHash('sha256').update(objectId).digest('base64url')}`;
}

export function personalChatId({ objectId }: Pick<Person, 'objectId'>): string {
  return `a:1${createHash('sha256').update(`chat ${objectId}`).digest('base64url')}`;
}

export function findPerson(world: World, idOnWire: string): Person | undefined {
  return world.people.find((person) => personMri(person) === idOnWire || person.objectId === idOnWire);
}

/** `19:…@thread.tacv2;messageid=17` is the thread 17 of a channel. */
export function splitConversationId(id: string): { placeId: string; root: string | null } {
  const [placeId = '', root] = id.split(';messageid=');
  return { placeId, root: root ?? null };
}

/** The conversation that holds a message, and the message; undefined when there is none such. */
export function findMessage(world: World, id: string): { conversationId: string; activity: Activity } | undefined {
  for (const [conversationId, activities] of world.conversations) {
    const activity = activities.find((entry) => entry.id === id);
    if (activity !== undefined) {
      return { conversationId, activity };
    }
  }
  return undefined;
}

export function append(world: World, conversationId: string, activity: Activity): void {
  const entries = world.conversations.get(conversationId);
  if (entries === undefined) {
    world.conversations.set(conversationId, [activity]);
  } else {
    entries.push(activity);
  }
}
