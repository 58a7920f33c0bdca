/** `POST /_sim/settings`, and the moves that are Slack's own: repeats, checks of the URL, frames of the socket. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { type Account, deliveryWays, epochSeconds, limitModes, newSecretId, type Settings } from './account.ts';
import type { Outcome } from './deliveries.ts';
import { verificationToken } from './payloads.ts';
import { readMove, type Stage } from './scene.ts';
import { formType, jsonType, send, sign } from './signed-request.ts';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @throws {BadControlRequest} for an address that is not on this machine */
export function checkEventsUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.protocol !== 'http:' || !loopbackHosts.has(url.hostname)) {
    throw new BadControlRequest(
      `${address} is not on this machine. Name a URL such as http://127.0.0.1:3978/slack/events.`,
    );
  }
  return url.href;
}

const Change = z.strictObject({
  eventsUrl: z.string().nullable().optional(),
  /** False: the URL is taken unseen, as when the app is not up yet. */
  verify: z.boolean().default(true),
  scopes: z.array(z.string()).optional(),
  unfurlDomains: z.array(z.string().min(1)).max(5).optional(),
  limits: z.enum(limitModes).optional(),
  newerBlocks: z.boolean().optional(),
  echoes: z.boolean().optional(),
  delivery: z.enum(deliveryWays).optional(),
  slowMs: z.int().nonnegative().optional(),
  ackMs: z.int().positive().optional(),
});

/** Answers with all settings as they are now, and with how many sockets are open. */
export async function changeSettings(
  { account, deliveries, sockets }: Stage,
  body: unknown,
): Promise<Settings & { connections: number }> {
  const { verify, eventsUrl, ...change } = readMove(Change, body ?? {}, 'No such settings');
  Object.assign(account.settings, withoutUndefined(change));
  if (eventsUrl === null) {
    account.settings.eventsUrl = null;
  } else if (eventsUrl !== undefined) {
    const url = checkEventsUrl(eventsUrl);
    if (verify) {
      await verifyUrl(account, url, deliveries.stopped);
    }
    account.settings.eventsUrl = url;
  }
  return { ...account.settings, connections: sockets.count() };
}

function withoutUndefined(change: object): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** Slack takes a URL only when its owner can repeat a challenge. */
async function verifyUrl(account: Account, url: string, stopped: AbortSignal): Promise<void> {
  const challenge = newSecretId();
  const body = JSON.stringify({ token: verificationToken, challenge, type: 'url_verification' });
  const request = sign(url, body, jsonType, account.signingSecret, account.wall());
  const answer = await send(request, account.settings.ackMs, stopped);
  const said =
    typeof answer.body === 'string' ? answer.body.trim() : (answer.body as { challenge?: unknown } | null)?.challenge;
  if (answer.status !== 200 || said !== challenge) {
    throw new BadControlRequest(
      `${url} did not answer with the value of the challenge parameter (status ${answer.status}: ${JSON.stringify(answer.body)}). Start the app first, or say "verify":false.`,
    );
  }
}

const Redelivery = z.strictObject({
  id: z.string(),
  reason: z.string().default('http_timeout'),
  exact: z.boolean().default(false),
});

export function redeliver({ deliveries }: Stage, body: unknown): Promise<Outcome> {
  const { id, reason, exact } = readMove(Redelivery, body, 'This cannot be delivered again');
  return deliveries.redeliver(id, reason, exact);
}

const Raw = z.strictObject({
  /** An object is sent as JSON, a text as it is. */
  body: z.union([z.string(), z.looseObject({})]),
  /** Set over Slack's own; null takes one away. */
  headers: z.record(z.string(), z.string().nullable()).default({}),
  /** Signs with another secret than Slack's. */
  secret: z.string().optional(),
  /** Signs for another time: seconds from now. */
  skewSeconds: z.number().default(0),
});

/** Anything at all, signed like everything else, or as wrongly as asked. */
export async function deliverRaw({ account, deliveries }: Stage, body: unknown): Promise<Outcome> {
  const move = readMove(Raw, body, 'This cannot be delivered');
  const { eventsUrl, ackMs } = account.settings;
  if (eventsUrl === null) {
    throw new BadControlRequest('No app is known yet: POST {"eventsUrl":…} to /_sim/settings.');
  }
  const [text, type] = typeof move.body === 'string' ? [move.body, formType] : [JSON.stringify(move.body), jsonType];
  const at = account.wall().add({ milliseconds: Math.round(move.skewSeconds * 1000) });
  const request = sign(eventsUrl, text, type, move.secret ?? account.signingSecret, at);
  for (const [name, value] of Object.entries(move.headers)) {
    for (const own of Object.keys(request.headers).filter((header) => header.toLowerCase() === name.toLowerCase())) {
      delete request.headers[own];
    }
    if (value !== null) {
      request.headers[name] = value;
    }
  }
  const answer = await send(request, ackMs, deliveries.stopped);
  return { id: '', status: answer.status, body: answer.body, retries: 0 };
}

/** Now and then Slack looks whether the certificate of a command's URL is still good. */
export function checkSsl(stage: Stage): Promise<Outcome> {
  return deliverRaw(stage, { body: new URLSearchParams({ ssl_check: '1', token: verificationToken }).toString() });
}

const Disconnect = z.strictObject({
  reason: z.enum(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets']).nullable(),
  closes: z.boolean().optional(),
});

/** A warning says that the connection will end; the others end it. */
export function disconnect({ sockets }: Stage, body: unknown): { connections: number } {
  const { reason, closes } = readMove(Disconnect, body, 'No such frame');
  const connections = sockets.count();
  sockets.disconnect(reason, closes ?? reason !== 'warning');
  return { connections };
}

const Clock = z.strictObject({ seconds: z.number().nonnegative() });

/** Makes triggers, response URLs and rate limits older; what is on the wire keeps the right time. */
export function moveClock({ account }: Stage, body: unknown): { now: number } {
  account.skip(readMove(Clock, body, 'The clock cannot be moved').seconds);
  return { now: epochSeconds(account.now()) };
}
