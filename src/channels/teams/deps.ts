/** What the rooms of the Teams channel work with. */
import type { Store } from '../../store/store.ts';
import type { Inbox } from '../channel.ts';
import type { Connector } from './connector.ts';
import type { TeamsPerson } from './identity.ts';
import type { Memory } from './memory.ts';

/** A bot with an identity in Microsoft Entra. */
export interface RegisteredBot {
  kind: 'registered';
  appId: string;
  /** The directory in which the bot is registered. */
  tenantId: string;
  credential: { kind: 'secret'; secret: string } | { kind: 'managed-identity' };
  /** Exact names of the hosts that answers may be sent to. */
  serviceHosts: readonly string[];
  /** Stands for the Bot Framework's metadata; service URLs on loopback are accepted then. Null: the real one. */
  openIdMetadataUrl: string | null;
  /** Stands for https://login.microsoftonline.com; null: the real one. */
  loginUrl: string | null;
}

/** Microsoft's playground on this machine: no token on either way, loopback only. */
export interface LocalBot {
  kind: 'local';
}

export type TeamsBot = RegisteredBot | LocalBot;

export interface TeamsOptions {
  store: Store;
  people: () => readonly TeamsPerson[];
  /** Directories besides the bot's own whose people may use it. */
  tenants: () => readonly string[];
  /** Secret of the installation, from which the tokens of buttons are derived. */
  tokenKey: string;
  inbox: Inbox;
  now: () => Temporal.Instant;
  /** Random and unguessable. */
  newId: () => string;
  /** From 0 to below 1; spreads what is tried again. */
  random: () => number;
  log: (message: string, details: Record<string, unknown>) => void;
  bot: TeamsBot;
}

export interface TeamsDeps extends TeamsOptions {
  memory: Memory;
  connector: Connector;
}
