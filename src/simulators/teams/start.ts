/**
 * Microsoft Teams on loopback, as a bot sees it: the connector that takes its messages, the login that gives it tokens,
 * the keys with which incoming activities are signed, and people who can be told what to do. What goes in: HTTP as the
 * Bot Framework takes it, and `/_sim/`. What comes out: answers, and signed activities to the bot's address.
 */
import { z } from 'zod/v4';
import { BadControlRequest, type Simulator, type SimRequest, type SimResponse, startSimulator } from '../server.ts';
import { act } from './act.ts';
import { answerConnector, type Connector, connectorFaults } from './connector.ts';
import { checkBotUrl, type Line } from './deliver.ts';
import { examplePeople, examplePlaces } from './example-world.ts';
import { answerUpload } from './files.ts';
import {
  type KeyRing,
  keySet,
  keysPath,
  metadata,
  metadataPath,
  openKeyRing,
  publishedKeys,
  rotate,
} from './key-ring.ts';
import { answerLogin, tokenTenant } from './login.ts';
import { openPace } from './pace.ts';
import type { Account } from './records.ts';
import { say } from './say.ts';
import { mintOnRequest } from './tokens.ts';
import { type PersonInput, type PlaceInput, readPeople, readPlaces, replaceWorld, showWorld } from './world-file.ts';

export interface TeamsSimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  appId: string;
  tenantId: string;
  /** Where the bot takes messages, on this machine; `POST /_sim/bot` names it later. */
  botUrl?: string;
  /** Absent: any secret is right. */
  appPassword?: string;
  /** Absent: those of the example settings. */
  people?: readonly PersonInput[];
  places?: readonly PlaceInput[];
  /** `{"teams":{…}}` of the shape of `/_sim/world`. */
  world?: unknown;
  /** How long a token of the login is good. */
  tokenSeconds?: number;
  /** Whether the limits per thread are enforced as in Teams; they are unless this says no. */
  limits?: boolean;
  now?: () => Temporal.Instant;
  /** Keys made before; absent: new ones, which takes a few tenths of a second. */
  keys?: KeyRing;
}

export interface TeamsSimulator extends Simulator {
  /** For `TEAMS_OPENID_METADATA_URL`. */
  metadataUrl: string;
  /** For `TEAMS_LOGIN_URL`. */
  loginUrl: string;
}

/** @throws {BadControlRequest} when the world or the address of the bot cannot be read */
export async function startTeamsSimulator(options: TeamsSimulatorOptions): Promise<TeamsSimulator> {
  const now = options.now ?? (() => Temporal.Now.instant());
  const address = { origin: '' };
  const account = openAccount(options, now, () => `${address.origin}/emea/`);
  const line: Line = {
    account,
    ring: { ...(options.keys ?? (await openKeyRing())) },
    botUrl: options.botUrl === undefined ? null : checkBotUrl(options.botUrl),
  };
  const connector: Connector = {
    account,
    login: { appPassword: options.appPassword ?? null, tokenSeconds: options.tokenSeconds ?? 3599, issued: new Map() },
    pace: openPace(now, options.limits ?? true),
  };
  const simulator = await startSimulator({
    ...(options.port !== undefined && { port: options.port }),
    faults: connectorFaults,
    answer: (request, fault) => answer(address.origin, line.ring, connector, request, fault),
    readWorld: () => showWorld(account.world),
    replaceWorld: (world) => replaceWorld(account, world),
    control: {
      token: (body) => mintOnRequest(account, line.ring, body),
      keys: (body) => turnKeys(line.ring, body),
      bot: (body) => {
        line.botUrl = checkBotUrl((body as { url?: unknown } | undefined)?.url);
      },
      say: (body) => say(line, body),
      act: (body) => act(line, body),
    },
  });
  address.origin = simulator.origin;
  return { ...simulator, metadataUrl: `${simulator.origin}${metadataPath}`, loginUrl: simulator.origin };
}

function openAccount(options: TeamsSimulatorOptions, now: Account['now'], serviceUrl: Account['serviceUrl']): Account {
  const { appId, tenantId } = options;
  const people = options.people === undefined ? examplePeople(tenantId) : readPeople(options.people, tenantId);
  const places = options.places === undefined ? examplePlaces(people) : readPlaces(options.places);
  let lastId = 0;
  const account: Account = {
    world: { people, places, conversations: new Map(), views: [], files: [] },
    appId,
    tenantId,
    now,
    nextId() {
      lastId = Math.max(lastId + 1, now().epochMilliseconds);
      return String(lastId);
    },
    serviceUrl,
  };
  if (options.world !== undefined) {
    replaceWorld(account, options.world);
  }
  return account;
}

function answer(
  origin: string,
  ring: KeyRing,
  connector: Connector,
  request: SimRequest,
  fault: string | undefined,
): SimResponse {
  if (request.path === metadataPath) {
    return metadata(origin);
  }
  if (request.path === keysPath) {
    return keySet(ring);
  }
  const tenant = tokenTenant(request.path);
  return tenant === null
    ? (answerUpload(connector.account, request) ?? answerConnector(connector, request, fault))
    : answerLogin(connector.login, connector.account, request, tenant);
}

const KeyMove = z.strictObject({ move: z.enum(['rotate', 'rotate-unpublished', 'publish', 'withdraw-previous']) });

/** `POST /_sim/keys`. */
function turnKeys(ring: KeyRing, body: unknown): { current: string; published: string[] } {
  const read = KeyMove.safeParse(body);
  if (!read.success) {
    throw new BadControlRequest(`No such move of the keys:\n${z.prettifyError(read.error)}`);
  }
  const { move } = read.data;
  if (move === 'rotate' || move === 'rotate-unpublished') {
    rotate(ring, move === 'rotate');
  } else if (move === 'publish') {
    ring.current.published = true;
  } else {
    ring.previous = [];
  }
  return { current: ring.current.kid, published: publishedKeys(ring).map((key) => key.kid) };
}
