/**
 * The only folder that knows Bolt, besides the client of the sending half. Bolt checks the signature a second time, finds
 * the listener for what came and writes the answer; it sends nothing else, keeps nothing, and is never started.
 *
 * `processBeforeResponse` holds every answer back until its listener is done. So Slack gets its 200 after the inbox has
 * stored what came, also for events, which Bolt acknowledges before any listener runs.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt';
import type { Installation, SlackOptions } from '../deps.ts';
import { type Answer, type Receive, type Router, statusOf, type Turn } from '../router.ts';
import { createLogger } from './logger.ts';

interface BoltDeps extends Pick<SlackOptions, 'log'> {
  /** Null: nothing comes over HTTP. */
  signingSecret: string | null;
  endpoint: string;
  receive: Receive;
  /** Null until Slack has said it. */
  installation: () => Installation | null;
}

/** What travels with a request through Bolt. */
interface Carried extends Record<string, unknown> {
  turn: Turn;
}

/** Our own deadline comes before it; it is the last net. */
const unhandledMs = 2_900;

export function createRouter(deps: BoltDeps): Router {
  const app = createApp(deps);
  const turns = new WeakMap<object, Turn>();
  const working = new WeakMap<Turn, Promise<void>>();
  const http = deps.signingSecret === null ? null : createHttp(deps, deps.signingSecret, turns);
  http?.init(leavingNothingOpen(app, working));
  return {
    async http(turn, incoming, outgoing) {
      if (http === null) {
        throw new Error('Taking a request from Slack: there is no signing secret. Set SLACK_SIGNING_SECRET.');
      }
      turns.set(incoming, turn);
      await answered(outgoing, () => http.requestListener(incoming, outgoing));
      // Whoever goes away before the answer asks again, and has to get the one that it comes to.
      await working.get(turn)?.catch(() => undefined);
      return turn.answer ?? taken;
    },
    async run(turn) {
      try {
        await app.processEvent(eventFor(turn));
      } catch (error) {
        tellUnlessAnswered(deps, turn, error);
      }
      return turn.answer ?? taken;
    },
  };
}

const taken: Answer = { kind: 'taken', body: null };

/** What no listener matches would wait for Bolt's own deadline. The receiver asks nothing else of an app. */
function leavingNothingOpen(app: App, working: WeakMap<Turn, Promise<void>>): App {
  async function process(event: ReceiverEvent, turn: Turn): Promise<void> {
    await app.processEvent(event);
    if (turn.answer === null) {
      // Bolt may have done it, and refuses a second time.
      await event.ack().catch(() => undefined);
    }
  }
  function processEvent(event: ReceiverEvent): Promise<void> {
    const { turn } = event.customProperties as Carried;
    const work = process(event, turn);
    working.set(turn, work);
    return work;
  }
  return { processEvent } as unknown as App;
}

/** Resolves when the answer is out, or whoever asked is gone. */
function answered(outgoing: ServerResponse, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.once('close', resolve);
    try {
      begin();
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function eventFor(turn: Turn): ReceiverEvent {
  const customProperties: Carried = { turn };
  return { body: { ...turn.raw }, ack: () => Promise.resolve(), customProperties };
}

/** Stops Bolt from answering 200; which status it is instead, the turn says. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

function createApp({ installation, log, receive }: BoltDeps): App {
  const app = new App({
    receiver: quiet,
    // A fresh one each time: Bolt writes into it. Without a token, Bolt has no client that could send anything.
    authorize: () => {
      const known = installation();
      return Promise.resolve(known === null ? {} : { ...known });
    },
    convoStore: false,
    logger: createLogger(log),
  });
  async function take(context: object): Promise<object | null> {
    const { turn } = context as Carried;
    turn.answer = await receive(turn.payload);
    if (turn.answer.kind !== 'taken') {
      throw new NotTaken(turn.answer.kind);
    }
    return turn.answer.body;
  }
  const everything = /^/;
  app.event(everything, async ({ ack, context }) => {
    await take(context);
    // Bolt has acknowledged every event by now but one kind, which comes with a way to do it.
    await (ack as (() => Promise<void>) | undefined)?.();
  });
  app.command(everything, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.action({}, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.shortcut({}, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.view({ type: 'view_submission' }, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.view({ type: 'view_closed' }, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.options({}, async ({ ack, context }) => acknowledge(ack, await take(context)));
  app.error(passOn);
  return app;
}

type Acknowledge = (body?: never) => Promise<void>;

/** Each kind of request has its own type of answer; ours are made by the handlers, for their kind. */
function acknowledge(ack: unknown, body: object | null): Promise<void> {
  return body === null ? (ack as Acknowledge)() : (ack as Acknowledge)(body as never);
}

/** To the receiver, which knows the answer. Bolt wraps what a listener throws. */
function passOn(error: Error & { original?: unknown }): Promise<never> {
  return Promise.reject(error.original instanceof Error ? error.original : error);
}

/** Bolt wants one to be told which app it belongs to; ours come to the app by themselves. */
const quiet: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

function createHttp(deps: BoltDeps, signingSecret: string, turns: WeakMap<object, Turn>): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret,
    endpoints: deps.endpoint,
    logger: createLogger(deps.log),
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: unhandledMs,
    customPropertiesExtractor: (request) => ({ turn: turnOf(turns, request) }),
    unhandledRequestHandler: ({ request, response }) => {
      deps.log('Nobody took a request from Slack in time', { kind: turns.get(request)?.payload.kind ?? null });
      end(response, turns.get(request));
    },
    processEventErrorHandler: ({ error, request, response }) => {
      const turn = turnOf(turns, request);
      tellUnlessAnswered(deps, turn, error);
      end(response, turn);
      return Promise.resolve(true);
    },
  });
}

function turnOf(turns: WeakMap<object, Turn>, request: IncomingMessage | object): Turn {
  const turn = turns.get(request);
  if (turn === undefined) {
    throw new Error('Taking a request from Slack: it did not come through the guard.');
  }
  return turn;
}

function end(response: ServerResponse, turn: Turn | undefined): void {
  if (!response.headersSent) {
    const answer = turn?.answer ?? taken;
    const text = answer.kind === 'refused' ? JSON.stringify({ because: answer.because }) : '';
    response.writeHead(statusOf(answer), {
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
      // It would not be for us the next time either.
      ...(answer.kind === 'refused' ? { 'x-slack-no-retry': '1' } : {}),
    });
    response.end(text);
  }
}

/** What Bolt itself cannot read is answered with 200, because it would be no better the next time. */
function tellUnlessAnswered({ log }: Pick<BoltDeps, 'log'>, turn: Turn, error: unknown): void {
  if (turn.answer === null) {
    log('Bolt could not take a request from Slack', { kind: turn.payload.kind, reason: String(error) });
  }
}
