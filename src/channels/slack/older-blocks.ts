/**
 * New kinds of blocks reach workspaces one after the other. Where one is refused, the message goes out once more with
 * blocks that Slack has had for years, and so do the next ones for a day.
 */
import { BadBlocks } from './errors.ts';
import type { Memory } from './memory.ts';
import type { Rendered } from './render.ts';

const quietHours = 24;

/** @param render with older blocks only when it is told so */
export async function withOlderBlocks<Value>(
  memory: Memory,
  render: (olderBlocks: boolean) => Rendered,
  send: (rendered: Rendered) => Promise<Value>,
): Promise<Value> {
  if (await memory.lacks('newer-blocks', quietHours)) {
    return send(render(true));
  }
  const newest = render(false);
  try {
    return await send(newest);
  } catch (error) {
    const older = render(true);
    if (!(error instanceof BadBlocks) || JSON.stringify(older.blocks) === JSON.stringify(newest.blocks)) {
      throw error;
    }
    const value = await send(older);
    await memory.rememberLack('newer-blocks');
    return value;
  }
}
