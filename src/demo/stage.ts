import type { Chat } from './chat.ts';
import type { Record } from './record.ts';
import type { World } from './world.ts';

/** What a scenario plays with. */
export interface Stage {
  chat: Chat;
  record: Record;
  world: World;
}
