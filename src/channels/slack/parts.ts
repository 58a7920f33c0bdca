/** What the rooms of the sending half share. */
import type { PersonId } from '../../flows/people.ts';
import type { Background } from '../background.ts';
import type { SlackApi } from './api.ts';
import type { Coalescer } from './coalesce.ts';
import type { Installation, SlackOptions } from './deps.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';
import type { Rooms } from './rooms.ts';

export interface OutDeps extends Pick<SlackOptions, 'bot' | 'log' | 'now' | 'store' | 'tokenKey'> {
  api: SlackApi;
  background: Background;
  coalescer: Coalescer;
  installation: () => Promise<Installation>;
  memory: Memory;
  people: People;
  /** Who is told of what nobody else can mend. */
  admins: () => readonly PersonId[];
  rooms: Rooms;
}
