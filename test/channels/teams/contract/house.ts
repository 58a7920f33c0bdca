/**
 * The whole bot on a real listener, with Teams, Azure and the desk as simulators, all over HTTP. Nothing here knows which
 * library the bot uses for Teams: signed activities go in, requests to the connector come out.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/config/load.ts';
import { type Bot, startBot } from '../../../../src/main.ts';
import { openKeyRing } from '../../../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../../src/simulators/teams/start.ts';

export const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
export const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export const group = '19:orders@thread.v2';
export const general = '19:general@thread.tacv2';
export const onCall = '19:on-call@thread.tacv2';
export const support = '19:support@thread.tacv2';

export interface Card {
  version: string;
  body: object[];
  actions?: { type: string; verb?: string; data?: Record<string, string>; fallback?: { type: string } }[];
  refresh?: { action: { data: { token: string } }; userIds: string[] };
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
  people: { id: string; objectId: string }[];
  places: { id: string; kind: string; members: string[] }[];
  conversations: Record<string, Message[]>;
  views: { message: string; person: string; card: Card }[];
  files: { name: string; bytes: number; text: string }[];
}

export interface LoggedRequest {
  method: string;
  path: string;
  body: { type?: string; text?: string };
  status: number;
}

export interface House {
  teams: TeamsSimulator;
  origin: string;
  say(as: string, text: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  act(kind: string, as: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  /** Presses a button of the card as this person sees it. */
  press(as: string, message: Message, verb: string, inputs?: Record<string, unknown>): Promise<BotAnswer>;
  world(): Promise<World>;
  /** What the bot wrote anywhere, oldest first. */
  written(): Promise<Message[]>;
  /** Waits for a message of the bot. */
  heard(what: string, matches: (message: Message) => boolean): Promise<Message>;
  /** Id of a person's own chat with the bot. */
  chatOf(person: string): Promise<string>;
  faults(faults: { match: { method?: string; path?: string }; fault: string; times?: number }[]): Promise<void>;
  requests(): Promise<LoggedRequest[]>;
  /** Stops the bot and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Once for all tests of a file, because making keys takes longer than a test. */
const keys = openKeyRing();
const patienceMs = 15_000;

export interface HouseOptions {
  /** Changes of the example settings. */
  settings?: (settings: Record<string, unknown>) => Record<string, unknown>;
  limits?: boolean;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-teams-'));
  const teams = await startTeamsSimulator({ appId, tenantId, keys: await keys, limits: options.limits ?? true });
  const settingsFile = await writeSettings(dataDir, options);
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    SETTINGS_FILE: settingsFile,
    LOG_LEVEL: 'error',
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_PASSWORD: 'a secret that nobody may read',
    TEAMS_OPENID_METADATA_URL: teams.metadataUrl,
    TEAMS_LOGIN_URL: teams.loginUrl,
  };
  let bot: Bot = await startBot(loadConfig({ mode: 'start', env }));
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${teams.origin}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const tell = async (path: string, body: unknown): Promise<BotAnswer> => {
    const response = await post(path, body);
    const answer = (await response.json()) as BotAnswer & { error?: string };
    if (!response.ok) {
      throw new Error(`The simulated Teams refuses: ${answer.error ?? response.status}`);
    }
    return answer;
  };
  const world = async (): Promise<World> => (await (await fetch(`${teams.origin}/_sim/world`)).json()) as World;
  const written = async (): Promise<Message[]> =>
    Object.values((await world()).conversations)
      .flat()
      .filter((message) => message.from.id.startsWith('28:'))
      .sort((left, right) => Number(left.id) - Number(right.id));
  await post('bot', { url: `${bot.origin}/api/messages` });
  return {
    teams,
    get origin() {
      return bot.origin;
    },
    say: (as, text, more = {}) => tell('say', { as, text, ...more }),
    act: (kind, as, more = {}) => tell('act', { kind, as, ...more }),
    press: (as, message, verb, inputs = {}) =>
      tell('act', { kind: 'execute', as, message: message.id, verb, inputs: { ...filledIn(message), ...inputs } }),
    world,
    written,
    heard: (what, matches) => waitFor(what, async () => (await written()).findLast(matches)),
    async chatOf(person) {
      const place = (await world()).places.find(({ kind, members }) => kind === 'personal' && members[0] === person);
      return place?.id ?? '';
    },
    faults: async (faults) => void (await post('faults', faults)),
    requests: async () => (await (await fetch(`${teams.origin}/_sim/requests`)).json()) as LoggedRequest[],
    async restart() {
      await bot.stop();
      bot = await startBot(loadConfig({ mode: 'start', env }));
      await post('bot', { url: `${bot.origin}/api/messages` });
    },
    async close() {
      await bot.stop();
      await teams.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The example settings, with approvals and tickets in channels of Teams. */
async function writeSettings(dataDir: string, { settings: change }: HouseOptions): Promise<string> {
  const example = new URL('../../../../manifest/settings.example.json', import.meta.url);
  const settings = JSON.parse(await readFile(example, 'utf8')) as Record<string, unknown>;
  const channels = [
    { platform: 'teams', id: onCall, for: ['approvals'] },
    { platform: 'teams', id: support, for: ['support'] },
  ];
  const file = join(dataDir, 'settings.json');
  const own = { ...settings, channels };
  await writeFile(file, JSON.stringify(change?.(own) ?? own));
  return file;
}

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

export function cardOf(message: Message): Card {
  const card = message.attachments?.find(({ contentType }) => contentType.endsWith('card.adaptive'))?.content;
  if (card === undefined) {
    throw new Error(`Message ${message.id} has no card: ${message.text ?? ''}`);
  }
  return card;
}

/** What a client sends of the inputs when nobody touches them. */
function filledIn(message: Message): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const { id, type, value } = node as { id?: string; type?: string; value?: unknown };
    if (id !== undefined && type?.startsWith('Input.') === true && value !== undefined) {
      found[id] = value;
    }
    Object.values(node).forEach(walk);
  };
  walk(message.attachments?.[0]?.content.body);
  return found;
}

export function offers(verb: string): (message: Message) => boolean {
  return (message) => verbsOf(message.attachments?.[0]?.content).includes(verb);
}

export function verbsOf(card: Card | undefined): string[] {
  return (card?.actions ?? []).flatMap((action) => action.verb ?? []);
}
