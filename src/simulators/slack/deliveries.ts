/**
 * Brings to the app what happened, over a socket or over HTTP. Events that it does not take within three seconds come
 * again, at once and after one and five minutes; interactions and commands come once.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import type { Json } from './records.ts';
import { formType, jsonType, send, sign, type SignedRequest } from './signed-request.ts';
import type { Envelope, Sockets } from './sockets.ts';

export type DeliveryKind = 'event' | 'command' | 'interactive' | 'options';

interface Attempt {
  at: string;
  via: 'http' | 'socket';
  /** 0: no answer; 200 over a socket: acknowledged. */
  status: number;
  retryNum: number;
  retryReason: string | null;
}

export interface Delivery {
  id: string;
  kind: DeliveryKind;
  payload: Json;
  attempts: Attempt[];
}

/** What a move answers. */
export interface Outcome {
  /** Names the delivery for `redeliver`. */
  id: string;
  /** As Slack saw it; 0 when the app gave no answer in time. */
  status: number;
  body: unknown;
  /** Repeats before this was answered; later ones go on in the background. */
  retries: number;
}

export interface Deliveries {
  send(kind: DeliveryKind, payload: Json, id?: string): Promise<Outcome>;
  /** The same without waiting for it; nothing when there is nobody to tell. */
  tell(kind: DeliveryKind, payload: Json, id: string): void;
  /** The same once more. @param exact to the letter: the old timestamp and signature, as somebody who recorded it */
  redeliver(id: string, reason: string, exact: boolean): Promise<Outcome>;
  list(): readonly Delivery[];
  /** Gives up everything that is under way. */
  stop(): Promise<void>;
  stopped: AbortSignal;
}

/** The first repeat comes at once, these after their pause. */
const laterRepeats = [
  { retryNum: 2, pauseSeconds: 60 },
  { retryNum: 3, pauseSeconds: 300 },
] as const;
const mostKept = 500;

/** One delivery under way. */
interface Line {
  account: Account;
  sockets: Sockets;
  stopped: AbortSignal;
  /** The last signed request of each delivery. */
  sent: Map<string, SignedRequest>;
}

interface Answered {
  status: number;
  body: unknown;
  /** Why it has to come again; null when it has not. */
  failure: string | null;
}

export function openDeliveries(account: Account, sockets: Sockets): Deliveries {
  const stopping = new AbortController();
  const line: Line = { account, sockets, stopped: stopping.signal, sent: new Map() };
  const kept: Delivery[] = [];
  const open = new Set<Promise<unknown>>();

  async function deliver(delivery: Delivery): Promise<Outcome> {
    const first = await attempt(line, delivery, 0, null);
    if (delivery.kind !== 'event' || first.failure === null) {
      return { id: delivery.id, status: first.status, body: first.body, retries: 0 };
    }
    const second = await attempt(line, delivery, 1, first.failure);
    if (second.failure !== null) {
      const rest = repeat(line, delivery, second.failure).finally(() => open.delete(rest));
      open.add(rest);
    }
    return { id: delivery.id, status: second.status, body: second.body, retries: 1 };
  }

  function start(kind: DeliveryKind, payload: Json, id: string): Promise<Outcome> {
    const delivery: Delivery = { id, kind, payload, attempts: [] };
    kept.push(delivery);
    if (kept.length > mostKept) {
      line.sent.delete(kept.shift()?.id ?? '');
    }
    return deliver(delivery);
  }

  return {
    stopped: stopping.signal,
    send(kind, payload, id = randomUUID()) {
      if (!hasReceiver(line)) {
        throw new BadControlRequest(nobody);
      }
      return start(kind, payload, id);
    },
    tell(kind, payload, id) {
      if (hasReceiver(line) && !stopping.signal.aborted) {
        const told = start(kind, payload, id).finally(() => open.delete(told));
        open.add(told);
      }
    },
    async redeliver(id, reason, exact) {
      const delivery = kept.find((entry) => entry.id === id);
      if (delivery === undefined) {
        throw new BadControlRequest(`There was no delivery ${id}.`);
      }
      const answered = exact
        ? await sendExactly(line, delivery)
        : await attempt(line, delivery, delivery.attempts.length, reason);
      return { id, status: answered.status, body: answered.body, retries: delivery.attempts.length - 1 };
    },
    list: () => kept,
    async stop() {
      stopping.abort();
      await Promise.all(open);
    },
  };
}

async function repeat(line: Line, delivery: Delivery, reason: string): Promise<void> {
  let failure: string | null = reason;
  for (const { retryNum, pauseSeconds } of laterRepeats) {
    const pauseMs = (pauseSeconds * 1000) / line.account.speed;
    await wait(pauseMs, undefined, { signal: line.stopped }).catch(() => undefined);
    if (line.stopped.aborted || failure === null) {
      return;
    }
    failure = (await attempt(line, delivery, retryNum, failure)).failure;
  }
}

async function attempt(
  line: Line,
  delivery: Delivery,
  retryNum: number,
  retryReason: string | null,
): Promise<Answered> {
  const { settings, wall } = line.account;
  const viaSocket = settings.delivery === 'socket' || (settings.delivery === 'auto' && line.sockets.count() > 0);
  const entry: Attempt = {
    at: wall().toString({ fractionalSecondDigits: 3 }),
    via: viaSocket ? 'socket' : 'http',
    status: 0,
    retryNum,
    retryReason,
  };
  delivery.attempts.push(entry);
  const answered = await (viaSocket ? overSocket : overHttp)(line, delivery, entry);
  entry.status = answered.status;
  return answered;
}

async function overSocket({ sockets, account }: Line, delivery: Delivery, entry: Attempt): Promise<Answered> {
  const envelope: Envelope = {
    type: envelopeTypes[delivery.kind],
    payload: delivery.payload,
    accepts_response_payload: delivery.kind !== 'event' && delivery.payload['type'] !== 'block_actions',
    retry_attempt: entry.retryNum,
    retry_reason: entry.retryReason ?? '',
  };
  const { acked, payload } = await sockets.send(envelope, account.settings.ackMs);
  return { status: acked ? 200 : 0, body: payload, failure: acked ? null : 'timeout' };
}

const envelopeTypes = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
  options: 'interactive',
} as const satisfies Record<DeliveryKind, Envelope['type']>;

async function overHttp(line: Line, delivery: Delivery, entry: Attempt): Promise<Answered> {
  const { settings, signingSecret, wall } = line.account;
  if (settings.eventsUrl === null) {
    return { status: 0, body: null, failure: 'connection_failed' };
  }
  const [body, contentType] = written(delivery);
  const request = sign(settings.eventsUrl, body, contentType, signingSecret, wall());
  if (delivery.kind === 'event' && entry.retryNum > 0) {
    request.headers['X-Slack-Retry-Num'] = String(entry.retryNum);
    request.headers['X-Slack-Retry-Reason'] = entry.retryReason ?? 'unknown_error';
  }
  line.sent.set(delivery.id, request);
  const answer = await send(request, settings.ackMs, line.stopped);
  return { status: answer.status, body: answer.body, failure: answer.noRetry ? null : answer.failure };
}

async function sendExactly(line: Line, delivery: Delivery): Promise<Answered> {
  const request = line.sent.get(delivery.id);
  if (request === undefined) {
    throw new BadControlRequest(
      `Delivery ${delivery.id} did not go over HTTP, so there is nothing to repeat to the letter.`,
    );
  }
  const answer = await send(request, line.account.settings.ackMs, line.stopped);
  delivery.attempts.push({
    at: line.account.wall().toString({ fractionalSecondDigits: 3 }),
    via: 'http',
    status: answer.status,
    retryNum: 0,
    retryReason: null,
  });
  return answer;
}

/** Commands are a form, interactions a form with one member of JSON, events JSON. */
function written({ kind, payload }: Delivery): [body: string, contentType: string] {
  if (kind === 'event') {
    return [JSON.stringify(payload), jsonType];
  }
  const form = kind === 'command' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
  return [new URLSearchParams(form).toString(), formType];
}

const nobody =
  'No app is known yet: POST {"eventsUrl":"http://127.0.0.1:3978/slack/events"} to /_sim/settings, or connect a socket.';

function hasReceiver({ account, sockets }: Line): boolean {
  return account.settings.eventsUrl !== null || sockets.count() > 0;
}
