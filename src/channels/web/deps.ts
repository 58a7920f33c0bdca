/** What the rooms of the local page work with. */
import type { Person } from '../../flows/people.ts';
import type { Store } from '../../store/store.ts';
import type { Inbox } from '../channel.ts';
import type { News } from './news.ts';

export interface WebOptions {
  store: Store;
  people: () => readonly Person[];
  /** Secret of the installation, from which the tokens of buttons are derived. */
  tokenKey: string;
  inbox: Inbox;
  now: () => Temporal.Instant;
  /** Random and unguessable. */
  newId: () => string;
}

export interface WebDeps extends WebOptions {
  news: News;
}
