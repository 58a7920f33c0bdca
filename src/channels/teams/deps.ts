/** What the rooms of the Teams channel work with. */
import type { TeamsConfig } from '../../config/teams.ts';
import type { Store } from '../../store/store.ts';
import type { Inbox } from '../channel.ts';
import type { Connector } from './connector.ts';
import type { TeamsPerson } from './identity.ts';
import type { Memory } from './memory.ts';

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
  bot: TeamsConfig;
}

export interface TeamsDeps extends TeamsOptions {
  memory: Memory;
  connector: Connector;
}
