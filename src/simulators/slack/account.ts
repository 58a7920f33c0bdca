/** The workspace as it runs: what it keeps, which app is installed in it, and how it names things. */
import { randomBytes } from 'node:crypto';
import type { SharedLinks } from './links.ts';
import type { Json, Room, World } from './records.ts';

export const deliveryWays = ['auto', 'http', 'socket'] as const;
export const limitModes = ['off', 'on', 'strict'] as const;

export interface Settings {
  /** Where the app takes events, commands and interactivity; null until somebody says so. */
  eventsUrl: string | null;
  /** What the app was granted. */
  scopes: string[];
  /** `unfurl_domains` of its manifest: whose links it hears of. */
  unfurlDomains: string[];
  /** `strict` leaves no room for bursts. */
  limits: (typeof limitModes)[number];
  /** False: blocks of the last two years are refused, as in a workspace that the rollout has not reached. */
  newerBlocks: boolean;
  /** `auto`: over a socket when one is open, else over HTTP. */
  delivery: (typeof deliveryWays)[number];
  /** Whether the app hears its own messages in direct messages, as it does in Slack. */
  echoes: boolean;
  /** How long the fault `slow` holds an answer back. */
  slowMs: number;
  /** How long Slack waits for the app; three seconds, and not divided by the speed: it is the bot's own time. */
  ackMs: number;
}

/** One permission to open a view, from something that a person did. */
export interface Trigger {
  user: string;
  /** The view in which it arose; null outside of one. */
  view: string | null;
  expiresAt: Temporal.Instant;
  used: boolean;
  /** Called when a view was opened or pushed with it. */
  onView: ((viewId: string) => void)[];
}

/** A response URL: what it belongs to and what is left of it. */
export interface Response {
  user: string;
  channel: string;
  /** The message whose button was pressed; null for a command. */
  ts: string | null;
  thread: string | null;
  usesLeft: number;
  expiresAt: Temporal.Instant;
}

export interface Upload {
  name: string;
  length: number;
  bytes: Buffer | null;
}

export interface Account {
  world: World;
  teamId: string;
  teamDomain: string;
  appId: string;
  botUserId: string;
  botId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  settings: Settings;
  /** What Slack's own waits are divided by. */
  speed: number;
  /** The time on the wire. */
  wall: () => Temporal.Instant;
  /** The time by which things expire: that on the wire, and what `/_sim/clock` has added. */
  now: () => Temporal.Instant;
  /** Moves {@link now} on. */
  skip: (seconds: number) => void;
  /** Each is used once, and later ones are greater. */
  nextTs: () => string;
  /** `http://127.0.0.1:<port>` */
  origin: () => string;
  triggers: Map<string, Trigger>;
  responses: Map<string, Response>;
  uploads: Map<string, Upload>;
  /** By `unfurl_id`. */
  sharedLinks: Map<string, SharedLinks>;
  /** Told of everything that the app itself does to messages. */
  echo: (room: Room, event: Json) => void;
  /** What people were offered by `options`, by view and action. */
  offered: Map<string, Json[]>;
}

export interface AccountInput {
  world: World;
  teamId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  settings: Settings;
  speed: number;
  wall: () => Temporal.Instant;
  origin: () => string;
  echo: (room: Room, event: Json) => void;
}

export const botUserId = 'U0CAUSEWAY';

export function openAccount(input: AccountInput): Account {
  let skipped = Temporal.Duration.from({ seconds: 0 });
  let lastMicros = 0n;
  return {
    ...input,
    teamDomain: 'causeway-test',
    appId: 'A0CAUSEWAY',
    botUserId,
    botId: 'B0CAUSEWAY',
    now: () => input.wall().add(skipped),
    skip(seconds) {
      skipped = skipped.add({ milliseconds: Math.round(seconds * 1000) });
    },
    nextTs() {
      const micros = input.wall().epochNanoseconds / 1000n;
      lastMicros = micros > lastMicros ? micros : lastMicros + 1n;
      return timestamp(lastMicros);
    },
    triggers: new Map(),
    responses: new Map(),
    uploads: new Map(),
    sharedLinks: new Map(),
    offered: new Map(),
  };
}

function timestamp(micros: bigint): string {
  return `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`;
}

/** Such as `V0Q6JH2K9XA`. */
export function newId(prefix: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return prefix + Array.from(randomBytes(10), (byte) => alphabet[byte % 32]).join('');
}

export function newSecretId(): string {
  return randomBytes(16).toString('hex');
}

export function epochSeconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}
