/**
 * A Slack workspace on loopback, as an app sees it: the Web API, response URLs, Socket Mode, signed deliveries to the
 * app's URL, and people who can be told what to do. What goes in: HTTP as Slack takes it, and `/_sim/`. What comes out:
 * answers, and deliveries.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { BadControlRequest, type Simulator, type SimRequest, type SimResponse, startSimulator } from '../server.ts';
import { type Account, openAccount } from './account.ts';
import { Refused } from './answers.ts';
import { command } from './command.ts';
import { deleteMessage } from './delete.ts';
import { openDeliveries } from './deliveries.ts';
import { exampleRooms, exampleSettings, exampleUsers } from './example-world.ts';
import { answerFile, answerUpload } from './file-methods.ts';
import { options as askOptions } from './options.ts';
import { home } from './home.ts';
import { openPace } from './pace.ts';
import { press } from './press.ts';
import type { World } from './records.ts';
import { answerResponseUrl } from './response-url.ts';
import { echo, say } from './say.ts';
import type { Stage } from './scene.ts';
import { changeSettings, checkEventsUrl, checkSsl, deliverRaw, disconnect, moveClock, redeliver } from './settings.ts';
import { shortcut } from './shortcut.ts';
import { openSockets } from './sockets.ts';
import { close as closeModal, submit } from './submit.ts';
import { answerApi, apiFaults, apiPath, type WebApi } from './web-api.ts';
import { replaceWorld, showWorld } from './world-file.ts';

export interface SlackSimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** `{"slack":{…}}` of the shape of `/_sim/world`; absent: the people and channels of the example settings. */
  world?: unknown;
  /** Default `causeway-test-signing-secret`. */
  signingSecret?: string;
  /** Default `xoxb-causeway-test`. */
  botToken?: string;
  /** Default `xapp-causeway-test`. */
  appToken?: string;
  /** Where the app takes what happened, on this machine; `POST /_sim/settings` names it later. */
  eventsUrl?: string;
  /** Default `T0CAUSEWAY`. */
  teamId?: string;
  /** What Slack's own waits are divided by: repeats of deliveries and rate limits. Default 1. */
  speed?: number;
  now?: () => Temporal.Instant;
}

/** @throws {BadControlRequest} when the world or the address of the app cannot be read */
export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<Simulator> {
  const address = { origin: '' };
  const account = accountFor(
    options,
    () => address.origin,
    (room, event) => echo(stage, room, event),
  );
  const sockets = openSockets(account.appId, account.origin);
  const deliveries = openDeliveries(account, sockets);
  const stage: Stage = { account, deliveries, sockets };
  const api: WebApi = { account, pace: openPace(account), offerSocket: () => sockets.offer() };
  const simulator = await startSimulator({
    ...(options.port !== undefined && { port: options.port }),
    faults: apiFaults,
    answer: (request, fault) => answer(api, request, fault, deliveries.stopped),
    readWorld: () => ({ ...showWorld(account), deliveries: deliveries.list() }),
    replaceWorld: (world) => replaceWorld(account.world, account.teamId, world),
    control: controls(stage),
    upgrade: (incoming, socket, head) => sockets.upgrade(incoming, socket, head),
  });
  address.origin = simulator.origin;
  return {
    ...simulator,
    async close() {
      await Promise.all([deliveries.stop(), sockets.close()]);
      await simulator.close();
    },
  };
}

function accountFor(options: SlackSimulatorOptions, origin: Account['origin'], tell: Account['echo']): Account {
  const teamId = options.teamId ?? 'T0CAUSEWAY';
  const world: World = {
    users: exampleUsers(teamId),
    rooms: exampleRooms(),
    channels: new Map(),
    ephemeral: [],
    views: [],
    homes: new Map(),
    files: [],
  };
  if (options.world !== undefined) {
    replaceWorld(world, teamId, options.world);
  }
  return openAccount({
    world,
    teamId,
    botToken: options.botToken ?? 'xoxb-causeway-test',
    appToken: options.appToken ?? 'xapp-causeway-test',
    signingSecret: options.signingSecret ?? 'causeway-test-signing-secret',
    settings: exampleSettings(options.eventsUrl === undefined ? null : checkEventsUrl(options.eventsUrl)),
    speed: options.speed ?? 1,
    wall: options.now ?? (() => Temporal.Now.instant()),
    origin,
    echo: tell,
  });
}

async function answer(
  api: WebApi,
  request: SimRequest,
  fault: string | undefined,
  stopped: AbortSignal,
): Promise<SimResponse> {
  const response = await route(api, request, fault);
  if (fault === 'slow') {
    // The work is done; only the answer takes its time.
    await wait(api.account.settings.slowMs, undefined, { signal: stopped }).catch(() => undefined);
  }
  return response;
}

async function route(api: WebApi, request: SimRequest, fault: string | undefined): Promise<SimResponse> {
  const { account } = api;
  if (request.path.startsWith(apiPath)) {
    return answerApi(api, request, fault);
  }
  return (
    answerResponseUrl(account, request) ??
    answerFile(account, request) ??
    (await answerUpload(account, request)) ?? { status: 404, body: 'not found' }
  );
}

type Move = (stage: Stage, body: unknown) => unknown;

function controls(stage: Stage): Readonly<Record<string, (body: unknown) => unknown>> {
  const moves: Readonly<Record<string, Move>> = {
    say,
    command,
    press,
    submit,
    close: closeModal,
    delete: deleteMessage,
    shortcut,
    options: askOptions,
    home,
    redeliver,
    deliver: deliverRaw,
    'ssl-check': checkSsl,
    settings: changeSettings,
    disconnect,
    clock: moveClock,
  };
  return Object.fromEntries(Object.entries(moves).map(([name, move]) => [name, (body) => make(move, stage, body)]));
}

/** What Slack would refuse a person is a move that cannot be made. */
async function make(move: Move, stage: Stage, body: unknown): Promise<unknown> {
  try {
    return await move(stage, body);
  } catch (error) {
    if (error instanceof Refused) {
      throw new BadControlRequest(`Slack refuses this: ${JSON.stringify(error.response.body)}`);
    }
    throw error;
  }
}
