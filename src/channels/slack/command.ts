/** The slash command: the same words as in a mention, wherever the person is; alone it opens the menu. */
import type { Installation } from './deps.ts';
import { meet } from './meet.ts';
import { nothing, type Outcome, type Room } from './room.ts';
import { deedId, sayAtTopLevel } from './say.ts';
import type { PayloadOf } from './schema.ts';
import { spokenText } from './spoken.ts';

export async function takeCommand(
  room: Room,
  payload: PayloadOf<'command'>,
  installation: Installation,
): Promise<Outcome> {
  const who = await meet(room, payload, installation);
  if (who === null) {
    return nothing;
  }
  const text = spokenText(payload.text, { botUserId: installation.botUserId, people: room.deps.people() });
  const id = deedId('command', payload);
  // Nobody sees the command itself, so no thread can begin with it.
  return sayAtTopLevel(room, { id, who, conversation: payload.channel_id, thread: null, text: text || 'help' });
}
